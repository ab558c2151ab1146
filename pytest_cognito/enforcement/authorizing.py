"""Whether policies allow what a caller wants to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pytest_cognito import iam, sts
from pytest_cognito.enforcement.resource_policies import resource_policies
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.world import Context, World


def is_issued(context: Context, caller: Caller) -> bool:
    """Whether the credentials of a caller are of the world. Whoever has others is the developer, who may do all.

    A session token of any world beside another access key counts as well: such credentials are refused.
    """
    key, token = caller.access_key, caller.session_token
    sessions = context.table(sts.SESSIONS)
    return (
        sessions.get(key) is not None
        or context.table(iam.ACCESS_KEYS).get(key) is not None
        or (token is not None and (sts.is_ours(token) or sessions.find("token", token) is not None))
    )


def authorise(
    world: World, caller: Caller, wanted: Iterable[iam.Wanted], *, region: str | None = None
) -> iam.Decision | None:
    """The decision about what a call wants to do, see `decide`; None if the caller is the developer.

    Raises AWS's error, in the words of STS, for credentials that have expired or whose session token is another.
    """
    with world.handle_step("authorise", region) as context:
        if not is_issued(context, caller):
            return None
        authorization = sts.authorization(context, caller)
    return decide(authorization, wanted)


def decide(
    authorization: sts.Authorization, wanted: Iterable[iam.Wanted], keys: iam.Keys | None = None
) -> iam.Decision | None:
    """The decision about what somebody wants to do: the first that refuses it, or else the last; None about nothing.

    ``keys`` are condition keys of all that is wanted, beside those that each has.
    """
    known = {**(keys or {}), **authorization.keys}
    decision = None
    for each in wanted:
        # What the session says of itself stands above what a request says.
        own, resource = authorization.policies, resource_policies(each)
        policies = replace(own, resource=resource) if resource else own
        decision = iam.evaluate(
            iam.Request(authorization.principal, each.action, each.resource, {**each.keys, **known}), policies
        )
        if not decision:
            return decision
    return decision
