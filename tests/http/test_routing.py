"""From the method and the path of a request to a view."""

from __future__ import annotations

import pytest

from pytest_cognito.http.messages import Request
from pytest_cognito.http.routing import Route, Router

ROUTER = Router(
    [
        Route("/login", "login"),
        Route("/login", "signed in", ("POST",)),
        Route("/<pool_id>/.well-known/jwks.json", "keys", ("GET", "OPTIONS")),
    ]
)


@pytest.mark.parametrize(
    ("method", "url", "found"),
    [
        ("GET", "/login?a=b", ("login", {})),
        ("GET", "https://notes.example/login/", ("login", {})),
        ("POST", "/login", ("signed in", {})),
        ("HEAD", "/login", ("login", {})),
        ("OPTIONS", "/p/.well-known/jwks.json", ("keys", {"pool_id": "p"})),
        ("GET", "/p%20q/.well-known/jwks.json", ("keys", {"pool_id": "p q"})),
        ("DELETE", "/login", None),
        ("OPTIONS", "/login", None),
        ("GET", "/", None),
        ("GET", "/Login", None),
        ("GET", "/p/q/.well-known/jwks.json", None),
        ("GET", "/a//.well-known/jwks.json", None),
    ],
)
def test_routes(method: str, url: str, found: tuple[str, dict[str, str]] | None) -> None:
    assert ROUTER.find(Request.make(method, url)) == found
