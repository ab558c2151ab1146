"""The claims of tokens, as AWS sets them before any trigger has a say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...aws.arn import dns_suffix
from ..records import Group, User, UserPool

Claims = dict[str, Any]
_BOOLEANS = ("email_verified", "phone_number_verified")


@dataclass(frozen=True, slots=True)
class Groups:
    """What a user's groups bring into tokens: names by precedence, role ARNs, and the preferred one of these."""

    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    preferred_role: str | None = None

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Groups:
        """Of groups in the order of their precedence. Groups that tie on different roles leave none preferred."""
        listed = list(groups)
        roles = [group.role_arn for group in listed if group.role_arn]
        with_role = [group for group in listed if group.role_arn]
        best = (
            {group.role_arn for group in with_role if group.precedence == with_role[0].precedence}
            if with_role
            else set()
        )
        return cls(tuple(g.name for g in listed), tuple(dict.fromkeys(roles)), best.pop() if len(best) == 1 else None)

    def claims(self) -> Claims:
        """The three ``cognito:`` claims of an ID token, as far as there is something to say."""
        claims: Claims = {}
        if self.names:
            claims["cognito:groups"] = list(self.names)
        if self.roles:
            claims["cognito:roles"] = list(self.roles)
        if self.preferred_role:
            claims["cognito:preferred_role"] = self.preferred_role
        return claims


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and as part of which sign-in, a set of tokens is issued. Times are seconds since the epoch."""

    event_id: str
    authenticated: int
    issued: int
    origin_jti: str | None


def issuer(pool: UserPool) -> str:
    """The ``iss`` of a pool's tokens, which is also where its JWKS is found."""
    return f"https://cognito-idp.{pool.region}.{dns_suffix(pool.region)}/{pool.id}"


def id_token(
    pool: UserPool,
    user: User,
    client_id: str,
    groups: Groups,
    moment: Moment,
    jti: str,
    lifetime: int,
    readable: frozenset[str] | None,
) -> Claims:
    """The claims of an ID token."""
    claims: Claims = {"sub": user.sub, **groups.claims(), **_attributes(user.attributes, readable)}
    claims["iss"] = issuer(pool)
    claims["cognito:username"] = user.username
    if moment.origin_jti is not None:
        claims["origin_jti"] = moment.origin_jti
    claims["aud"] = client_id
    claims.update(_moment(moment, "id", lifetime))
    if moment.origin_jti is not None:
        claims["jti"] = jti
    return claims


def access_token(
    pool: UserPool,
    user: User,
    client_id: str,
    groups: Groups,
    moment: Moment,
    jti: str,
    lifetime: int,
    scopes: Iterable[str],
) -> Claims:
    """The claims of an access token."""
    claims: Claims = {"sub": user.sub}
    if groups.names:
        claims["cognito:groups"] = list(groups.names)
    claims["iss"] = issuer(pool)
    claims["client_id"] = client_id
    if moment.origin_jti is not None:
        claims["origin_jti"] = moment.origin_jti
    claims.update(_moment(moment, "access", lifetime))
    claims["scope"] = " ".join(scopes)
    if moment.origin_jti is not None:
        claims["jti"] = jti
    claims["username"] = user.username
    return claims


def _moment(moment: Moment, use: str, lifetime: int) -> Claims:
    return {
        "event_id": moment.event_id,
        "token_use": use,
        "auth_time": moment.authenticated,
        "exp": moment.issued + lifetime,
        "iat": moment.issued,
    }


def _attributes(attributes: Mapping[str, str], readable: frozenset[str] | None) -> Claims:
    """Attributes as claims: the verified flags as booleans, the address as an object, all else as it is kept."""
    return {
        name: _claim(name, value)
        for name, value in attributes.items()
        if (readable is None or name in readable) and not name.startswith("dev:")
    }


def _claim(name: str, value: str) -> Any:
    if name in _BOOLEANS:
        return value == "true"
    if name == "address":
        return {"formatted": value}
    return int(value) if name == "updated_at" else value
