"""SignUp: creating the user, and sending the confirmation code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.messages import codes, sending
from pytest_cognito.cognito_idp.flows.threats.activity import Activity
from pytest_cognito.cognito_idp.flows.users import accounts, confirmation
from pytest_cognito.cognito_idp.records import USERS, AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.cognito_idp.rules.messages import delivery
from pytest_cognito.cognito_idp.rules.threats import responses
from pytest_cognito.cognito_idp.rules.users import attribute_rules, names, passwords, pre_sign_up
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context


class Request(NamedTuple):
    """The parameters of a SignUp request."""

    username: str
    password: str | None
    attributes: Mapping[str, str]
    validation_data: Mapping[str, str]
    metadata: Mapping[str, str]


def register(context: Context, pool: UserPool, client: AppClient, request: Request, activity: Activity) -> User:
    """Validate a request, run PreSignUp and create the user; run PostConfirmation if PreSignUp confirms the user.

    ``activity`` is the sign-up as threat protection watches it.
    """
    attributes = _validated(context, pool, client, request, activity)
    sub = context.pins.get("sub") or accounts.draw_sub(context)
    flags = _run_pre_sign_up(context, pool, client, request, sub, attributes)
    confirmed = flags.get(pre_sign_up.CONFIRM) is True
    # Other users may have signed up while the function ran.
    _check_free(context, pool, request, attributes)
    user = accounts.new_user(
        context,
        pool,
        request.username,
        sub,
        pre_sign_up.with_flags(attributes, flags),
        status="CONFIRMED" if confirmed else "UNCONFIRMED",
        password=request.password,
    )
    user = accounts.add(context, pool, user, force_alias=True)
    if confirmed:
        confirmation.run_post_confirmation(context, pool, client, user, "ConfirmSignUp", request.metadata)
    return context.table(USERS).get((pool.id, user.key)) or user


def send_first_code(
    context: Context, pool: UserPool, client: AppClient, user: User, request: Request
) -> dict[str, str] | None:
    """Send the confirmation code of SignUp and return its ``CodeDeliveryDetails``; ``None`` if no code is sent.

    A user whom PostConfirmation has deleted gets none.
    """
    attribute = delivery.sign_up_code_attribute(pool, user)
    if attribute is None or not lookup.still_there(context, user):
        return None
    return send_code(context, pool, client, user, "SignUp", attribute, request.metadata)


def send_code(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    source: str,
    attribute: str,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a new confirmation code to an attribute and return its ``CodeDeliveryDetails``."""
    code = codes.issue(context, user, "SignUp", attribute)
    return sending.send(context, pool, user, client, source, attribute, code=code.value, client_metadata=metadata)


def _validated(
    context: Context, pool: UserPool, client: AppClient, request: Request, activity: Activity
) -> dict[str, str]:
    if pool.admin_only_sign_up:
        raise errors.SIGN_UP_OFF()
    names.check(pool, request.username)
    if "preferred_username" in pool.aliases and request.attributes.get("preferred_username"):
        raise errors.PREFERRED_USERNAME_AT_SIGN_UP()
    attribute_rules.check_permission(request.attributes, client_settings.writable(client, pool))
    complete = accounts.with_username_attribute(pool, request.username, request.attributes)
    attributes = attribute_rules.validate(pool, complete, by_admin=False)
    attribute_rules.check_required(pool, attributes)
    if request.password is not None:
        passwords.check(pool, request.password, errors.PASSWORD_AT_SIGN_UP)
        activity.check_new_password(request.password, responses.SIGN_UP)
    elif not _passwordless(pool, client, attributes):
        raise errors.PASSWORD_MISSING()
    _check_free(context, pool, request, attributes)
    return attributes


def _passwordless(pool: UserPool, client: AppClient, attributes: Mapping[str, str]) -> bool:
    """Whether a user can sign up without a password, because they can sign in with a one-time code."""
    return "ALLOW_USER_AUTH" in client_settings.allowed_flows(client) and any(
        factor in pool.first_factors and attributes.get(attribute) and attribute in pool.auto_verified
        for factor, attribute in first_factors.ATTRIBUTE.items()
    )


def _check_free(context: Context, pool: UserPool, request: Request, attributes: Mapping[str, str]) -> None:
    """Raise if another user has the user name or the value of a username attribute."""
    entered = names.username_attribute(pool, request.username)
    for attribute in pool.username_attributes:
        value = attributes.get(attribute)
        if value and lookup.find_user(context, pool, value):
            raise (
                errors.USER_EXISTS() if attribute == entered == "email" else errors.ACCOUNT_EXISTS(attribute=attribute)
            )
    if entered is None and lookup.find_user(context, pool, request.username):
        raise errors.USER_EXISTS()


def _run_pre_sign_up(
    context: Context,
    pool: UserPool,
    client: AppClient,
    request: Request,
    sub: str,
    attributes: Mapping[str, str],
) -> dict[str, bool]:
    event = events.pre_sign_up(attributes, request.validation_data, request.metadata)
    username = sub if pool.username_attributes else pool.fold(request.username)
    response = engine.run(context, pool, "PreSignUp", "SignUp", username=username, client_id=client.id, request=event)
    return pre_sign_up.flags(response)
