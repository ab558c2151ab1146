"""The UserMigration trigger, which imports a user who does not exist in the pool from another directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.messages import sending
from pytest_cognito.cognito_idp.flows.users import accounts
from pytest_cognito.cognito_idp.records import USERS, AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.messages.delivery import MEDIUM
from pytest_cognito.cognito_idp.rules.users import attribute_rules, names
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context

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
    """Migrate a user at sign-in, with user name and password; ``None`` if the trigger returns no user."""
    request = events.user_migration(password, validation_data, None)
    return _migrate(context, pool, client, "Authentication", username, password, request)


def at_forgotten_password(
    context: Context, pool: UserPool, client: AppClient, username: str, metadata: Mapping[str, str] | None
) -> User | None:
    """Migrate a user at ForgotPassword, by the user name alone; ``None`` if the trigger returns no user."""
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
    if pool.is_replica:  # where nobody new comes to be
        return None
    response = engine.run(
        context, pool, "UserMigration", source, username=username, client_id=client.id, request=request
    )
    if response is None or not response.get("userAttributes"):
        return None
    invocation = context.call.invocations[-1]
    try:
        user = _create(context, pool, username, password, _validated(response))
    except AWSError as invalid:
        paused = invalid.kind is errors.RECOVERY_ACTIVE
        if not paused:
            invocation.error = invalid
        if client.hides_existence:
            return None
        if paused:
            raise
        raise errors.MIGRATION_INVALID(client_id=client.id) from invalid
    # The migrated user stays even if the sign-in fails.
    context.commit()
    if response.get("messageAction") != "SUPPRESS":
        _invite(context, pool, user, response.get(_MEDIUMS) or ["SMS"])
    return context.table(USERS).get((pool.id, user.key)) or user


def _validated(response: Mapping[str, Any]) -> Mapping[str, Any]:
    """The response without empty attributes; raise if a member has the wrong type."""
    attributes = response["userAttributes"]
    if not isinstance(attributes, dict):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    present = {name: value for name, value in attributes.items() if value is not None}
    if not all(isinstance(response.get(name), kind | None) for name, kind in _TYPES.items()):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    if not all(isinstance(text, str) for text in (*present.values(), *(response.get(_MEDIUMS) or ()))):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return {**response, "userAttributes": present}


def _create(context: Context, pool: UserPool, entered: str, password: str | None, response: Mapping[str, Any]) -> User:
    """Create the migrated user.

    ``entered`` is the user name or alias in the request. The password is not checked with the pool's policy. Unless
    ``finalUserStatus`` is CONFIRMED, the user must reset it.
    """
    attributes = dict(response["userAttributes"])
    name = _username(pool, entered, attributes)
    # The user may have been created while the function ran.
    if lookup.find_user(context, pool, entered) or lookup.find_user(context, pool, name):
        raise errors.USER_ACCOUNT_EXISTS()
    attributes = attribute_rules.validate(pool, accounts.with_username_attribute(pool, name, attributes), by_admin=True)
    attribute_rules.check_required(pool, attributes)
    attribute_rules.check_verified_have_values(attributes)
    confirmed = response.get("finalUserStatus") == "CONFIRMED"
    user = accounts.new_user(
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


def _username(pool: UserPool, entered: str, attributes: dict[str, str]) -> str:
    """Remove ``username`` from the attributes in the response and return it, by default what the user has entered.

    It may differ from that only if the user has entered an alias.
    """
    username = attributes.pop("username", entered)
    attribute = names.username_attribute(pool, entered)
    returned = {username, attributes.get(attribute, entered) if attribute else entered}
    if any(pool.fold(name) != pool.fold(entered) for name in returned) and (
        pool.username_attributes or not pool.aliases
    ):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    names.check(pool, username)
    return username


def _invite(context: Context, pool: UserPool, user: User, mediums: list[str]) -> None:
    """Send an invitation, unless the user must reset the password."""
    attributes = [name for name in attribute_rules.VERIFIABLE if MEDIUM[name] in mediums and user.attributes.get(name)]
    if user.password is not None and attributes:
        sending.invite(context, pool, user, attributes, {})
