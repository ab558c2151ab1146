"""Calls of AWS's operations, before somebody answers them."""

from __future__ import annotations

from pytest_cognito import iam, sts
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.enforcement.authorizing import decide, is_issued
from pytest_cognito.enforcement.refusals import denied, not_accepted
from pytest_cognito.enforcement.resource_keys import resource_keys
from pytest_cognito.http.messages import LOOPBACK
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import World

_AUTHORISED_BY_STS = frozenset({("sts", "AssumeRole")})
"""What is always authorised, by the operation itself: it asks the trust policy of the role, too."""


def check_call(world: World, call: Call, protocol: str, user_agent: str = "", address: str = LOOPBACK) -> None:
    """Raise the refusal of a service, if policies don't allow a call to the credentials that signed it.

    Calls that are made with credentials of which the world knows nothing are the developer's, who may do all. Raises
    `UsageError` for an operation of which nobody has said what it needs.
    """
    if call.caller is None or (call.service, call.operation) in _AUTHORISED_BY_STS:
        return
    authorization: sts.Authorization | AWSError
    with world.handle_step("authorise", call.region) as context:
        if not is_issued(context, call.caller):
            return
        keys = resource_keys(context, call)
        mapped = iam.mapped_calls(context, call.service, call.operation)
        try:
            authorization = sts.authorization(context, call.caller)
        except AWSError as error:  # which only counts if the call needs a permission
            authorization = error
    wanted = iam.describe_call(
        call.service,
        call.operation,
        call.parameters,
        region=call.region,
        account=world.account_id,
        mapped=mapped,
        now=world.clock.now(),
        user_agent=user_agent,
        address=address,
    )
    if not wanted:
        return
    if isinstance(authorization, AWSError):
        raise not_accepted(call.service, protocol, authorization)
    decision = decide(authorization, wanted, keys)
    if decision is not None and not decision:
        raise denied(call.service, protocol, decision) from iam.Refused.by(decision)
