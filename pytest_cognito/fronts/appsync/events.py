"""The event of a direct Lambda resolver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphql import GraphQLResolveInfo

from pytest_cognito.fronts.appsync.selection import selection_graphql, selection_list
from pytest_cognito.http.messages import Request

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.executing import Execution

_NEVER_TOLD = frozenset({"cookie"})


def event(
    execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any], prev: Any = None
) -> dict[str, Any]:
    """The event for a field: AppSync's whole context. ``prev`` is what the function before it in a pipeline gave."""
    return {
        "arguments": dict(arguments),
        "identity": execution.caller.identity,
        "source": source,
        "request": {"headers": headers(execution.exchange.request), "domainName": None},
        "prev": prev,
        "info": {
            "fieldName": info.field_name,
            "parentTypeName": info.parent_type.name,
            "variables": dict(execution.asked.variables),
            "selectionSetList": selection_list(info),
            "selectionSetGraphQL": selection_graphql(info),
        },
        "stash": {},
    }


def headers(request: Request) -> dict[str, str]:
    """The headers that resolvers see, in lower case; cookies they never do."""
    return {name: value for name, value in request.headers.items() if name not in _NEVER_TOLD}
