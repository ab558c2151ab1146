"""The UserMigration trigger: a user whom the pool doesn't know is brought along by a function that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...aws.errors import AWSError
from ...world import Context
from .. import errors, lookup
from ..records import AppClient, User, UserPool
from ..rules import attributes as rules
from ..rules import mfa, names
from ..rules.delivery import MEDIUM
from ..tables import USERS
from ..triggers import engine, events
from . import accounts, messages

_MEDIUMS = "desiredDeliveryMediums"
_TYPES = {
    "finalUserStatus": str,
    "messageAction": str,
    _MEDIUMS: list,
    "forceAliasCreation": bool,
    "enableSMSMFA": bool,
}


def at_sign_in(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    password: str,
    validation_data: Mapping[str, str],
) -> User | None:
    """The user that the function knows by name and password, made in the pool; ``None`` if it knows none."""
    request = events.user_migration(password, validation_data, None)
    return _migrate(context, pool, client, "Authentication", username, password, request)


def at_forgotten_password(
    context: Context, pool: UserPool, client: AppClient, username: str, metadata: Mapping[str, str] | None
) -> User | None:
    """The user that the function knows by name, made in the pool, to be sent a code; ``None`` if it knows none."""
    request = events.user_migration(None, None, metadata)
    return _migrate(context, pool, client, "ForgotPassword", username, None, request)


def _migrate(
    context: Context,
    pool: UserPool,
    client: AppClient,
    source: str,
    username: str,
    password: str | None,
    request: Mapping[str, Any],
) -> User | None:
    response = engine.run(
        context, pool, "UserMigration", source, username=username, client_id=client.id, request=request
    )
    if response is None or not response.get("userAttributes"):
        return None
    invocation = context.call.invocations[-1]
    try:
        user = _made(context, pool, username, password, _read(response))
    except AWSError as invalid:
        invocation.error = invalid
        if client.hides_existence:
            return None
        raise errors.MIGRATION_INVALID(client_id=client.id) from invalid
    # What was migrated stays, whatever becomes of the sign-in.
    context.commit()
    if response.get("messageAction") != "SUPPRESS":
        _welcome(context, pool, user, response.get(_MEDIUMS) or ["SMS"])
    return context.table(USERS).get((pool.id, user.key)) or user


def _read(response: Mapping[str, Any]) -> Mapping[str, Any]:
    """The response, if every member has its type. An attribute without a value is one that the user doesn't have."""
    attributes = response["userAttributes"]
    if not isinstance(attributes, dict):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    given = {name: value for name, value in attributes.items() if value is not None}
    if not all(isinstance(response.get(name), kind | None) for name, kind in _TYPES.items()):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    if not all(isinstance(text, str) for text in (*given.values(), *(response.get(_MEDIUMS) or ()))):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return {**response, "userAttributes": given}


def _made(context: Context, pool: UserPool, typed: str, password: str | None, response: Mapping[str, Any]) -> User:
    """The migrated user: with the given password, of which no policy is asked, or to be reset before the first use."""
    given = dict(response["userAttributes"])
    name = _name(pool, typed, given)
    # Somebody may have signed the user up, or migrated him, while the function ran.
    if lookup.find_user(context, pool, typed) or lookup.find_user(context, pool, name):
        raise errors.USER_ACCOUNT_EXISTS()
    attributes = rules.conform(pool, accounts.with_username_attribute(pool, name, given), by_admin=True)
    rules.check_required(pool, attributes)
    rules.check_verified_have_values(attributes)
    confirmed = response.get("finalUserStatus") == "CONFIRMED"
    user = accounts.make(
        context,
        pool,
        name,
        accounts.draw_sub(context),
        attributes,
        status="CONFIRMED" if confirmed else "RESET_REQUIRED",
        password=password if confirmed else None,
    )
    if response.get("enableSMSMFA") and pool.mfa == "OPTIONAL" and attributes.get("phone_number"):
        user = replace(user, mfa=replace(user.mfa, enabled=(mfa.SMS,)))
    return accounts.add(context, pool, user, force_alias=bool(response.get("forceAliasCreation")))


def _name(pool: UserPool, typed: str, given: dict[str, str]) -> str:
    """The user name: what was typed or, where an alias was typed, what the function says."""
    said = given.pop("username", typed)
    attribute = names.attribute_of(pool, typed)
    instead = {said, given.get(attribute, typed) if attribute else typed}
    if any(pool.fold(name) != pool.fold(typed) for name in instead) and (pool.username_attributes or not pool.aliases):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    names.check(pool, said)
    return said


def _welcome(context: Context, pool: UserPool, user: User, mediums: list[str]) -> None:
    """Invite a user who can come in with the password that he has; the others are to reset theirs."""
    reached = [name for name in rules.VERIFIABLE if MEDIUM[name] in mediums and user.attributes.get(name)]
    if user.password is not None and reached:
        messages.invite(context, pool, user, reached, {})
