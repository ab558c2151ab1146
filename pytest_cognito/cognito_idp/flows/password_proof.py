"""The first factor of the password flows: is this the user, may he come in, is this his password?"""

from __future__ import annotations

from .. import errors, lookup
from ..records import User
from ..triggers import engine, events
from . import lockout, migration, stored_passwords
from .attempt import Attempt


def begin(attempt: Attempt) -> None:
    """USER_PASSWORD_AUTH and its siblings: everything in one request, in AWS's order."""
    context, pool = attempt.context, attempt.pool
    username, password = attempt.parameters["USERNAME"], attempt.parameters["PASSWORD"]
    user = lookup.find_user(context, pool, username)
    if user is None:
        _migrate(attempt, username, password)
        return
    right = stored_passwords.matches(user, password)
    if not user.enabled:
        raise errors.INCORRECT() if attempt.client.hides_existence and not right else errors.USER_DISABLED()
    lockout.check(context, user)
    pre_authentication(attempt, user.username, user)
    user = lookup.find_user(context, pool, username)
    if user is None:
        raise _unknown(attempt, username)
    attempt.found = user
    right = stored_passwords.matches(user, password)
    if user.status == "RESET_REQUIRED" and (right or not attempt.client.hides_existence):
        raise errors.RESET_REQUIRED()
    if not right:
        lockout.failed(context, user)
        raise errors.INCORRECT()
    check_status(attempt)


def check_status(attempt: Attempt) -> None:
    """What is asked once the password was right: is the user confirmed, is a temporary password still good?"""
    user = attempt.user
    if user.status == "UNCONFIRMED":
        raise errors.NOT_CONFIRMED()
    if user.status != "FORCE_CHANGE_PASSWORD" or user.password_set is None:
        return
    if attempt.context.now() >= user.password_set + attempt.pool.temporary_password_validity:
        raise errors.TEMPORARY_PASSWORD_EXPIRED()


def pre_authentication(attempt: Attempt, username: str, user: User | None) -> None:
    """Run PreAuthentication, which refuses the sign-in by failing."""
    engine.run(
        attempt.context,
        attempt.pool,
        "PreAuthentication",
        "Authentication",
        username=username,
        client_id=attempt.client.id,
        request=events.pre_authentication(user, attempt.given_metadata, hides_existence=attempt.client.hides_existence),
    )


def _migrate(attempt: Attempt, username: str, password: str) -> None:
    """Take over a user whom only the UserMigration trigger knows; PreAuthentication does not run for him this time."""
    user = migration.at_sign_in(
        attempt.context, attempt.pool, attempt.client, username, password, attempt.given_metadata
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
