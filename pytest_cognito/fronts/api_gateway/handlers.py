"""What a test may pass as the application behind a route, and the target that it becomes.

A Lambda function, a resolver of aws-lambda-powertools, Mangum and Chalice are called with an event and a context. A
WSGI application, too, is called with two arguments, so that types and the names of the parameters tell them apart.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from typing import Any, TypeGuard

from pytest_cognito.fronts.targets import Target, applications
from pytest_cognito.fronts.targets.functions import FunctionTarget, PayloadFormat
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function

Handler = str | Callable[..., Any] | Target
"""A Lambda function, as a callable of ``(event, context)`` or by its ARN; a WSGI or an ASGI application; a target."""

TIME_LIMIT = dt.timedelta(seconds=30)
_EVENT_NAMES = frozenset(("event", "evt", "lambda_event", "context", "ctx", "lambda_context"))
_ARGUMENTS = 2
_READS = {
    "APIGatewayProxyEvent": "1.0",
    "APIGatewayProxyEventV2": "2.0",
    "ALBEvent": "alb",
    "LambdaFunctionUrlEvent": "2.0",
}
"""The format that a resolver of aws-lambda-powertools reads, by its proxy type."""
_RESOLVERS = {"1.0": "APIGatewayRestResolver()", "2.0": "APIGatewayHttpResolver()", "alb": "ALBResolver()"}


def target_of(
    handler: Handler, payload: PayloadFormat, version: str, where: str, limit: dt.timedelta = TIME_LIMIT
) -> Target:
    """The target that a handler is, whose events have a ``payload`` format of a ``version``, ``1.0`` or ``2.0``.

    ``where`` names the route in a `UsageError`; ``limit`` is how long the front waits for a function.
    """
    if isinstance(handler, str):
        return FunctionTarget(function_arn(handler, where), payload, limit)
    if _is_target(handler):
        return handler
    found = None if _is_mock(handler) else applications.find(handler)
    if found is not None:
        return found
    return FunctionTarget(function_for(handler, version, where), payload, limit)


def function_for(handler: object, version: str, where: str) -> Function:
    """A Lambda function as a callable, if it reads events of a ``version``: ``1.0``, ``2.0``, or ``alb``."""
    function = _checked(handler, where)
    _check_reads(function, version, where)
    return function


def function_of(function: object, where: str) -> str | Function:
    """A Lambda function by its ARN or as a callable, where an application can't be: behind an authorizer."""
    if isinstance(function, str):
        return function_arn(function, where)
    if not _is_mock(function) and (_is_target(function) or applications.find(function) is not None):
        raise UsageError(f"{where} is {function!r}: pass a function of (event, context), or the ARN of one")
    return _checked(function, where)


def function_arn(text: str, where: str) -> str:
    """The ARN of a function, if a text is one."""
    if not text.startswith("arn:") or ":function:" not in text:
        raise UsageError(
            f"{where} is the text {text!r}, which is no ARN of a Lambda function: pass the function itself, or "
            f'"arn:aws:lambda:us-east-1:123456789012:function:name"'
        )
    return text


def _is_target(handler: object) -> TypeGuard[Target]:
    """Whether something is a target already: a `WsgiApplication`, an `AsgiApplication`."""
    return not isinstance(handler, type) and all(
        callable(inspect.getattr_static(handler, name, None)) for name in ("answer", "answer_async")
    )


def _checked(handler: object, where: str) -> Function:
    """A Lambda function. Raises `UsageError` for what is none, and where that can't be told."""
    if isinstance(handler, type):
        raise UsageError(f"{where} is the class {handler.__name__}: pass an instance of it, {handler.__name__}(…)")
    if not callable(handler):
        raise UsageError(f"{where} is {handler!r}: pass a function of (event, context), its ARN, or an application")
    if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(type(handler).__call__):
        raise UsageError(
            f"{where} is a coroutine function; Lambda's Python runtime calls plain functions: write `def`, not "
            f"`async def`, or pass an ASGI application"
        )
    names = _parameters(handler)
    if names is None or _is_mock(handler) or _EVENT_NAMES & set(names[:_ARGUMENTS]):
        return handler
    if not inspect.isroutine(handler):
        raise UsageError(
            f"it is not clear how {where} is called, {handler!r} with the parameters ({', '.join(names)}). For a "
            f"Lambda function write `lambda event, context: app(event, context)`, for an application "
            f"`WsgiApplication(app)` or `AsgiApplication(app)` of pytest_cognito"
        )
    if len(names) != _ARGUMENTS:
        name = handler.__name__
        raise UsageError(
            f"{where} is {name}({', '.join(names)}); Lambda calls a function with an event and a context: "
            f"write def {'handler' if name == '<lambda>' else name}(event, context)"
        )
    return handler


def _parameters(handler: Callable[..., Any]) -> list[str] | None:
    """The names of the parameters of a call with two arguments, or of all that it needs; None if nobody knows them."""
    try:
        parameters = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        return None
    positional = [each for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    names = [each.name for each in positional]
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        names += ["args"] * (_ARGUMENTS - len(names))
    needed = [each.name for each in positional if each.default is each.empty]
    return needed if len(needed) > _ARGUMENTS else names[:_ARGUMENTS]


def _is_mock(handler: object) -> bool:
    return any(each.__module__ == "unittest.mock" for each in type(handler).__mro__)


def _check_reads(handler: object, version: str, where: str) -> None:
    """Raise `UsageError` if a resolver of a library reads events of another format than those that it would get."""
    libraries = {each.__module__.partition(".")[0] for each in type(handler).__mro__}
    if "chalice" in libraries and version != "1.0":
        instead = "rest_api" if version == "alb" else 'rest_api, or http_api with payload_format="1.0"'
        raise UsageError(
            f"{where} is {type(handler).__name__}(), which reads events of REST APIs: pass it to {instead}"
        )
    if "aws_lambda_powertools" not in libraries:
        return
    reads = _READS.get(getattr(getattr(handler, "_proxy_type", None), "name", ""))
    if reads is None or reads == version:
        return
    raise UsageError(
        f"{where} is {type(handler).__name__}(), which reads events of another format: write {_RESOLVERS[version]}, as "
        f"it gets events of {'a load balancer' if version == 'alb' else f'format {version}'}"
    )
