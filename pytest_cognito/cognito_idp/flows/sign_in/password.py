"""The password flows, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and ADMIN_NO_SRP_AUTH, and judging a password."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import identification, protection
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.users import lockout, migration, stored_passwords
from pytest_cognito.cognito_idp.records import Answered
from pytest_cognito.cognito_idp.rules.factors import acr

PROVEN = (Answered("PASSWORD", passed=True, method=acr.PASSWORD),)
"""The history of a sign-in that has begun with a password."""


def begin(attempt: Attempt) -> None:
    """Check user name and password, in the order in which AWS does."""
    username, password = attempt.parameters["USERNAME"], attempt.parameters["PASSWORD"]
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is None:
        if not migrate(attempt, username, password):
            identification.pretend(attempt)
            raise errors.INCORRECT()
    else:
        attempt.found = user
        correct = stored_passwords.matches(user, password)
        _check_not_kept_out(attempt, correct=correct)
        identification.admit(attempt, user)
        if attempt.user is not user:  # PreAuthentication has changed them
            correct = stored_passwords.matches(attempt.user, password)
        judge(attempt, correct=correct)
        attempt.found = stored_passwords.adopt(attempt.context, attempt.user, password)
        protection.check_password(attempt, password)
    attempt.history = PROVEN


def prove(attempt: Attempt, password: str) -> None:
    """Check the password of a user who was found before, in the same order."""
    correct = stored_passwords.matches(attempt.user, password)
    _check_not_kept_out(attempt, correct=correct)
    identification.check_confirmed(attempt.user)
    judge(attempt, correct=correct)
    attempt.found = stored_passwords.adopt(attempt.context, attempt.user, password)
    protection.check_password(attempt, password)


def judge(attempt: Attempt, *, correct: bool) -> None:
    """Judge a password, or the proof that the user knows it, in the order in which AWS does; a wrong one is counted.

    That the password must be reset is told to who knows it. A user who was never given one can't know it: that is told
    unless the app client hides who exists.
    """
    _check_not_kept_out(attempt, correct=correct)
    user = attempt.user
    nobody_knows = not user.has_password and not attempt.client.hides_existence
    if user.status == "RESET_REQUIRED" and (correct or nobody_knows):
        raise errors.RESET_REQUIRED()
    if not correct:
        lockout.count_failure(attempt.context, user)
        raise errors.INCORRECT()
    if user.status != "FORCE_CHANGE_PASSWORD" or user.password_set is None:
        return
    if attempt.context.now() >= user.password_set + attempt.pool.temporary_password_validity:
        raise errors.TEMPORARY_PASSWORD_EXPIRED()


def _check_not_kept_out(attempt: Attempt, *, correct: bool) -> None:
    """Raise if the user is disabled or locked out. Where the client hides who exists, the former needs the password."""
    if not attempt.user.enabled:
        raise errors.INCORRECT() if attempt.client.hides_existence and not correct else errors.USER_DISABLED()
    lockout.check(attempt.context, attempt.user)


def migrate(attempt: Attempt, username: str, password: str) -> bool:
    """Sign in a user who does not exist in the pool yet with the UserMigration trigger, without PreAuthentication.

    Tell whether the trigger knows the user.
    """
    user = migration.at_sign_in(
        attempt.context, attempt.pool, attempt.client, username, password, attempt.client_metadata
    )
    if user is None:
        return False
    attempt.found, attempt.simulated = user, None
    judge(attempt, correct=True)
    protection.check_password(attempt, password)
    return True
