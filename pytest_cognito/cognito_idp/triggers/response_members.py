"""The members of a trigger's response that Cognito reads, and those that it ignores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.kernel.functions import Ignored

_Members = Mapping[str, Any]

_GROUPS = dict.fromkeys(("groupsToOverride", "iamRolesToOverride", "preferredRole"))
_ID_CLAIMS = dict.fromkeys(("claimsToAddOrOverride", "claimsToSuppress"))
_ACCESS_CLAIMS = {**_ID_CLAIMS, **dict.fromkeys(("scopesToAdd", "scopesToSuppress"))}
_INNER: Mapping[tuple[str, str], _Members] = {
    ("PreTokenGeneration", "claimsOverrideDetails"): {**_ID_CLAIMS, "groupOverrideDetails": _GROUPS},
    ("PreTokenGeneration", "claimsAndScopeOverrideDetails"): {
        "idTokenGeneration": _ID_CLAIMS,
        "accessTokenGeneration": _ACCESS_CLAIMS,
        "groupOverrideDetails": _GROUPS,
    },
}
"""The members of members that are objects; those of others, such as user attributes, have any names."""


def ignored(trigger: str, event: Mapping[str, Any], response: Mapping[str, Any]) -> Iterator[Ignored]:
    """The members that have a value and that Cognito does not read, such as those of another event version.

    Cognito reads the members that the event's own ``response`` had.
    """
    members = {name: _INNER.get((trigger, name)) for name in event["response"]}
    return _ignored(members, response, "")


def _ignored(members: _Members, given: Mapping[str, Any], prefix: str) -> Iterator[Ignored]:
    for name, value in given.items():
        if value is None:
            continue
        if name not in members:
            yield Ignored(f"{prefix}{name}", tuple(members))
        elif members[name] is not None and isinstance(value, dict):
            yield from _ignored(members[name], value, f"{prefix}{name}.")
