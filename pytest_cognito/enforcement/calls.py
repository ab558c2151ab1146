"""Calls of AWS's operations, before somebody answers them."""

from __future__ import annotations

from pytest_cognito import iam, sts
from pytest_cognito.aws import authentication
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.enforcement.authorizing import decide, is_issued
from pytest_cognito.enforcement.refusals import denied, not_accepted
from pytest_cognito.enforcement.resource_keys import resource_keys
from pytest_cognito.http.messages import LOOPBACK
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import World

_STS = "sts"
_AUTHORISED_BY_STS = frozenset({("sts", "AssumeRole")})
"""What is always authorised, by the operation itself: it asks the trust policy of the role, too."""


def check_call(
    world: World,
    call: Call,
    protocol: str,
    user_agent: str = "",
    address: str = LOOPBACK,
    *,
    wanting: str | None = None,
) -> None:
    """Raise the refusal of a service, if policies don't allow a call to the credentials that signed it.

    With ``wanting`` they must allow what this other operation of the service stands for.

    Calls that are made with credentials of which the world knows nothing are the developer's, who may do all. Raises
    `UsageError` for an operation of which nobody has said what it needs.
    """
    if call.caller is None or (call.service, call.operation) in _AUTHORISED_BY_STS:
        return
    operation = wanting or call.operation
    authorization: sts.Authorization | AWSError
    with world.handle_step("authorise", call.region) as context:
        if not is_issued(context, call.caller):
            return
        keys = resource_keys(context, call)
        mapped = iam.mapped_calls(context, call.service, operation)
        try:
            authorization = sts.authorization(context, call.caller)
        except AWSError as error:  # which only counts if the call needs a permission
            authorization = error
    if call.service == "iam" and _is_kept_from_iam(authorization):
        raise not_accepted(call.service, protocol, authentication.invalid(_STS))
    wanted = iam.describe_call(
        call.service,
        operation,
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


def _is_kept_from_iam(authorization: sts.Authorization | AWSError) -> bool:
    """Whether credentials are of those which IAM does not take: a federated user's, or a user's temporary ones, unless
    they have used MFA.
    """
    if isinstance(authorization, AWSError) or authorization.session is None:
        return False
    kind = authorization.session.kind
    without_mfa = authorization.keys.get("aws:MultiFactorAuthPresent") != "true"
    return kind == "GetFederationToken" or (kind == "GetSessionToken" and without_mfa)
