"""``/mfa/register``: the set-up of a second factor by a user who has none, where the pool requires one."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from pytest_cognito.cognito_idp import signing_in
from pytest_cognito.http.messages import Response
from pytest_cognito.web.login import fields
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Field, Form, Page, Text, TotpSecret

_ROLE = "MFA_SETUP"
_ADDRESSES = {"SMS_MFA": ("phone_number", "/mfa/phone/register"), "EMAIL_OTP": ("email", "/mfa/email/register")}
"""The attribute that codes are sent to, and where it is posted. The path for e-mail is not known to be AWS's."""


def _show(at: WaitingVisit) -> Response:
    said, factors = at.said(), json.loads(at.state.parameters["MFAS_CAN_SETUP"])
    forms = [_address_form(at, *_ADDRESSES[factor]) for factor in factors if factor in _ADDRESSES]
    if at.state.secret:
        forms.insert(0, Form(at.visit.link("/mfa/totp"), Button(texts.CONTINUE), (_code_field(),)))
    heading, text, graphic = _about(at, len(forms), factors[0])
    page = Page(
        "set-up-mfa",
        texts.SET_UP_TITLE,
        heading,
        (text,) if text else (),
        error=Text(said.error) if said.error else None,
        forms=tuple(forms),
        totp=_totp(at),
        graphic=graphic,
    )
    return at.visit.show(page)


def _about(at: WaitingVisit, forms: int, factor: str) -> tuple[Text, Text | None, str]:
    """The heading, the text and the picture: those of the only factor, or of all."""
    if forms > 1:
        return texts.SET_UP_HEADING, texts.SET_UP_TEXT, "auth-app" if at.state.secret else ""
    if factor == "SMS_MFA":
        return texts.SET_UP_SMS_HEADING, texts.SET_UP_SMS_TEXT, "sms"
    if factor == "EMAIL_OTP":
        return texts.SET_UP_EMAIL_HEADING, texts.SET_UP_EMAIL_TEXT, "email"
    return texts.SET_UP_TOTP_HEADING, None, "auth-app"


def _code_field() -> Field:
    return fields.code(texts.ENTER_CODE_FROM_APP)


def _address_form(at: WaitingVisit, attribute: str, path: str) -> Form:
    return Form(at.visit.link(path), Button(texts.SEND_CODE), (fields.address(attribute),))


def _totp(at: WaitingVisit) -> TotpSecret | None:
    """The secret, with the address by which an authenticator app takes it. The pool's name is that of the account."""
    secret, issuer = at.state.secret, at.visit.found.pool.name
    if not secret:
        return None
    label = f"{quote(issuer, safe='')}:{quote(at.state.username, safe='')}"
    return TotpSecret(
        secret, f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
    )


def _verify(at: WaitingVisit) -> Response:
    visit, code = at.visit, at.visit.context.form.get("authentication_code", "").strip()
    return at.go_on(
        signing_in.verify_new_software_token, visit.found, visit.request, at.state, code, visit.context_data
    )


def _register(at: WaitingVisit) -> Response:
    """Take the address of the form: a code is sent there next."""
    given = at.visit.context.form
    return at.answer({name: given[name].strip() for name in ("phone_number", "email") if given.get(name)})


show = waiting(_show, _ROLE)
verify = waiting(_verify, _ROLE)
register = waiting(_register, _ROLE)
