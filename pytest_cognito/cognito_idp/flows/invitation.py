"""AdminCreateUser: a user with a temporary password, and the invitation that brings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...world import Context
from .. import errors
from ..records import USERS, User, UserPool
from ..rules import attributes as rules
from ..rules import names, passwords
from ..rules.delivery import MEDIUM
from ..triggers import engine
from . import accounts, messages

_PASSWORDLESS = frozenset({"EMAIL_OTP", "SMS_OTP"})


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
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_BY_ADMIN)
    if existing is not None:
        raise errors.USER_ACCOUNT_EXISTS()
    sub = context.pins.get("sub") or accounts.draw_sub(context)
    _ask_pre_sign_up(context, pool, request, sub, attributes)
    user = _user(context, pool, request, sub, attributes)
    # The trigger may have taken its time: somebody else may have the name by now.
    if context.table(USERS).get((pool.id, user.key)) or _username_attribute_taken(context, pool, user):
        raise errors.USER_ACCOUNT_EXISTS()
    user = accounts.save(context, pool, user, force_alias=request.force_alias)
    if not request.silent:
        _invite(context, pool, user, request)
    return user


def again(context: Context, pool: UserPool, existing: User | None, request: Request) -> User:
    """Send the invitation once more, with another temporary password whose validity begins anew."""
    if existing is None:
        raise errors.USER_NOT_FOUND()
    if existing.status != "FORCE_CHANGE_PASSWORD":
        raise errors.RESEND_IMPOSSIBLE(username=existing.username)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_BY_ADMIN)
    password = request.password or passwords.draw(pool, context.world.ids)
    now = context.now()
    user = replace(existing, password=password, password_set=now, modified=now)
    context.table(USERS).put(user)
    _invite(context, pool, user, request)
    return user


def _user(context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]) -> User:
    if request.password is None and not _PASSWORDLESS.isdisjoint(pool.first_factors):
        rules.check_required(pool, attributes)
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


def _username_attribute_taken(context: Context, pool: UserPool, user: User) -> bool:
    return any(name in pool.username_attributes for name in accounts.taken_names(context, pool, user))


def _ask_pre_sign_up(
    context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]
) -> None:
    """Run PreSignUp. Its response changes nothing here: AWS ignores autoConfirm and autoVerify for this operation."""
    event = {"userAttributes": dict(attributes), "validationData": dict(request.validation_data) or None}
    if request.metadata:
        event["clientMetadata"] = dict(request.metadata)
    username = sub if pool.username_attributes else names.shown(pool, request.username)
    engine.run(context, pool, "PreSignUp", "AdminCreateUser", username=username, client_id=None, request=event)


def _invite(context: Context, pool: UserPool, user: User, request: Request) -> None:
    """Send the invitation by each medium that was asked for and has a destination.

    A user who has none is made all the same and gets nothing, as on AWS.
    """
    if user.password is None:
        return
    for attribute in rules.VERIFIABLE:
        if MEDIUM[attribute] in request.mediums and user.attributes.get(attribute):
            messages.send(
                context,
                pool,
                user,
                None,
                "AdminCreateUser",
                attribute,
                code=user.password,
                client_metadata=request.metadata,
            )
