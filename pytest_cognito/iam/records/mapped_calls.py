"""What a test says that operations of other services stand for."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class MappedCall:
    """An operation, as botocore names it and its service: the actions that it stands for, each with its resource.

    A resource is ``*`` or a template with parameters of the call: ``arn:aws:sns:{region}:{account}:{Name}``.
    """

    service: str
    operation: str
    wanted: tuple[tuple[str, str], ...]


MAPPED_CALLS: Schema[MappedCall] = Schema("iam/mapped-calls", key=lambda call: (call.service, call.operation))
