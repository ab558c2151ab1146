"""The actions of a listener's rules, as data. A rule has some that authenticate, and one that answers as its last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pytest_cognito.fronts.targets import Target

ON_UNAUTHENTICATED = ("authenticate", "allow", "deny")
COOKIE_NAME = "AWSELBAuthSessionCookie"
SESSION_TIMEOUT = 604_800
Format: TypeAlias = Literal["single-string", "string-array", "space-separated-values"]
FORMATS = ("single-string", "string-array", "space-separated-values")


@dataclass(frozen=True, slots=True)
class AuthenticateCognito:
    """``authenticate-cognito``: users sign in at ``domain``, a host name, by the app client of a user pool.

    ``session_timeout`` is in seconds. ``extra_params`` are added to the request to the authorization endpoint.
    """

    pool_id: str
    client_id: str
    domain: str
    scope: str = "openid"
    on_unauthenticated: str = "authenticate"
    session_timeout: int = SESSION_TIMEOUT
    cookie_name: str = COOKIE_NAME
    extra_params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdditionalClaim:
    """A claim that ``jwt-validation`` looks at, beside ``iss``, ``exp``, ``nbf`` and ``iat``."""

    name: str
    format: Format
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValidateJwt:
    """``jwt-validation``: a bearer token by ``issuer``, whose keys are at ``jwks_endpoint``."""

    issuer: str
    jwks_endpoint: str
    additional_claims: tuple[AdditionalClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Forward:
    """``forward``: the target answers."""

    target: Target


@dataclass(frozen=True, slots=True)
class FixedResponse:
    """``fixed-response``: the load balancer answers by itself: ``FixedResponse(200, "ok")``."""

    status: int
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class RedirectAction:
    """``redirect``: ``RedirectAction(path="/new/#{path}")``; what is left out stays that of the request."""

    protocol: str = "#{protocol}"
    host: str = "#{host}"
    port: str = "#{port}"
    path: str = "/#{path}"
    query: str = "#{query}"
    status: int = 301


Action: TypeAlias = AuthenticateCognito | ValidateJwt | Forward | FixedResponse | RedirectAction


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a rule: one of the ``values`` fits the request's ``field``, which AWS's names say.

    In values ``*`` is any text and ``?`` one character, but for ``http-request-method`` and ``source-ip``. ``header``
    is the name for ``http-header``. A ``query-string`` has pairs of a key and a value; a key may be any, ``None``.
    """

    field: str
    values: tuple[str, ...] = ()
    header: str = ""
    pairs: tuple[tuple[str | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the first all of whose conditions hold decides. ``name`` is what reports call it, such as its pattern."""

    name: str
    actions: tuple[Action, ...]
    conditions: tuple[Condition, ...] = ()
