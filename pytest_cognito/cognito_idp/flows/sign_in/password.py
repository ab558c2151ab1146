"""The password flows: USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.users import lockout, migration, stored_passwords
from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.triggers import engine, events


def begin(attempt: Attempt) -> None:
    """Check user name and password, in the order in which AWS does."""
    context, pool = attempt.context, attempt.pool
    username, password = attempt.parameters["USERNAME"], attempt.parameters["PASSWORD"]
    user = lookup.find_user(context, pool, username)
    if user is None:
        _migrate(attempt, username, password)
        return
    correct = stored_passwords.matches(user, password)
    if not user.enabled:
        raise errors.INCORRECT() if attempt.client.hides_existence and not correct else errors.USER_DISABLED()
    lockout.check(context, user)
    pre_authentication(attempt, user.username, user)
    user = lookup.find_user(context, pool, username)
    if user is None:
        raise _unknown(attempt, username)
    attempt.found = user
    correct = stored_passwords.matches(user, password)
    if user.status == "RESET_REQUIRED" and (correct or not attempt.client.hides_existence):
        raise errors.RESET_REQUIRED()
    if not correct:
        lockout.count_failure(context, user)
        raise errors.INCORRECT()
    check_status(attempt)


def check_status(attempt: Attempt) -> None:
    """After a correct password, raise if the user is not confirmed or the temporary password has expired."""
    user = attempt.user
    if user.status == "UNCONFIRMED":
        raise errors.NOT_CONFIRMED()
    if user.status != "FORCE_CHANGE_PASSWORD" or user.password_set is None:
        return
    if attempt.context.now() >= user.password_set + attempt.pool.temporary_password_validity:
        raise errors.TEMPORARY_PASSWORD_EXPIRED()


def pre_authentication(attempt: Attempt, username: str, user: User | None) -> None:
    """Run PreAuthentication, which denies the sign-in if it raises."""
    engine.run(
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


def _migrate(attempt: Attempt, username: str, password: str) -> None:
    """Sign in a user who does not exist in the pool yet with the UserMigration trigger, without PreAuthentication."""
    user = migration.at_sign_in(
        attempt.context, attempt.pool, attempt.client, username, password, attempt.client_metadata
    )
    if user is None:
        raise _unknown(attempt, username)
    attempt.found = user
    if user.status == "RESET_REQUIRED":
        raise errors.RESET_REQUIRED()
    check_status(attempt)


def _unknown(attempt: Attempt, username: str) -> Exception:
    if not attempt.client.hides_existence:
        return errors.USER_NOT_FOUND()
    pre_authentication(attempt, username, None)
    return errors.INCORRECT()
