"""The principal tags of a session, from the logins that it is for."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.cognito_identity.records import PRINCIPAL_TAGS, IdentityPool, PrincipalTags
from pytest_cognito.cognito_identity.rules import pool_providers, principal_tags
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.world import Context


def tags_of(context: Context, pool: IdentityPool, logins: Sequence[WebIdentity]) -> dict[str, str]:
    """The tags that the claims of verified logins become by the pool's mappings; of two with one key the first counts.

    Raises InvalidParameterException if they are too large together.
    """
    tags: dict[str, str] = {}
    for login in logins:
        mapping = _mapping(context, pool, login)
        if mapping is not None:
            tags = {**principal_tags.of_login(mapping, login), **tags}
    principal_tags.check_size(tags)
    return tags


def _mapping(context: Context, pool: IdentityPool, login: WebIdentity) -> PrincipalTags | None:
    mappings = context.table(PRINCIPAL_TAGS)
    names = pool_providers.names_of(pool, login.provider, login.audience)
    return next((mapping for name in names if (mapping := mappings.get((pool.id, name))) is not None), None)
