"""Who makes a GraphQL request, and the ``identity`` by which resolvers know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito import sts
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.appsync.modes import Mode, UserPools
from pytest_cognito.fronts.tokens import Verified
from pytest_cognito.http.messages import Request


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request, by one of the API's modes.

    ``groups`` are those of their user pool. ``denied`` are the fields that a Lambda authorizer keeps from them, as
    ``Type.field``. ``may`` says whether policies allow them a field of a top-level type; None where no policy counts.
    """

    mode: Mode
    identity: Mapping[str, Any] | None
    groups: tuple[str, ...] = ()
    denied: frozenset[str] = frozenset()
    may: Callable[[str, str], bool] | None = field(default=None, compare=False)


def of_user(request: Request, mode: UserPools, default_action: str, verified: Verified) -> dict[str, Any]:
    """The identity of a user of a pool; the claims have the types that they have in the token."""
    claims = verified.claims
    return {
        "claims": dict(claims),
        "defaultAuthStrategy": default_action,
        "groups": claims.get("cognito:groups"),
        "issuer": mode.issuer,
        "sourceIp": source_addresses(request),
        "sub": claims.get("sub"),
        "username": claims.get("cognito:username", claims.get("username", claims.get("client_id"))),
    }


def of_openid(verified: Verified) -> dict[str, Any]:
    """The identity of a user of a provider of OpenID Connect."""
    claims = verified.claims
    return {"claims": dict(claims), "issuer": claims.get("iss"), "sub": claims.get("sub")}


def of_signer(request: Request, authorization: sts.Authorization) -> dict[str, Any]:
    """The identity of who signed a request, with that of the identity pool whose credentials they are."""
    principal, identity = authorization.principal, callers.identity_of(authorization)
    providers = () if identity is None else identity.providers
    return {
        "accountId": principal.account,
        "cognitoIdentityAuthProvider": ",".join(f'"{entry}"' for entry in providers) or None,
        "cognitoIdentityAuthType": identity and identity.kind,
        "cognitoIdentityId": identity and identity.id,
        "cognitoIdentityPoolId": identity and identity.pool_id,
        "sourceIp": source_addresses(request),
        "userArn": principal.arn,
        "username": principal.user_id,
    }


def source_addresses(request: Request) -> list[str]:
    """The addresses in ``X-Forwarded-For``, in order, and that of the connection."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    return [*(each.strip() for each in forwarded if each.strip()), request.address]
