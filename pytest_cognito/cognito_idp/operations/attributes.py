"""Operations on user attributes: updating, deleting and verifying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.flows.users import accounts, attribute_verification, limits
from pytest_cognito.cognito_idp.records import AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.users import attribute_changes, attribute_rules, names
from pytest_cognito.cognito_idp.rules.users.attribute_changes import Change
from pytest_cognito.cognito_idp.rules.users.attribute_rules import VERIFIABLE
from pytest_cognito.world import Context

_DESCRIPTION = {"email": "email address", "phone_number": "phone number"}


@operation
def update_user_attributes(
    context: Context,
    *,
    user_attributes: list[dict[str, str]],
    access_token: str,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Update attributes of the user of an access token that the app client may write.

    New e-mail addresses and phone numbers get a verification code if the pool verifies them automatically.
    """
    holder = access.token_holder(context, access_token)
    new_values = attribute_rules.as_dict(user_attributes)
    attribute_rules.check_permission(new_values, client_settings.writable(holder.client, holder.pool))
    change = attribute_changes.update(holder.pool, holder.user, new_values, by_admin=False)
    user = _save(context, holder.pool, holder.user, change, new_values, by_admin=False)
    sent = _send(context, holder.pool, holder.client, user, change=change, metadata=client_metadata)
    return {"CodeDeliveryDetailsList": sent}


@operation
def admin_update_user_attributes(
    context: Context,
    *,
    user_pool_id: str,
    username: str,
    user_attributes: list[dict[str, str]],
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Update attributes of a user. No code is sent for an attribute that the request sets as verified."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    new_values = attribute_rules.as_dict(user_attributes)
    change = attribute_changes.update(pool, user, new_values, by_admin=True)
    user = _save(context, pool, user, change, new_values, by_admin=True)
    _send(context, pool, None, user, change=change, metadata=client_metadata)
    return {}


@operation
def delete_user_attributes(context: Context, *, user_attribute_names: list[str], access_token: str) -> Response:
    """Delete attributes of the user of an access token that the app client may write."""
    holder = access.token_holder(context, access_token)
    attribute_rules.check_permission(user_attribute_names, client_settings.writable(holder.client, holder.pool))
    change = attribute_changes.delete(holder.pool, holder.user, user_attribute_names, by_admin=False)
    _save(context, holder.pool, holder.user, change, user_attribute_names, by_admin=False)
    return {}


@operation
def admin_delete_user_attributes(
    context: Context, *, user_pool_id: str, username: str, user_attribute_names: list[str]
) -> Response:
    """Delete attributes of a user."""
    pool = lookup.pool(context, user_pool_id)
    user = lookup.user(context, pool, username)
    change = attribute_changes.delete(pool, user, user_attribute_names, by_admin=True)
    _save(context, pool, user, change, user_attribute_names, by_admin=True)
    return {}


@operation
def get_user_attribute_verification_code(
    context: Context,
    *,
    access_token: str,
    attribute_name: str,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Send a verification code to the e-mail address or phone number of the user of an access token.

    The attribute may be verified already. If it has a pending value, the code is sent to that.
    """
    holder = access.token_holder(context, access_token)
    _check_verifiable(attribute_name)
    limits.count_call(context, holder.user, "GetUserAttributeVerificationCode")
    pending = attribute_verification.pending_value(context, holder.user, attribute_name)
    if pending is None and not holder.user.attributes.get(attribute_name):
        raise errors.NOTHING_TO_VERIFY(what=_DESCRIPTION[attribute_name])
    details = attribute_verification.send(
        context,
        holder.pool,
        holder.client,
        holder.user,
        source="VerifyUserAttribute",
        attribute=attribute_name,
        pending=pending,
        metadata=client_metadata,
    )
    return {"CodeDeliveryDetails": details}


@operation
def verify_user_attribute(context: Context, *, access_token: str, attribute_name: str, code: str) -> Response:
    """Verify an attribute with the code that was sent to it. A pending value takes effect."""
    holder = access.token_holder(context, access_token)
    _check_verifiable(attribute_name)
    limits.count_call(context, holder.user, "VerifyUserAttribute")
    attribute_verification.verify(context, holder.pool, holder.user, attribute_name, code)
    return {}


def _check_verifiable(attribute: str) -> None:
    if attribute not in VERIFIABLE:
        raise errors.NOT_VERIFIABLE()


def _save(
    context: Context, pool: UserPool, user: User, change: Change, names_in_request: Iterable[str], *, by_admin: bool
) -> User:
    """Store the user with the changed attributes.

    An e-mail address or phone number that an administrator sets as verified moves as an alias from another user who has
    it. Other values that identify another user, current or pending, raise AliasExistsException: those of username
    attributes and of ``preferred_username``.
    """
    final = {**change.attributes, **change.pending}
    with_final = replace(user, attributes=final)
    with_final = replace(with_final, names=names.names_of(pool, with_final))
    for attribute in accounts.taken_attributes(context, pool, with_final):
        if attribute in pool.username_attributes or attribute not in VERIFIABLE:
            raise errors.ALIAS_EXISTS(attribute=attribute)
    attribute_verification.delete_outdated_codes(context, user, final, set(names_in_request))
    return accounts.save(context, pool, replace(user, attributes=change.attributes), force_alias=by_admin)


def _send(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    *,
    change: Change,
    metadata: Mapping[str, str] | None,
) -> list[dict[str, str]]:
    """Send the verification codes for new values and return their ``CodeDeliveryDetails``."""
    return [
        attribute_verification.send(
            context,
            pool,
            client,
            user,
            source="UpdateUserAttribute",
            attribute=attribute,
            pending=change.pending.get(attribute),
            metadata=metadata,
        )
        for attribute in change.to_verify
    ]
