"""What a plan does not say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.errors import TemplateError


class Unknown(NamedTuple):
    """A value that a plan does not have. ``reason`` is why, ``example`` what could be given instead."""

    path: str
    reason: str
    example: str


class CannotBeKnown(Exception):
    """An expression is known after the apply alone. The text is why."""


def cannot_be_known(unknown: Iterable[Unknown], location: Location) -> TemplateError:
    """The error that names all values that a plan does not have, with what to write."""
    found = list(unknown)
    lines = "\n".join(f"  {each.path}: {each.reason}" for each in found)
    given = ", ".join(f"{each.path!r}: {each.example}" for each in found)
    return TemplateError(
        f"this cannot be known from a plan:\n{lines}\n"
        f"Use a state (terraform show -json > state.json), or give it: values={{{given}}}",
        location,
    )
