"""SignUp: from the request to a user, and to the code that is sent to him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...world import Context
from .. import errors, lookup
from ..records import AppClient, User, UserPool
from ..rules import attributes as rules
from ..rules import client_settings, delivery, names, passwords
from ..tables import USERS
from ..triggers import engine, events
from . import accounts, codes, confirmation, messages

_FLAGS = {"autoVerifyEmail": "email", "autoVerifyPhone": "phone_number"}
_OTP = {"EMAIL_OTP": "email", "SMS_OTP": "phone_number"}


@dataclass(frozen=True, slots=True)
class Request:
    """What SignUp was asked for."""

    username: str
    password: str | None
    attributes: Mapping[str, str]
    validation_data: Mapping[str, str]
    metadata: Mapping[str, str]


def register(context: Context, pool: UserPool, client: AppClient, request: Request) -> User:
    """Check a request as AWS does, run PreSignUp, make the user, run PostConfirmation if it is confirmed at once."""
    attributes = _checked(context, pool, client, request)
    sub = context.pins.get("sub") or accounts.draw_sub(context)
    flags = _ask_pre_sign_up(context, pool, client, request, sub, attributes)
    confirmed = flags.get("autoConfirmUser") is True
    # Others may have signed up while the function ran.
    _check_free(context, pool, request, attributes)
    user = accounts.make(
        context,
        pool,
        request.username,
        sub,
        _verified(attributes, flags),
        status="CONFIRMED" if confirmed else "UNCONFIRMED",
        password=request.password,
    )
    user = accounts.add(context, pool, user, force_alias=True)
    if confirmed:
        confirmation.tell(context, pool, client, user, "ConfirmSignUp", request.metadata)
    return context.table(USERS).get((pool.id, user.key)) or user


def send_code(
    context: Context, pool: UserPool, client: AppClient, user: User, request: Request
) -> dict[str, str] | None:
    """Send the code that SignUp sends, if it sends one; gives its delivery details."""
    attribute = delivery.to_verify(pool, user)
    if attribute is None:
        return None
    return send(context, pool, client, user, "SignUp", attribute, request.metadata)


def send(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    source: str,
    attribute: str,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a new sign-up code to an attribute."""
    code = codes.issue(context, user, "SignUp", attribute)
    return messages.send(context, pool, user, client, source, attribute, code=code.value, client_metadata=metadata)


def _checked(context: Context, pool: UserPool, client: AppClient, request: Request) -> dict[str, str]:
    if pool.admin_only_sign_up:
        raise errors.SIGN_UP_OFF()
    names.check(pool, request.username)
    if "preferred_username" in pool.aliases and request.attributes.get("preferred_username"):
        raise errors.PREFERRED_USERNAME_AT_SIGN_UP()
    rules.check_permission(request.attributes, client_settings.writable(client, pool))
    given = accounts.with_username_attribute(pool, request.username, request.attributes)
    attributes = rules.conform(pool, given, by_admin=False)
    rules.check_required(pool, attributes)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_AT_SIGN_UP)
    elif not _passwordless(pool, client, attributes):
        raise errors.PASSWORD_MISSING()
    _check_free(context, pool, request, attributes)
    return attributes


def _passwordless(pool: UserPool, client: AppClient, attributes: Mapping[str, str]) -> bool:
    """Whether a user may do without a password: there is a one-time code that he can sign in with instead."""
    return "ALLOW_USER_AUTH" in client_settings.allowed_flows(client) and any(
        factor in pool.first_factors and attributes.get(attribute) and attribute in pool.auto_verified
        for factor, attribute in _OTP.items()
    )


def _check_free(context: Context, pool: UserPool, request: Request, attributes: Mapping[str, str]) -> None:
    """Raise if somebody has the user name, or one of the attributes that take its place."""
    named = names.attribute_of(pool, request.username)
    for attribute in pool.username_attributes:
        value = attributes.get(attribute)
        if value and lookup.find_user(context, pool, value):
            raise errors.USER_EXISTS() if attribute == named == "email" else errors.ACCOUNT_EXISTS(attribute=attribute)
    if named is None and lookup.find_user(context, pool, request.username):
        raise errors.USER_EXISTS()


def _verified(attributes: Mapping[str, str], flags: Mapping[str, bool]) -> dict[str, str]:
    """The attributes with what PreSignUp says of address and phone number: one that is not verified says so."""
    verified = dict(attributes)
    for flag, attribute in _FLAGS.items():
        if attributes.get(attribute):
            verified[f"{attribute}_verified"] = "true" if flags.get(flag) else "false"
        elif flags.get(flag):
            raise errors.AUTO_VERIFY_WITHOUT_VALUE(attribute=attribute)
    return verified


def _ask_pre_sign_up(
    context: Context,
    pool: UserPool,
    client: AppClient,
    request: Request,
    sub: str,
    attributes: Mapping[str, str],
) -> dict[str, Any]:
    event = events.pre_sign_up(attributes, request.validation_data, request.metadata)
    username = sub if pool.username_attributes else names.shown(pool, request.username)
    response = engine.run(context, pool, "PreSignUp", "SignUp", username=username, client_id=client.id, request=event)
    flags = {flag: value for flag, value in (response or {}).items() if value is not None}
    if any(not isinstance(flags.get(flag, False), bool) for flag in ("autoConfirmUser", *_FLAGS)):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return flags
