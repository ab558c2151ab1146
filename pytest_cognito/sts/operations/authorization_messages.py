"""Messages about calls that were not allowed."""

from __future__ import annotations

from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import permissions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.records import AUTHORIZATION_MESSAGES
from pytest_cognito.world import Context

_KIND = "DecodeAuthorizationMessage"


@operation
def decode_authorization_message(context: Context, *, encoded_message: str) -> dict[str, str]:
    """Decode a message that this world gave to a caller of the same account: JSON that says why a call was refused."""
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    permissions.check_allowed(context, caller, f"sts:{_KIND}")
    message = context.table(AUTHORIZATION_MESSAGES).get(encoded_message)
    if message is None or message.account != caller.principal.account:
        raise errors.MESSAGE_INVALID()
    return {"DecodedMessage": message.decoded}
