"""AdminCreateUser: creating a user with a temporary password, and sending the invitation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.messages import sending
from pytest_cognito.cognito_idp.flows.users import accounts
from pytest_cognito.cognito_idp.records import USERS, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.cognito_idp.rules.messages.delivery import MEDIUM
from pytest_cognito.cognito_idp.rules.users import attribute_rules, names, passwords
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context


class Request(NamedTuple):
    """The parameters of an AdminCreateUser request.

    ``silent`` is MessageAction ``SUPPRESS``, ``mediums`` are the DesiredDeliveryMediums.
    """

    username: str
    attributes: Mapping[str, str]
    validation_data: Mapping[str, str]
    password: str | None
    force_alias: bool
    silent: bool
    mediums: tuple[str, ...]
    metadata: Mapping[str, str]


def create(context: Context, pool: UserPool, existing: User | None, request: Request) -> User:
    """Create the user and send the invitation. ``existing`` is the user who has the user name already, if any."""
    names.check(pool, request.username)
    complete = accounts.with_username_attribute(pool, request.username, request.attributes)
    attributes = attribute_rules.validate(pool, complete, by_admin=True)
    attribute_rules.check_verified_have_values(attributes)
    _check_destination(attributes, request)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_BY_ADMIN)
    elif _passwordless(pool):
        attribute_rules.check_required(pool, attributes)
        _check_one_time_code(pool, attributes)
    if existing is not None:
        raise errors.USER_ACCOUNT_EXISTS()
    sub = context.pins.get("sub") or accounts.draw_sub(context)
    _run_pre_sign_up(context, pool, request, sub, attributes)
    user = _new_user(context, pool, request, sub, attributes)
    # Another user may have got the user name while the trigger ran.
    if context.table(USERS).get((pool.id, user.key)) or _username_attribute_taken(context, pool, user):
        raise errors.USER_ACCOUNT_EXISTS()
    user = accounts.add(context, pool, user, force_alias=request.force_alias)
    if not request.silent:
        _invite(context, pool, user, request)
    return user


def resend(context: Context, pool: UserPool, existing: User | None, request: Request) -> User:
    """Send the invitation again, with a new temporary password whose validity begins now."""
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


def _new_user(context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]) -> User:
    if request.password is None and _passwordless(pool):
        return accounts.new_user(context, pool, request.username, sub, attributes, status="CONFIRMED", password=None)
    password = request.password or passwords.draw(pool, context.world.ids)
    return accounts.new_user(
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
    """Whether the pool allows sign-in with one-time codes: then AWS generates no password."""
    return not first_factors.ATTRIBUTE.keys().isdisjoint(pool.first_factors)


def _username_attribute_taken(context: Context, pool: UserPool, user: User) -> bool:
    return any(name in pool.username_attributes for name in accounts.taken_attributes(context, pool, user))


def _run_pre_sign_up(
    context: Context, pool: UserPool, request: Request, sub: str, attributes: Mapping[str, str]
) -> None:
    """Run PreSignUp. AWS ignores its response for AdminCreateUser."""
    event = events.pre_sign_up(attributes, request.validation_data, request.metadata)
    username = sub if pool.username_attributes else pool.fold(request.username)
    engine.run(context, pool, "PreSignUp", "AdminCreateUser", username=username, client_id=None, request=event)


def _invite(context: Context, pool: UserPool, user: User, request: Request) -> None:
    """Send the invitation by each desired medium for which the user has a destination.

    The default is SMS: without DesiredDeliveryMediums a user without a phone number gets no message. As on AWS, the
    user exists even if sending fails.
    """
    context.commit()
    attributes = [name for name in _destinations(request.mediums or ("SMS",)) if user.attributes.get(name)]
    if attributes:
        sending.invite(context, pool, user, attributes, request.metadata)


def _destinations(mediums: tuple[str, ...]) -> list[str]:
    return [attribute for attribute in attribute_rules.VERIFIABLE if MEDIUM[attribute] in mediums]


def _check_destination(attributes: Mapping[str, str], request: Request) -> None:
    """Raise if an e-mail is desired and the user has no address, or only an SMS and they have no phone number."""
    if request.silent:
        return
    if "EMAIL" in request.mediums and not attributes.get("email"):
        raise errors.INVITATION_WITHOUT_EMAIL()
    if request.mediums == ("SMS",) and not attributes.get("phone_number"):
        raise errors.INVITATION_WITHOUT_PHONE()


def _check_one_time_code(pool: UserPool, attributes: Mapping[str, str]) -> None:
    """Raise if a user without a password has no attribute for one-time codes."""
    possible = [first_factors.ATTRIBUTE[factor] for factor in pool.first_factors if factor in first_factors.ATTRIBUTE]
    if not any(attributes.get(name) for name in possible):
        raise errors.ONE_TIME_CODE_WITHOUT_DESTINATION(attribute=possible[0])
