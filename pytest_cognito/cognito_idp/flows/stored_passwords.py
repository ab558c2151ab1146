"""The password that a user has: compared with one that is given, replaced by another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ...aws.errors import ErrorText
from ...world import Context
from .. import errors
from ..records import User, UserPool
from ..rules import passwords
from ..tables import USERS


def matches(user: User, password: str) -> bool:
    """Whether this is the user's password."""
    return user.password == password


def store(
    context: Context,
    pool: UserPool,
    user: User,
    password: str,
    refusal: ErrorText,
    *,
    status: str,
    set_at: dt.datetime | None = None,
) -> User:
    """Give a user another password, if policy and history allow it."""
    passwords.check(pool, password, refusal)
    history = pool.password_policy.get("PasswordHistorySize") or 0
    used = (*user.old_passwords, *((user.password,) if user.password is not None else ()))
    if history and password in used[-history:]:
        raise errors.PASSWORD_USED_BEFORE()
    user = replace(
        user,
        password=password,
        password_set=set_at,
        old_passwords=used[-history:] if history else (),
        status=status,
        modified=context.now(),
    )
    context.table(USERS).put(user)
    return user
