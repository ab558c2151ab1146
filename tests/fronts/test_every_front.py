"""Every front that takes a user pool's tokens refuses whatever was done to one, and takes the right one everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pytest_cognito import Cognito, Tokens, UserPool, mock_cognito
from tests.support import every_front
from tests.support.every_front import FRONTS, part, signed_by_another, signed_by_nobody, status

Made = dict[str, Any]
Spoil = Callable[[Tokens], Any]

NOT_A_NUMBER = b'{"exp": NaN}'
# What is done to a token; the function gives what is sent in its place, a list for several headers.
SPOILED: dict[str, Spoil] = {
    "none at all": lambda tokens: None,
    "an empty one": lambda tokens: "",
    "no JWT": lambda tokens: "not-a-token",
    "empty segments": lambda tokens: "..",
    "an encrypted one": lambda tokens: "a.b.c.d.e",
    "no ASCII": lambda tokens: "é.é.é",
    "NUL": lambda tokens: "\0",
    "expired": lambda tokens: tokens.expired().id_token,
    "tampered": lambda tokens: tokens.tampered().id_token,
    "of another issuer": lambda tokens: tokens.wrong_issuer().id_token,
    "another key by its name": signed_by_another,
    "a key that it brings": lambda tokens: signed_by_another(tokens, jwk={"kty": "RSA"}, jku="https://evil.example"),
    "alg none": lambda tokens: f"{signed_by_nobody(tokens, alg='none').rpartition('.')[0]}.",
    "alg in capitals": lambda tokens: signed_by_nobody(tokens, alg="rs256"),
    "alg as a list": lambda tokens: signed_by_nobody(tokens, alg=["RS256"]),
    "alg as an object": lambda tokens: signed_by_nobody(tokens, alg={}),
    "kid as a list": lambda tokens: signed_by_nobody(tokens, kid=[]),
    "kid as a path": lambda tokens: signed_by_nobody(tokens, kid="../../dev/null"),
    "a critical extension": lambda tokens: signed_by_nobody(tokens, crit=["exp"]),
    "the header of the other token": lambda tokens: f"{tokens.access_token.split('.')[0]}.{_rest(tokens.id_token)}",
    "the signature of the other token": lambda tokens: f"{_start(tokens.id_token)}.{tokens.access_token.split('.')[2]}",
    "deeply nested": lambda tokens: f"{tokens.id_token.split('.')[0]}.{part(b'[' * 50_000)}.x",
    "exp as NaN": lambda tokens: f"{tokens.id_token.split('.')[0]}.{part(NOT_A_NUMBER)}.x",
    "two in one header": lambda tokens: f"{tokens.id_token},{tokens.id_token}",
    "two headers": lambda tokens: [tokens.id_token, tokens.id_token],
    "a wrong one before it": lambda tokens: ["wrong", tokens.id_token],
    "a wrong one after it": lambda tokens: [tokens.id_token, "wrong"],
    "in quotes": lambda tokens: f'"{tokens.id_token}"',
    "padded": lambda tokens: f"{tokens.id_token}==",
    "with a tab": lambda tokens: f"{tokens.id_token[:-9]}\t{tokens.id_token[-9:]}",
    "twice the scheme": lambda tokens: f"Bearer Bearer {tokens.id_token}",
    "another scheme": lambda tokens: f"Basic {tokens.id_token}",
}


def _rest(token: str) -> str:
    return token.partition(".")[2]


def _start(token: str) -> str:
    return token.rpartition(".")[0]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Cognito, UserPool, Tokens, Made]]:
    with mock_cognito(region="us-east-1") as cognito:
        pool = cognito.create_user_pool()
        pool.create_user("alice")
        made = {name: front(cognito, pool) for name, front in FRONTS.items()}
        yield cognito, pool, pool.tokens_for("alice"), made


@pytest.mark.parametrize("name", FRONTS)
def test_the_right_token_passes(world: tuple[Cognito, UserPool, Tokens, Made], name: str) -> None:
    assert status(name, world[3][name], world[2].id_token) == 200


@pytest.mark.parametrize("name", FRONTS)
@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_spoiled_token_does_not(world: tuple[Cognito, UserPool, Tokens, Made], name: str, spoil: Spoil) -> None:
    assert status(name, world[3][name], spoil(world[2])) == 401


@pytest.mark.parametrize("name", FRONTS)
def test_a_token_by_the_public_key_does_not(world: tuple[Cognito, UserPool, Tokens, Made], name: str) -> None:
    _, pool, tokens, made = world
    assert status(name, made[name], every_front.signed_by_the_public_key(tokens, pool)) == 401


@pytest.mark.parametrize("name", FRONTS)
def test_a_token_of_another_pool_region_or_account_does_not(
    world: tuple[Cognito, UserPool, Tokens, Made], name: str
) -> None:
    cognito, pool, _, made = world
    for other in (cognito.create_user_pool(), cognito.create_user_pool(region="eu-west-1")):
        assert status(name, made[name], other.create_user("alice").tokens().id_token) == 401
    with mock_cognito(region="us-east-1", account_id="111122223333") as another:
        namesake = another.create_user_pool(id=f"us-east-1_{pool.id[-9:][::-1]}")
        namesake.create_user("alice")
        foreign = namesake.tokens_for("alice").id_token
    assert status(name, made[name], foreign) == 401


@pytest.mark.parametrize("name", FRONTS)
def test_jwts_are_good_until_they_expire_whatever_becomes_of_the_user(cognito: Cognito, name: str) -> None:
    pool = cognito.create_user_pool()
    alice = pool.create_user("alice")
    front = FRONTS[name](cognito, pool)
    tokens = alice.sign_in()
    for operation in ("AdminUserGlobalSignOut", "AdminDisableUser", "AdminDeleteUser"):
        pool.call(operation, Username="alice")
        assert status(name, front, tokens.id_token) == 200
    cognito.clock.advance(hours=1, seconds=1)
    assert status(name, front, tokens.id_token) == 401


@pytest.mark.parametrize("name", FRONTS)
def test_the_tokens_of_a_pool_that_is_deleted_are_those_of_nobody(cognito: Cognito, name: str) -> None:
    pool = cognito.create_user_pool()
    pool.create_user("alice")
    front, tokens = FRONTS[name](cognito, pool), pool.tokens_for("alice")
    assert status(name, front, tokens.id_token) == 200
    pool.call("DeleteUserPool")
    assert status(name, front, tokens.id_token) in (401, 562)  # a load balancer tells that there are no keys


@pytest.mark.parametrize("name", FRONTS)
def test_a_token_comes_into_force_with_the_clock(cognito: Cognito, name: str) -> None:
    pool = cognito.create_user_pool()
    pool.create_user("alice")
    front, tokens = FRONTS[name](cognito, pool), pool.tokens_for("alice")
    cognito.clock.advance(minutes=-10)
    assert status(name, front, tokens.id_token) == 401
    cognito.clock.advance(minutes=10)
    assert status(name, front, tokens.id_token) == 200
