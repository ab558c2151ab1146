"""What a template declares, before anything of it is evaluated or made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple


class Location(NamedTuple):
    """Where something stands in a file; ``line`` is None where it is not known."""

    path: Path
    line: int | None = None

    def __str__(self) -> str:
        return self.path.name if self.line is None else f"{self.path.name}:{self.line}"


@dataclass(frozen=True, slots=True)
class Declared:
    """A resource as a template declares it. Its ``properties`` may have expressions such as ``{"Ref": "Pool"}``.

    ``logical_id`` is that of CloudFormation, or an address of Terraform (``module.auth.aws_cognito_user_pool.main``).
    ``path`` is the construct path of CDK (``Notes/Pool/Resource``), empty where there is none. ``source`` is the
    directory or file of a function's or a layer's code, in the working tree. ``lines`` are those of its properties.

    ``retain`` says that the resource stays when its stack is deleted, ``retain_replaced`` when another takes its place,
    ``retain_unfinished`` when the stack that was to have it could not be made.
    """

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    location: Location
    depends_on: tuple[str, ...] = ()
    condition: str | None = None
    path: str = ""
    source: Path | None = None
    retain: bool = False
    retain_replaced: bool = False
    retain_unfinished: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> Location:
        """Where a property stands; where the resource stands, if that is not known."""
        return Location(self.location.path, self.lines.get(name, self.location.line))


@dataclass(frozen=True, slots=True)
class Template:
    """A template. ``parameters``, ``mappings``, ``conditions``, ``rules`` and ``outputs`` are as CloudFormation has
    them.

    ``root`` is the directory that relative paths in it begin at. ``transforms`` are the names of those that were
    applied, ``lines`` are the lines of the keys of its sections.

    An assembly of CDK says more of its templates: further ``names`` of the stack, ``after`` which stacks it is
    deployed, its ``region``, values of parameters that are ``given``. ``nested`` are the templates of nested stacks by
    logical id, ``assembly`` is the directory.

    ``left_out`` is what of a plan of Terraform cannot be known, and why: ``output.url``. Its outputs are of any type;
    those of CloudFormation are ``text_outputs``.
    """

    location: Location
    root: Path
    resources: Mapping[str, Declared]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    transforms: tuple[str, ...] = ()
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    region: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    nested: Mapping[str, Template] = field(default_factory=dict)
    assembly: Path | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)
    text_outputs: bool = True

    def line_of(self, *keys: str) -> Location:
        """Where something stands: ``line_of("Outputs", "PoolId")``."""
        return Location(self.location.path, self.lines.get(keys, self.location.line))
