"""Which callers may have a field: what the directives of a schema say, with the modes of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.modes import BY_DIRECTIVE, Mode, UserPools

Directives = Mapping[str, tuple[str, ...] | None]
"""The directives of a field or a type that are about access, by name, with their ``cognito_groups``; None without."""

TOP_LEVEL = ("Query", "Mutation", "Subscription")
_ONLY_USER_POOLS = "aws_auth"
NAMES = frozenset((*BY_DIRECTIVE, _ONLY_USER_POOLS))


def refusal(
    kind: str, name: str, of_field: Directives, of_type: Directives, modes: Sequence[Mode], caller: Caller
) -> str:
    """Why a caller may not have the field ``name`` of the type ``kind``; empty if they may.

    The directives of a field stand above those of its type. A field that neither says anything about is of the API's
    first mode, by the default action of user pools.
    """
    if f"{kind}.{name}" in caller.denied:
        return "the authorizer denies it"
    by_mode = _by_mode(of_field, modes) or _by_mode(of_type, modes)
    if by_mode is None:
        why = _by_default(modes[0], caller)
    elif caller.mode.name not in by_mode:
        why = f"it is for {', '.join(by_mode)}, and the caller is of {caller.mode.name}"
    else:
        why = _of_groups(by_mode[caller.mode.name], caller)
    if not why and caller.may is not None and kind in TOP_LEVEL and not caller.may(kind, name):
        return "the policies of the caller do not allow it"
    return why


def _by_mode(directives: Directives, modes: Sequence[Mode]) -> Mapping[str, tuple[str, ...] | None] | None:
    """The groups that may have it, by mode; None where no directive counts.

    AppSync ignores ``@aws_auth`` unless user pools are the API's only mode.
    """
    found: dict[str, tuple[str, ...] | None] = {}
    for directive, groups in directives.items():
        if directive in BY_DIRECTIVE:
            found[BY_DIRECTIVE[directive]] = groups
        elif len(modes) == 1 and isinstance(modes[0], UserPools):
            found.setdefault(UserPools.name, groups)
    return found or None


def _by_default(mode: Mode, caller: Caller) -> str:
    if caller.mode.name != mode.name:
        return f"it has no directive, so it is for {mode.name}, and the caller is of {caller.mode.name}"
    if isinstance(mode, UserPools) and mode.default_action == "DENY":
        return "it has no directive, and the default action is DENY"
    return ""


def _of_groups(groups: tuple[str, ...] | None, caller: Caller) -> str:
    if groups is None or set(groups) & set(caller.groups):
        return ""
    return f"it is for the groups {', '.join(groups)}, and the caller is in {', '.join(caller.groups) or 'none'}"
