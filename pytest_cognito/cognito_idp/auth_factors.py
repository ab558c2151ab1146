"""What a user can sign in with."""

from __future__ import annotations

from ..aws.operation import Response, operation
from ..world import Context
from .flows import access
from .rules import first_factors, mfa


@operation
def get_user_auth_factors(context: Context, *, access_token: str) -> Response:
    """The first factors of the user that an access token is of, and the second ones that are turned on."""
    caller = access.of(context, access_token)
    factors = mfa.shown(caller.user)
    return {
        "Username": caller.user.username,
        "PreferredMfaSetting": factors["PreferredMfaSetting"],
        "UserMFASettingList": factors["UserMFASettingList"],
        "ConfiguredUserAuthFactors": list(first_factors.available(caller.pool, caller.user)),
    }
