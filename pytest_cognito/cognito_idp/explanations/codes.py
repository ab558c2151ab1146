"""Explanations of errors about confirmation and verification codes."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations import users
from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import CODES, Code
from pytest_cognito.kernel.text import plain

_SIGN_UP = "SignUp"
_RESET = "ForgotPassword"
_BY_OPERATION = {"ConfirmSignUp": _SIGN_UP, "ConfirmForgotPassword": _RESET}


def codes(details: CallDetails) -> Iterator[str]:
    """The code for this operation that was sent to the user, and its expiry; or that there is no such user."""
    yield from users.hidden_absence(details)
    attribute = details.parameter("AttributeName")
    purpose = f"VerifyUserAttribute {attribute}" if attribute else _BY_OPERATION.get(details.call.operation)
    yield from _codes_of_user(details, purpose)


def sign_up_code(details: CallDetails) -> Iterator[str]:
    """The confirmation code of SignUp."""
    yield from _codes_of_user(details, _SIGN_UP)


def reset_code(details: CallDetails) -> Iterator[str]:
    """The password reset code."""
    yield from _codes_of_user(details, _RESET)


def _codes_of_user(details: CallDetails, purpose: str | None) -> Iterator[str]:
    user = details.user
    if user is None:
        return
    sent = [code for code in details.table(CODES) if (code.pool_id, code.user) == (user.pool_id, user.key)]
    matching = [code for code in sent if purpose in (None, code.purpose)]
    for code in matching:
        yield _described(details, code)
    if not matching:
        yield f"no {f'{purpose} ' if purpose else ''}code waits for {plain(user.username)}"


def _described(details: CallDetails, code: Code) -> str:
    sent = f"the {code.purpose} code sent to the {code.attribute} is {code.value}, {details.until(code.expires)}"
    bound = code.client_id is not None and details.client_id not in (None, code.client_id)
    return f"{sent}; it is good at client {code.client_id}, which asked for it" if bound else sent
