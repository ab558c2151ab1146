"""AdminCreateUser: a user with a temporary password, and the invitation that brings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...world import Context
from .. import errors
from ..records import User, UserPool
from ..rules import attributes as rules
from ..rules import names, passwords
from ..rules.delivery import MEDIUM
from ..tables import USERS
from ..triggers import engine, events
from . import accounts, messages

_ONE_TIME_CODES = {"EMAIL_OTP": "email", "SMS_OTP": "phone_number"}


@dataclass(frozen=True, slots=True)
class Request:
    """What AdminCreateUser was asked for."""

    username: str
    attributes: Mapping[str, str]
    validation_data: Mapping[str, str]
    password: str | None
    force_alias: bool
    silent: bool
    mediums: tuple[str, ...]
    metadata: Mapping[str, str]


def first(context: Context, pool: UserPool, existing: User | None, request: Request) -> User:
    """Make the user and invite it."""
    names.check(pool, request.username)
    given = accounts.with_username_attribute(pool, request.username, request.attributes)
    attributes = rules.conform(pool, given, by_admin=True)
    rules.check_verified_have_values(attributes)
    _check_destination(attributes, request)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_BY_ADMIN)
    elif _passwordless(pool):
        rules.check_required(pool, attributes)
        _check_one_time_code(pool, attributes)
    if existing is not None:
        raise errors.USER_ACCOUNT_EXISTS()
    sub = context.pins.get("sub") or accounts.draw_sub(context)
    _ask_pre_sign_up(context, pool, request, sub, attributes)
    user = _user(context, pool, request, sub, attributes)
    # The trigger may have taken its time: somebody else may have the name by now.
    if context.table(USERS).get((pool.id, user.key)) or _username_attribute_taken(context, pool, user):
        raise errors.USER_ACCOUNT_EXISTS()
    user = accounts.add(context, pool, user, force_alias=request.force_alias)
    if not request.silent:
        _invite(context, pool, user, request)
    return user


def again(context: Context, pool: UserPool, existing: User | None, request: Request) -> User:
    """Send the invitation once more, with another temporary password whose validity begins anew."""
    if existing is None:
        raise errors.USER_NOT_FOUND()
    if existing.status != "FORCE_CHANGE_PASSWORD":
        raise errors.RESEND_IMPOSSIBLE(username=existing.username)
    _check_destination(existing.attributes, request)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_BY_ADMIN)
    password = request.password or passwords.draw(pool, context.world.ids)
    now = context.now()
    user = replace(existing, password=password, password_set=now, modified=now)
    context.table(USERS).put(user)
    _invite(context, pool, user, request)
    return user


def _user(context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]) -> User:
    if request.password is None and _passwordless(pool):
        return accounts.make(context, pool, request.username, sub, attributes, status="CONFIRMED", password=None)
    password = request.password or passwords.draw(pool, context.world.ids)
    return accounts.make(
        context,
        pool,
        request.username,
        sub,
        attributes,
        status="FORCE_CHANGE_PASSWORD",
        password=password,
        temporary=True,
    )


def _passwordless(pool: UserPool) -> bool:
    """Whether users sign in with one-time codes here: then AWS makes up no password."""
    return not _ONE_TIME_CODES.keys().isdisjoint(pool.first_factors)


def _username_attribute_taken(context: Context, pool: UserPool, user: User) -> bool:
    return any(name in pool.username_attributes for name in accounts.taken_names(context, pool, user))


def _ask_pre_sign_up(
    context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]
) -> None:
    """Run PreSignUp. Its response changes nothing here: AWS ignores autoConfirm and autoVerify for this operation."""
    event = events.pre_sign_up(attributes, request.validation_data, request.metadata)
    username = sub if pool.username_attributes else names.shown(pool, request.username)
    engine.run(context, pool, "PreSignUp", "AdminCreateUser", username=username, client_id=None, request=event)


def _invite(context: Context, pool: UserPool, user: User, request: Request) -> None:
    """Send the invitation by each medium that was asked for and has a destination.

    Where none was asked for, it is SMS, and a user without a phone number gets nothing. The user stays, as on AWS, even
    if the invitation cannot be sent.
    """
    context.commit()
    attributes = [name for name in _destinations(request.mediums or ("SMS",)) if user.attributes.get(name)]
    if attributes:
        messages.invite(context, pool, user, attributes, request.metadata)


def _destinations(mediums: tuple[str, ...]) -> list[str]:
    return [attribute for attribute in rules.VERIFIABLE if MEDIUM[attribute] in mediums]


def _check_destination(attributes: Mapping[str, str], request: Request) -> None:
    """Raise if mediums were asked for and none of them has a destination."""
    wanted = _destinations(request.mediums)
    if wanted and not request.silent and not any(attributes.get(name) for name in wanted):
        raise errors.INVITATION_WITHOUT_DESTINATION(attribute=wanted[0])


def _check_one_time_code(pool: UserPool, attributes: Mapping[str, str]) -> None:
    """Raise if a user without a password has nothing that a one-time code could go to."""
    wanted = [_ONE_TIME_CODES[factor] for factor in pool.first_factors if factor in _ONE_TIME_CODES]
    if not any(attributes.get(name) for name in wanted):
        raise errors.ONE_TIME_CODE_WITHOUT_DESTINATION(attribute=wanted[0])
