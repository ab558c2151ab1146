"""``/login``: the sign-in page."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Button, Field, Form, Link, Page, Text
from pytest_cognito.web.visit import Visit, note_error, visited

_ERRORS = "Incorrect username or password."


def _show(visit: Visit) -> Response:
    context, said = visit.context, flash.take(visit.context)
    username = said.values.get("username") or visit.request.login_hint or ""
    form = Form(
        context.path("/login"),
        Button(Text("Sign in"), "signInSubmitButton"),
        (
            Field("username", Text("Username"), id="signInFormUsername", value=username, autocomplete="username"),
            Field("password", Text("Password"), "password", "signInFormPassword", autocomplete="current-password"),
        ),
        name="cognitoSignInForm",
        links=(Link(Text("Forgot your password?"), context.path("/forgotPassword")),),
    )
    page = Page(
        "sign-in",
        Text("Sign in"),
        Text("Sign in with your username and password"),
        error=Text(said.error) if said.error else None,
        notice=Text(said.notice) if said.notice else None,
        forms=(form,),
        links=(Link(Text("Sign up"), context.path("/signup"), Text("Need an account?")),),
    )
    return render(context, page)


def _submit(visit: Visit) -> Response:
    context = visit.context
    username, password = context.form.get("username", ""), context.form.get("password", "")
    try:
        step = context.step(
            cognito_idp.begin_sign_in,
            visit.found,
            visit.request,
            "USER_PASSWORD_AUTH",
            {"USERNAME": username, "PASSWORD": password},
            {},
        )
    except AWSError as error:
        note_error(context, error)
        flash.keep(context, Flash(error=error.message, values={"username": username}))
        return visit.to("/login")
    return visit.after(step)


show = visited(_show)
submit = visited(_submit)
