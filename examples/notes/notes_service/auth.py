"""Who calls: access tokens of the user pool, verified against its published keys."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import jwt
from fastapi import Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from .settings import CurrentSettings, Settings


def bearer_token(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
) -> str:
    """The token that came with the request, whatever it proves."""
    if bearer is None:
        raise _unauthorized("a bearer token is required")
    return bearer.credentials


BearerToken = Annotated[str, Depends(bearer_token)]


@dataclass(frozen=True)
class Caller:
    id: str
    tenant: str
    groups: frozenset[str]
    scopes: frozenset[str]


@cache
def _keys(issuer: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json")


def verify(token: str, settings: Settings) -> dict[str, Any]:
    """The claims of an access token that the user pool issued to this service's client."""
    key = _keys(settings.issuer).get_signing_key_from_jwt(token)
    # Access tokens name their client in client_id, not in aud.
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], issuer=settings.issuer, options={"verify_aud": False}
    )
    if claims["token_use"] != "access":
        raise jwt.InvalidTokenError("not an access token")
    if claims["client_id"] != settings.client_id:
        raise jwt.InvalidAudienceError("issued to another client")
    return claims


def caller(token: BearerToken, settings: CurrentSettings) -> Caller:
    """Whoever sent the request; 401 if their token does not prove it."""
    try:
        claims = verify(token, settings)
    except jwt.PyJWKClientConnectionError as error:
        raise HTTPException(status.HTTP_503_SERVICE_UNAVAILABLE, "the user pool does not answer") from error
    except jwt.PyJWTError as error:
        raise _unauthorized(str(error)) from error
    return Caller(
        id=claims["sub"],
        tenant=claims["tenant"],
        groups=frozenset(claims.get("cognito:groups", ())),
        scopes=frozenset(claims["scope"].split()),
    )


CurrentCaller = Annotated[Caller, Depends(caller)]


def in_group(group: str) -> Callable[[Caller], Caller]:
    """A dependency: the caller, who must be in a group of the user pool."""

    def member(caller: CurrentCaller) -> Caller:
        if group not in caller.groups:
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"for {group} only")
        return caller

    return member


def with_scope(scope: str) -> Callable[[Caller], Caller]:
    """A dependency: the caller, whose token must carry a scope."""

    def bearer(caller: CurrentCaller) -> Caller:
        if scope not in caller.scopes:
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"the token lacks the scope {scope}")
        return caller

    return bearer


def _unauthorized(reason: str) -> HTTPException:
    return HTTPException(status.HTTP_401_UNAUTHORIZED, reason, headers={"WWW-Authenticate": "Bearer"})
