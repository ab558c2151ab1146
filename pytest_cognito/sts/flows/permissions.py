"""Whether a caller may assume a role, by its trust policy and by their own policies."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows.authorization import Authorization
from pytest_cognito.sts.rules import request_keys, session_kinds
from pytest_cognito.world import Context

ASSUME_ROLE = "sts:AssumeRole"
TAG_SESSION = "sts:TagSession"
SET_SOURCE_IDENTITY = "sts:SetSourceIdentity"


def check_kind(context: Context, caller: Authorization, operation: str) -> None:
    """Refuse a call that credentials of this kind can't make, whatever policies say."""
    if context.global_endpoint and operation in session_kinds.REGIONAL:
        raise errors.REGIONAL_ONLY(operation=operation)
    if caller.session is not None and not session_kinds.may_call(caller.session.kind, operation):
        federated = caller.session.kind == session_kinds.FEDERATED
        raise (errors.FEDERATED_CREDENTIALS if federated else errors.SESSION_CREDENTIALS)(operation=operation)


def check_allowed(
    context: Context, caller: Authorization, action: str, resource: str = "*", keys: iam.Keys | None = None
) -> None:
    """Refuse a caller whose policies do not allow an action, in their own account."""
    general = request_keys.of_request(context.now(), context.address, context.region, context.user_agent)
    all_keys = {**general, **caller.keys, **(keys or {})}
    request = iam.Request(caller.principal, action, resource, all_keys, account=caller.principal.account)
    decision = iam.evaluate(request, caller.policies)
    if not decision:
        raise errors.NOT_ALLOWED(message=decision.message) from iam.Refused.by(decision)


def check_caller(caller: Authorization, role: iam.Role, action: str, keys: iam.Keys) -> None:
    """Refuse a caller whom the role does not trust, or whom their own policies do not allow an action on it.

    In the account of the role a trust policy that names the caller suffices; one that names the account leaves it to
    the policies of the caller. For a role of another account both must allow it.
    """
    request = iam.Request(caller.principal, action, role.arn, keys)
    decision = iam.evaluate_trust(request, role.trust, caller.policies)
    if not decision:
        raise refusal(caller, action, role.arn) from iam.Refused.by(decision)


def refusal(caller: Authorization, action: str, role_arn: str) -> AWSError:
    """AWS's error for a caller, also if there is no such role."""
    return errors.NOT_AUTHORIZED(principal=caller.principal.arn, action=action, resource=role_arn)


def check_federated(principal: iam.Principal, role: iam.Role, actions: tuple[str, ...], keys: iam.Keys) -> None:
    """Refuse a user of an identity provider whom the trust policy does not allow all of these actions."""
    for action in actions:
        decision = iam.evaluate_trust(iam.Request(principal, action, role.arn, keys), role.trust)
        if not decision:
            raise errors.NOT_AUTHORIZED_FEDERATED(action=action) from iam.Refused.by(decision)
