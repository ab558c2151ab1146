"""``/mfa``: the code of a second factor, from a message or an authenticator app."""

from __future__ import annotations

from pytest_cognito.cognito_idp import signing_in
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import choose, fields
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Form, Page, Text

_SMS, _EMAIL, _TOTP = "SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"
_DESTINATION = "CODE_DELIVERY_DESTINATION"
_RESEND = {_SMS: "/mfa/phone/resendCode", _EMAIL: "/mfa/email/resendCode"}
"""Where another code is asked for in managed login. That for e-mail follows the other: AWS's own is not known."""


def _show(at: WaitingVisit) -> Response:
    said, role = at.said(), at.state.role
    form = Form(at.visit.link("/mfa"), Button(texts.SIGN_IN, id="signInButton"), (fields.code(),))
    heading, text, graphic = _about(at)
    page = Page(
        "mfa",
        texts.MFA_TITLE,
        heading,
        (text,),
        error=Text(said.error) if said.error else None,
        notice=texts.NEW_CODE_SENT(destination=said.notice) if said.notice and role in _RESEND else None,
        forms=(form, *_resend(at), *choose.other_ways(at)),
        graphic=graphic,
    )
    return at.visit.show(page)


def _about(at: WaitingVisit) -> tuple[Text, Text, str]:
    """The heading, the text and the picture of the page."""
    sent_to = at.state.parameters.get(_DESTINATION, "")
    if at.state.role == _SMS:
        return texts.MFA_SMS_HEADING, texts.MFA_CODE_SENT_BY_SMS(destination=sent_to), "sms"
    if at.state.role == _EMAIL:
        return texts.MFA_EMAIL_HEADING, texts.MFA_CODE_SENT(destination=sent_to), "email"
    return texts.MFA_TOTP_HEADING, texts.MFA_TOTP_TEXT, "auth-app"


def _resend(at: WaitingVisit) -> tuple[Form, ...]:
    """The button that sends another code, which the classic hosted UI does not have."""
    path = _RESEND.get(at.state.role)
    return (Form(at.visit.link(path), Button(texts.SEND_NEW_CODE)),) if path and at.visit.has_managed_login else ()


def _submit(at: WaitingVisit) -> Response:
    code = at.visit.context.form.get("authentication_code", "").strip()
    return at.answer({f"{at.state.challenge}_CODE": code})


def _send_again(at: WaitingVisit) -> Response:
    visit = at.visit
    flash.keep(visit.context, Flash(notice=at.state.parameters[_DESTINATION]))
    return at.go_on(signing_in.ask_again, visit.found, visit.request, at.state, visit.context_data)


show = waiting(_show, _SMS, _EMAIL, _TOTP)
submit = waiting(_submit, _SMS, _EMAIL, _TOTP)
send_again = waiting(_send_again, _SMS, _EMAIL)
