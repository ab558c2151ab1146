"""The payload formats of the functions behind HTTP APIs, 2.0 and 1.0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.fronts.api_gateway import bodies, failures
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import events, responses, texts
from pytest_cognito.http.messages import Response
from pytest_cognito.lambda_functions.failures import Failure, TimedOut


@dataclass(frozen=True, slots=True)
class _Format:
    stage: Stage

    def failed(self, exchange: Exchange, failure: Failure) -> Response:
        """See `PayloadFormat`."""
        exchange.explain(f"the function of {exchange.route} gave no response: {failure.reason or 'it can not be run'}")
        failures.explain(exchange, failure)
        if isinstance(failure, TimedOut):
            return texts.answer(503, texts.UNAVAILABLE)
        return texts.answer(500, texts.INTERNAL_ERROR)


class PayloadV2(_Format):
    """Format 2.0: header names in lower case, cookies in a list of their own, several values joined with commas."""

    __slots__ = ()

    def event(self, exchange: Exchange) -> dict[str, Any]:
        """See `PayloadFormat`."""
        event = events.request_v2(self.stage, exchange)
        context = event["requestContext"] = events.context_v2(self.stage, exchange)
        if exchange.authorizer is not None:
            context["authorizer"] = exchange.authorizer
        event["isBase64Encoded"] = False
        if exchange.request.body:
            event["body"], event["isBase64Encoded"] = bodies.encoded(exchange.request)
        return event

    def response(self, exchange: Exchange, result: Any) -> Response:
        """See `PayloadFormat`."""
        return responses.made(exchange, result, responses.of_v2)


class PayloadV1(_Format):
    """Format 1.0, that of REST APIs."""

    __slots__ = ()

    def event(self, exchange: Exchange) -> dict[str, Any]:
        """See `PayloadFormat`."""
        event = events.request_v1(self.stage, exchange)
        context = event["requestContext"] = events.context_v1(self.stage, exchange)
        authorizer = _authorizer_v1(exchange.authorizer)
        if authorizer is not None:
            context["authorizer"] = authorizer
        event["body"], event["isBase64Encoded"] = None, False
        if exchange.request.body:
            event["body"], event["isBase64Encoded"] = bodies.encoded(exchange.request)
        return event

    def response(self, exchange: Exchange, result: Any) -> Response:
        """See `PayloadFormat`."""
        return responses.made(exchange, result, responses.of_v1)


def _authorizer_v1(authorizer: Mapping[str, Any] | None) -> Any:
    """What the format 2.0 has below ``jwt`` or ``lambda`` stands by itself; ``iam`` is ``identity`` in 1.0."""
    if authorizer is None or "iam" in authorizer:
        return None
    return authorizer["jwt"] if "jwt" in authorizer else authorizer["lambda"] or {}


PAYLOADS: Mapping[str, type[PayloadV2 | PayloadV1]] = {"2.0": PayloadV2, "1.0": PayloadV1}
