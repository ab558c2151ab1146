"""Conversion of an operation's result to new containers of its output shape, for in-process callers or for HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pytest_cognito.aws.constant import ResourceDescription
from pytest_cognito.aws.model import Shape

Write = Callable[[Any], Any]


class Writer(NamedTuple):
    """The compiler of functions that write the values of shapes: ``timestamp`` and ``blob`` convert these types.

    Like botocore's parser, they omit members that the installed model does not have: an older one has fewer.
    """

    timestamp: Callable[[datetime], Any]
    blob: Callable[[bytes], Any] | None = None

    def structure(self, shape: Shape | None) -> Write:
        """A writer of an output structure: it omits members that are ``None`` and members that the shape lacks."""
        members = {} if shape is None else shape.members
        writers = {name: self._value(member) for name, member in members.items()}
        if not any(writers.values()):
            return _flat_structure(frozenset(writers))

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
                if writers.keys() >= value.keys():
                    raise
                return write({name: member for name, member in value.items() if name in writers})
            return made

        return write

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


def _flat_structure(names: frozenset[str]) -> Write:
    """A writer of a structure of strings, numbers and booleans, whose members need no conversion."""

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        if None in value.values() or not names.issuperset(value):
            return {name: member for name, member in value.items() if member is not None and name in names}
        return dict(value)

    return write


def _document(value: Any) -> Any:
    """A copy of a JSON document of any form."""
    if isinstance(value, Mapping):
        return {key: _document(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_document(each) for each in value]
    return value
