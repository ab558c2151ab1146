"""The claims of ID tokens and access tokens, before the PreTokenGeneration trigger changes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp.records import AppClient, Group, UserPool
from pytest_cognito.cognito_idp.rules.clients import token_validity
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.rules.tokens.refresh_tokens import base64url
from pytest_cognito.cognito_idp.rules.users import identities
from pytest_cognito.http import hosts

Claims = dict[str, Any]
_BOOLEANS = ("email_verified", "phone_number_verified")
_VERSION = 2
_USES = {token_validity.ID: "id", token_validity.ACCESS: "access"}


class Groups(NamedTuple):
    """The claims about groups: their names by precedence, their role ARNs, and the preferred role."""

    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    preferred_role: str | None = None

    @classmethod
    def from_records(cls, groups: Iterable[Group]) -> Groups:
        """Read the claims from groups in the order of precedence.

        No role is preferred if groups with the same, best precedence have different roles.
        """
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
        """The claims ``cognito:groups``, ``cognito:roles`` and ``cognito:preferred_role``, without empty ones."""
        claims: Claims = {}
        if self.names:
            claims["cognito:groups"] = list(self.names)
        if self.roles:
            claims["cognito:roles"] = list(self.roles)
        if self.preferred_role:
            claims["cognito:preferred_role"] = self.preferred_role
        return claims


class SharedClaims(NamedTuple):
    """The claims that an ID token and an access token share.

    ``issued_at`` is in seconds since the epoch. ``origin_jti`` is ``None`` if tokens can't be revoked. ``issuer`` is
    the claim ``iss``.
    """

    event_id: str
    issued_at: int
    origin_jti: str | None
    issuer: str


def issuer(pool: UserPool, local: str | None = None) -> str:
    """The claim ``iss`` of a pool's tokens, which is also the base URL of its JWKS.

    ``local`` is the address of a loopback server that stands in for AWS's endpoint (see `World.local_issuer`).
    """
    if local is not None:
        return f"{local}/{pool.id}"
    updated = (pool.settings.get("IssuerConfiguration") or {}).get("Type") == "UPDATED"
    service = "issuer-cognito-idp" if updated else "cognito-idp"
    return f"https://{hosts.endpoint(service, pool.primary_region)}/{pool.id}"


def at_hash(token: str) -> str:
    """The claim ``at_hash`` for an access token: the left half of its SHA-256 (OpenID Connect Core, 3.1.3.6)."""
    return base64url(hashlib.sha256(token.encode()).digest()[:16])


def id_token(
    issuance: Issuance, groups: Groups, shared: SharedClaims, jti: str, readable: frozenset[str] | None
) -> Claims:
    """The claims of an ID token, with the user's attributes in ``readable``, or all of them if it is ``None``.

    Those of a sign-in at a domain begin with ``at_hash``, which is empty as long as the access token is not known.
    """
    user = issuance.user
    claims: Claims = {"at_hash": ""} if issuance.grant.hosted else {}
    claims.update({"sub": user.sub, **groups.claims(), **_attributes(user.attributes, readable)})
    claims["iss"] = shared.issuer
    claims["cognito:username"] = user.username
    if issuance.nonce is not None:
        claims["nonce"] = issuance.nonce
    if identities.ATTRIBUTE in user.attributes:
        claims[identities.ATTRIBUTE] = identities.claim(user.attributes[identities.ATTRIBUTE])
    if shared.origin_jti is not None:
        claims["origin_jti"] = shared.origin_jti
    claims["aud"] = issuance.client.id
    claims.update(_common_claims(issuance, shared, token_validity.ID))
    if shared.origin_jti is not None:
        claims["jti"] = jti
    return claims


def access_token(issuance: Issuance, groups: Groups, shared: SharedClaims, jti: str, scopes: Iterable[str]) -> Claims:
    """The claims of an access token. ``scope`` is left out if there is none.

    Those of a sign-in at a domain have a ``version``, and ``aud`` if the request has named a resource.
    """
    claims: Claims = {"sub": issuance.user.sub}
    if groups.names:
        claims["cognito:groups"] = list(groups.names)
    claims["iss"] = shared.issuer
    if issuance.grant.hosted:
        claims["version"] = _VERSION
    claims["client_id"] = issuance.client.id
    if issuance.grant.resource is not None:
        claims["aud"] = issuance.grant.resource
    if shared.origin_jti is not None:
        claims["origin_jti"] = shared.origin_jti
    if issuance.device_key is not None:
        claims["device_key"] = issuance.device_key
    claims.update(_common_claims(issuance, shared, token_validity.ACCESS))
    granted = " ".join(scopes)
    if granted:
        claims["scope"] = granted
    if shared.origin_jti is not None:
        claims["jti"] = jti
    claims["username"] = issuance.user.username
    return claims


def client_token(
    client: AppClient, scopes: Iterable[str], *, issuer: str, issued_at: int, lifetime: int, jti: str
) -> Claims:
    """The claims of an access token that an app client gets for itself. ``scope`` is left out if there is none."""
    granted = " ".join(scopes)
    return {
        "sub": client.id,
        "token_use": _USES[token_validity.ACCESS],
        **({"scope": granted} if granted else {}),
        "auth_time": issued_at,
        "iss": issuer,
        "exp": issued_at + lifetime,
        "iat": issued_at,
        "version": _VERSION,
        "jti": jti,
        "client_id": client.id,
    }


def _common_claims(issuance: Issuance, shared: SharedClaims, token: str) -> Claims:
    lifetime = int(token_validity.validity(issuance.client, token).total_seconds())
    claims = {
        "event_id": shared.event_id,
        "token_use": _USES[token],
        "auth_time": int(issuance.grant.authenticated.timestamp()),
        "exp": shared.issued_at + lifetime,
        "iat": shared.issued_at,
    }
    grant = issuance.grant
    if grant.acr is None:
        return claims
    return {**claims, **({"acr": grant.acr} if grant.acr else {}), "amr": acr.amr(grant.methods)}


def _attributes(attributes: Mapping[str, str], readable: frozenset[str] | None) -> Claims:
    """Attributes as claims: ``…_verified`` as booleans, ``address`` as an object, ``updated_at`` as a number.

    ``identities`` is a claim of its own, of all ID tokens.
    """
    return {
        name: _claim(name, value)
        for name, value in attributes.items()
        if (readable is None or name in readable) and not name.startswith("dev:") and name != identities.ATTRIBUTE
    }


def _claim(name: str, value: str) -> Any:
    if name in _BOOLEANS:
        return value == "true"
    if name == "address":
        return {"formatted": value}
    return int(value) if name == "updated_at" else value
