"""Lambda authorizers: ``TOKEN``, which get one header, and ``REQUEST``, which get all of it but the body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pytest_cognito.fronts.api_gateway import authorizer_policies, function_authorizers, identity_sources
from pytest_cognito.fronts.api_gateway.granted import Granted, Malformed
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import events, texts
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.fronts.targets.functions import invoke
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure, NotInvoked, Raised

DEFAULT_TTL = 300
_LIMIT = dt.timedelta(seconds=29)
_REFUSAL = "Unauthorized"


class _FunctionAuthorizer:
    """What both kinds share: invoking, the cache, the decision."""

    __slots__ = ()
    kind: ClassVar[str]
    function: str | Function
    ttl: int

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]) -> None:
        identity = self.identity(exchange, stage)
        key = (id(self), *identity)
        kept = cache.find(key, exchange.now)
        latency = 0
        if kept is not None:
            granted, ago = kept.answer, int((exchange.now - kept.since).total_seconds())
            exchange.explain(
                f"decided by the policy cached {ago} s ago, for {kept.route}; the authorizer was not invoked"
            )
        else:
            granted = self._invoked(exchange, stage)
            latency = int((exchange.world.clock.now() - exchange.now).total_seconds() * 1000)
            cache.keep(key, granted, exchange.now, self.ttl, exchange.route)
        _decide(exchange, stage, granted)
        exchange.authorizer = {**granted.context, "principalId": granted.principal_id, "integrationLatency": latency}
        if granted.usage_key is not None:
            exchange.identity["apiKey"] = granted.usage_key

    def _invoked(self, exchange: Exchange, stage: Stage) -> Granted:
        try:
            result = invoke(exchange, self.function, f"{self.kind} authorizer", self.event(exchange, stage), _LIMIT)
        except Failure as failure:
            if isinstance(failure, Raised) and failure.reason == _REFUSAL:
                exchange.explain(f'the authorizer raised "{_REFUSAL}", which stands for 401')
                raise texts.UNAUTHORIZED() from None
            exchange.explain(f"the authorizer failed: {failure.reason or type(failure).__name__}")
            is_reached = not isinstance(failure, NotInvoked)
            raise (texts.AUTHORIZER_FAILED() if is_reached else texts.AUTHORIZER_MISCONFIGURED()) from None
        try:
            return Granted.of(result)
        except Malformed as malformed:
            exchange.explain(f"API Gateway can't use what the authorizer returned: {malformed}")
            raise texts.AUTHORIZER_MISCONFIGURED() from None

    def identity(self, exchange: Exchange, stage: Stage) -> tuple[str, ...]:
        raise NotImplementedError

    def event(self, exchange: Exchange, stage: Stage) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TokenAuthorizer(_FunctionAuthorizer):
    """A Lambda authorizer ``TOKEN``: a function that gets the value of a ``header``, and returns a policy.

    A request without the header, or whose value does not match the expression ``validation``, is refused without it.
    For ``ttl`` seconds a policy decides about all requests with the same value, whatever their methods are; 0 is for a
    function that is asked each time.
    """

    kind: ClassVar[str] = "TOKEN"
    function: str | Function
    header: str = "Authorization"
    validation: str | None = None
    ttl: int = DEFAULT_TTL

    def __post_init__(self) -> None:
        function_authorizers.check(self.function, self.ttl)

    def identity(self, exchange: Exchange, stage: Stage) -> tuple[str, ...]:
        value = exchange.request.headers.get(self.header.lower(), "")
        if not value:
            exchange.explain(f"there is no header {self.header}: the authorizer was not invoked")
            raise texts.UNAUTHORIZED()
        # Whether a part of the value may match is not known: all of it has to.
        if self.validation is not None and re.fullmatch(self.validation, value) is None:
            exchange.explain(f"{self.header} does not match {self.validation}: the authorizer was not invoked")
            raise texts.UNAUTHORIZED()
        return (value,)

    def event(self, exchange: Exchange, stage: Stage) -> dict[str, Any]:
        return {
            "type": self.kind,
            "methodArn": events.method_arn(exchange, stage),
            "authorizationToken": exchange.request.headers[self.header.lower()],
        }


@dataclass(frozen=True, slots=True)
class RequestAuthorizer(_FunctionAuthorizer):
    """A Lambda authorizer ``REQUEST``: a function that gets the request without its body, and returns a policy.

    ``identity_sources`` are, in AWS's words: ``method.request.header.Authorization``,
    ``method.request.querystring.tenant``, ``context.path``, ``stageVariables.name``. A request that lacks one is
    refused without the function. For ``ttl`` seconds a policy decides about all requests with the same values, whatever
    their methods are.
    """

    kind: ClassVar[str] = "REQUEST"
    function: str | Function
    identity_sources: Sequence[str] = ("method.request.header.Authorization",)
    ttl: int = DEFAULT_TTL

    def __post_init__(self) -> None:
        function_authorizers.check(self.function, self.ttl, self.identity_sources)
        identity_sources.check(self.identity_sources, identity_sources.REST)

    def identity(self, exchange: Exchange, stage: Stage) -> tuple[str, ...]:
        context, values = events.request_context(exchange, stage), []
        for source in self.identity_sources:
            value = identity_sources.value_of(source, exchange, context, stage.variables)
            if value is None:
                exchange.explain(f"the identity source {source} is not there: the authorizer was not invoked")
                raise texts.UNAUTHORIZED()
            values.append(value)
        return tuple(values)

    def event(self, exchange: Exchange, stage: Stage) -> dict[str, Any]:
        return {
            "type": self.kind,
            "methodArn": events.method_arn(exchange, stage),
            **events.request_members(exchange, stage),
            "requestContext": events.request_context(exchange, stage),
        }


def _decide(exchange: Exchange, stage: Stage, granted: Granted) -> None:
    """Let a request pass that the policy, or that of the API, allows, or raise AWS's refusal."""
    of_api = (stage.policy,) if stage.policy is not None else ()
    wanted = events.wanted(exchange, stage)
    decision = authorizer_policies.decide(exchange, granted.policy, granted.principal_id, wanted, of_api)
    if not decision:
        raise texts.DENIED_EXPLICITLY() if decision.explicit else texts.DENIED_IMPLICITLY()
