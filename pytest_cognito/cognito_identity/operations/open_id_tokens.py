"""Operations that issue tokens for identities, which STS exchanges for credentials: the basic (classic) flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_identity import errors, lookup
from pytest_cognito.cognito_identity.flows import linking, open_id_tokens, principal_tags
from pytest_cognito.cognito_identity.flows.logins import developers, verification
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules import role_choice
from pytest_cognito.cognito_identity.rules.principal_tags import check_size
from pytest_cognito.world import Context

_DEVELOPERS_LIFETIME = 900  # seconds


@operation
def get_open_id_token(context: Context, *, identity_id: str, logins: Mapping[str, str] | None = None) -> Response:
    """Get a token for an identity, which is valid for ten minutes. The identity may be another one after a merge.

    The call needs no signature. The pool must allow the classic flow, and map no roles for the providers of the logins.
    """
    pool = lookup.pool(context, lookup.identity(context, identity_id).pool_id)
    if pool.settings.get("AllowClassicFlow") is False:
        raise errors.CLASSIC_FLOW_DISABLED()
    proven = verification.verify(context, pool, logins)
    _check_classic(pool, proven)
    identity = linking.resolve(context, pool, identity_id, proven)
    tags = principal_tags.tags_of(context, pool, proven)
    return {
        "IdentityId": identity.id,
        "Token": open_id_tokens.issue(context, pool, identity, proven, tags=tags),
    }


@operation
def get_open_id_token_for_developer_identity(
    context: Context,
    *,
    identity_pool_id: str,
    logins: Mapping[str, str],
    identity_id: str | None = None,
    principal_tags: Mapping[str, str] | None = None,
    token_duration: int = _DEVELOPERS_LIFETIME,
) -> Response:
    """Get a token for a user of the pool's developer provider, whom the developer has authenticated.

    Their identity is made or found by the name of the user; with ``IdentityId`` the user is linked to that identity.
    """
    pool = lookup.pool(context, identity_pool_id)
    developer = developers.login(pool, logins)
    others = {key: token for key, token in logins.items() if key != developer.provider}
    proven = (*verification.verify(context, pool, others), developer)
    check_size(principal_tags or {})
    if identity_id is not None:
        developers.check_free(context, developer, linking.usable(context, pool, identity_id))
    identity = linking.resolve(context, pool, identity_id, proven)
    token = open_id_tokens.issue(context, pool, identity, proven, lifetime=token_duration, tags=principal_tags)
    return {"IdentityId": identity.id, "Token": token}


def _check_classic(pool: IdentityPool, proven: Sequence[ProvenLogin]) -> None:
    """Raise if a login's provider works in the enhanced flow alone."""
    if any(role_choice.mapping_name(pool, login) is not None for login in proven):
        raise errors.CLASSIC_FLOW_WITH_MAPPINGS()
    if any(":saml-provider/" in login.provider for login in proven):
        raise errors.CLASSIC_FLOW_WITH_SAML()
