"""Route keys of API Gateway, and which one a request takes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pytest_cognito.fronts.api_gateway.routes import RouteKey, Routes, parse
from pytest_cognito.kernel.errors import UsageError


@dataclass(frozen=True)
class Route:
    key: RouteKey


def routes(*keys: str) -> Routes[Route]:
    return Routes([Route(parse(key)) for key in keys])


DOCUMENTED = routes(
    "$default", "ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1", "ANY /pets/dog/1"
)


@pytest.mark.parametrize(
    ("method", "path", "key", "variables"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", {}),
        ("PUT", "/pets/dog/1", "ANY /pets/dog/1", {}),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("GET", "/pets/dog/a%20b", "GET /pets/dog/{id}", {"id": "a b"}),
        ("GET", "/", "$default", {}),
    ],
)
def test_a_request_takes_the_most_specific_route(method: str, path: str, key: str, variables: dict[str, str]) -> None:
    found = DOCUMENTED.find(method, path)
    assert found is not None
    assert (found.route.key.text, found.variables) == (key, variables)


@pytest.mark.parametrize(("method", "path"), [("POST", "/notes"), ("GET", "/notes/"), ("GET", "/notes/1/2")])
def test_what_no_route_takes_is_not_found(method: str, path: str) -> None:
    assert routes("GET /notes", "GET /notes/{id}").find(method, path) is None


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("/notes", "begins with no method"),
        ("get /notes", "begins with no method"),
        ("GET notes", "does not begin with a slash"),
        ("GET /notes/x{id}", "not a whole segment"),
        ("GET /{proxy+}/notes", "last segment"),
        ("GET /{id}/{id}", "two variables 'id'"),
        (7, "a route is text"),
    ],
)
def test_a_route_that_api_gateway_would_not_take_is_refused(key: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        parse(key)


def test_two_routes_for_the_same_requests_are_refused() -> None:
    with pytest.raises(UsageError, match="take the same requests"):
        routes("GET /notes/{id}", "GET /notes/{note}")
