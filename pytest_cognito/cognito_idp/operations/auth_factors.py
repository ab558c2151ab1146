"""The operation on the authentication factors of a user."""

from __future__ import annotations

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.rules.factors import first_factors, mfa
from pytest_cognito.world import Context


@operation
def get_user_auth_factors(context: Context, *, access_token: str) -> Response:
    """Get the first factors of the user of an access token, and the MFA factors that are turned on."""
    holder = access.token_holder(context, access_token)
    factors = mfa.response_members(holder.user)
    return {
        "Username": holder.user.username,
        "PreferredMfaSetting": factors["PreferredMfaSetting"],
        "UserMFASettingList": factors["UserMFASettingList"],
        "ConfiguredUserAuthFactors": list(first_factors.available(holder.pool, holder.user)),
    }
