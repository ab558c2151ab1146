"""The tables of services, read when a service is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pytest_cognito.iam.actions.templates import Template


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an operation wants. See `pytest_cognito.iam.actions` for what the members say.

    ``keys`` are those of the service, too.
    """

    action: str
    resources: tuple[Template, ...]
    when: tuple[str, ...] = ()
    each: str | None = None
    keys: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """What is known of a service: lines by operation (one without a line wants nothing), condition keys."""

    prefix: str
    lines: Mapping[str, tuple[Line, ...]]
    keys: Mapping[str, str | list[str]]
    unmappable: Mapping[str, str]
    tags: tuple[str, ...]


def services() -> list[str]:
    """The services that have a table, as boto3 names them."""
    return sorted(entry.name.removesuffix(".toml") for entry in _folder().iterdir() if entry.name.endswith(".toml"))


@cache
def table(service: str) -> ServiceTable | None:
    """The table of a service, None if there is none."""
    import tomllib

    entry = _folder().joinpath(f"{service}.toml")
    return _read(tomllib.loads(entry.read_text(encoding="utf-8"))) if entry.is_file() else None


def _folder() -> Any:
    return files("pytest_cognito.iam.actions").joinpath("services")


def _read(data: Mapping[str, Any]) -> ServiceTable:
    prefix, general = data["prefix"], data.get("keys", {})
    lines: dict[str, tuple[Line, ...]] = dict.fromkeys(data.get("never", "").split(), ())
    for block in data.get("calls", ()):
        for entry in block["operations"].split():
            operation, _, action = entry.partition("=")
            action = action or operation
            line = _line(action if ":" in action else f"{prefix}:{action}", block, general)
            lines[operation] = (*lines.get(operation, ()), line)
    return ServiceTable(prefix, lines, general, data.get("unmappable", {}), tuple(data.get("tags", ())))


def _line(action: str, block: Mapping[str, Any], general: Mapping[str, Any]) -> Line:
    resource, when = block["resource"], block.get("when", ())
    return Line(
        action,
        tuple(Template(text) for text in ([resource] if isinstance(resource, str) else resource)),
        (when,) if isinstance(when, str) else tuple(when),
        block.get("each"),
        {**general, **block.get("keys", {})},
    )
