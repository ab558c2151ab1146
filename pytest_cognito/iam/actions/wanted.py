"""What a call wants."""

from __future__ import annotations

from dataclasses import dataclass, field

from pytest_cognito.iam.policies.requests import Keys


@dataclass(frozen=True, slots=True)
class Wanted:
    """One action on one resource, an ARN or ``*``, that the caller must be allowed for a call to go on."""

    action: str
    resource: str
    keys: Keys = field(default_factory=dict)
