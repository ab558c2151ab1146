"""Why a template could not be deployed."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.infrastructure import refusals
from pytest_cognito.infrastructure.declared import Declared, Location


class TemplateError(Exception):
    """A template is wrong, in the words of CloudFormation, SAM or Terraform. ``location`` is where."""

    def __init__(self, reason: str, location: Location | None = None) -> None:
        super().__init__(reason if location is None else f"{location}: {reason}")
        self.reason = reason
        self.location = location


class InvalidProperties(Exception):
    """The properties of a resource are not those of its type. ``violations`` are CloudFormation's words for each."""

    def __init__(self, violations: Sequence[str]) -> None:
        super().__init__(", ".join(violations))
        self.violations = violations

    def told_of(self, logical_id: str) -> str:
        """What CloudFormation says of the resource."""
        return refusals.PROPERTIES_INVALID.format(logical_id=logical_id, violations="\n".join(self.violations))


class DeploymentError(Exception):
    """AWS refused a resource, and what had been made of the stack was deleted again.

    ``logical_id``, ``type`` and ``location`` are those of the resource, ``status`` is such as ``CREATE_FAILED``. The
    refusal of the operation (``ClientError`` or `AWSError`) is the ``__cause__``.
    """

    def __init__(self, declared: Declared, status: str, reason: str) -> None:
        super().__init__(f"{declared.location}: {declared.logical_id} ({declared.type}) {status}: {reason}")
        self.logical_id = declared.logical_id
        self.type = declared.type
        self.location = declared.location
        self.status = status
        self.reason = reason
