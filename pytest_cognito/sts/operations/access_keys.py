"""Access keys and their accounts."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import permissions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.world import Context

_KIND = "GetAccessKeyInfo"
_PREFIXES = ("AKIA", "ASIA")


@operation
def get_access_key_info(context: Context, *, access_key_id: str) -> dict[str, str]:
    """Tell the account of an access key, whatever state it is in: the account is encoded in its id."""
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    permissions.check_allowed(context, caller, f"sts:{_KIND}")
    account = iam.account_of_key(access_key_id) if access_key_id.startswith(_PREFIXES) else None
    if account is None:
        raise errors.ACCESS_KEY_UNKNOWN(access_key=access_key_id)
    return {"Account": account}
