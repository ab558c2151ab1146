"""The stored passwords of users."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import USERS, User, UserPool
from pytest_cognito.cognito_idp.rules.users import passwords
from pytest_cognito.world import Context


def matches(user: User, password: str) -> bool:
    """Whether this is the user's password; of an imported user only the hash may be known yet."""
    if user.password_hash is not None:
        return _fits(user.password_hash, password)
    return user.password == password


def adopt(context: Context, user: User, password: str) -> User:
    """The user with the password that they have proven in place of an imported hash: from now on SRP is possible.

    While writes are paused, the hash stays, and the sign-in goes on.
    """
    if user.password_hash is None or context.table(USERS).is_locked(user):
        return user
    user = replace(user, password=password, password_hash=None)
    context.table(USERS).put(user)
    return user


def store(
    context: Context,
    pool: UserPool,
    user: User,
    password: str,
    policy_error: ErrorText,
    *,
    status: str,
    set_at: dt.datetime | None = None,
) -> User:
    """Set the password and the status of a user; raise if the password policy or the password history forbids it.

    ``policy_error`` is the operation's error for the policy. ``set_at`` is the current time for a temporary password.
    """
    passwords.check(pool, password, policy_error)
    history = pool.password_policy.get("PasswordHistorySize") or 0
    used = (*user.old_passwords, *((user.password,) if user.password is not None else ()))
    # A hash is of the first password that a user has had.
    hashed = (user.password_hash or user.old_hash) if len(used) < history else None
    if (history and password in used[-history:]) or (hashed is not None and _fits(hashed, password)):
        raise errors.PASSWORD_USED_BEFORE()
    user = replace(
        user,
        password=password,
        password_hash=None,
        password_set=set_at,
        old_passwords=used[-history:] if history else (),
        old_hash=hashed,
        status=status,
        modified=context.now(),
    )
    context.table(USERS).put(user)
    return user


def _fits(password_hash: str, password: str) -> bool:
    from pytest_cognito.cognito_idp.rules.users import password_hashes  # few users were imported

    return password_hashes.matches(password_hash, password)
