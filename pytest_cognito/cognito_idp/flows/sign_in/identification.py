"""The first step of every flow: who signs in, and the PreAuthentication trigger."""

from __future__ import annotations

import hashlib

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.users import accounts
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.triggers import engine, events


def admit(attempt: Attempt, user: User) -> None:
    """Note the user who signs in and run PreAuthentication; see `meet`.

    Raise if the user is not confirmed, which AWS says before it looks at a password, to who knows it or not; or if they
    can sign in by an identity provider alone.
    """
    meet(attempt, user)
    check_confirmed(attempt.user)


def meet(attempt: Attempt, user: User) -> None:
    """Note the user who signs in, run PreAuthentication, and read them again: the function may have changed them."""
    attempt.found = user
    if run_pre_authentication(attempt, user.username, user):
        attempt.read_again()


def check_confirmed(user: User) -> None:
    """Raise if a user is not confirmed."""
    if user.status == "UNCONFIRMED":
        raise errors.NOT_CONFIRMED()
    if user.status == "EXTERNAL_PROVIDER":
        raise errors.INCORRECT()


def check_enabled(attempt: Attempt, user: User) -> None:
    """Raise if a user is disabled, unless the app client hides that from who has not proven yet who they are."""
    if not user.enabled and not attempt.client.hides_existence:
        raise errors.USER_DISABLED()


def pretend(attempt: Attempt) -> None:
    """Go on with a made-up user in place of one who does not exist; raise unless the app client hides that."""
    if not attempt.client.hides_existence:
        raise errors.USER_NOT_FOUND()
    username = attempt.parameters["USERNAME"]
    run_pre_authentication(attempt, username, None)
    attempt.simulated = accounts.format_sub(made_up(attempt.pool, attempt.pool.fold(username)))


def run_pre_authentication(attempt: Attempt, username: str, user: User | None) -> bool:
    """Run PreAuthentication, which denies the sign-in if it raises. Tell whether the pool has the trigger."""
    response = engine.run(
        attempt.context,
        attempt.pool,
        "PreAuthentication",
        "Authentication",
        username=username,
        client_id=attempt.client.id,
        request=events.pre_authentication(
            user, attempt.client_metadata, hides_existence=attempt.client.hides_existence
        ),
    )
    return response is not None


def made_up(pool: UserPool, name: str) -> str:
    """Made-up hexadecimal digits for a name, the same each time."""
    return hashlib.sha256(f"{pool.id}/{name}".encode()).hexdigest()
