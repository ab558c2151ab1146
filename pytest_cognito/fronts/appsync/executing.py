"""Executing a query: graphql-core walks through it, and each field is asked for in AppSync's way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    OperationType,
    execute,
)

from pytest_cognito.fronts.appsync import access, answers, texts, validating, variables
from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.requests import GraphQLRequest
from pytest_cognito.fronts.appsync.schema import Checked
from pytest_cognito.fronts.appsync.selection import field_nodes, named
from pytest_cognito.fronts.appsync.texts import FieldError
from pytest_cognito.fronts.exchange import Exchange

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi


@dataclass(slots=True)
class Execution:
    """One query that is being executed, for its caller.

    ``siblings`` are the lists in which sources stand, by the sources' ids, and ``batched`` is what batches gave for
    them. ``delivered`` is what a mutation gives to a subscription: the value of its field. ``changed`` are the
    mutations that were made, ``subscribed`` the arguments of the field of Subscription. ``resolved`` is how many
    resolvers have run.
    """

    api: GraphQLApi
    exchange: Exchange
    caller: Caller
    asked: GraphQLRequest
    siblings: dict[int, list[Any]] = field(default_factory=dict)
    batched: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    delivered: Mapping[str, Any] | None = None
    changed: list[GraphQLResolveInfo[Any]] = field(default_factory=list)
    subscribed: Mapping[str, Any] = field(default_factory=dict)
    resolved: int = 0

    def refusal(self, kind: str, name: str) -> str:
        """Why the caller may not have a field; empty if they may."""
        of_field, of_type = self.api.schema.directives(kind, name)
        return access.refusal(kind, name, of_field, of_type, self.api.modes, self.caller)


def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """The value of a field, if the caller may have it: that of its resolver, or that which its source has."""
    execution: Execution = info.context
    kind, name = info.parent_type.name, info.field_name
    why = execution.refusal(kind, name)
    if why:
        execution.exchange.explain(f"{kind}.{name} is refused: {why}")
        raise FieldError(texts.DENIED_TYPE, texts.DENIED.format(field=name, type=kind))
    value = _value(execution, source, info, arguments)
    if info.operation.operation is OperationType.MUTATION and info.path.prev is None:
        execution.changed.append(info)
    _note_siblings(execution, info, value)
    return value


def _value(execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]) -> Any:
    kind, name = info.parent_type.name, info.field_name
    if kind == "Subscription":
        execution.subscribed = arguments
    if execution.delivered is not None and info.path.prev is None:
        return execution.delivered.get(name)
    resolver = execution.api.resolvers.get(f"{kind}.{name}")
    if resolver is None:
        if info.path.prev is None and kind != "Subscription":
            execution.exchange.explain(f"{kind}.{name} has no resolver, and is null")
        return source.get(name) if isinstance(source, Mapping) else None
    _count(execution)
    return resolver.resolve(execution, source, info, arguments)


def _count(execution: Execution) -> None:
    execution.resolved += 1
    limit = execution.api.resolver_count_limit
    if limit and execution.resolved > limit:
        raise FieldError(texts.TOO_MANY_RESOLVERS_TYPE, texts.TOO_MANY_RESOLVERS.format(limit=limit))


def _note_siblings(execution: Execution, info: GraphQLResolveInfo[Any], value: Any) -> None:
    """Remember the items of a list, so that a batch of one is a batch of all."""
    kind = info.return_type.of_type if isinstance(info.return_type, GraphQLNonNull) else info.return_type
    if isinstance(value, list) and isinstance(kind, GraphQLList):
        together = [each for each in value if isinstance(each, dict)]
        for each in together:
            execution.siblings[id(each)] = together


def prepare(api: GraphQLApi, asked: GraphQLRequest) -> tuple[Checked, OperationDefinitionNode]:
    """The query and the operation that is meant. Raises AppSync's error for what can't be read."""
    try:
        checked = api.schema.checked(asked.query, introspection=api.introspection)
    except (GraphQLError, RecursionError):
        raise texts.QUERY_UNREADABLE() from None
    operations = [node for node in checked.document.definitions if isinstance(node, OperationDefinitionNode)]
    if not operations:
        raise texts.QUERY_UNREADABLE()
    if asked.operation_name is None:
        if len(operations) > 1:
            raise texts.OPERATION_NAME_MISSING()
        operation = operations[0]
    else:
        found = [each for each in operations if each.name and each.name.value == asked.operation_name]
        if not found:
            raise texts.OPERATION_UNKNOWN(name=asked.operation_name)
        operation = found[0]
    return checked, operation


def invalid(
    api: GraphQLApi, asked: GraphQLRequest, checked: Checked, operation: OperationDefinitionNode
) -> dict[str, Any] | None:
    """The response to a query that does not fit the schema, or whose variables don't; None if all do."""
    if api.schema.graphql.get_root_type(operation.operation) is None:
        return unsupported(texts.NO_ROOT_TYPE.format(operation=operation.operation.value))
    errors = list(checked.problems)
    if not errors:
        errors = [
            {"path": None, "locations": answers.places([node] if node else None), "message": text}
            for text, node in variables.problems(api.schema.graphql, operation, asked.variables)
        ]
    if not errors and api.query_depth_limit and validating.depth(checked.document, operation) > api.query_depth_limit:
        text = texts.QUERY_TOO_DEEP.format(limit=api.query_depth_limit)
        errors = [{"path": None, "locations": None, "errorType": texts.QUERY_TOO_DEEP_TYPE, "message": text}]
    return {"data": None, "errors": errors} if errors else None


def unsupported(message: str) -> dict[str, Any]:
    """The response to an operation that there is not."""
    error = {"path": None, "locations": None, "errorType": texts.NOT_SUPPORTED, "message": message}
    return {"data": None, "errors": [error]}


def run(execution: Execution, document: DocumentNode) -> ExecutionResult:
    """What a valid query gives. A mistake in the test, and a bug, are raised."""
    result = execute(
        execution.api.schema.graphql,
        document,
        context_value=execution,
        variable_values=dict(execution.asked.variables),
        operation_name=execution.asked.operation_name,
    )
    if not isinstance(result, ExecutionResult):
        raise TypeError("a resolver gave what has to be awaited")
    for error in result.errors or ():
        answers.raise_unexpected(error)
    return result


def changes(execution: Execution, result: ExecutionResult) -> Iterator[tuple[str, Any]]:
    """The mutations that were made without an error, with what was selected of their values, by the schema's names."""
    failed = {error.path[0] for error in result.errors or () if error.path and len(error.path) == 1}
    for info in execution.changed:
        key = info.path.key
        if result.data is not None and key not in failed and result.data.get(str(key)) is not None:
            yield info.field_name, named(info, field_nodes(info)[0].selection_set, result.data[str(key)])
