"""CloudFormation's YAML: short tags, merge keys, and the lines of what stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.document import KeyPath
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.reading import limits
from pytest_cognito.kernel.extras import needed

if TYPE_CHECKING:
    from yaml.nodes import Node

_SHORT = {
    "Ref": "Ref",
    "Condition": "Condition",
    **{
        name: f"Fn::{name}"
        for name in ("And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join")
    },
    **{name: f"Fn::{name}" for name in ("Contains", "EachMemberEquals", "EachMemberIn")},
    **{name: f"Fn::{name}" for name in ("Not", "Or", "Select", "Split", "Sub", "Transform")},
}
"""The functions that have a short tag."""
_DEPTH = 4
"""How many keys deep lines are remembered: to a resource's properties."""
_MERGE = "tag:yaml.org,2002:merge"
_AS_TEXT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value")
"""What YAML makes of a date such as 2012-10-17, and of an equals sign, are texts in a template."""


def load(path: Path, text: str) -> tuple[Any, dict[KeyPath, int]]:
    """The content of a file, and the lines of its keys."""
    with needed("templates", "CloudFormation templates in YAML"):
        import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = _root(loader, path)
        reading = _Reading(path, loader)
        return (None if node is None else reading.value(node, ())), reading.lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        reason = texts.YAML_NOT_WELL_FORMED.format(line=line, column=column)
        raise TemplateError(f"{reason} {error.problem or ''}".rstrip(), Location(path, line)) from error
    except yaml.reader.ReaderError as error:
        raise TemplateError(texts.YAML_NOT_WELL_FORMED.format(line=1, column=1), Location(path)) from error
    finally:
        loader.dispose()


def _root(loader: Any, path: Path) -> Node | None:
    """The node of a whole file. The parser in Python gives up where it is nested too deeply."""
    try:
        node: Node | None = loader.get_single_node()
    except RecursionError:
        raise TemplateError(texts.TOO_DEEP.format(limit=limits.LEVELS), Location(path)) from None
    return node


class _Reading:
    """Makes values of the nodes of a file."""

    def __init__(self, path: Path, loader: Any) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._path = path
        self._loader = loader
        self._open: set[int] = set()
        self._size = 0
        self._pairs: dict[int, int] = {}

    def value(self, node: Node, keys: KeyPath) -> Any:
        if len(keys) > limits.LEVELS:
            raise self._error(node, texts.TOO_DEEP.format(limit=limits.LEVELS))
        self._count(node, len(node.value) if isinstance(node.value, str) else 1)
        if id(node) in self._open:
            raise self._error(node, texts.RECURSIVE_ALIAS)
        self._open.add(id(node))
        try:
            value = self._content(node, keys)
        finally:
            self._open.remove(id(node))
        return value if not node.tag.startswith("!") or node.tag == "!" else self._tagged(node, value)

    def _content(self, node: Node, keys: KeyPath) -> Any:
        if isinstance(node.value, str):
            return self._scalar(node)
        if getattr(node, "id", "") == "mapping":
            return self._mapping(node, keys)
        return [self.value(item, (*keys, str(index))) for index, item in enumerate(node.value)]

    def _scalar(self, node: Node) -> Any:
        if node.tag.startswith("!") or node.tag in _AS_TEXT:
            return node.value
        return self._loader.construct_object(node)

    def _mapping(self, node: Node, keys: KeyPath) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.id != "scalar":
                raise self._error(key, texts.KEY_NOT_TEXT)
            if key.value in seen and key.tag != _MERGE:
                raise self._error(key, texts.DUPLICATE_KEY.format(key=key.value))
            seen.add(key.value)
        self._count(node, self._merged(node))
        self._loader.flatten_mapping(node)
        result = {}
        for key, item in node.value:
            inner = (*keys, key.value)
            if len(inner) <= _DEPTH:
                self.lines[inner] = key.start_mark.line + 1
            result[key.value] = self.value(item, inner)
        return result

    def _count(self, node: Node, size: int) -> None:
        """Count what the file has without its aliases. A few lines of them can stand for more than any memory holds."""
        self._size += size
        if self._size > limits.BYTES:
            raise self._error(node, texts.TOO_LARGE.format(limit=limits.BYTES))

    def _merged(self, node: Node) -> int:
        """How many keys a mapping has with those that it merges, each as often as it is merged."""
        found = self._pairs.get(id(node))
        if found is None:
            self._pairs[id(node)] = 0  # one that merges itself ends here
            merged = [item for key, item in node.value if key.tag == _MERGE]
            inner = [one for item in merged for one in (item.value if item.id == "sequence" else [item])]
            found = len(node.value) + sum(self._merged(one) for one in inner if one.id == "mapping")
            self._pairs[id(node)] = found
        return found

    def _tagged(self, node: Node, value: Any) -> dict[str, Any]:
        name = _SHORT.get(node.tag.removeprefix("!"))
        if name is None:
            raise self._error(node, texts.UNKNOWN_TAG.format(tag=node.tag))
        if name == "Fn::GetAtt" and isinstance(value, str):
            return {name: value.split(".", 1)}
        return {name: value}

    def _error(self, node: Node, reason: str) -> TemplateError:
        return TemplateError(reason, Location(self._path, node.start_mark.line + 1))
