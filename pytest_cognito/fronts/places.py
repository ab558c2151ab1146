"""Where a front of a test is: its region, and the id in its address."""

from __future__ import annotations

import re

from pytest_cognito.aws.places import check_region
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import World

API_ID_LENGTH = 10
"""The length of the ids that API Gateway gives."""
_ID = re.compile("[a-z0-9]{1,63}")


def region_of(world: World, given: str | None) -> str:
    """The region that a test names, or that of the world."""
    if given is None:
        return world.region
    check_region(given)
    return given


def id_of(world: World, given: object, length: int = API_ID_LENGTH) -> str:
    """The id that a test pins, or a new one."""
    if given is None:
        return world.ids.text(length, LOWERCASE_AND_DIGITS)
    if not isinstance(given, str) or _ID.fullmatch(given) is None:
        raise UsageError(f"id is lower-case letters and digits, such as 'a1b2c3d4e5'; not {given!r}")
    return given
