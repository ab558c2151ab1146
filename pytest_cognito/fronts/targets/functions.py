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
from pytest_cognito.lambda_functions.permissions import Invoker


class InvokedArn(str):
    """The ARN of a function, with who needs a permission to invoke it: for what names a function by its ARN alone."""

    __slots__ = ("invoker",)
    invoker: Invoker | None

    @classmethod
    def of(cls, arn: str, invoker: Invoker | None) -> InvokedArn:
        made = cls(arn)
        made.invoker = invoker
        return made


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

    ``limit`` is how long the front waits for it. ``invoker`` is the front as the permissions of functions know it.
    """

    def __init__(
        self,
        function: str | Function,
        payload: PayloadFormat,
        limit: dt.timedelta = dt.timedelta(seconds=29),
        invoker: Invoker | None = None,
    ) -> None:
        self.function = function
        self.payload = payload
        self.limit = limit
        self.invoker = invoker

    def answer(self, exchange: Exchange) -> Response:
        try:
            event = self.payload.event(exchange)
            result = invoke(exchange, self.function, exchange.route, event, self.limit, self.invoker)
        except Failure as failure:
            return self.payload.failed(exchange, failure)
        return self.payload.response(exchange, result)

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)  # Lambda's Python runtime calls plain functions


def invoke(
    exchange: Exchange,
    function: str | Function,
    source: str,
    event: dict[str, Any],
    limit: dt.timedelta | None = None,
    invoker: Invoker | None = None,
) -> Any:
    """The result of a function; it is in the log below the request, as ``source``. Raises a `Failure` without one.

    A function that a template has made has to permit the ``invoker``, if one is said, or that of an `InvokedArn`.
    """
    if isinstance(function, InvokedArn):
        invoker = invoker or function.invoker
        function = str(function)
    context = exchange.context()
    if isinstance(function, str):
        name = function
    else:
        name = _arn(context.region, context.account, _name(function))
        context.world.functions.register(name, function)
    invocation = invoking.begin(context, Invocation(API, source, name, event, answer="response"))
    invoking.run(context, invocation, limit, invoker)
    return invocation.result


@lru_cache(maxsize=256)
def _arn(region: str, account: str, name: str) -> str:
    return arn("lambda", region, account, f"function:{name}")


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__).strip("<>").replace(".", "-")
