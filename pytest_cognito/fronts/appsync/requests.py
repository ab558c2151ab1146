"""A GraphQL request in an HTTP request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.fronts.appsync import texts
from pytest_cognito.http.messages import Request, form


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A query with its variables; ``operation_name`` says which of its operations is meant."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None


def read(request: Request) -> GraphQLRequest:
    """The request, from a JSON body, or from the query string of a GET. Raises AppSync's error if it has none."""
    if request.method == "GET":
        return _of_query_string(request)
    if not request.body.strip():
        raise texts.BODY_EMPTY()
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise texts.QUERY_UNREADABLE() from None
    if not isinstance(body, dict):
        raise texts.QUERY_UNREADABLE()
    return _checked(body.get("query"), body.get("variables"), body.get("operationName"))


def _of_query_string(request: Request) -> GraphQLRequest:
    given = dict(form(request.query))
    if not given:
        raise texts.BODY_EMPTY()
    try:
        variables = json.loads(given["variables"]) if given.get("variables") else None
    except (ValueError, RecursionError):
        raise texts.VARIABLES_NO_OBJECT() from None
    return _checked(given.get("query"), variables, given.get("operationName"))


def _checked(query: object, variables: object, operation_name: object) -> GraphQLRequest:
    if not isinstance(query, str):
        raise texts.QUERY_UNREADABLE()
    if variables is not None and not isinstance(variables, dict):
        raise texts.VARIABLES_NO_OBJECT()
    name = operation_name if isinstance(operation_name, str) and operation_name else None
    return GraphQLRequest(query, variables or {}, name)
