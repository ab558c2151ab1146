"""What a query selects below a field, as resolvers are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    get_directive_values,
    print_ast,
)


def selection_list(info: GraphQLResolveInfo[Any]) -> list[str]:
    """The selected fields with slashes between them: ``author``, ``author/name``. An alias stands for its field."""
    found: dict[str, None] = {}
    for node in field_nodes(info):
        if node.selection_set is not None:
            for path, _ in _paths(info, node.selection_set, ""):
                found.setdefault(path)
    return list(found)


def selection_graphql(info: GraphQLResolveInfo[Any]) -> str:
    """The selection set as a text of GraphQL; empty for a field without one."""
    nodes: Sequence[FieldNode] = field_nodes(info)
    return print_ast(nodes[0].selection_set) if nodes[0].selection_set is not None else ""


def field_nodes(info: GraphQLResolveInfo[Any]) -> list[FieldNode]:
    """The places of a query at which a field is selected."""
    return list(info.field_nodes)


def named(info: GraphQLResolveInfo[Any], selected: SelectionSetNode | None, value: Any) -> Any:
    """A value of a response with the names of the schema in place of aliases."""
    if selected is None or value is None:
        return value
    if isinstance(value, list):
        return [named(info, selected, each) for each in value]
    made: dict[str, Any] = {}
    for key, node in _fields(info, selected):
        if key in value:
            below = named(info, node.selection_set, value[key])
            known = made.get(node.name.value)
            both = isinstance(known, dict) and isinstance(below, dict)
            made[node.name.value] = {**known, **below} if both and known else below
    return made


def _paths(info: GraphQLResolveInfo[Any], selected: SelectionSetNode, above: str) -> Iterator[tuple[str, FieldNode]]:
    for key, node in _fields(info, selected):
        path = f"{above}{key}"
        yield path, node
        if node.selection_set is not None:
            yield from _paths(info, node.selection_set, f"{path}/")


def _fields(info: GraphQLResolveInfo[Any], selected: SelectionSetNode) -> Iterator[tuple[str, FieldNode]]:
    """The fields of a selection set with the names that the response has for them; fragments are gone into."""
    for node in selected.selections:
        if not _is_included(info, node):
            continue
        if isinstance(node, FieldNode):
            yield node.alias.value if node.alias else node.name.value, node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(info, node.selection_set)
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(info, info.fragments[node.name.value].selection_set)


def _is_included(info: GraphQLResolveInfo[Any], node: Any) -> bool:
    skip = get_directive_values(GraphQLSkipDirective, node, info.variable_values)
    include = get_directive_values(GraphQLIncludeDirective, node, info.variable_values)
    return not (skip and skip["if"]) and not (include and not include["if"])
