"""Operations on attributes for access control: the claims of a provider that become principal tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.records import PRINCIPAL_TAGS, IdentityPool, PrincipalTags
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.world import Context


@operation
def set_principal_tag_attribute_map(
    context: Context,
    *,
    identity_pool_id: str,
    identity_provider_name: str,
    use_defaults: bool = False,
    principal_tags: Mapping[str, str] | None = None,
) -> Response:
    """Replace the mapping of a provider: the name of a claim by the key of the tag, or the defaults of AWS."""
    pool = _pool(context, identity_pool_id, identity_provider_name)
    mapping = PrincipalTags(pool.id, identity_provider_name, use_defaults, principal_tags or {})
    context.table(PRINCIPAL_TAGS).put(mapping)
    return _described(mapping)


@operation
def get_principal_tag_attribute_map(
    context: Context, *, identity_pool_id: str, identity_provider_name: str
) -> Response:
    """Get the mapping of a provider. One that was never set makes no tags."""
    pool = _pool(context, identity_pool_id, identity_provider_name)
    mapping = context.table(PRINCIPAL_TAGS).get((pool.id, identity_provider_name))
    return _described(mapping or PrincipalTags(pool.id, identity_provider_name, use_defaults=False, tags={}))


def _pool(context: Context, pool_id: str, provider: str) -> IdentityPool:
    """The pool with an id, which has to have the provider."""
    pool = lookup.pool(context, pool_id)
    if provider not in pool_providers.principal_tag_names(pool):
        raise errors.TAGGED_PROVIDER_UNKNOWN(provider=provider)
    return pool


def _described(mapping: PrincipalTags) -> dict[str, Any]:
    return {
        "IdentityPoolId": mapping.pool_id,
        "IdentityProviderName": mapping.provider,
        "UseDefaults": mapping.use_defaults,
        "PrincipalTags": mapping.tags,
    }
