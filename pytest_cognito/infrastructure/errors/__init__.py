"""Why a template could not be deployed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pytest_cognito.infrastructure.declared import Declared, Location
from pytest_cognito.infrastructure.errors import refusals


class TemplateError(Exception):
    """A template is wrong, in the words of CloudFormation, SAM or Terraform.

    ``location`` is where, ``hint`` what may be meant or what to write instead.
    """

    def __init__(self, reason: str, location: Location | None = None, hint: str = "") -> None:
        whole = f"{reason}: {hint}" if hint else reason
        super().__init__(whole if location is None else f"{location}: {whole}")
        self.reason = reason
        self.location = location
        self.hint = hint


class MissingAttribute(TemplateError):
    """An attribute that it is known only now that a resource does not have: the one that asks for it can't be made."""


@contextmanager
def at(location: Location) -> Iterator[None]:
    """Have errors that say no place themselves be at ``location``."""
    try:
        yield
    except TemplateError as error:
        if error.location is not None:
            raise
        raise type(error)(error.reason, location, error.hint) from error.__cause__


class InvalidProperties(Exception):
    """The properties of a resource are not those of its type. ``violations`` are CloudFormation's words for each.

    ``hint`` is what to write instead, ``name`` is the first property that is wrong.
    """

    def __init__(self, violations: Sequence[str], hint: str = "", name: str | None = None) -> None:
        super().__init__(", ".join(violations))
        self.violations = violations
        self.hint = hint
        self.name = name

    def told_of(self, logical_id: str) -> str:
        """What CloudFormation says of the resource."""
        told = refusals.PROPERTIES_INVALID.format(logical_id=logical_id, violations="\n".join(self.violations))
        return f"{told}\n{self.hint}" if self.hint else told


class DeploymentError(Exception):
    """AWS refused a resource, and what had been made of the stack was deleted again.

    ``logical_id`` and ``type`` are those of the resource, ``location`` is where it stands, or the property that is
    wrong; ``status`` is such as ``CREATE_FAILED``. The refusal of the operation (``ClientError`` or `AWSError`) is the
    ``__cause__``.
    """

    def __init__(self, declared: Declared, status: str, reason: str, location: Location | None = None) -> None:
        location = location or declared.location
        super().__init__(f"{location}: {declared.logical_id} ({declared.type}) {status}: {reason}")
        self.logical_id = declared.logical_id
        self.type = declared.type
        self.location = location
        self.status = status
        self.reason = reason
