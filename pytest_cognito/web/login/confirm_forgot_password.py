"""``/confirmForgotPassword``: the page on which users set a new password with the code that they were sent."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import password_reset
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import accounts, fields
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Field, Form, Page, Text
from pytest_cognito.web.visit import STATE_COOKIE, Visit

CHALLENGE = "FORGOT_PASSWORD"
PATH = "/confirmForgotPassword"
_CODE, _PASSWORD, _AGAIN = "code", "password", "confirmPassword"


def _show(visit: Visit) -> Response:
    said = flash.take(visit.context)
    hidden = accounts.asked_for_code(visit, CHALLENGE, said)
    if hidden is None:
        return accounts.attempt_expired(visit)
    form = Form(
        visit.link(PATH),
        Button(texts.CHANGE_PASSWORD, name="reset_password"),
        accounts.with_errors(_fields(visit), said),
        name="confirmforgotpasswordform",
        hidden=hidden,
    )
    page = Page(
        "confirm-forgot-password",
        texts.FORGOT_PASSWORD_TITLE,
        texts.FORGOT_PASSWORD_HEADING,
        _sent(hidden),
        error=accounts.text(said.error),
        notice=accounts.text(said.notice),
        forms=(form,),
        links=(accounts.link_to_sign_in(visit),),
        graphic="password",
    )
    return visit.show(page)


def _fields(visit: Visit) -> tuple[Field, ...]:
    code = Field(_CODE, texts.CODE, id="forgot_password_code", autocomplete="one-time-code", inputmode="numeric")
    return (code, *fields.new_passwords(visit.found.pool.password_policy))


def _sent(hidden: dict[str, str]) -> tuple[Text, ...]:
    if "destination" not in hidden:
        return ()
    sent = texts.RESET_CODE_SENT_BY_SMS if hidden.get("deliveryMedium") == "SMS" else texts.RESET_CODE_SENT
    return (sent(destination=hidden["destination"]),)


def _submit(visit: Visit) -> Response:
    form, hidden, state = visit.context.form, accounts.hidden_of_form(visit), accounts.waiting(visit, CHALLENGE)
    username = hidden.get("username") or (state.username if state else "")
    if not username:
        return accounts.attempt_expired(visit)
    values, password = {**hidden, "username": username}, form.get(_PASSWORD, "")
    if password != form.get(_AGAIN, ""):
        flash.keep(visit.context, Flash(values=values, fields={_AGAIN: texts.PASSWORDS_MUST_MATCH.english}))
        return visit.to(PATH)
    try:
        visit.context.step(
            password_reset.confirm_forgot_password,
            visit.found,
            username,
            form.get(_CODE, ""),
            password,
            visit.context_data,
        )
    except AWSError as error:
        return accounts.refused(visit, PATH, error, values, (_CODE, _PASSWORD))
    visit.context.set_cookie(Cookie.deleted(STATE_COOKIE))
    flash.keep(visit.context, Flash(notice=texts.PASSWORD_CHANGED.english))
    return visit.to("/login")


show = accounts.local(_show)
submit = accounts.local(_submit)
