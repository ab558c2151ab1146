"""GraphQL APIs whose callers are users of a provider of OpenID Connect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import OIDC, Cognito, GraphQLApi, ProviderToken
from tests.support.graphql_apis import EXPIRED, NOT_AUTHORIZED, SCHEMA, UNREADABLE, Resolver, refused

ISSUER = "https://idp.example.com"
QUERY = "{ notes { id } }"


@pytest.fixture
def provider(cognito: Cognito) -> OIDC:
    return cognito.providers.oidc(ISSUER)


def make(cognito: Cognito, notes: Resolver, **configured: object) -> GraphQLApi:
    mode = {"authenticationType": "OPENID_CONNECT", "openIDConnectConfig": {"issuer": ISSUER, **configured}}
    return cognito.appsync(SCHEMA, {"Query.notes": notes}, mode)


def test_a_user(cognito: Cognito, provider: OIDC, notes: Resolver) -> None:
    api = cognito.appsync(SCHEMA, {"Query.notes": notes}, provider)
    token = provider.token("1", email="a@example.com")
    assert api.query(QUERY, auth=token)["notes"]
    assert notes.identity == {"claims": token.claims, "issuer": ISSUER, "sub": "1"}


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (ProviderToken.expired, EXPIRED),
        (ProviderToken.tampered, NOT_AUTHORIZED),
        (ProviderToken.wrong_signer, NOT_AUTHORIZED),
        (ProviderToken.unsigned, NOT_AUTHORIZED),
        (ProviderToken.wrong_audience, NOT_AUTHORIZED),
        (lambda token: "abc", UNREADABLE),
    ],
)
def test_tokens_that_are_not_right(
    cognito: Cognito,
    provider: OIDC,
    notes: Resolver,
    spoil: Callable[[ProviderToken], str],
    expected: tuple[int, str, str],
) -> None:
    token = provider.token("1", audience="app-1")
    api = make(cognito, notes, clientId="app-[0-9]")
    assert api.query(QUERY, auth=token)["notes"]
    assert refused(api.query(QUERY, auth=spoil(token))) == expected
    assert len(notes.events) == 1


def test_the_issuer_counts_only_beside_other_modes(cognito: Cognito, provider: OIDC, notes: Resolver) -> None:
    token = provider.token("1").wrong_issuer()
    assert make(cognito, notes).query(QUERY, auth=token)["notes"]
    both = cognito.appsync(SCHEMA, {"Query.notes": notes}, [provider, "AWS_IAM"])
    assert both.query(QUERY, auth=token).status_code == 401


@pytest.mark.parametrize(("ttl", "claim"), [("iatTTL", "iat"), ("authTTL", "auth_time")])
def test_times_to_live(cognito: Cognito, provider: OIDC, notes: Resolver, ttl: str, claim: str) -> None:
    api = make(cognito, notes, **{ttl: 60_000})
    now = int(cognito.clock.now().timestamp())
    claims: dict[str, Any] = {claim: now}
    token = provider.token("1", **claims)
    assert api.query(QUERY, auth=token)["notes"]
    cognito.clock.advance(seconds=61)
    assert refused(api.query(QUERY, auth=token)) == EXPIRED


def test_a_token_that_does_not_tell_when_its_user_signed_in(cognito: Cognito, provider: OIDC, notes: Resolver) -> None:
    token = provider.token("1")
    assert "auth_time" not in token.claims
    assert refused(make(cognito, notes, authTTL=60_000).query(QUERY, auth=token)) == EXPIRED
