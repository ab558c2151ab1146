"""What is wrong with a query by its schema, in the words of graphql-java, which AppSync has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    specified_rules,
    validate,
    visit,
)

from pytest_cognito.fronts.appsync import texts

_KINDS: Mapping[str, str] = {
    "ExecutableDefinitionsRule": "NonExecutableDefinition",
    "FieldsOnCorrectTypeRule": "FieldUndefined",
    "FragmentsOnCompositeTypesRule": "FragmentTypeConditionInvalid",
    "KnownArgumentNamesRule": "UnknownArgument",
    "KnownDirectivesRule": "UnknownDirective",
    "KnownFragmentNamesRule": "UndefinedFragment",
    "KnownTypeNamesRule": "UnknownType",
    "LoneAnonymousOperationRule": "LoneAnonymousOperationViolation",
    "NoFragmentCyclesRule": "FragmentCycle",
    "NoUndefinedVariablesRule": "UndefinedVariable",
    "NoUnusedFragmentsRule": "UnusedFragment",
    "NoUnusedVariablesRule": "UnusedVariable",
    "OverlappingFieldsCanBeMergedRule": "FieldsConflict",
    "PossibleFragmentSpreadsRule": "InvalidFragmentType",
    "ProvidedRequiredArgumentsRule": "MissingFieldArgument",
    "ScalarLeafsRule": "SubSelectionNotAllowed",
    "UniqueArgumentNamesRule": "DuplicateArgumentNames",
    "UniqueDirectivesPerLocationRule": "DuplicateDirectiveName",
    "UniqueFragmentNamesRule": "DuplicateFragmentName",
    "UniqueOperationNamesRule": "DuplicateOperationName",
    "UniqueVariableNamesRule": "DuplicateVariableName",
    "ValuesOfCorrectTypeRule": "WrongType",
    "VariablesAreInputTypesRule": "NonInputTypeOnVariable",
    "VariablesInAllowedPositionRule": "VariableTypeMismatch",
}
# What graphql-java says where graphql-core says this. The other texts are graphql-core's own.
_WORDS = (
    (r"Cannot query field '(\w+)' on type '(\w+)'.*", "FieldUndefined", "Field '{0}' in type '{1}' is undefined"),
    (r"Unknown type '(\w+)'.*", "UnknownType", "Unknown type {0}"),
    (r"Unknown argument '(\w+)' on field.*", "UnknownArgument", "Unknown field argument {0}"),
    (r"(?:Field|Argument) '[\w.]+' argument '(\w+)' of type.*", "MissingFieldArgument", "Missing field argument {0}"),
    (r"Argument '[\w.]+\((\w+):\)' of type .*", "MissingFieldArgument", "Missing field argument {0}"),
    (r"Variable '\$(\w+)' is not defined.*", "UndefinedVariable", "Undefined variable {0}"),
    (
        r"Field '(\w+)' of type '([^']+)' must have a selection of subfields.*",
        "SubSelectionRequired",
        "Sub selection required for type {1} of field {0}",
    ),
)
_CONFLICT = "FieldsConflict"
_NO_PLACE = ("UnknownType",)
_INTROSPECTION = ("__schema", "__type")


def problems(schema: GraphQLSchema, document: DocumentNode, *, introspection: bool = True) -> Iterator[dict[str, Any]]:
    """What is wrong with a query, as the errors of a response. ``introspection`` says whether it is enabled."""
    wrong = bool(validate(schema, document))  # all rules at once, as most queries are right
    for rule in specified_rules if wrong else ():
        for error in validate(schema, document, [rule]):
            yield _problem(error, _KINDS.get(rule.__name__, "InvalidSyntax"), _path(document, error))
    if not introspection:
        yield from _introspection(document)


def _problem(error: GraphQLError, kind: str, path: str) -> dict[str, Any]:
    text = error.message
    for pattern, exact, words in _WORDS:
        found = re.fullmatch(pattern, error.message, re.DOTALL)
        if found is not None and exact in (kind, "SubSelectionRequired"):
            kind, text = exact, words.format(*found.groups())
            break
    where = f" @ '{path}'" if path and kind not in _NO_PLACE else ""
    reason = texts.INVALID.format(kind=kind, reason=f"{text}{where}")
    found_at = locations(error)
    # graphql-core names the operation as well.
    places = found_at if kind == _CONFLICT or found_at is None else found_at[:1]
    return {"path": None, "locations": places, "message": reason}


def locations(error: GraphQLError) -> list[dict[str, Any]] | None:
    """The places of an error in the query, as AppSync gives them."""
    places = error.locations
    return [{"line": each.line, "column": each.column, "sourceName": None} for each in places] if places else None


class _Finder(Visitor):
    """Finds the fields that stand above a node, and that node if it is one."""

    def __init__(self, wanted: Any) -> None:
        super().__init__()
        self.wanted = wanted
        self.above: list[str] = []
        self.found: list[str] | None = None

    def enter(self, node: Any, *_: Any) -> None:
        if isinstance(node, FieldNode):
            self.above.append(node.name.value)
        if node is self.wanted:
            self.found = list(self.above)

    def leave(self, node: Any, *_: Any) -> None:
        if isinstance(node, FieldNode):
            self.above.pop()


def _path(document: DocumentNode, error: GraphQLError) -> str:
    """The fields that lead to an error, with slashes between them."""
    if not error.nodes:
        return ""
    finder = _Finder(error.nodes[0])
    visit(document, finder)
    return "/".join(finder.found or ())


class _Introspection(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[FieldNode] = []

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        if node.name.value in _INTROSPECTION:
            self.found.append(node)


def _introspection(document: DocumentNode) -> Iterator[dict[str, Any]]:
    """Errors for what asks for the schema, where that is disabled."""
    visitor = _Introspection()
    visit(document, visitor)
    for node in visitor.found:
        error = GraphQLError(f"Cannot query field '{node.name.value}' on type 'Query'.", [node])
        yield _problem(error, "FieldUndefined", node.name.value)


def depth(document: DocumentNode, operation: OperationDefinitionNode) -> int:
    """How many fields deep an operation is."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}

    def below(selected: SelectionSetNode | None) -> int:
        return max((of(node) for node in selected.selections), default=0) if selected is not None else 0

    def of(node: Any) -> int:
        if isinstance(node, FragmentSpreadNode):
            return below(fragments[node.name.value].selection_set)
        return below(node.selection_set) + isinstance(node, FieldNode)

    return below(operation.selection_set)
