"""``/selectChallenge`` and ``/verifyCode``: the first factor that the user chooses, and the code of one."""

from __future__ import annotations

from pytest_cognito.cognito_idp import signing_in
from pytest_cognito.http.messages import Response
from pytest_cognito.web import challenge_pages
from pytest_cognito.web.login import accounts, fields
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Choice, Form, Page, Text

ROLE = "SELECT_CHALLENGE"
_CODES = ("FIRST_EMAIL_OTP", "FIRST_SMS_OTP")
_LABELS = {
    "WEB_AUTHN": texts.CHOICE_PASSKEY,
    "PASSWORD": texts.CHOICE_PASSWORD,
    "EMAIL_OTP": texts.CHOICE_EMAIL_CODE,
    "SMS_OTP": texts.CHOICE_SMS_CODE,
}
"""The first factors, in the order in which they are shown."""


def _show(at: WaitingVisit) -> Response:
    said, there = at.said(), challenge_pages.factors_to_choose(at.state)
    choices = tuple(
        Choice("answer", name, label, checked=name == next(one for one in _LABELS if one in there))
        for name, label in _LABELS.items()
        if name in there
    )
    page = Page(
        "choose",
        texts.CHOOSE_TITLE,
        texts.CHOOSE_HEADING,
        error=Text(said.error) if said.error else None,
        forms=(Form(at.visit.link("/selectChallenge"), Button(texts.CONTINUE), choices=choices),),
        links=(accounts.link_to_sign_in(at.visit),),
    )
    return at.visit.show(page)


def _submit(at: WaitingVisit) -> Response:
    answer = at.visit.context.form.get("answer", "")
    if answer == "PASSWORD" and answer in at.state.available:
        return at.visit.to("/login/password")
    return at.answer({"ANSWER": answer})


def _show_code(at: WaitingVisit) -> Response:
    said, sms = at.said(), at.state.challenge == "SMS_OTP"
    sent = texts.MFA_CODE_SENT_BY_SMS if sms else texts.MFA_CODE_SENT
    form = Form(at.visit.link("/verifyCode"), Button(texts.SIGN_IN, id="signInButton"), (fields.code(),))
    page = Page(
        "verify-code",
        texts.MFA_TITLE,
        texts.MFA_SMS_HEADING if sms else texts.MFA_EMAIL_HEADING,
        (sent(destination=at.state.parameters["CODE_DELIVERY_DESTINATION"]),),
        error=Text(said.error) if said.error else None,
        forms=(form, *other_ways(at)),
        graphic="sms" if sms else "email",
    )
    return at.visit.show(page)


def _submit_code(at: WaitingVisit) -> Response:
    code = at.visit.context.form.get("authentication_code", "").strip()
    return at.answer({f"{at.state.challenge}_CODE": code})


def _back(at: WaitingVisit) -> Response:
    """``/mfa/back``: to the choice that has led to the challenge, if one has, or else to the first page."""
    if not at.state.chosen:
        return at.visit.to("/login")
    visit = at.visit
    return at.go_on(signing_in.ask_again, visit.found, visit.request, at.state, visit.context_data, choice=True)


def other_ways(at: WaitingVisit) -> tuple[Form, ...]:
    """The button that leads back to the choice, if the user has chosen the challenge."""
    return (Form(at.visit.link("/mfa/back"), Button(texts.TRY_OTHER_METHOD)),) if at.state.chosen else ()


show = waiting(_show, ROLE)
submit = waiting(_submit, ROLE)
show_code = waiting(_show_code, *_CODES)
submit_code = waiting(_submit_code, *_CODES)
back = waiting(_back, *_CODES, "WEB_AUTHN", "SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA")
