"""The pages for a forgotten password: a code is sent, and with it the user chooses a new password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp.records import PageState
from pytest_cognito.cognito_idp.web import client_calls, page_states
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context


def forgot_password(
    context: Context, found: ClientOfRequest, username: str, context_data: Mapping[str, Any]
) -> PageState:
    """Send a password reset code, as ForgotPassword does, and remember whose code the next page asks for."""
    answer = client_calls.call(context, found, "ForgotPassword", username, context_data)
    sent = page_states.delivery(answer["CodeDeliveryDetails"])
    return page_states.keep(context, found, page_states.FORGOT_PASSWORD, username, sent)


def confirm_forgot_password(
    context: Context,
    found: ClientOfRequest,
    username: str,
    code: str,
    password: str,
    context_data: Mapping[str, Any],
) -> None:
    """Set a new password with the code, as ConfirmForgotPassword does."""
    client_calls.call(
        context,
        found,
        "ConfirmForgotPassword",
        username,
        context_data,
        ConfirmationCode=code,
        Password=password,
    )
