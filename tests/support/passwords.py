"""What the tests of passwords share."""

from __future__ import annotations

from typing import Any

from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL
from tests.support.app import NEW_PASSWORD, PASSWORD, Answer, App
from tests.support.codes import last_code
from tests.support.refusals import Refusal

HISTORY: dict[str, Any] = {"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}}
WEAK = [
    ("Aa1!", "Password not long enough"),
    ("PASSW0RD!", "Password must have lowercase characters"),
    ("passw0rd!", "Password must have uppercase characters"),
    ("Password!", "Password must have numeric characters"),
    ("Passw0rd1", "Password must have symbol characters"),
]
"""Passwords that AWS's default policy refuses, and why."""


def weak(prefix: str, reason: str) -> Refusal:
    return Refusal("InvalidPasswordException", f"{prefix}: {reason}")


def bring_to(app: App, status: str) -> None:
    """Put alice into a status."""
    if status == "UNCONFIRMED":
        app.admin("admin_delete_user")
        app.sign_up("alice", EMAIL)
    elif status == "FORCE_CHANGE_PASSWORD":
        app.admin("admin_set_user_password", Password=PASSWORD, Permanent=False)
    elif status == "RESET_REQUIRED":
        app.admin("admin_reset_user_password")
    assert app.status() == status


def reset(app: App, code: str, username: str = "alice", password: str = NEW_PASSWORD, **more: Any) -> Answer:
    """ConfirmForgotPassword."""
    return app.public("confirm_forgot_password", username, ConfirmationCode=code, Password=password, **more)


def code_of(app: App, outbox: Outbox) -> str:
    """The code for a forgotten password of alice."""
    app.public("forgot_password")
    return last_code(outbox)
