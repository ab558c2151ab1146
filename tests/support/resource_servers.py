"""The resource server of the tests: an API for notes, and app clients that may ask for its scopes."""

from __future__ import annotations

from typing import Any

from tests.support.app import App

API = "https://notes.example.com"
READ, WRITE = f"{API}/read", f"{API}/write"


def add_notes_api(app: App, identifier: str = API) -> None:
    """Create a resource server with the scopes ``read`` and ``write``."""
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
    app.call("create_resource_server", UserPoolId=app.pool_id, Identifier=identifier, Name="notes", Scopes=scopes)


def with_flows(app: App, *flows: str, scopes: tuple[str, ...] = (READ, WRITE), **settings: Any) -> App:
    """The pool with an app client that has a secret, these flows and scopes."""
    given = {"GenerateSecret": True, "ExplicitAuthFlows": list(flows), "AllowedOAuthScopes": list(scopes)}
    return app.with_client(**{**given, **settings})
