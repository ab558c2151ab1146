"""An identity provider or a scope that isn't there."""

from __future__ import annotations

from pytest_cognito.cognito import UserPool

from .conftest import Explained


def test_an_unknown_provider_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    (said,) = explained(lambda: pool.call("DescribeIdentityProvider", ProviderName="Google"))
    assert said == f"identity providers of {pool.id}: none"
    pool.create_identity_provider("Acme")
    (said,) = explained(lambda: pool.create_client(SupportedIdentityProviders=["Google"]))
    assert said == f"identity providers of {pool.id}: Acme"


def test_an_unknown_scope_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    scopes = [{"ScopeName": name, "ScopeDescription": "…"} for name in ("write", "read")]
    pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    (said,) = explained(lambda: pool.create_client(AllowedOAuthScopes=["notes/delete"]))
    assert said == f"custom scopes of {pool.id}: notes/read, notes/write"
    (said,) = explained(lambda: pool.call("DescribeResourceServer", Identifier="note"))
    assert said == f"custom scopes of {pool.id}: notes/read, notes/write"
