"""Whatever is done to a token, an HTTP API refuses it, unless it is as it was."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import HttpApi, Tokens, mock_cognito
from tests.support.fronts import told

SPOIL = {
    "expired": Tokens.expired,
    "tampered": Tokens.tampered,
    "wrong_audience": Tokens.wrong_audience,
    "wrong_issuer": Tokens.wrong_issuer,
}
TEXT = st.text("ab/ ", max_size=5)


@pytest.fixture(scope="module")
def front() -> Iterator[tuple[HttpApi, Tokens]]:
    with mock_cognito(region="us-east-1") as cognito:
        pool = cognito.create_user_pool()
        pool.create_user("alice")
        yield cognito.http_api(told, authorizer=pool), pool.tokens_for("alice")


@settings(max_examples=40)
@given(
    kinds=st.lists(st.sampled_from(sorted(SPOIL)), min_size=1, max_size=3, unique=True),
    use=st.sampled_from(("id", "access")),
)
def test_a_spoiled_token_is_refused(front: tuple[HttpApi, Tokens], kinds: list[str], use: str) -> None:
    api, tokens = front
    for kind in kinds:
        tokens = SPOIL[kind](tokens)
    token = tokens.id_token if use == "id" else tokens.access_token
    assert api.get("/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


@settings(max_examples=60)
@given(data=st.data())
def test_a_token_with_another_character_is_refused(front: tuple[HttpApi, Tokens], data: st.DataObject) -> None:
    api, tokens = front
    token = tokens.access_token
    # The last character of a signature has bits that stand for nothing.
    position = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.sampled_from("ABCwxyz0189-_.=~ "))
    changed = f"{token[:position]}{other}{token[position + 1 :]}"
    expected = 200 if changed == token else 401
    assert api.get("/", headers={"Authorization": f"Bearer {changed}"}).status_code == expected


@settings(max_examples=40)
@given(
    claims=st.dictionaries(
        st.sampled_from(("iss", "sub", "aud", "client_id", "exp", "iat", "nbf", "scope", "token_use")),
        st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=2),
    ),
    algorithm=st.sampled_from(("RS256", "RS512", "HS256", "none", "ES256", "", None)),
)
def test_claims_that_nobody_has_signed_are_refused(
    front: tuple[HttpApi, Tokens], claims: dict[str, object], algorithm: str | None
) -> None:
    api, tokens = front
    header = {"alg": algorithm, "kid": json.loads(_decoded(tokens.access_token))["kid"]}
    parts = (_encoded(header), _encoded({**tokens.claims, **claims}), tokens.access_token.rpartition(".")[2])
    if {**tokens.claims, **claims} == tokens.claims and algorithm == "RS256":
        return
    assert api.get("/", headers={"Authorization": ".".join(parts)}).status_code == 401


def _encoded(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _decoded(token: str) -> bytes:
    part = token.partition(".")[0]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
