"""A user changes attributes and verifies them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import User
from tests.support import user_attributes
from tests.support.app import App
from tests.support.settings import VERIFY

OLD, NEW, PHONE_NUMBER = "alice@example.com", "new@example.com", "+15550001234"
NEW_DETAILS = {"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
WAITING: dict[str, Any] = {
    **VERIFY,
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email", "phone_number"]},
}
"""A new value counts once it is verified."""


def email_of(app: App) -> tuple[str, str]:
    """The e-mail address of the first user, and whether it is verified."""
    attributes = user_of(app).attributes
    return attributes["email"], attributes["email_verified"]


def user_of(app: App) -> User:
    """The first user of a pool, whatever Cognito calls them."""
    return app.pool.users[0]


def token_of(app: App) -> str:
    return user_of(app).tokens().access_token


def update(app: App, **attributes: str) -> list[dict[str, str]]:
    """UpdateUserAttributes: where codes were sent."""
    return user_attributes.update(app, user_of(app), attributes)


def admin_update(app: App, **attributes: str) -> None:
    """AdminUpdateUserAttributes."""
    user_attributes.admin_update(app, user_of(app), attributes)


def request_code(app: App, attribute: str = "email", **more: Any) -> dict[str, str]:
    """GetUserAttributeVerificationCode: where the code was sent."""
    call = {"AccessToken": token_of(app), "AttributeName": attribute, **more}
    details: dict[str, str] = app.call("get_user_attribute_verification_code", **call)["CodeDeliveryDetails"]
    return details


def verify(app: App, code: str, attribute: str = "email") -> None:
    """VerifyUserAttribute."""
    assert app.call("verify_user_attribute", AccessToken=token_of(app), AttributeName=attribute, Code=code) == {}


Change = Callable[..., object]
BOTH = pytest.mark.parametrize("change", [update, admin_update], ids=["user", "admin"])
