"""What a test may pass as the application behind a route."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver
from flask import Flask
from mangum import Mangum
from starlette.applications import Starlette

from pytest_cognito.fronts.api_gateway.handlers import function_of, target_of
from pytest_cognito.fronts.targets import Target
from pytest_cognito.fronts.targets.applications import AsgiApplication, WsgiApplication
from pytest_cognito.fronts.targets.functions import FunctionTarget
from pytest_cognito.kernel.errors import UsageError


class Bottle:
    """Its application names the second argument of WSGI so."""

    def __call__(self, environ: Any, start: Any) -> Any: ...


def target(handler: Any) -> Target:
    payload: Any = None
    return target_of(handler, payload, "2.0", "the handler of 'GET /notes'")


def function(event: Any, context: Any) -> Any: ...


def with_defaults(event: Any, _: Any = None, *, table: str = "") -> Any: ...


def wsgi(environ: Any, start_response: Any) -> Any: ...


async def asgi(scope: Any, receive: Any, send: Any) -> None: ...


class Unclear:
    def __call__(self, one: Any, another: Any) -> Any: ...


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (function, FunctionTarget),
        (with_defaults, FunctionTarget),
        (lambda *_: {}, FunctionTarget),
        (lambda e, c: {}, FunctionTarget),
        (Mock(), FunctionTarget),
        (APIGatewayHttpResolver(), FunctionTarget),
        ("arn:aws:lambda:us-east-1:123456789012:function:notes", FunctionTarget),
        (wsgi, WsgiApplication),
        (Flask("app"), WsgiApplication),
        (Flask("app").wsgi_app, WsgiApplication),
        (Bottle(), WsgiApplication),
        (asgi, AsgiApplication),
        (Starlette(), AsgiApplication),
        (AsgiApplication(asgi), AsgiApplication),
    ],
)
def test_the_kind_of_an_application_is_told_by_its_parameters(handler: Any, kind: type) -> None:
    assert type(target(handler)) is kind


@pytest.mark.usefixtures("mangum_loop")
def test_an_adapter_is_a_function() -> None:
    assert type(target(Mangum(asgi))) is FunctionTarget


async def coroutine(event: Any, context: Any) -> Any: ...


@pytest.mark.parametrize(
    ("handler", "advice"),
    [
        (Unclear(), "WsgiApplication"),
        (Flask, r"pass an instance of it, Flask\(…\)"),
        (coroutine, "write `def`, not `async def`"),
        (lambda: None, r"write def handler\(event, context\)"),
        (7, r"pass a function of \(event, context\)"),
    ],
)
def test_what_is_unclear_is_refused_with_what_to_write(handler: Any, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        target(handler)


def test_a_resolver_for_other_events_is_refused() -> None:
    with pytest.raises(UsageError, match=r"write APIGatewayHttpResolver\(\)"):
        target(APIGatewayRestResolver())


def test_a_text_that_is_no_arn_of_a_function_is_refused() -> None:
    with pytest.raises(UsageError, match="no ARN of a Lambda function"):
        target("notes.handler")


def test_an_authorizer_is_a_function() -> None:
    assert function_of(function, "the authorizer") is function
    with pytest.raises(UsageError, match="the authorizer is <Flask 'app'>: pass a function"):
        function_of(Flask("app"), "the authorizer")
