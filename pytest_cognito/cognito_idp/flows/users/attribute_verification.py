"""The verification of e-mail addresses and phone numbers, current or pending."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.messages import codes, sending
from pytest_cognito.cognito_idp.flows.users import accounts
from pytest_cognito.cognito_idp.records import CODES, AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.users import attribute_changes
from pytest_cognito.cognito_idp.rules.users.attribute_rules import VERIFIABLE
from pytest_cognito.world import Context


def send(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    *,
    source: str,
    attribute: str,
    pending: str | None,
    metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a verification code and return its ``CodeDeliveryDetails``.

    It is sent to the ``pending`` value of the attribute, or to the current one if this is ``None``.
    """
    code = codes.issue(context, user, codes.VERIFY[attribute], attribute, pending=pending)
    if pending is not None:
        user = replace(user, attributes={**user.attributes, attribute: pending, f"{attribute}_verified": "false"})
    return sending.send(context, pool, user, client, source, attribute, code=code.value, client_metadata=metadata)


def pending_value(context: Context, user: User, attribute: str) -> str | None:
    """The value of an attribute that takes effect when it is verified. It stays after its code has expired."""
    code = context.table(CODES).get((user.pool_id, user.key, codes.VERIFY[attribute]))
    return code.address if code and code.pending else None


def delete_outdated_codes(context: Context, user: User, new_values: Mapping[str, str], names: Collection[str]) -> None:
    """Delete the verification codes of attributes that were sent to another value than the new one.

    ``names`` are the attributes that the request sets or deletes.
    """
    for attribute in VERIFIABLE:
        sent_to = pending_value(context, user, attribute) or user.attributes.get(attribute)
        if attribute in names and sent_to != new_values.get(attribute):
            context.table(CODES).delete((user.pool_id, user.key, codes.VERIFY[attribute]))


def verify(context: Context, pool: UserPool, user: User, attribute: str, entered_code: str) -> None:
    """Verify an attribute with a code. A pending value becomes the value of the attribute.

    Raises ExpiredCodeException if the code was sent to another value than the user has by now, AliasExistsException if
    the value is an alias of another user.
    """
    code = codes.redeem(context, user, codes.VERIFY[attribute], entered_code)
    attributes = {**user.attributes, attribute: code.address} if code.pending else user.attributes
    if attributes.get(attribute) != code.address:
        raise errors.CODE_EXPIRED()
    accounts.save(
        context, pool, replace(user, attributes=attribute_changes.verified(attributes, attribute, code.address))
    )
