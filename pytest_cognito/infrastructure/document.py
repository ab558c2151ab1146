"""A template's file as data, and the lines at which its parts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Location

KeyPath = tuple[str, ...]
"""Where something stands in a template: ``("Resources", "UserPool", "Properties", "UserPoolName")``."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A template's file, in which short tags such as ``!Ref`` have become ``{"Ref": …}``.

    ``lines`` are those of sections, of resources and parameters, and of their properties, as far as they are known.
    ``sources`` are the directories or files of the code of functions and layers in the working tree, by logical id.
    ``root`` is the directory that relative paths begin at.
    """

    path: Path
    root: Path
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    sources: Mapping[str, Path] = field(default_factory=dict)

    def location(self, *keys: str) -> Location:
        """Where something stands; the nearest thing around it whose line is known."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return Location(self.path, self.lines.get(keys))
