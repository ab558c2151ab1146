"""Lambda authorizers of HTTP APIs, whose function decides about each request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pytest_cognito import iam
from pytest_cognito.fronts.api_gateway import authorizer_policies, function_authorizers, granted, identity_sources
from pytest_cognito.fronts.api_gateway.granted import Malformed
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import events, texts
from pytest_cognito.fronts.targets import functions
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure

_LIMIT = dt.timedelta(seconds=10)
_RESERVED = "claims"


class _Answer(NamedTuple):
    """What a function has answered: whether the caller may pass, or a policy that says so of each request."""

    allowed: bool
    policy: iam.Policy | None
    principal: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LambdaAuthorizer:
    """A Lambda authorizer of an HTTP API: a function of the test or the application, or its ARN.

    With ``simple_responses``, which is the default of the payload format 2.0, it returns ``{"isAuthorized": True}``, a
    policy otherwise; either may have a ``context``, which the application finds in ``requestContext.authorizer``. It is
    not asked where a request lacks one of the ``identity_sources``: that is refused with 401. With a ``ttl``, in
    seconds, an answer counts for all requests with the same values there, on all routes unless ``$context.routeKey`` is
    among them.
    """

    function: str | Function
    payload_format: str = "2.0"
    simple_responses: bool | None = None
    identity_sources: Sequence[str] = (identity_sources.AUTHORIZATION,)
    ttl: int = 0

    def __post_init__(self) -> None:
        function_authorizers.check(self.function, self.ttl, self.identity_sources)
        identity_sources.check(self.identity_sources, identity_sources.HTTP)
        if self.payload_format not in ("1.0", "2.0"):
            raise UsageError(f'the payload format of an authorizer is "2.0" or "1.0", not {self.payload_format!r}')
        if self.simple_responses and self.payload_format == "1.0":
            raise UsageError('simple responses are of the payload format "2.0": leave simple_responses out')

    def authorize(
        self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]
    ) -> Response | None:
        """Look for the identity sources, ask the function, or remember what it said, and do as it says."""
        context = {"routeKey": exchange.route, "stage": stage.name, "identity": {"sourceIp": exchange.request.address}}
        values = [
            identity_sources.value_of(source, exchange, context, stage.variables) for source in self.identity_sources
        ]
        for source, value in zip(self.identity_sources, values, strict=True):
            if value is None:
                exchange.explain(f"the Lambda authorizer of {exchange.route} was not asked: there is no {source}")
                return texts.answer(401, texts.UNAUTHORIZED)
        identity = [value for value in values if value is not None]
        try:
            answer = self._answer(exchange, stage, identity, cache)
            return self._refusal(exchange, stage, answer)
        except Failure as failure:
            if failure.reason == texts.UNAUTHORIZED:
                exchange.explain(f"the Lambda authorizer of {exchange.route} says: {texts.UNAUTHORIZED}")
                return texts.answer(401, texts.UNAUTHORIZED)
            exchange.explain(f"the Lambda authorizer of {exchange.route} has failed: {failure.reason}")
        except Malformed as malformed:
            exchange.explain(f"the Lambda authorizer of {exchange.route} returned no answer: {malformed}")
        return texts.answer(500, texts.INTERNAL_ERROR)

    def _answer(self, exchange: Exchange, stage: Stage, identity: list[str], cache: Cache[Any]) -> _Answer:
        key = (id(self), *identity)
        kept = cache.find(key, exchange.now)
        if kept is not None:
            exchange.explain(f"the Lambda authorizer of {exchange.route} was not asked: its answer is remembered")
            found: _Answer = kept.answer
            return found
        event = self._event_v2(exchange, stage, identity)
        if self.payload_format == "1.0":
            event = self._event_v1(exchange, stage, identity)
        result = functions.invoke(exchange, self.function, f"{exchange.route} (authorizer)", event, _LIMIT)
        if isinstance(result, Mapping) and result.get("errorMessage") == texts.UNAUTHORIZED:
            raise Failure(texts.UNAUTHORIZED)
        answer = self._read(result)
        cache.keep(key, answer, exchange.now, self.ttl)
        return answer

    def _refusal(self, exchange: Exchange, stage: Stage, answer: _Answer) -> Response | None:
        allowed = answer.allowed
        if answer.policy is not None:
            wanted = stage.invoke(exchange, exchange.request.method, exchange.path)
            allowed = bool(authorizer_policies.decide(exchange, answer.policy, answer.principal, wanted))
        if not allowed:
            exchange.explain(f"the Lambda authorizer of {exchange.route} does not let the request pass")
            return texts.answer(403, texts.FORBIDDEN)
        told = {"principalId": answer.principal, **answer.context} if answer.principal else dict(answer.context)
        exchange.authorizer = {"lambda": told or None}
        return None

    def _read(self, result: Any) -> _Answer:
        """The answer that a result is. Raises `Malformed` for what is none."""
        members = granted.members_of(result)
        context = granted.context_of(members)
        if self.payload_format == "1.0":
            self._check_context(context)
        if self._is_simple:
            allowed = members.get("isAuthorized")
            if not isinstance(allowed, bool):
                hint = "; for a policy write simple_responses=False" if "policyDocument" in members else ""
                raise Malformed(f"its isAuthorized is not true or false{hint}")
            return _Answer(allowed, None, "", context)
        if "isAuthorized" in members and "policyDocument" not in members:
            raise Malformed("it has no policyDocument; for isAuthorized write simple_responses=True")
        principal, policy = granted.principal_and_policy(members)
        return _Answer(False, policy, principal, context)

    @property
    def _is_simple(self) -> bool:
        return self.payload_format == "2.0" if self.simple_responses is None else self.simple_responses

    def _check_context(self, context: Mapping[str, Any]) -> None:
        for name, value in context.items():
            if name == _RESERVED or not isinstance(value, str | int | float):
                raise Malformed(f"the context of format 1.0 has texts, numbers and booleans, and no {name!r}")

    def _event_v2(self, exchange: Exchange, stage: Stage, identity: list[str]) -> dict[str, Any]:
        wanted = stage.invoke(exchange, exchange.request.method, exchange.path)
        request = events.request_v2(stage, exchange)
        context = events.context_v2(stage, exchange)
        first = {"version": request.pop("version"), "type": "REQUEST", "routeArn": wanted.resource}
        return {**first, "identitySource": identity, **request, "requestContext": context}

    def _event_v1(self, exchange: Exchange, stage: Stage, identity: list[str]) -> dict[str, Any]:
        wanted = stage.invoke(exchange, exchange.request.method, exchange.path)
        request = events.request_v1(stage, exchange)
        first = {"version": request.pop("version"), "type": "REQUEST", "methodArn": wanted.resource}
        joined = ",".join(identity)
        context = events.context_v1(stage, exchange)
        return {**first, "identitySource": joined, "authorizationToken": joined, **request, "requestContext": context}
