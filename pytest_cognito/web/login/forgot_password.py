"""``/forgotPassword``: the page on which users ask for a code to set a new password."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import password_reset
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.login import accounts, fields
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Form, Page
from pytest_cognito.web.visit import Visit

_USERNAME = "username"
_TEXTS = {"email": texts.FORGOT_PASSWORD_BY_EMAIL_TEXT, "phone_number": texts.FORGOT_PASSWORD_BY_PHONE_TEXT}


def _show(visit: Visit) -> Response:
    said, pool = flash.take(visit.context), visit.found.pool
    hint = visit.request.login_hint if visit.has_managed_login else None
    entered = said.values.get(_USERNAME) or hint or ""
    name = fields.username(pool.username_attributes, entered, managed=visit.has_managed_login)
    form = Form(
        visit.link("/forgotPassword"),
        Button(texts.RESET_MY_PASSWORD, name="reset_my_password"),
        accounts.with_errors((replace(name, id=""),), said),
        name="forgotpasswordform",
    )
    page = Page(
        "forgot-password",
        texts.FORGOT_PASSWORD_TITLE,
        texts.FORGOT_PASSWORD_HEADING,
        (_TEXTS.get("".join(pool.username_attributes), texts.FORGOT_PASSWORD_TEXT),),
        error=accounts.text(said.error),
        notice=accounts.text(said.notice),
        forms=(form,),
        links=(accounts.link_to_sign_in(visit),),
    )
    return visit.show(page)


def _submit(visit: Visit) -> Response:
    username, data = visit.context.form.get(_USERNAME, ""), visit.context_data
    try:
        state = visit.context.step(password_reset.forgot_password, visit.found, username, data)
    except AWSError as error:
        return accounts.refused(visit, "/forgotPassword", error, {_USERNAME: username}, (_USERNAME,))
    return visit.after(state)


show = accounts.local(_show)
submit = accounts.local(_submit)
