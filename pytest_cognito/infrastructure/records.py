"""The stacks of a world: what was made of which templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Deployed:
    """A resource that was made. ``properties`` are evaluated; ``attributes`` are those of ``Fn::GetAtt`` known so far.

    ``region`` is where it is.
    """

    logical_id: str
    type: str
    physical_id: str
    region: str
    properties: Mapping[str, Any]
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StackRecord:
    """A stack. ``resources`` are in the order in which they were made. ``left_out`` are the reasons why nobody makes
    a resource here, by logical id, or sets a property of one (``Files.CorsConfiguration``). ``parameters`` are the
    values that hold, ``given`` is what the test said.

    ``imports`` are the names of the exports of other stacks that are used. ``parent`` is the id of the stack that it is
    nested in.
    """

    name: str
    id: str
    region: str
    template: Template
    parameters: Mapping[str, Any]
    resources: Mapping[str, Deployed]
    outputs: Mapping[str, Any]
    exports: Mapping[str, Any]
    left_out: Mapping[str, str]
    given: Given = field(default_factory=Given)
    imports: frozenset[str] = frozenset()
    parent: str | None = None

    @property
    def made(self) -> int:
        """How many resources were made."""
        return sum(name not in self.left_out for name in self.resources)


STACKS: Schema[StackRecord] = Schema("cloudformation/stacks", key=lambda stack: (stack.region, stack.name))
