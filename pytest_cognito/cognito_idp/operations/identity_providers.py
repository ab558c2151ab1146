"""Operations on the identity providers of a pool, and on the links between its users and identities there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.federation import metadata
from pytest_cognito.cognito_idp.flows.pools import recovery, saml_signing
from pytest_cognito.cognito_idp.flows.users import linking, membership
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, LOCAL, IdentityProvider, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.providers import attribute_mapping, provider_details
from pytest_cognito.world import Context

_PAGE = 50
_PRIVATE_KEY = "private_key"

Strings = Mapping[str, str]


@operation
def create_identity_provider(
    context: Context,
    *,
    user_pool_id: str,
    provider_name: str,
    provider_type: str,
    provider_details: Strings,
    attribute_mapping: Strings | None = None,
    idp_identifiers: Sequence[str] | None = None,
    acr_mapping: Strings | None = None,
) -> Response:
    """Create an identity provider, and the group of its users. The details that Cognito knows are added."""
    pool = lookup.pool(context, user_pool_id)
    documents = metadata.for_request(context, pool, provider_details)
    providers = context.table(IDENTITY_PROVIDERS)
    if provider_name.upper() == LOCAL:
        raise errors.PROVIDER_NAME_RESERVED(name=provider_name)
    if _type_of_name(provider_name) not in (None, provider_type) or _needs_other_name(provider_name, provider_type):
        raise errors.PROVIDER_OF_OTHER_TYPE(name=provider_name, type=provider_type)
    if providers.get((pool.id, provider_name)) is not None:
        raise errors.IDENTITY_PROVIDER_EXISTS(name=provider_name, pool_id=pool.id)
    if recovery.are_writes_paused(context, pool):  # there is a group to be made
        raise errors.RECOVERY_ACTIVE_UNDECLARED()
    if providers.count("pool", pool.id) >= quotas.IDENTITY_PROVIDERS:
        raise errors.IDENTITY_PROVIDER_LIMIT()
    now = context.now()
    new = IdentityProvider(pool.id, provider_name, provider_type, {}, {}, (), {}, created=now, modified=now)
    new = replace(new, **_details(context, new, provider_details, documents))
    new = _changed(context, pool, new, attribute_mapping or {}, idp_identifiers, acr_mapping)
    providers.put(new)
    membership.provider_group(context, pool, new.name)
    return {"IdentityProvider": _described(context, pool, new)}


@operation
def describe_identity_provider(context: Context, *, user_pool_id: str, provider_name: str) -> Response:
    """Get an identity provider with all details but the private key of Apple."""
    pool = lookup.pool(context, user_pool_id)
    return {"IdentityProvider": _described(context, pool, lookup.identity_provider(context, pool, provider_name))}


@operation
def get_identity_provider_by_identifier(context: Context, *, user_pool_id: str, idp_identifier: str) -> Response:
    """Get the identity provider that has an identifier."""
    pool = lookup.pool(context, user_pool_id)
    found = context.table(IDENTITY_PROVIDERS).find("identifier", (pool.id, idp_identifier))
    if found is None:
        raise errors.IDP_IDENTIFIER_NOT_FOUND(identifier=idp_identifier)
    return {"IdentityProvider": _described(context, pool, found)}


@operation
def update_identity_provider(
    context: Context,
    *,
    user_pool_id: str,
    provider_name: str,
    provider_details: Strings | None = None,
    attribute_mapping: Strings | None = None,
    idp_identifiers: Sequence[str] | None = None,
    acr_mapping: Strings | None = None,
) -> Response:
    """Replace the members of an identity provider that the request has; the others stay unchanged."""
    pool = lookup.pool(context, user_pool_id)
    _external(context, pool, provider_name)
    documents = metadata.for_request(context, pool, provider_details)
    changed = _external(context, pool, provider_name)
    if provider_details is not None:
        changed = replace(changed, **_details(context, changed, provider_details, documents))
    changed = _changed(context, pool, changed, attribute_mapping, idp_identifiers, acr_mapping)
    changed = replace(changed, modified=context.now())
    context.table(IDENTITY_PROVIDERS).put(changed)
    return {"IdentityProvider": _described(context, pool, changed)}


@operation
def delete_identity_provider(context: Context, *, user_pool_id: str, provider_name: str) -> Response:
    """Delete an identity provider, with which users can't sign in any more.

    Its users and links stay, and so does its name in the settings of app clients until they are updated.
    """
    pool = lookup.pool(context, user_pool_id)
    found = _external(context, pool, provider_name)
    context.table(IDENTITY_PROVIDERS).delete((pool.id, found.name))
    return {}


@operation
def list_identity_providers(
    context: Context, *, user_pool_id: str, max_results: int | None = None, next_token: str | None = None
) -> Response:
    """List the names and types of a pool's identity providers by name, 50 at most on a page."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(IDENTITY_PROVIDERS).page("pool", pool.id, after),
        min(max_results or _PAGE, _PAGE),
        next_token,
        f"ListIdentityProviders {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Providers": [_listed(provider) for provider in found], "NextToken": token}


@operation
def admin_link_provider_for_user(
    context: Context, *, user_pool_id: str, destination_user: Mapping[str, str], source_user: Mapping[str, str]
) -> Response:
    """Link a user to an identity that has not signed in yet, with which the user is signed in from then on."""
    pool = lookup.pool(context, user_pool_id)
    destination = linking.named("DestinationUser", destination_user, attribute=False)
    linking.link(context, pool, destination, linking.named("SourceUser", source_user))
    return {}


@operation
def admin_disable_provider_for_user(context: Context, *, user_pool_id: str, user: Mapping[str, str]) -> Response:
    """Unlink an identity from its user or, with the provider ``Cognito``, end the sign-in with a password."""
    linking.unlink(context, lookup.pool(context, user_pool_id), linking.named("User", user))
    return {}


def _type_of_name(name: str) -> str | None:
    """The type of the only provider that can have a name; ``None`` if any can."""
    definition = provider_details.TYPES.get(name)
    return name if definition is not None and definition.named else None


def _needs_other_name(name: str, provider_type: str) -> bool:
    return provider_details.TYPES[provider_type].named and name != provider_type


def _external(context: Context, pool: UserPool, name: str) -> IdentityProvider:
    """The provider with a name. ``COGNITO`` is the pool itself, which can be neither updated nor deleted."""
    if name.upper() == LOCAL:
        raise errors.PROVIDER_NOT_EXTERNAL(name=name)
    return lookup.identity_provider(context, pool, name)


def _changed(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    mapping: Strings | None,
    identifiers: Sequence[str] | None,
    acr_mapping: Strings | None,
) -> IdentityProvider:
    """A provider with the members of a request, beside its details, that are not ``None``.

    Raises for what AWS refuses.
    """
    changes: dict[str, Any] = {}
    if mapping is not None:
        changes["mapping"] = attribute_mapping.complete(pool, provider.type, mapping)
    if identifiers is not None:
        changes["identifiers"] = _checked_identifiers(context, pool, provider, identifiers)
    if acr_mapping is not None:
        if acr_mapping and provider.type != "OIDC":
            raise errors.ACR_MAPPING_NOT_OIDC()
        changes["acr_mapping"] = dict(acr_mapping)
    return replace(provider, **changes)


def _details(
    context: Context, provider: IdentityProvider, request: Strings, documents: Mapping[str, str]
) -> dict[str, Any]:
    """The details of a provider, and what ``documents`` tell of it.

    A private key that is left out stays as it is: no answer has it to send back.
    """
    kept = {} if provider.private_key is None else {_PRIVATE_KEY: provider.private_key}
    complete = provider_details.complete(provider.type, {**kept, **request}, documents)
    known = provider_details.entity_id(complete, documents) if provider.type == "SAML" else None
    url = complete.get("MetadataURL", "")
    retrieved = None if url in context.world.documents else documents.get(url)
    return {
        "private_key": complete.pop(_PRIVATE_KEY, None),
        "details": complete,
        "entity_id": known,
        "metadata": retrieved,
        "retrieved": None if retrieved is None else context.now(),
    }


def _checked_identifiers(
    context: Context, pool: UserPool, provider: IdentityProvider, identifiers: Sequence[str]
) -> tuple[str, ...]:
    """Identifiers of which none comes twice or is another provider's."""
    providers = context.table(IDENTITY_PROVIDERS)
    for position, identifier in enumerate(identifiers):
        if identifier in identifiers[:position]:
            raise errors.IDP_IDENTIFIER_TWICE(identifier=identifier)
        holder = providers.find("identifier", (pool.id, identifier))
        if holder is not None and holder.name != provider.name:
            raise errors.IDP_IDENTIFIER_TAKEN(identifier=identifier, pool_id=pool.id)
    return tuple(identifiers)


def _described(context: Context, pool: UserPool, provider: IdentityProvider) -> dict[str, Any]:
    details = dict(provider.details)
    if provider.type == "SAML":
        details["ActiveEncryptionCertificate"] = saml_signing.encryption_certificate(context, pool, provider)
    return {
        "UserPoolId": provider.pool_id,
        "ProviderName": provider.name,
        "ProviderType": provider.type,
        "ProviderDetails": details,
        "AttributeMapping": dict(provider.mapping),
        "IdpIdentifiers": list(provider.identifiers),
        "AcrMapping": dict(provider.acr_mapping) or None,
        "LastModifiedDate": provider.modified,
        "CreationDate": provider.created,
    }


def _listed(provider: IdentityProvider) -> dict[str, Any]:
    return {
        "ProviderName": provider.name,
        "ProviderType": provider.type,
        "LastModifiedDate": provider.modified,
        "CreationDate": provider.created,
    }
