"""Conversion of an operation's result to new containers of its output shape, for in-process callers or for HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pytest_cognito.aws.constant import ResourceDescription
from pytest_cognito.aws.model import Shape

Write = Callable[[Any], Any]


class Writer(NamedTuple):
    """The compiler of functions that write the values of shapes.

    ``name`` is the operation's, for error messages; ``timestamp`` and ``blob`` convert the values of these types.
    """

    name: str
    timestamp: Callable[[datetime], Any]
    blob: Callable[[bytes], Any] | None = None

    def structure(self, shape: Shape | None) -> Write:
        """A writer of an output structure: it omits members that are ``None`` and raises ``TypeError`` for unknown."""
        members = {} if shape is None else shape.members
        writers = {name: self._value(member) for name, member in members.items()}
        if not any(writers.values()):
            return self._flat_structure(shape, frozenset(writers))

        def write(value: Mapping[str, Any]) -> dict[str, Any]:
            if type(value) is ResourceDescription:
                return value.write_with(write)
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
        """A writer of a structure of strings, numbers and booleans, whose members need no conversion."""

        def write(value: Mapping[str, Any]) -> dict[str, Any]:
            if not names.issuperset(value):
                self._refuse_unknown(shape, value)
            if None in value.values():
                return {name: member for name, member in value.items() if member is not None}
            return dict(value)

        return write

    def _refuse_unknown(self, shape: Shape | None, value: Mapping[str, Any]) -> None:
        """Raise ``TypeError`` if there is an unknown member; unknown members that are ``None`` are omitted."""
        known = {} if shape is None else shape.members
        for name, member in value.items():
            if name not in known and member is not None:
                raise TypeError(f"{self.name}: {shape.name if shape else 'the empty answer'} has no member {name!r}")

    def _value(self, shape: Shape) -> Write | None:
        """A writer of a value, or None if the value needs no conversion."""
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
    """A copy of a JSON document of any form."""
    if isinstance(value, Mapping):
        return {key: _document(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_document(each) for each in value]
    return value
