"""The arguments of an instance, with expressions in the place of what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pytest_cognito.infrastructure.reading.terraform import expressions
from pytest_cognito.infrastructure.reading.terraform.document import Instance
from pytest_cognito.infrastructure.reading.terraform.errors import CannotBeKnown, Unknown
from pytest_cognito.infrastructure.reading.terraform.given import Given
from pytest_cognito.infrastructure.reading.terraform.scope import Scope


class Filler:
    """Fills in what one instance of a plan does not say. ``missing`` are the values that cannot be known."""

    def __init__(self, instance: Instance, scope: Scope, given: Given) -> None:
        self.scope = scope
        self.address = instance.address
        self.given = given
        self.missing: list[Unknown] = []
        configured = scope.resource(_base(instance)).get("expressions", {})
        self.values: dict[str, Any] = self._block(instance.values, instance.unknown, instance.sensitive, configured, "")

    def _block(
        self, values: Any, unknown: Any, sensitive: Any, configured: Mapping[str, Any] | None, path: str
    ) -> dict[str, Any]:
        """The arguments of a resource or of a block in it; ``configured`` is None for a dynamic block."""
        filled = dict(values or {})
        for name, one in (unknown or {}).items() if isinstance(unknown, Mapping) else ():
            where = f"{path}.{name}" if path else name
            kind = sensitive.get(name) if isinstance(sensitive, Mapping) else None
            expression = configured.get(name) if configured is not None else None
            if self.given.has(f"{self.address}.{where}"):
                filled[name] = self.given.value(f"{self.address}.{where}")
            elif one is True:
                if expression is not None:
                    filled[name] = self._whole(expression, kind, name, where)
                elif configured is None and name not in _COMPUTED:
                    filled[name] = self._miss(where, CannotBeKnown("it is in a dynamic block"), '"…"')
            elif isinstance(one, list) and _has_unknown(one):
                filled[name] = self._list(values.get(name) or [], one, kind, expression, name, where)
            elif isinstance(one, Mapping) and _has_unknown(one):
                written_as = "tags" if name == "tags_all" else name  # tags of the provider's own settings are known
                filled[name] = self._map(values.get(name) or {}, one, (configured or {}).get(written_as), name, where)
        return {name: value for name, value in filled.items() if value is not _MISSING}

    def _whole(self, expression: Any, kind: Any, name: str, path: str) -> Any:
        """A value of which nothing is known."""
        if isinstance(expression, list):
            return [self._configured(each, f"{path}[{place}]") for place, each in enumerate(expression)]
        with_kind = "{…}" if isinstance(kind, Mapping) else "[…]" if isinstance(kind, list) else '"…"'
        try:
            if isinstance(kind, Mapping):
                return expressions.resolve_map(expression, self.scope, name, None)
            if isinstance(kind, list):
                return expressions.resolve_each(expression, self.scope, name, None)
            return expressions.resolve(expression, self.scope, name)
        except CannotBeKnown as error:
            return self._miss(path, error, with_kind)

    def _configured(self, block: Mapping[str, Any], path: str) -> dict[str, Any]:
        """A block of which the plan has nothing, from its expressions alone."""
        unknown = dict.fromkeys(block, True)
        return self._block({}, unknown, {}, block, path)

    def _list(
        self, values: Sequence[Any], unknown: Sequence[Any], kind: Any, expression: Any, name: str, path: str
    ) -> Any:
        if any(isinstance(each, Mapping) for each in unknown):
            return [
                self._block(value, each, _at(kind, place), _block_of(expression, value, place), f"{path}[{place}]")
                for place, (value, each) in enumerate(zip(values, unknown, strict=False))
            ]
        holes = [place for place, each in enumerate(unknown) if each is True]
        try:
            found = expressions.resolve_each(expression or {}, self.scope, name, len(holes))
        except CannotBeKnown as error:
            return self._miss(path, error, "[…]")
        filled = [*values, *[None] * (len(unknown) - len(values))]
        for place, value in zip(holes, found, strict=True):
            filled[place] = value
        return filled

    def _map(self, values: Mapping[str, Any], unknown: Mapping[str, Any], expression: Any, name: str, path: str) -> Any:
        holes = [key for key, each in unknown.items() if each is True]
        try:
            found = expressions.resolve_map(expression or {}, self.scope, name, holes)
        except CannotBeKnown as error:
            return self._miss(path, error, "{…}")
        return {**values, **found}

    def _miss(self, path: str, error: CannotBeKnown, example: str) -> Any:
        self.missing.append(Unknown(f"{self.address}.{path}", str(error), example))
        return _MISSING


_MISSING = object()
_COMPUTED = ("pre_token_generation", "pre_token_generation_config", "temporary_password_validity_days")
"""What providers add to blocks by themselves: it is not known before the apply, though nobody has written it."""


def _base(instance: Instance) -> str:
    return f"{'data.' if instance.data else ''}{instance.type}.{instance.name}"


def _at(kind: Any, place: int) -> Any:
    return kind[place] if isinstance(kind, list) and place < len(kind) else {}


def _has_unknown(unknown: Any) -> bool:
    if isinstance(unknown, Mapping):
        return any(map(_has_unknown, unknown.values()))
    return any(map(_has_unknown, unknown)) if isinstance(unknown, list) else unknown is True


def _block_of(configured: Any, value: Any, place: int) -> Mapping[str, Any] | None:
    """The block of the configuration that a block of values is of: sets are sorted, so constants tell which.

    None if the configuration has no such block: it is dynamic.
    """
    blocks: list[Mapping[str, Any]] = configured if isinstance(configured, list) else []
    alike = [each for each in blocks if all(value.get(name) == constant for name, constant in _constants(each))]
    if len(alike) == 1:
        return alike[0]
    return blocks[place] if place < len(blocks) else None


def _constants(block: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, expression in block.items():
        if isinstance(expression, Mapping) and "constant_value" in expression:
            yield name, expression["constant_value"]
