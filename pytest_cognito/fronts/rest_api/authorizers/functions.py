"""Lambda authorizers: ``TOKEN``, which get one header, and ``REQUEST``, which get all of it but the body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from pytest_cognito.fronts.api_gateway import handlers
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import events, texts
from pytest_cognito.fronts.rest_api.authorizers import Cache
from pytest_cognito.fronts.rest_api.authorizers.policies import Granted, Malformed
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.fronts.targets.functions import invoke
from pytest_cognito.http.messages import form
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure, NotInvoked, Raised

DEFAULT_TTL = 300
_LONGEST_TTL = 3600
_LIMIT = dt.timedelta(seconds=29)
_REFUSAL = "Unauthorized"
_SOURCE = re.compile(
    r"method\.request\.(?P<part>header|querystring)\.(?P<name>.+)|(?P<root>context|stageVariables)\.(?P<path>.+)"
)


class Remembered(NamedTuple):
    """A policy in the cache, since when, and of which method."""

    granted: Granted
    since: dt.datetime
    route: str


class _FunctionAuthorizer:
    """What both kinds share: invoking, the cache, the decision."""

    __slots__ = ()
    kind: ClassVar[str]
    function: str | Function
    ttl: int

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache) -> None:  # noqa: ARG002
        identity = self.identity(exchange, stage)
        key = (id(self), *identity)
        found = cache.get(key) if self.ttl else None
        latency = 0
        if isinstance(found, Remembered) and exchange.now - found.since < dt.timedelta(seconds=self.ttl):
            granted, ago = found.granted, int((exchange.now - found.since).total_seconds())
            exchange.explain(
                f"decided by the policy cached {ago} s ago, for {found.route}; the authorizer was not invoked"
            )
        else:
            granted = self._invoked(exchange, stage)
            latency = int((exchange.world.clock.now() - exchange.now).total_seconds() * 1000)
            if self.ttl:
                cache[key] = Remembered(granted, exchange.now, exchange.route)
        granted.decide(exchange, stage)
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
        _check(self.function, self.ttl)

    def identity(self, exchange: Exchange, stage: Stage) -> tuple[str, ...]:  # noqa: ARG002
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
        _check(self.function, self.ttl)
        if isinstance(self.identity_sources, str):
            raise UsageError(f"identity_sources takes a list: write [{self.identity_sources!r}]")
        if self.ttl and not self.identity_sources:
            raise UsageError("a cache needs identity sources: name them, identity_sources=[…], or write ttl=0")
        for source in self.identity_sources:
            if _SOURCE.fullmatch(source) is None:
                raise UsageError(f'{source!r} is no identity source: write "method.request.header.Authorization"')

    def identity(self, exchange: Exchange, stage: Stage) -> tuple[str, ...]:
        values = tuple(_value(source, exchange, stage) for source in self.identity_sources)
        for source, value in zip(self.identity_sources, values, strict=True):
            if not value:
                exchange.explain(f"the identity source {source} is not there: the authorizer was not invoked")
                raise texts.UNAUTHORIZED()
        return values

    def event(self, exchange: Exchange, stage: Stage) -> dict[str, Any]:
        return {
            "type": self.kind,
            "methodArn": events.method_arn(exchange, stage),
            **events.request_members(exchange, stage),
            "requestContext": events.request_context(exchange, stage),
        }


def _value(source: str, exchange: Exchange, stage: Stage) -> str:
    """The value of an identity source; empty without one."""
    found = _SOURCE.fullmatch(source)
    assert found is not None  # checked when the authorizer was made
    if found["part"] == "header":
        return exchange.request.headers.get(found["name"].lower(), "")
    if found["part"] == "querystring":
        return dict(form(exchange.request.query)).get(found["name"], "")
    known: Any = stage.variables if found["root"] == "stageVariables" else events.request_context(exchange, stage)
    for key in found["path"].split("."):
        known = known.get(key) if isinstance(known, Mapping) else None
    return "" if known is None else str(known)


def _check(function: object, ttl: object) -> None:
    handlers.function_of(function, "the function of a Lambda authorizer")
    if not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= _LONGEST_TTL:
        raise UsageError(f"ttl is a number of seconds from 0 to {_LONGEST_TTL}, not {ttl!r}")
