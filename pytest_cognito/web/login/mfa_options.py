"""``/mfa/options``: which of several second factors the user proves."""

from __future__ import annotations

import json

from pytest_cognito.http.messages import Response
from pytest_cognito.web.login import accounts
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Choice, Form, Page, Text

_ROLE = "SELECT_MFA_TYPE"
_LABELS = {
    "SMS_MFA": texts.CHOICE_SMS_CODE,
    "SOFTWARE_TOKEN_MFA": texts.CHOICE_TOTP,
    "EMAIL_OTP": texts.CHOICE_EMAIL_CODE,
}


def _show(at: WaitingVisit) -> Response:
    said, factors = at.said(), json.loads(at.state.parameters["MFAS_CAN_CHOOSE"])
    choices = tuple(Choice("answer", name, _LABELS[name], checked=name == factors[0]) for name in factors)
    page = Page(
        "mfa-options",
        texts.CHOOSE_TITLE,
        texts.CHOOSE_MFA_HEADING,
        error=Text(said.error) if said.error else None,
        forms=(Form(at.visit.link("/mfa/options"), Button(texts.CONTINUE), choices=choices),),
        links=(accounts.link_to_sign_in(at.visit),),
    )
    return at.visit.show(page)


def _submit(at: WaitingVisit) -> Response:
    return at.answer({"ANSWER": at.visit.context.form.get("answer", "")})


show = waiting(_show, _ROLE)
submit = waiting(_submit, _ROLE)
