"""Operations on the authentication factors of a user."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.factors import first_factors
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.world import Context


@operation
def get_user_auth_factors(context: Context, *, access_token: str) -> Response:
    """Get the first factors of the user of an access token, and the MFA factors that are turned on."""
    holder = access.token_holder(context, access_token)
    return _described(context, holder.pool, holder.user)


@operation
def admin_get_user_auth_factors(context: Context, *, user_pool_id: str, username: str) -> Response:
    """Get the first factors of a user, and the MFA factors that are turned on."""
    pool = lookup.pool(context, user_pool_id)
    return _described(context, pool, lookup.user(context, pool, username))


def _described(context: Context, pool: UserPool, user: User) -> Response:
    """The factors of a user. A registered software token is among them, although it is no first factor."""
    factors = mfa.response_members(user)
    software_token = ["SOFTWARE_TOKEN"] if user.mfa.secret is not None else []
    return {
        "Username": user.username,
        "PreferredMfaSetting": factors["PreferredMfaSetting"],
        "UserMFASettingList": factors["UserMFASettingList"],
        "ConfiguredUserAuthFactors": [*first_factors.available(context, pool, user), *software_token],
    }
