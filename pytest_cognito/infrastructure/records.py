"""The stacks of a world: what was made of which templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.infrastructure.declared import Template
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
    """A stack. ``resources`` are in the order in which they were made. ``left_out`` are the logical ids, with their
    types, of what nobody makes here.
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


STACKS: Schema[StackRecord] = Schema("cloudformation/stacks", key=lambda stack: (stack.region, stack.name))
