"""Templates of ARNs, and the parameters of a call that fill them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pytest_cognito.iam.actions.fillers import FILLERS, Place

_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z]\w*(?:\.\w+)*)(?:\|(\w+))?\}")
PLACES: Final = ("partition", "region", "account")
"""Placeholders that are no parameters."""


class Template:
    """A template such as ``arn:{partition}:sns:{region}:{account}:{Name}``. Raises ValueError for what is none."""

    __slots__ = ("_parts", "parameters", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts: list[tuple[str, str, str | None]] = []
        """What stands before a placeholder, its path, its filler."""
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            self._parts.append((text[end : found.start()], found[1], found[2]))
            end = found.end()
        self._parts.append((text[end:], "", None))
        unknown = [filler for _, _, filler in self._parts if filler and filler not in FILLERS]
        if unknown or any(brace in before for before, _, _ in self._parts for brace in "{}"):
            raise ValueError(f"{text} is no template of an ARN" + "".join(f": there is no |{name}" for name in unknown))
        self.parameters = tuple(path for _, path, _ in self._parts if path and path not in PLACES)

    def fill(self, parameters: Mapping[str, Any], place: Place) -> str | None:
        """The ARN; None if the call lacks a parameter."""
        filled = ""
        for before, path, filler in self._parts:
            filled += before
            if not path:
                continue
            value = getattr(place, path) if path in PLACES else find(parameters, path)
            if value is None or value == "":
                return None
            text = str(value)
            if filler is not None:
                text = FILLERS[filler](text, place)
                filled = "" if text.startswith("arn:") else filled
            filled += text
        return filled


def find(parameters: Mapping[str, Any], path: str) -> Any:
    """The value at a path such as ``Delete.Quiet``; None if the call has none."""
    if "." not in path:
        return parameters.get(path)
    value: Any = parameters
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def entries(value: Any, steps: list[str]) -> Iterator[Any]:
    """The values at a path through lists and maps. The step ``*`` stands for the entries of a map: key and value."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from entries(one, steps)
    elif not steps:
        if value is not None:
            yield value
    elif isinstance(value, Mapping):
        step, *rest = steps
        if step == "*":
            yield from entries([{"key": key, "value": one} for key, one in value.items()], rest)
        else:
            yield from entries(value.get(step), rest)
