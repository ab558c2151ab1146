"""Calling what the pages of a domain call when an identity provider signs in a user."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.federation import saml
from pytest_cognito.cognito_idp.flows.federation.saml import SamlSignIn
from pytest_cognito.cognito_idp.records import IdentityProvider, UserPool
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World
from tests.support.app import App
from tests.support.providers import create_provider
from tests.support.saml import CONSUMER, Answer, metadata

P = ParamSpec("P")
R = TypeVar("R")


class Upstream:
    """An identity provider of the pool of an app, as the pages of its domain use it."""

    def __init__(self, app: App, name: str) -> None:
        self.app = app
        self.name = name

    @classmethod
    def create(cls, app: App, provider_type: str, name: str | None = None, **settings: Any) -> Upstream:
        return cls(app, create_provider(app, provider_type, name, **settings)["ProviderName"])

    @classmethod
    def saml(cls, app: App, details: dict[str, str] | None = None, **settings: Any) -> Upstream:
        """A provider of SAML, whose responses are `Answer`."""
        given = {"MetadataFile": metadata(), **(details or {})}
        return cls.create(app, "SAML", "Acme", ProviderDetails=given, **settings)

    @property
    def world(self) -> World:
        return self.app.pool.world

    def context(self) -> AbstractContextManager[Context]:
        return self.world.handle_step("upstream", self.app.pool.region)

    @property
    def record(self) -> IdentityProvider:
        with self.context() as context:
            return lookup.identity_provider(context, lookup.pool(context, self.app.pool_id), self.name)

    def step(
        self,
        function: Callable[Concatenate[Context, UserPool, IdentityProvider, P], R],
        *arguments: P.args,
        **keywords: P.kwargs,
    ) -> R:
        """Call a function with pool and provider in a step of a request, which is undone by an error."""

        def work(context: Context) -> R:
            pool = lookup.pool(context, self.app.pool_id)
            provider = lookup.identity_provider(context, pool, self.name)
            return function(context, pool, provider, *arguments, **keywords)

        call = Call("web", "GET /", {}, self.app.pool.region, "")
        return self.world.step(call, work)

    @property
    def answer(self) -> Answer:
        """A right response to the request ``_request``."""
        return Answer(self.world.clock.now(), f"urn:amazon:cognito:sp:{self.app.pool_id}")

    def take(self, answer: Answer | str, request_id: str | None = "_request") -> SamlSignIn:
        """Verify a response."""
        text = answer if isinstance(answer, str) else answer.text
        return self.step(saml.verify_response, text, consumer_urls=(CONSUMER,), request_id=request_id)

    def refuses(self, answer: Answer | str, request_id: str | None = "_request") -> str:
        """Why a response is refused."""
        return error_of(self.take, answer, request_id)[1]


def error_of(function: Callable[P, object], *arguments: P.args, **keywords: P.kwargs) -> tuple[str, str]:
    """``error`` and ``error_description`` of a sign-in that fails."""
    with pytest.raises(AWSError) as caught:
        function(*arguments, **keywords)
    return caught.value.code, caught.value.message
