"""Tokens and sessions: whose they are, until when they are good, and whether they are used up."""

from __future__ import annotations

import re
from typing import Any

import jwt
import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp import errors
from pytest_cognito.kernel.calls import Call
from pytest_cognito.report.explanations import explain

from .calls import refresh, sign_in
from .conftest import Explained


def test_an_expired_access_token(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().access_token
    pool.world.clock.advance(hours=2)

    (said,) = explained(lambda: Cognito(pool.world).call("GetUser", AccessToken=token))

    assert re.fullmatch(
        r"access token of alice, scope aws\.cognito\.signin\.user\.admin, expired .*TIME, now .*TIME", said
    )


def test_what_is_no_token(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: Cognito(pool.world).call("GetUser", AccessToken="abc"))

    assert said == ["what the call has for an access token is no JWT"]


def test_a_revoked_refresh_token(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().refresh_token
    pool.call("AdminUserGlobalSignOut", Username="alice")

    (said,) = explained(lambda: refresh(pool, token))

    assert said.startswith(f"refresh token of alice from client {pool.client.id}: good until ")
    assert said.endswith(", revoked")


def test_an_unknown_refresh_token(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: refresh(pool, "abc")) == ["no sign-in here has given this refresh token"]


def answer_new_password(pool: UserPool, session: str) -> dict[str, Any]:
    return Cognito(pool.world).call(
        "RespondToAuthChallenge",
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=session,
        ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "N3w-Passw0rd"},
    )


@pytest.fixture
def used_session(pool: UserPool) -> str:
    """A session of alice whose challenge was answered."""
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=False)
    session: str = sign_in(pool, password="Passw0rd!")["Session"]
    answer_new_password(pool, session)
    return session


def test_a_used_session(pool: UserPool, explained: Explained, used_session: str) -> None:
    (said,) = explained(lambda: answer_new_password(pool, used_session))

    assert said.startswith("session of alice for NEW_PASSWORD_REQUIRED from client ")
    assert said.endswith(", used already")


@pytest.mark.usefixtures("used_session")
def test_the_answer_to_a_challenge_sets_a_password_too(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, enabled, password set by RespondToAuthChallenge"]


@pytest.mark.parametrize(
    "claims",
    [
        {"client_id": [], "username": 3, "exp": "soon"},
        {"iss": "https://elsewhere", "client_id": "gone", "exp": 10**30},
        {"exp": -1, "token_use": None, "scope": {"a": 1}},
    ],
)
def test_forged_tokens_are_explained_too(cognito: Cognito, claims: dict[str, Any]) -> None:
    token = jwt.encode(claims, "k" * 32, algorithm="HS256")
    call = Call("cognito-idp", "GetUser", {"AccessToken": token}, "us-east-1", "")
    call.error = errors.ACCESS_TOKEN_INVALID()

    assert "its issuer is" in explain(cognito.world, call)[-1]


def test_a_refresh_token_of_a_deleted_user(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().refresh_token
    pool.call("AdminDeleteUser", Username="alice")

    assert explained(lambda: refresh(pool, token)) == [
        f"client {pool.client.id} has given it, to a user who is deleted"
    ]


@pytest.mark.needs("GetTokensFromRefreshToken")
def test_a_refresh_token_of_another_client(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().refresh_token
    first, other = pool.client, pool.create_client()

    def exchange() -> object:
        return Cognito(pool.world).call("GetTokensFromRefreshToken", ClientId=other.id, RefreshToken=token)

    given, named = explained(exchange)

    assert given.startswith(f"refresh token of alice from client {first.id}: good until ")
    assert named == f"the call names another client: {other.id}"


def prove(pool: UserPool, client_id: str, block: str) -> object:
    """Answer PASSWORD_VERIFIER with a proof that is none."""
    responses = {"USERNAME": "alice", "PASSWORD_CLAIM_SECRET_BLOCK": block}
    return Cognito(pool.world).call(
        "RespondToAuthChallenge",
        ClientId=client_id,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses={
            **responses,
            "PASSWORD_CLAIM_SIGNATURE": "AAAA",
            "TIMESTAMP": "Tue May 7 00:09:40 UTC 2024",
        },
    )


def test_a_secret_block_of_nobody(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: prove(pool, pool.client.id, "AAAA"))

    assert said[-1] == "no challenge here has given this secret block"


def test_a_secret_block_of_another_client(pool: UserPool, explained: Explained) -> None:
    first, other = pool.client, pool.create_client()
    begun = Cognito(pool.world).call(
        "InitiateAuth",
        ClientId=first.id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": "alice", "SRP_A": "a1" * 128},
    )
    block = begun["ChallengeParameters"]["SECRET_BLOCK"]

    said = explained(lambda: prove(pool, other.id, block))

    assert said[-1] == f"the secret block was given to alice at client {first.id}"
