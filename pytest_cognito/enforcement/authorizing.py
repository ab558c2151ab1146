"""Whether policies allow what a caller wants to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pytest_cognito import iam, sts
from pytest_cognito.enforcement.resource_policies import resource_policies, unasked
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.world import Context


def is_issued(context: Context, caller: Caller) -> bool:
    """Whether a world has issued the credentials of a caller. Whoever has others is the developer, who may do all.

    A session token of the world beside another access key counts as well, and a key of another world: such credentials
    are refused.
    """
    key, token = caller.access_key, caller.session_token
    sessions = context.table(sts.SESSIONS)
    return (
        sessions.get(key) is not None
        or context.table(iam.ACCESS_KEYS).get(key) is not None
        or (token is not None and sessions.find("token", token) is not None)
        or (key is not None and iam.was_issued(key))
    )


def decide(
    authorization: sts.Authorization, wanted: Iterable[iam.Wanted], keys: iam.Keys | None = None
) -> iam.Decision | None:
    """The decision about what somebody wants to do: the first that refuses it, or else the last; None about nothing.

    ``keys`` are condition keys of all that is wanted, beside those that each has.
    """
    # What the session says of itself stands above what a request says.
    known = {**(keys or {}), **authorization.keys}
    decision = None
    for each in wanted:
        decision = evaluate(authorization, replace(each, keys={**each.keys, **known}))
        if not decision:
            return decision
    return decision


def evaluate(authorization: sts.Authorization, wanted: iam.Wanted) -> iam.Decision:
    """The decision by the policies of the caller, and those of the resource that another mock has."""
    own, resource = authorization.policies, resource_policies(wanted.resource)
    policies = replace(own, resource=resource) if resource else own
    request = iam.Request(authorization.principal, wanted.action, wanted.resource, wanted.keys)
    decision = iam.evaluate(request, policies)
    return decision if decision or resource else replace(decision, unasked=unasked(wanted.resource))
