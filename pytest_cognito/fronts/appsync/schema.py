"""A GraphQL schema as AppSync takes it, with its directives and scalars, and what it says about access."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    ListValueNode,
    StringValueNode,
    TypeDefinitionNode,
    build_ast_schema,
    concat_ast,
    parse,
    validate_schema,
    value_from_ast_untyped,
)

from pytest_cognito.fronts.appsync import access, validating
from pytest_cognito.fronts.appsync.scalars import IN_RESPONSES, SCALARS
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

_GROUPS = "(cognito_groups: [String])"
# A schema of graphql-core has those that it uses, one of AppSync has all.
_BUILT_IN = ("Boolean", "Float", "ID", "Int", "String")
_OWN = parse(
    f"""
    directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION
    directive @aws_publish(subscriptions: [String]) on FIELD_DEFINITION
    directive @aws_auth{_GROUPS} on FIELD_DEFINITION
    directive @aws_cognito_user_pools{_GROUPS} on OBJECT | FIELD_DEFINITION
    directive @aws_iam on OBJECT | FIELD_DEFINITION
    directive @aws_oidc on OBJECT | FIELD_DEFINITION
    directive @aws_lambda on OBJECT | FIELD_DEFINITION
    directive @aws_api_key on OBJECT | FIELD_DEFINITION
    directive @canonical on OBJECT | FIELD_DEFINITION
    directive @hidden on OBJECT | FIELD_DEFINITION
    directive @renamed(to: String) on OBJECT | FIELD_DEFINITION
    {" ".join(f"scalar {name}" for name in (*_BUILT_IN, *SCALARS))}
    """
)
_INTROSPECTION = "__"
_MAX_QUERIES = 256


class Checked(NamedTuple):
    """A query that was read, and the errors of a response that say what is wrong with it."""

    document: DocumentNode
    problems: tuple[dict[str, Any], ...]


class Schema:
    """A schema: graphql-core's, and what its directives say."""

    def __init__(self, sdl: str) -> None:
        self.graphql = _build(sdl)
        _check_scalars(self.graphql)
        self._types: dict[str, access.Directives] = {}
        self._fields: dict[tuple[str, str], access.Directives] = {}
        self.subscribers: dict[str, list[str]] = {}
        """The fields of Subscription by the mutations that trigger them."""
        self._queries: dict[tuple[str, bool], Checked] = {}
        for kind in self.types():
            self._read(kind)

    def checked(self, query: str, *, introspection: bool) -> Checked:
        """A query, and what is wrong with it. Raises graphql-core's error for what is no query.

        An application has few queries, and a query takes longer to be checked than to be executed.
        """
        key = query, introspection
        if key not in self._queries:
            document = parse(query)
            found = tuple(validating.problems(self.graphql, document, introspection=introspection))
            if len(self._queries) >= _MAX_QUERIES:
                self._queries.clear()
            self._queries[key] = Checked(document, found)
        return self._queries[key]

    def types(self) -> Iterator[GraphQLObjectType]:
        """The object types, without those of introspection."""
        for kind in self.graphql.type_map.values():
            if isinstance(kind, GraphQLObjectType) and not kind.name.startswith(_INTROSPECTION):
                yield kind

    def directives(self, kind: str, name: str) -> tuple[access.Directives, access.Directives]:
        """The directives about access of a field, and those of its type."""
        return self._fields.get((kind, name), {}), self._types.get(kind, {})

    def resolve_by(self, resolve: Callable[..., Any]) -> None:
        """Let a function of graphql-core's resolvers resolve each field."""
        for kind in self.types():
            for field in kind.fields.values():
                field.resolve = resolve

    def check_field(self, key: str) -> None:
        """Refuse the name of a field, ``Query.notes``, that the schema does not have."""
        kind, _, name = key.partition(".")
        known = {each.name: each for each in self.types()}
        if not name or kind not in known:
            raise UsageError(f"{key!r} is no field of the schema, such as 'Query.notes': {suggestion(kind, known)}")
        if name not in known[kind].fields:
            raise UsageError(
                f"the type {kind} of the schema has no field {name!r}: {suggestion(name, known[kind].fields)}"
            )

    def _read(self, kind: GraphQLObjectType) -> None:
        nodes = [node for node in (kind.ast_node, *kind.extension_ast_nodes) if node is not None]
        of_type: dict[str, tuple[str, ...] | None] = {}
        for node in nodes:
            of_type |= _access(node.directives)
        self._types[kind.name] = of_type
        for name, field in kind.fields.items():
            directives = field.ast_node.directives if field.ast_node is not None else ()
            self._fields[kind.name, name] = _access(directives)
            if kind is self.graphql.subscription_type:
                for mutation in _argument(directives, "aws_subscribe", "mutations") or ():
                    self._check_mutation(name, mutation)
                    self.subscribers.setdefault(mutation, []).append(name)

    def _check_mutation(self, field: str, mutation: str) -> None:
        mutations = self.graphql.mutation_type.fields if self.graphql.mutation_type else {}
        if mutation not in mutations:
            raise UsageError(
                f"Subscription.{field} subscribes to the mutation {mutation!r}, which is not there: "
                f"{suggestion(mutation, mutations)}"
            )


def _build(sdl: str) -> GraphQLSchema:
    try:
        document = parse(sdl)
        schema = build_ast_schema(concat_ast([_without(_OWN, document), document]))
    except (GraphQLError, TypeError) as error:
        raise UsageError(f"the schema is not one that AppSync takes: {error}") from None
    if schema.query_type is None:
        raise UsageError("There is no top level schema object defined. (AppSync asks for a type Query.)")
    problems = validate_schema(schema)
    if problems:
        raise UsageError(f"the schema is not one that AppSync takes: {problems[0]}")
    return schema


def _without(own: DocumentNode, document: DocumentNode) -> DocumentNode:
    """What every schema has, without what this one defines itself, as one that was exported does."""
    defined = {_identity(node) for node in document.definitions}
    return DocumentNode(definitions=tuple(node for node in own.definitions if _identity(node) not in defined))


def _identity(node: Any) -> tuple[bool, str]:
    name = getattr(node, "name", None)
    return isinstance(node, TypeDefinitionNode), "" if name is None else name.value


def _check_scalars(schema: GraphQLSchema) -> None:
    """Let the scalars refuse what is none of theirs."""
    for name, scalar in SCALARS.items():
        kind: Any = schema.type_map.get(name)
        if kind is not None:
            # graphql-core has further names for the two since 3.3.
            kind.serialize = kind.coerce_output_value = _refusing(IN_RESPONSES[name], name)
            kind.parse_value = kind.coerce_input_value = _refusing(scalar.check, name)


def _refusing(check: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        try:
            return check(value)
        except (ValueError, TypeError, RecursionError):
            called = SCALARS[name].called
            raise GraphQLError(f"Unable to serialize `{value}` as a valid {called} Object.") from None

    return checked


def _access(directives: Any) -> dict[str, tuple[str, ...] | None]:
    return {
        each.name.value: _argument(directives, each.name.value, "cognito_groups")
        for each in directives or ()
        if each.name.value in access.NAMES
    }


def _argument(directives: Any, name: str, argument: str) -> tuple[str, ...] | None:
    """The texts that an argument of a directive has; None where it is not there."""
    for each in directives or ():
        if isinstance(each, DirectiveNode) and each.name.value == name:
            for given in each.arguments or ():
                if given.name.value == argument and isinstance(given.value, ListValueNode | StringValueNode):
                    value = value_from_ast_untyped(given.value)
                    return tuple(value) if isinstance(value, list) else (value,)
    return None


def as_fields(resolvers: Mapping[str, Any]) -> dict[str, Any]:
    """Resolvers by ``Type.field``: they may come so, or in a dict of their own for each type."""
    found: dict[str, Any] = {}
    for key, given in resolvers.items():
        if isinstance(given, Mapping) and "." not in key:
            found |= {f"{key}.{name}": each for name, each in given.items()}
        else:
            found[key] = given
    return found
