"""Whom tokens and OpenID documents name as the issuer: AWS, or the loopback server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.socket import Server


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain="notes")
    return pool


@pytest.fixture
def server(cognito: Cognito) -> Iterator[Server]:
    with Server(cognito.world, issuer="local") as server:
        yield server


def document(address: str) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{address}/.well-known/openid-configuration", timeout=5).json()
    return found


def test_tokens_and_documents_agree(pool: UserPool, server: Server) -> None:
    tokens = pool.create_user("alice").sign_in()
    address = f"{server.endpoint_url}/{pool.id}"
    found = document(address)
    keys = jwt.PyJWKClient(found["jwks_uri"])

    assert pool.issuer == found["issuer"] == address
    for token in (tokens.id_token, tokens.access_token):
        key = keys.get_signing_key_from_jwt(token)
        options = {"verify_aud": False}
        jwt.decode(token, key, algorithms=["RS256"], issuer=address, options=options)  # type: ignore[arg-type]


def test_every_address_of_the_document_is_the_server_s(pool: UserPool, server: Server) -> None:
    address = f"{server.endpoint_url}/{pool.id}"
    found = document(address)

    assert found["authorization_endpoint"] == f"{server.endpoint_url}/notes/oauth2/authorize"
    assert found["jwks_uri"] == f"{address}/.well-known/jwks.json"
    urls = [value for value in found.values() if isinstance(value, str)]
    assert len(urls) == 7
    assert all(url.startswith(f"{server.endpoint_url}/") for url in urls)


def test_a_pool_without_domain(cognito: Cognito, server: Server) -> None:
    address = f"{server.endpoint_url}/{cognito.create_user_pool().id}"

    assert document(address)["token_endpoint"] == f"{address}/token"


def test_the_api_takes_the_tokens(cognito: Cognito, pool: UserPool, server: Server) -> None:
    alice = pool.create_user("alice")
    for tokens in (alice.tokens(), alice.sign_in()):
        assert tokens.claims["iss"] == f"{server.endpoint_url}/{pool.id}"
        assert cognito.call("GetUser", AccessToken=tokens.access_token)["Username"] == "alice"


def test_an_address_by_which_others_know_the_server(cognito: Cognito, pool: UserPool) -> None:
    with Server(cognito.world, issuer="http://cognito:9229") as server:
        found = document(f"{server.endpoint_url}/{pool.id}")

    assert found["issuer"] == f"http://cognito:9229/{pool.id}"
    assert found["token_endpoint"] == "http://cognito:9229/notes/oauth2/token"


def test_tokens_of_before_and_after(cognito: Cognito, pool: UserPool) -> None:
    alice = pool.create_user("alice")
    earlier = alice.sign_in()
    with Server(cognito.world, issuer="local"):
        local = alice.sign_in()
        for tokens in (earlier, local):
            assert cognito.call("GetUser", AccessToken=tokens.access_token)["Username"] == "alice"
    assert "127.0.0.1" in local.claims["iss"]
    assert "127.0.0.1" not in pool.issuer


def test_without_it_all_stays_aws_s(pool: UserPool, cognito_server: Server) -> None:
    found = document(f"{cognito_server.endpoint_url}/{pool.id}")

    assert found["issuer"] == pool.issuer
    assert "127.0.0.1" not in str(found)
    assert pool.create_user("alice").sign_in().claims["iss"] == pool.issuer


def test_mistakes(cognito: Cognito) -> None:
    for issuer in ("AWS", "localhost:9229", "http://localhost/"):
        with pytest.raises(UsageError, match=f"such as http://cognito:9229, not '{issuer}'"):
            Server(cognito.world, issuer=issuer)
    with pytest.raises(UsageError, match="one world"):
        Server(lambda: cognito.world, issuer="local")
