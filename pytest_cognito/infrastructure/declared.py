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
    directory or file of a function's or a layer's code, in the working tree. ``retain`` says that the resource stays
    when its stack is deleted.
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
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A template. ``parameters``, ``mappings``, ``conditions`` and ``outputs`` are as CloudFormation has them.

    ``root`` is the directory that relative paths in it begin at.
    """

    location: Location
    root: Path
    resources: Mapping[str, Declared]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    mappings: Mapping[str, Any] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
