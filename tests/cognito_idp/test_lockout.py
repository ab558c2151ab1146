"""The lockout after failed sign-ins: five are free, then 1 s, 2 s, 4 s … up to a quarter of an hour."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import begin_as_admin, sign_in

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture(autouse=True)
def frozen(time_stands_still: None) -> None:
    """Locks of a second are not to run out on a slow machine."""


@pytest.fixture
def time_stands_still() -> Any:
    import time_machine

    with time_machine.travel(1_800_000_000, tick=False):
        yield


def fail(idp: Any, pool: Any, times: int = 1) -> None:
    for _ in range(times):
        assert refusal(sign_in, idp=idp, client_id=pool.client.id, password="wrong") == INCORRECT


def is_locked(idp: Any, pool: Any) -> bool:
    error = refusal(sign_in, idp=idp, client_id=pool.client.id, password="wrong-while-locked")
    return error == LOCKED


def test_four_failures_are_free(cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 4)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_the_fifth_failure_locks_even_for_the_right_password(cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 5)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == LOCKED
    assert (
        refusal(
            begin_as_admin,
            idp=cognito_idp,
            pool_id=pool.id,
            client_id=pool.client.id,
            USERNAME="alice",
            PASSWORD="x",
        )
        == LOCKED
    )


def test_the_first_lock_ends_after_a_second(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 5)
    cognito.clock.advance(seconds=0.999)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == LOCKED
    cognito.clock.advance(seconds=0.001)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_each_further_failure_doubles_the_lock_up_to_a_quarter_of_an_hour(
    cognito: Any, cognito_idp: Any, pool: Any
) -> None:
    fail(cognito_idp, pool, 4)
    for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        fail(cognito_idp, pool)
        cognito.clock.advance(seconds=seconds - 0.001)
        assert is_locked(cognito_idp, pool), seconds
        cognito.clock.advance(seconds=0.001)
    fail(cognito_idp, pool)
    cognito.clock.advance(seconds=899)
    assert is_locked(cognito_idp, pool)
    cognito.clock.advance(seconds=1)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_attempts_during_the_lock_do_not_lengthen_it(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 5)
    assert all(is_locked(cognito_idp, pool) for _ in range(10))
    cognito.clock.advance(seconds=1)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_a_success_forgets_the_failures(cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 4)
    sign_in(cognito_idp, pool.client.id)
    fail(cognito_idp, pool, 4)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


@pytest.mark.parametrize(("minutes", "locked"), [(14, True), (15, False)])
def test_a_quiet_quarter_of_an_hour_forgets_them_too(
    cognito: Any, cognito_idp: Any, pool: Any, minutes: int, locked: bool
) -> None:
    fail(cognito_idp, pool, 4)
    cognito.clock.advance(minutes=minutes)
    fail(cognito_idp, pool)
    assert is_locked(cognito_idp, pool) is locked


def test_an_administrators_password_unlocks(cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 5)
    cognito_idp.admin_set_user_password(
        UserPoolId=pool.id, Username="alice", Password="Another-horse-8", Permanent=True
    )
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, password="Another-horse-8")


def test_one_user_does_not_lock_another(cognito_idp: Any, pool: Any) -> None:
    pool.create_user("bob", email="bob@example.com")
    fail(cognito_idp, pool, 5)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, "bob")


def test_the_lock_is_the_users_whatever_the_client(cognito_idp: Any, pool: Any) -> None:
    fail(cognito_idp, pool, 5)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.create_client().id) == LOCKED
