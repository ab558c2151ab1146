"""Responses of a GraphQL API: data, errors in AppSync's form, and what HTTP says."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from graphql import ExecutionResult, GraphQLError, Node, get_location

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts.appsync import texts, validating
from pytest_cognito.fronts.appsync.texts import FieldError
from pytest_cognito.http.messages import Request, Response

_NULL = re.compile(r"Cannot return null for non-nullable field (\w+)\.(\w+)\.")
_NO_LIST = re.compile(r"Expected Iterable.*", re.DOTALL)
_BUILT_IN = re.compile(r"(Int|Float|String|Boolean|ID) cannot represent.*", re.DOTALL)
_CORS = ("Access-Control-Allow-Origin", "*")


def refused(request_id: str, error: AWSError) -> Response:
    """The response to a request that is not executed."""
    said = {"errors": [{"errorType": error.code, "message": error.message}]}
    return _response(request_id, error.status, said, [("x-amzn-ErrorType", error.code)])


def answered(request_id: str, said: dict[str, Any]) -> Response:
    """The response to a request that is executed, with errors or without."""
    return _response(request_id, 200, said)


def preflight(request: Request, request_id: str) -> Response:
    """The response to the question of a browser, whether a page may send a request."""
    allowed = [
        _CORS,
        ("Access-Control-Allow-Methods", "POST"),
        ("Access-Control-Allow-Headers", request.headers.get("access-control-request-headers", "*")),
        ("Access-Control-Max-Age", "172800"),
        ("x-amzn-RequestId", request_id),
    ]
    return Response(200, allowed)


def _response(request_id: str, status: int, said: dict[str, Any], more: Sequence[tuple[str, str]] = ()) -> Response:
    body = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    headers = [
        ("Content-Type", "application/json;charset=UTF-8"),
        ("Content-Length", str(len(body))),
        ("x-amzn-RequestId", request_id),
        _CORS,
        *more,
    ]
    return Response(status, headers, body)


def of_result(result: ExecutionResult, schema: Any) -> dict[str, Any]:
    """What the response says of a query that was executed."""
    said: dict[str, Any] = {"data": result.data}
    if result.errors:
        said["errors"] = [_error(error, schema) for error in result.errors]
    return said


def _error(error: GraphQLError, schema: Any) -> dict[str, Any]:
    path, cause = list(error.path or ()), error.original_error
    if isinstance(cause, FieldError):
        return {
            "path": path,
            "data": cause.data,
            "errorType": cause.error_type,
            "errorInfo": cause.info,
            "locations": validating.locations(error),
            "message": cause.message,
        }
    return {"path": path, "locations": None, "message": _of_value(error.message, _pointer(path), schema)}


def _of_value(message: str, path: str, schema: Any) -> str:
    """What AppSync says of a value that does not fit the schema."""
    null = _NULL.fullmatch(message)
    if null is not None:
        parent, name = null.groups()
        kind = str(schema.type_map[parent].fields[name].type).removesuffix("!")
        return texts.NULL_IN_NON_NULL.format(kind=kind, parent=parent, path=path)
    if _NO_LIST.fullmatch(message):
        return texts.NO_LIST.format(path=path)
    built_in = _BUILT_IN.fullmatch(message)
    reason = f"Expected type '{built_in[1]}'." if built_in else message
    return texts.NOT_SERIALIZED.format(path=path, reason=reason)


def _pointer(path: Sequence[str | int]) -> str:
    return "".join(f"[{each}]" if isinstance(each, int) else f"/{each}" for each in path)


def places(nodes: Sequence[Node] | None) -> list[dict[str, Any]] | None:
    """The places of nodes in the query."""
    found = []
    for node in nodes or ():
        if node.loc is not None:
            place = get_location(node.loc.source, node.loc.start)
            found.append({"line": place.line, "column": place.column, "sourceName": None})
    return found or None


def raise_unexpected(error: GraphQLError) -> None:
    """Raise what no query, schema or resolver has led to: a mistake in the test, or a bug."""
    cause = error.original_error
    of_library = isinstance(cause, TypeError) and _NULL.fullmatch(str(cause))
    if cause is not None and not isinstance(cause, FieldError | GraphQLError) and not of_library:
        raise cause
