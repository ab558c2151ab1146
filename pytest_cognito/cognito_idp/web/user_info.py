"""The user info endpoint of OpenID Connect."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import access, verification
from pytest_cognito.cognito_idp.records import CLIENTS, Domain
from pytest_cognito.cognito_idp.regions import region_of
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.oauth import scoped_attributes
from pytest_cognito.cognito_idp.rules.users import identities
from pytest_cognito.world import Context

_INVALID = errors.USER_INFO_TOKEN_INVALID
_ERRORS = verification.TokenErrors(_INVALID, _INVALID, _INVALID)
_NAMES = ("client_id", "sub", "event_id")


def user_info(context: Context, domain: Domain | None, access_token: str) -> dict[str, str]:
    """The attributes of the user of an access token that its scopes give and that its client may read, as strings."""
    if domain is None:
        context.region = context.call.region = region_of(context.world, {"AccessToken": access_token}) or context.region
    pool, token = verification.verify(context, access_token, "access", _NAMES, _ERRORS)
    client = context.table(CLIENTS).get(token["client_id"])
    user = lookup.find_user(context, pool, token["sub"])
    grant = access.grant_of(context, token["event_id"])
    if (domain is not None and domain.pool_id != pool.id) or client is None or user is None:
        raise errors.USER_INFO_TOKEN_INVALID()
    if grant is None or grant.revoked or not user.enabled:
        raise errors.USER_INFO_TOKEN_INVALID()
    scopes = token.get("scope", "").split()
    if scoped_attributes.OPENID not in scopes:
        raise errors.USER_INFO_WITHOUT_OPENID()
    values = user.attributes
    shown = scoped_attributes.visible(scopes, values, client_settings.readable(client, pool)) | {identities.ATTRIBUTE}
    return {
        "sub": user.sub,
        **{name: value for name, value in values.items() if name in shown and not name.startswith("dev:")},
        "username": user.username,
    }
