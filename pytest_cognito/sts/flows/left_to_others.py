"""Which calls of STS another mock answers: those about roles and credentials that are its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito import iam
from pytest_cognito.aws import other_services
from pytest_cognito.kernel.calls import Call, Caller
from pytest_cognito.sts.records import SESSIONS
from pytest_cognito.world import Context, World

_ASSUMING: Final = frozenset(("AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"))
_ABOUT_CALLER: Final = frozenset(("GetCallerIdentity", "GetFederationToken", "GetSessionToken"))
_TEMPORARY: Final = "ASIA"


def is_left_to_others(
    world: World, operation: str, parameters: Mapping[str, Any], region: str | None, caller: Caller | None
) -> bool:
    """Whether another active mock answers a call as it would without this world.

    It has the roles that are neither here nor in its own IAM, or whose trust policy there says nothing, since it lets
    anybody assume those, and the sessions that it has begun.
    """
    if not other_services.may_answer("sts"):
        return False
    if operation in _ASSUMING:
        role_arn = parameters.get("RoleArn")
        return isinstance(role_arn, str) and not _is_known(world, role_arn, region)
    return operation in _ABOUT_CALLER and caller is not None and _is_of_others(world, caller)


def _is_known(world: World, role_arn: str, region: str | None) -> bool:
    if world.store[iam.ROLES].get(role_arn) is not None:
        return True

    def find(context: Context) -> bool:
        found = iam.find_role(context, role_arn)
        return found is not None and bool(found.trust.policy.statements)

    return world.step(Call("sts", "FindRole", {}, region or world.region, ""), find)


def _is_of_others(world: World, caller: Caller) -> bool:
    """Whether credentials are temporary ones of another mock."""
    key = caller.access_key or ""
    return key.startswith(_TEMPORARY) and world.store[SESSIONS].get(key) is None and not iam.was_issued(key)
