"""From an operation's result to new containers of its output shape: for the caller in process, or for the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pytest_cognito.aws.constant import Described
from pytest_cognito.aws.model import Shape

Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Writer:
    """Compiles the writers of shapes; ``where`` names the operation in the errors, which are bugs of the emulator."""

    where: str
    timestamp: Callable[[datetime], Any]
    blob: Callable[[bytes], Any] | None = None

    def structure(self, shape: Shape | None) -> Write:
        """A writer of an output structure: members that are ``None`` are left out, unknown ones are a ``TypeError``."""
        members = {} if shape is None else shape.members
        writers = {name: self._value(member) for name, member in members.items()}
        if not any(writers.values()):
            return self._flat_structure(shape, frozenset(writers))

        def write(value: Mapping[str, Any]) -> dict[str, Any]:
            if type(value) is Described:
                return value.written(write)
            made = {}
            try:
                for name, member in value.items():
                    if member is not None:
                        write_member = writers[name]
                        made[name] = member if write_member is None else write_member(member)
            except KeyError:
                self._refuse_unknown(shape, value)
                raise
            return made

        return write

    def _flat_structure(self, shape: Shape | None, names: frozenset[str]) -> Write:
        """A structure of strings, numbers and booleans needs no look at each of its members."""

        def write(value: Mapping[str, Any]) -> dict[str, Any]:
            if not names.issuperset(value):
                self._refuse_unknown(shape, value)
            if None in value.values():
                return {name: member for name, member in value.items() if member is not None}
            return dict(value)

        return write

    def _refuse_unknown(self, shape: Shape | None, value: Mapping[str, Any]) -> None:
        """A ``None`` is left out on the way, be its member known or not."""
        known = {} if shape is None else shape.members
        for name, member in value.items():
            if name not in known and member is not None:
                raise TypeError(f"{self.where}: {shape.name if shape else 'the empty answer'} has no member {name!r}")

    def _value(self, shape: Shape) -> Write | None:
        """A writer of a value, or None where the value goes as it is."""
        kind = shape.type_name
        if kind == "structure":
            return _document if shape.is_document_type else self.structure(shape)
        if kind == "list":
            return self._list(self._value(shape.member))
        if kind == "map":
            return self._map(self._value(shape.value))
        if kind == "timestamp":
            return self.timestamp
        return self.blob if kind == "blob" else None

    def _list(self, element: Write | None) -> Write:
        if element is None:
            return list
        return lambda value: [element(each) for each in value]

    def _map(self, element: Write | None) -> Write:
        if element is None:
            return dict
        return lambda value: {key: element(each) for key, each in value.items()}


def _document(value: Any) -> Any:
    """A JSON document of any form, copied."""
    if isinstance(value, Mapping):
        return {key: _document(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_document(each) for each in value]
    return value
