"""The lockout after failed sign-ins: five are free, then 1 s, 2 s, 4 s … up to a quarter of an hour."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import NEW_PASSWORD, App
from tests.support.refusals import INCORRECT, TOO_MANY_ATTEMPTS, refusal

# Locks of a second are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


def fail(app: App, times: int = 1) -> None:
    for _ in range(times):
        assert refusal(app.sign_in, password="wrong") == INCORRECT


def is_locked(app: App) -> bool:
    return refusal(app.sign_in, password="wrong-while-locked") == TOO_MANY_ATTEMPTS


def test_four_failures_are_free(app: App) -> None:
    fail(app, 4)
    assert "IdToken" in app.sign_in()


def test_the_fifth_failure_locks_even_for_the_right_password(app: App) -> None:
    fail(app, 5)
    assert refusal(app.sign_in) == TOO_MANY_ATTEMPTS
    assert refusal(app.admin_initiate_auth, USERNAME="alice", PASSWORD="x") == TOO_MANY_ATTEMPTS


def test_the_first_lock_ends_after_a_second(cognito: Cognito, app: App) -> None:
    fail(app, 5)
    cognito.clock.advance(seconds=0.999)
    assert refusal(app.sign_in) == TOO_MANY_ATTEMPTS
    cognito.clock.advance(seconds=0.001)
    assert "IdToken" in app.sign_in()


def test_each_further_failure_doubles_the_lock_up_to_a_quarter_of_an_hour(cognito: Cognito, app: App) -> None:
    fail(app, 4)
    for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
        fail(app)
        cognito.clock.advance(seconds=seconds - 0.001)
        assert is_locked(app), seconds
        cognito.clock.advance(seconds=0.001)
    fail(app)
    cognito.clock.advance(seconds=899)
    assert is_locked(app)
    cognito.clock.advance(seconds=1)
    assert "IdToken" in app.sign_in()


def test_attempts_during_the_lock_do_not_lengthen_it(cognito: Cognito, app: App) -> None:
    fail(app, 5)
    assert all(is_locked(app) for _ in range(10))
    cognito.clock.advance(seconds=1)
    assert "IdToken" in app.sign_in()


def test_a_success_forgets_the_failures(app: App) -> None:
    fail(app, 4)
    app.sign_in()
    fail(app, 4)
    assert "IdToken" in app.sign_in()


@pytest.mark.parametrize(("minutes", "locked"), [(14, True), (15, False)])
def test_a_quiet_quarter_of_an_hour_forgets_them_too(cognito: Cognito, app: App, minutes: int, locked: bool) -> None:
    fail(app, 4)
    cognito.clock.advance(minutes=minutes)
    fail(app)
    assert is_locked(app) is locked


def test_an_administrators_password_unlocks(app: App) -> None:
    fail(app, 5)
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert "IdToken" in app.sign_in(password=NEW_PASSWORD)


def test_one_user_does_not_lock_another(app: App) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    fail(app, 5)
    assert "IdToken" in app.sign_in("bob")


def test_the_lock_is_the_users_whatever_the_client(app: App) -> None:
    fail(app, 5)
    assert refusal(app.with_client().sign_in) == TOO_MANY_ATTEMPTS
