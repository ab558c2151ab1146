"""Messages about calls that were not allowed, which only those may read who are allowed to decode them."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class AuthorizationMessage:
    """A message as the caller gets it, ``encoded``, and what it says: JSON."""

    encoded: str
    account: str
    decoded: str


AUTHORIZATION_MESSAGES: Schema[AuthorizationMessage] = Schema(
    "sts/authorization-messages", key=lambda message: message.encoded
)
