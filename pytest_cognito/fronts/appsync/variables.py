"""The variables of a query, checked before anything of it is executed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    print_ast,
    type_from_ast,
)

from pytest_cognito.fronts.appsync import texts

Problem = tuple[str, VariableDefinitionNode | None]
"""What is wrong with a variable, and where it is declared; None where AppSync does not say where."""


def problems(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the variables that were given for an operation, one problem for each."""
    for declared in operation.variable_definitions or ():
        name = declared.variable.name.value
        if name not in given and declared.default_value is not None:
            continue
        kind: Any = type_from_ast(schema, declared.type)
        value = given.get(name)
        if value is None and isinstance(kind, GraphQLNonNull):
            yield texts.VARIABLE_NULL.format(name=name, kind=print_ast(declared.type)), declared
        elif value is not None:
            text, has_place = next(_problems(name, kind, value), ("", True))
            if text:
                yield text, declared if has_place else None


def _problems(name: str, kind: Any, value: Any) -> Iterator[tuple[str, bool]]:
    if isinstance(kind, GraphQLNonNull):
        if value is None:
            yield texts.VARIABLE_NULL.format(name=name, kind=kind), True
        else:
            yield from _problems(name, kind.of_type, value)
    elif value is None:
        return
    elif isinstance(kind, GraphQLList):
        for each in value if isinstance(value, list) else [value]:
            yield from _problems(name, kind.of_type, each)
    elif isinstance(kind, GraphQLInputObjectType):
        yield from _of_object(name, kind, value)
    elif not _is_leaf(kind, value):
        yield texts.VARIABLE_INVALID.format(name=name), True


def _of_object(name: str, kind: GraphQLInputObjectType, value: Any) -> Iterator[tuple[str, bool]]:
    if not isinstance(value, dict):
        yield texts.VARIABLE_INVALID.format(name=name), True
        return
    if value.keys() - kind.fields.keys():
        yield texts.VARIABLE_UNKNOWN_FIELD.format(kind=kind.name), False
    for member, field in kind.fields.items():
        if member in value or field.ast_node is None or field.ast_node.default_value is None:
            yield from _problems(name, field.type, value.get(member))


def _is_leaf(kind: Any, value: Any) -> bool:
    try:
        kind.parse_value(value)
    except GraphQLError:
        return False
    return True
