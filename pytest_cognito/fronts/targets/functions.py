"""Lambda functions behind a front: callables of the test or the application, or functions that another mock runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.functions import API, Function, Invocation
from pytest_cognito.lambda_functions import invoking
from pytest_cognito.lambda_functions.failures import Failure


class PayloadFormat(Protocol):
    """The event that a function gets, and the response that its result is."""

    def event(self, exchange: Exchange) -> dict[str, Any]:
        """The event of a request."""

    def response(self, exchange: Exchange, result: Any) -> Response:
        """The response of a result; that of a front whose function failed, or returned what it can't use."""

    def failed(self, exchange: Exchange, failure: Failure) -> Response:
        """The response of the front where the function raised an error, did not return in time, or can't be run."""


class FunctionTarget:
    """A Lambda function, by its ARN or as a callable of ``(event, context)``, and the format in which it is invoked.

    ``limit`` is how long the front waits for it.
    """

    def __init__(
        self, function: str | Function, payload: PayloadFormat, limit: dt.timedelta = dt.timedelta(seconds=29)
    ) -> None:
        self.function = function
        self.payload = payload
        self.limit = limit

    def answer(self, exchange: Exchange) -> Response:
        try:
            result = invoke(exchange, self.function, exchange.route, self.payload.event(exchange), self.limit)
        except Failure as failure:
            return self.payload.failed(exchange, failure)
        return self.payload.response(exchange, result)

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)  # Lambda's Python runtime calls plain functions


def invoke(
    exchange: Exchange, function: str | Function, source: str, event: dict[str, Any], limit: dt.timedelta | None = None
) -> Any:
    """The result of a function; it is in the log below the request, as ``source``. Raises a `Failure` without one."""
    with exchange.step() as context:
        region, account = exchange.call.region, context.account
        name = function if isinstance(function, str) else _arn(region, account, _name(function))
        invocation = invoking.begin(context, Invocation(API, source, name, event, answer="response"))
        if not isinstance(function, str):
            context.world.functions.register(name, function)
        with context.world.store.outside():
            invoking.run(context, invocation, limit)
    return invocation.result


@lru_cache(maxsize=256)
def _arn(region: str, account: str, name: str) -> str:
    return arn("lambda", region, account, f"function:{name}")


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__).strip("<>").replace(".", "-")
