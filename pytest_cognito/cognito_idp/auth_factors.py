"""What a user can sign in with."""

from __future__ import annotations

from ..aws.operation import Response, operation
from ..world import Context
from .flows import access
from .rules import first_factors


@operation
def get_user_auth_factors(context: Context, *, access_token: str) -> Response:
    """The first factors of the user that an access token is of, and the second ones that are turned on."""
    caller = access.of(context, access_token)
    mfa = caller.user.mfa
    return {
        "Username": caller.user.username,
        "PreferredMfaSetting": mfa.preferred,
        "UserMFASettingList": list(mfa.enabled) or None,
        "ConfiguredUserAuthFactors": list(first_factors.available(caller.pool, caller.user)),
    }
