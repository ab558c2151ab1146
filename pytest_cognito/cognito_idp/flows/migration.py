"""The UserMigration trigger: a user whom the pool doesn't know is brought along by a function that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...aws.errors import AWSError
from ...world import Context
from .. import errors, lookup
from ..records import USERS, AppClient, User, UserPool
from ..rules import attributes as rules
from ..rules import mfa, names
from ..rules.delivery import MEDIUM
from ..triggers import engine
from . import accounts, messages


def at_sign_in(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    password: str,
    validation_data: Mapping[str, str],
) -> User | None:
    """The user that the function knows by name and password, made in the pool; ``None`` if it knows none."""
    request = {"password": password, "validationData": dict(validation_data) or None}
    return _migrate(context, pool, client, "Authentication", username, password, request)


def at_forgotten_password(
    context: Context, pool: UserPool, client: AppClient, username: str, metadata: Mapping[str, str] | None
) -> User | None:
    """The user that the function knows by name, made in the pool, to be sent a code; ``None`` if it knows none."""
    request: dict[str, Any] = {"validationData": None}
    if metadata:
        request["clientMetadata"] = dict(metadata)
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
    given = (response or {}).get("userAttributes")
    if response is None or not given:
        return None
    # Somebody may have signed the user up, or migrated it, while the function ran.
    existing = lookup.find_user(context, pool, username)
    return existing or _made(context, pool, client, username, password, dict(given), response)


def _made(
    context: Context,
    pool: UserPool,
    client: AppClient,
    username: str,
    password: str | None,
    given: dict[str, Any],
    response: Mapping[str, Any],
) -> User:
    """The migrated user: with the given password, of which no policy is asked, or to be reset before the first use."""
    try:
        name = _name(pool, username, given)
        attributes = rules.conform(pool, accounts.with_username_attribute(pool, name, given), by_admin=True)
        rules.check_required(pool, attributes)
    except AWSError as invalid:
        raise errors.MIGRATION_INVALID(client_id=client.id) from invalid
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
    user = accounts.save(context, pool, user, force_alias=bool(response.get("forceAliasCreation")))
    if response.get("messageAction") != "SUPPRESS":
        _welcome(context, pool, user, response.get("desiredDeliveryMediums") or ["SMS"])
    return context.table(USERS).get((pool.id, user.key)) or user


def _name(pool: UserPool, typed: str, given: dict[str, Any]) -> str:
    """The user name: what was typed or, where an alias was typed, what the function says."""
    if not all(isinstance(value, str) for value in given.values()):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    said = str(given.pop("username", typed))
    if said != typed and (pool.username_attributes or not pool.aliases):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    names.check(pool, said)
    return said


def _welcome(context: Context, pool: UserPool, user: User, mediums: list[str]) -> None:
    reached = [name for name in rules.VERIFIABLE if MEDIUM[name] in mediums and user.attributes.get(name)]
    if user.password is not None and reached:
        messages.invite(context, pool, user, reached, {})
