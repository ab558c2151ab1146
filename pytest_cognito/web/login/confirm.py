"""``/confirm``: the page on which users enter the code of their sign-up. Then they are signed in."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import PageState, signing_up
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.login import accounts, sign_up
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Field, Form, Page, Text
from pytest_cognito.web.visit import Visit

CHALLENGE = "CONFIRM_SIGN_UP"
_LINK_SENT = Text("We have sent a link by email to {destination}. Click the link, then continue here.")
_CODE = "code"


def _show(visit: Visit) -> Response:
    said = flash.take(visit.context)
    hidden, state = accounts.asked_for_code(visit, CHALLENGE, said), accounts.waiting(visit, CHALLENGE)
    if hidden is None:
        return accounts.attempt_expired(visit)
    by_link = state is not None and "link" in state.parameters
    code = Field(
        _CODE, texts.VERIFICATION_CODE, id="verification_code", autocomplete="one-time-code", inputmode="numeric"
    )
    form = Form(
        visit.link("/confirm"),
        Button(texts.CONTINUE if by_link else texts.CONFIRM_ACCOUNT, name="confirm"),
        () if by_link else accounts.with_errors((code,), said),
        hidden=hidden,
    )
    resend = Form(visit.link("/resendcode"), Button(texts.SEND_NEW_CODE), hidden=hidden)
    page = Page(
        "confirm",
        texts.CONFIRM_TITLE,
        texts.CONFIRM_HEADING,
        _sent(hidden, by_link=by_link),
        error=accounts.text(said.error),
        notice=_notice(said.notice, hidden),
        forms=(form, resend),
        links=(accounts.link_to_sign_in(visit),),
        graphic="sms" if hidden.get("deliveryMedium") == "SMS" else "email",
    )
    return visit.show(page)


def _notice(said: str, hidden: dict[str, str]) -> Text | None:
    if said == texts.NEW_CODE_SENT.english:
        return texts.NEW_CODE_SENT(destination=hidden.get("destination", ""))
    return accounts.text(said)


def _sent(hidden: dict[str, str], *, by_link: bool) -> tuple[Text, ...]:
    """Where the code, or the link, was sent to, if that is known."""
    if "destination" not in hidden:
        return ()
    sent = texts.CODE_SENT_BY_SMS if hidden.get("deliveryMedium") == "SMS" else texts.CODE_SENT
    return ((_LINK_SENT if by_link else sent)(destination=hidden["destination"]),)


def _submit(visit: Visit) -> Response:
    hidden, state = accounts.hidden_of_form(visit), accounts.waiting(visit, CHALLENGE)
    username = hidden.get("username") or (state.username if state else "")
    if not username:
        return accounts.attempt_expired(visit)
    own = state if state is not None and state.username == username else None
    if own is not None and "link" in own.parameters and not visit.context.form.get(_CODE):
        return _after_link(visit, own)
    code, data = visit.context.form.get(_CODE, ""), visit.context_data
    try:
        visit.context.step(signing_up.confirm_sign_up, visit.found, username, code, data)
    except AWSError as error:
        return accounts.refused(visit, "/confirm", error, {**hidden, "username": username}, (_CODE,))
    return sign_up.to_sign_in(visit) if own is None else sign_up.sign_in(visit, own)


def _after_link(visit: Visit, state: PageState) -> Response:
    """Go on with a user who says that they have followed the link."""
    try:
        visit.context.step(signing_up.check_confirmed, visit.found, state)
    except AWSError as error:
        return accounts.refused(visit, "/confirm", error, {})
    return sign_up.sign_in(visit, state)


show = accounts.local(_show)
submit = accounts.local(_submit)
