"""Clients of OpenID Connect for JavaScript against the server, where this machine has Node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_cognito import Browser, Cognito, Tokens, User, UserPool
from pytest_cognito.server.socket import Server
from tests.support import node
from tests.support.hosted import CALLBACK, PREFIX
from tests.support.web_apps import SPOILED, machine, web_client


@pytest.fixture(scope="module")
def program() -> str:
    return node.program()


@pytest.fixture
def pool(cognito_user_pool: UserPool) -> UserPool:
    cognito_user_pool.call("CreateUserPoolDomain", Domain=PREFIX)
    return cognito_user_pool


@pytest.fixture
def server(cognito: Cognito) -> Iterator[Server]:
    """A server whose address is the issuer, on which clients of OpenID Connect insist."""
    with Server(cognito.world, issuer="local") as server:
        yield server


def sign_in(program: str, script: str, given: dict[str, Any], browser: Browser, user: User) -> dict[str, Any]:
    """Run a script that sends its user to a URL and wants to know where they are back."""

    def answer(asked: dict[str, str]) -> str:
        browser.forget()
        return browser.get(asked["url"]).sign_in(user).location

    return node.converse(program, script, json.dumps({**given, "callback": CALLBACK}), answer)


def test_openid_client(
    program: str, server: Server, pool: UserPool, cognito_browser: Browser, cognito_user: User
) -> None:
    web, job = web_client(pool), machine(pool)
    given = {"issuer": pool.issuer, "client": web.id, "secret": web.secret, "machine": [job.id, job.secret]}

    said = sign_in(program, "openid_client.mjs", given, cognito_browser, cognito_user)

    assert said["sub"] == said["info"]["sub"] == cognito_user.sub
    assert said["info"]["email"] == cognito_user.email
    assert said["fresh"]
    assert said["machine"] == ["bearer", "notes/read"]
    refused = said["refused"]
    assert {name for name in refused if "invalid_grant" in refused[name]} == {"twice", "revoked", "challenge"}
    assert 'unexpected "state" response parameter value' in refused["state"]
    assert 'unexpected ID Token "nonce" claim value' in refused["nonce"]


def test_oidc_client_ts(
    program: str, server: Server, pool: UserPool, cognito_browser: Browser, cognito_user: User
) -> None:
    given = {"issuer": pool.issuer, "client": web_client(pool, secret=False).id}

    said = sign_in(program, "oidc_client_ts.mjs", given, cognito_browser, cognito_user)

    assert said["challenged"]
    assert (said["profile"]["sub"], said["profile"]["email"]) == (cognito_user.sub, cognito_user.email)
    assert said["fresh"]
    assert said["refused"] == "No matching state found in storage"


def test_aws_jwt_verify(program: str, cognito: Cognito, pool: UserPool, cognito_tokens: Tokens) -> None:
    """The issuer of these tokens is AWS's: the library names it by the pool's ID."""
    kinds = {"right": cognito_tokens, **{name: getattr(cognito_tokens, name)() for name in (*SPOILED, "swapped")}}
    tokens = {
        "access": {name: one.access_token for name, one in kinds.items()},
        "id": {name: one.id_token for name, one in kinds.items()},
    }
    with Server(cognito.world) as server:
        jwks = f"{server.endpoint_url}/{pool.id}/.well-known/jwks.json"
        given = {"jwks": jwks, "pool": pool.id, "client": pool.client.id, "tokens": tokens}
        said = node.run(program, "jwt_verify.mjs", json.dumps(given))

    assert said == {
        "right": [cognito_tokens.claims["sub"]] * 2,
        "expired": ["JwtExpiredError"] * 2,
        "tampered": ["JwtInvalidSignatureError"] * 2,
        "wrong_audience": ["CognitoJwtInvalidClientIdError"] * 2,
        "swapped": ["CognitoJwtInvalidTokenUseError"] * 2,
    }
