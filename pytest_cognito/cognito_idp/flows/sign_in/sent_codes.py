"""Codes that are sent during a sign-in, as a first factor or a second. A code is valid as long as the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.cognito_idp.flows.messages import sending
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Prompt
from pytest_cognito.cognito_idp.flows.users import accounts
from pytest_cognito.cognito_idp.records import USERS
from pytest_cognito.cognito_idp.rules.users import attribute_changes


class SentCode(NamedTuple):
    """The state of a challenge: the code that was sent, and to which phone number or e-mail address."""

    code: str
    address: str


def send(attempt: Attempt, attribute: str, digits: int) -> Prompt:
    """Send a code to an attribute of the user, and prompt for it."""
    code, address = attempt.context.world.ids.digits(digits), attempt.user.attributes[attribute]
    details = sending.send(
        attempt.context,
        attempt.pool,
        attempt.user,
        attempt.client,
        "Authentication",
        attribute,
        code=code,
        client_metadata=attempt.client_metadata if attempt.answering else None,
    )
    attempt.read_again()
    return Prompt(parameters(details), SentCode(code, address))


def parameters(details: Mapping[str, str]) -> dict[str, str]:
    """The ChallengeParameters about a code with these ``CodeDeliveryDetails``."""
    return {
        "CODE_DELIVERY_DELIVERY_MEDIUM": details["DeliveryMedium"],
        "CODE_DELIVERY_DESTINATION": details["Destination"],
    }


def verify_address(attempt: Attempt, attribute: str, sent: SentCode) -> None:
    """Set an attribute to verified if it still has the address that the code was sent to.

    Where the pool is a replica, or while writes are paused, it stays as it is, and the sign-in goes on.
    """
    user = attempt.user
    if attempt.pool.is_replica or attempt.context.table(USERS).is_locked(user):
        return
    attributes = attribute_changes.verified(user.attributes, attribute, sent.address)
    if attributes != user.attributes:
        attempt.found = accounts.save(attempt.context, attempt.pool, replace(user, attributes=attributes))
