"""Which role an identity gets: the role of the pool, the one that a token names, or the one that a rule maps to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.federation.web_identity import WebIdentity

SAML_ROLES: Final = "https://aws.amazon.com/SAML/Attributes/Role"
"""The attribute of assertions with the roles that a user may have: pairs of the role's ARN and the provider's."""

_FEW_CLAIMS = frozenset(("graph.facebook.com", "www.amazon.com"))
_MATCHES: Mapping[str, Callable[[Sequence[str], str], bool]] = {
    "Equals": lambda values, wanted: wanted in values,
    "NotEqual": lambda values, wanted: wanted not in values,
    "StartsWith": lambda values, wanted: any(value.startswith(wanted) for value in values),
    "Contains": lambda values, wanted: any(wanted in value for value in values),
}


def choose(pool: IdentityPool, logins: Sequence[WebIdentity], custom_role_arn: str | None = None) -> str:
    """The ARN of the role for the users of the given logins, verified before; for a guest if there are none.

    The first login decides whose provider has a mapping, or whose assertion names roles. Without such a login it is the
    pool's role for authenticated identities, and ``custom_role_arn`` has no meaning.

    Raises NotAuthorizedException where the mapping denies, InvalidIdentityPoolConfigurationException for a pool that
    lacks the role.
    """
    if not logins:
        return _default(pool, "unauthenticated")
    for login in logins:
        name = mapping_name(pool, login)
        if name is not None:
            return _mapped(pool, name, login, custom_role_arn)
        roles = _roles_of_assertion(login)
        if roles:
            return _of_assertion(login.provider, roles, custom_role_arn)
    return _default(pool, "authenticated")


def mapping_name(pool: IdentityPool, login: WebIdentity) -> str | None:
    """The name of the provider of a login among the role mappings of a pool; None if it has no mapping."""
    names = pool_providers.names_of(pool, login.provider, login.audience)
    return next((name for name in names if name in pool.role_mappings), None)


def _default(pool: IdentityPool, kind: str) -> str:
    role_arn = pool.roles.get(kind)
    if role_arn is None:
        raise errors.CONFIGURATION_INVALID()
    return role_arn


def _mapped(pool: IdentityPool, name: str, login: WebIdentity, custom: str | None) -> str:
    mapping = pool.role_mappings[name]
    if mapping["Type"] == "Rules":
        chosen = next((role for role in _matching(mapping, login) if custom in (None, role)), None)
    else:
        chosen = _by_token(name, login, custom)
    if chosen is not None:
        return chosen
    if mapping["AmbiguousRoleResolution"] == "Deny":
        raise errors.ROLE_MAPPING_DENIED(provider=name)
    return _default(pool, "authenticated")


def _by_token(name: str, login: WebIdentity, custom: str | None) -> str | None:
    """The role that a token names: the wished one, if it is among its roles, or the preferred one."""
    if custom is not None:
        if custom not in _roles(login):
            raise errors.ROLE_MAPPING_DENIED(provider=name)
        return custom
    preferred = login.claims.get("cognito:preferred_role")
    if isinstance(preferred, str):
        return preferred
    in_assertion = _roles_of_assertion(login)
    return in_assertion[0] if len(in_assertion) == 1 else None


def _roles(login: WebIdentity) -> list[str]:
    found = login.claims.get("cognito:roles")
    listed = found.split(",") if isinstance(found, str) else found if isinstance(found, list | tuple) else ()
    return [str(role).strip() for role in listed] or _roles_of_assertion(login)


def _of_assertion(provider: str, roles: Sequence[str], custom: str | None) -> str:
    """The role of several that an assertion names, where the pool maps nothing: the request has to say which."""
    if custom is None and len(roles) == 1:
        return roles[0]
    if custom is None or custom not in roles:
        raise errors.ROLE_MAPPING_DENIED(provider=provider)
    return custom


def _roles_of_assertion(login: WebIdentity) -> list[str]:
    """The roles that an assertion names together with its provider; the two may be in either order."""
    if ":saml-provider/" not in login.provider:
        return []
    pairs = ([part.strip() for part in value.split(",")] for value in texts(login.claims.get(SAML_ROLES)))
    return [
        part for pair in pairs if len(pair) == 2 and login.provider in pair for part in pair if part != login.provider
    ]


def _matching(mapping: Mapping[str, Any], login: WebIdentity) -> Iterator[str]:
    """The roles of the rules that match, in order. A rule on a claim that is not there matches nothing."""
    claims = usable_claims(login)
    for rule in mapping["RulesConfiguration"]["Rules"]:
        values = texts(claims.get(rule["Claim"]))
        if values and _MATCHES[rule["MatchType"]](values, rule["Value"]):
            yield rule["RoleARN"]


def usable_claims(login: WebIdentity) -> Mapping[str, Any]:
    """The claims that rules can look at. Of Facebook and Login with Amazon there are only three."""
    if login.provider in _FEW_CLAIMS:
        return {"iss": login.provider, "aud": login.audience, "sub": login.subject}
    return login.claims


def texts(claim: Any) -> list[str]:
    """A claim as the texts that are compared: those of each element of a list."""
    if claim is None:
        return []
    if isinstance(claim, list | tuple):
        return [text for each in claim for text in texts(each)]
    return [str(claim).lower() if isinstance(claim, bool) else str(claim)]
