"""Who an identity is to be: users and tokens that a test holds, as the Logins of a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pytest_cognito import cognito_idp, iam
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.pools import find_pool
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.handles.user import User
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.identity_pool import IdentityPool

Login: TypeAlias = User | Tokens | str | Mapping[str, str]
"""A user of a user pool, their tokens, a token of a simulated provider, or Logins as boto3 takes them."""

RoleMappings: TypeAlias = Mapping[AppClient, Any] | Mapping[str, Any] | Mapping[AppClient | str, Any]
"""Role mappings by app client, or by the name of another provider."""

_EXAMPLES = 'a user, tokens, cognito.providers.google.token("1"), or Logins as boto3 takes them'


@dataclass(frozen=True, slots=True)
class DeveloperUser:
    """A user of the application's own, whom only its back end can vouch for. ``tags`` become principal tags."""

    user_id: str
    tags: Mapping[str, str] = field(default_factory=dict)


class DeveloperToken(NamedTuple):
    """What GetOpenIdTokenForDeveloperIdentity gives."""

    identity_id: str
    token: str


def developer_token(
    pool: IdentityPool, user: DeveloperUser, given: Sequence[Login], identity_id: str | None = None
) -> DeveloperToken:
    """A token for a user of the application's own, who is linked with the given logins."""
    name = pool.settings.get("DeveloperProviderName")
    if name is None:
        raise UsageError(
            f"the identity pool {pool.id} has no users of your own: create it with DeveloperProviderName, such as "
            f'"login.example.com"'
        )
    optional: dict[str, Any] = {"IdentityId": identity_id, "PrincipalTags": dict(user.tags)}
    result = pool.call(
        "GetOpenIdTokenForDeveloperIdentity",
        Logins={name: user.user_id, **logins_of(pool, given)},
        **{member: value for member, value in optional.items() if value},
    )
    return DeveloperToken(result["IdentityId"], result["Token"])


def logins_of(pool: IdentityPool, given: Sequence[Login]) -> dict[str, str]:
    """The Logins of a call. A user has a fresh ID token each time."""
    logins: dict[str, str] = {}
    for one in given:
        for key, token in _logins(pool, one).items():
            if key in logins:
                raise UsageError(f"two logins of {key} were given: one call has a single one of each provider")
            logins[key] = token
    return logins


def role_mappings(world: World, mappings: RoleMappings) -> dict[str, Any]:
    """RoleMappings, which know the users of an app client by the name of the user pool and the id of the client."""
    return {_mapped(world, key): mapping for key, mapping in mappings.items()}


def _mapped(world: World, key: AppClient | str) -> str:
    if not isinstance(key, AppClient):
        return key
    client = world.store[cognito_idp.CLIENTS].get(key.id)
    if client is None:
        raise LookupError(f"the app client {key.id} no longer exists")
    return f"{find_pool(world, client.pool_id).provider_name}:{client.id}"


def _logins(pool: IdentityPool, one: object) -> Mapping[str, str]:
    if isinstance(one, User):
        return {one.pool.provider_name: one.tokens(client=_client(pool, one)).id_token}
    if isinstance(one, Tokens):
        return {_issuer(pool, one.id_token): one.id_token}
    if isinstance(one, str):
        return {_key(pool, one): str(one)}
    if arguments.is_mapping(one):
        return one
    raise UsageError(f"an identity is told by {_EXAMPLES}; not by {one!r}")


def _client(pool: IdentityPool, user: User) -> AppClient | None:
    """The app client of the user's pool that the identity pool trusts; None if there is none."""
    known = {client.id: client for client in user.pool.clients}
    for provider in pool.settings.get("CognitoIdentityProviders", ()):
        if provider.get("ProviderName") == user.pool.provider_name and provider.get("ClientId") in known:
            return known[provider["ClientId"]]
    return None


def _key(pool: IdentityPool, token: str) -> str:
    """The key of Logins for a token: that of its simulated provider, or else its issuer."""
    entity_id = getattr(token, "entity_id", None)
    if entity_id is not None:
        return _saml_provider(pool, entity_id)
    login: str | None = getattr(token, "login", None)
    return _issuer(pool, token) if login is None else login


def _issuer(pool: IdentityPool, token: str) -> str:
    """The issuer of an ID token without its scheme. That of a user pool is AWS's, whatever the tokens name."""
    claims = unverified_claims(token)
    issuer = claims.get("iss") if claims else None
    if not isinstance(issuer, str):
        raise UsageError(f"this string is no ID token; give {_EXAMPLES}")
    user_pool = pool.world.store[cognito_idp.POOLS].get(issuer.rpartition("/")[2])
    if user_pool is None:
        return issuer.partition("://")[2] or issuer
    return find_pool(pool.world, user_pool.id).provider_name


def _saml_provider(pool: IdentityPool, entity_id: str) -> str:
    """The ARN of the SAML provider that the identity pool knows by an entity id."""
    arns: Sequence[str] = pool.settings.get("SamlProviderARNs", ())
    if len(arns) == 1:
        return arns[0]
    table = pool.world.store[iam.SAML_PROVIDERS]
    for arn in arns:
        provider = table.get(arn)
        if provider is not None and f'entityID="{entity_id}"' in provider.metadata:
            return arn
    raise UsageError(
        f"the identity pool {pool.id} trusts no SAML provider {entity_id}: create one in IAM with its metadata, and "
        f"name it in SamlProviderARNs of the pool"
    )
