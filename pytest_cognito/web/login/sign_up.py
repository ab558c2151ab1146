"""``/signup``: the page on which users register themselves."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import Finished, PageState, Step, signing_up
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import accounts, fields
from pytest_cognito.web.login.field_errors import attribute_field
from pytest_cognito.web.rendering import languages, texts
from pytest_cognito.web.rendering.page import Button, Field, Form, Link, Page
from pytest_cognito.web.rendering.password_rules import rules_of
from pytest_cognito.web.visit import STATE_COOKIE, Visit

_USERNAME, _PASSWORD = "username", "password"


def _show(visit: Visit) -> Response:
    said = flash.take(visit.context)
    form = Form(
        visit.link("/signup"),
        Button(texts.SIGN_UP, name="signUpButton"),
        accounts.with_errors(_fields(visit, said), said),
        name="signupform",
        links=(accounts.link_to_sign_in(visit, texts.SIGN_IN, texts.HAVE_ACCOUNT),),
    )
    page = Page(
        "sign-up",
        texts.SIGN_UP_TITLE,
        texts.SIGN_UP_HEADING,
        error=accounts.text(said.error),
        notice=accounts.text(said.notice),
        forms=(form,),
        terms=_terms(visit),
    )
    return visit.show(page)


def _submit(visit: Visit) -> Response:
    entered, shown = _entered(visit), _fields(visit, Flash())
    blank = {field.name for field in shown if field.required and not visit.context.form.get(field.name)}
    if blank and not (blank == {_name_field(visit)} and entered.username):
        flash.keep(
            visit.context, Flash(values=_again(visit), fields=dict.fromkeys(blank, texts.FIELD_REQUIRED.english))
        )
        return visit.to("/signup")
    try:
        signed_up = visit.context.step(signing_up.sign_up, visit.found, entered, visit.context_data)
    except AWSError as error:
        return _refused(visit, error, *(field.name for field in shown))
    if signed_up.confirmed:
        return sign_in(visit, signed_up.state)
    if accounts.DESTINATION in signed_up.state.parameters:
        return visit.after(signed_up.state)
    try:  # nothing was sent: an administrator is to confirm them
        visit.context.step(signing_up.check_confirmed, visit.found, signed_up.state)
    except AWSError as error:
        return _refused(visit, error)
    return sign_in(visit, signed_up.state)


def sign_in(visit: Visit, state: PageState) -> Response:
    """Sign in a user whose account is confirmed, if they have signed up in this browser; else ask them to sign in."""
    visit.context.set_cookie(Cookie.deleted(STATE_COOKIE))
    try:
        step = visit.context.step(signing_up.sign_in_signed_up, visit.found, visit.request, state, visit.context_data)
    except AWSError as error:
        return accounts.refused(visit, "/login", error, {"username": state.username})
    return to_sign_in(visit) if step is None else _after(visit, step)


def to_sign_in(visit: Visit) -> Response:
    """The redirect of a user whose account is confirmed to the sign-in page."""
    flash.keep(visit.context, Flash(notice=texts.REGISTRATION_CONFIRMED.english))
    return visit.to("/login")


def _after(visit: Visit, step: Step) -> Response:
    """The next page. Managed login offers a passkey to users who have just signed up."""
    response = visit.after(step)
    if isinstance(step, Finished) and visit.has_managed_login and signing_up.offers_passkey(visit.found):
        return visit.to("/passkeys/add")
    return response


def _name_field(visit: Visit) -> str:
    """The field for what users sign in with: that of the attribute, where one is the user name."""
    attributes = visit.found.pool.username_attributes
    return attribute_field(attributes[0]) if len(attributes) == 1 else _USERNAME


def _fields(visit: Visit, said: Flash) -> tuple[Field, ...]:
    pool = visit.found.pool
    shown = [
        fields.required_attribute(name, said.values.get(attribute_field(name), ""))
        for name in signing_up.sign_up_attributes(pool)
    ]
    if _name_field(visit) == _USERNAME:
        name = fields.username(pool.username_attributes, said.values.get(_USERNAME, ""), managed=False)
        shown.insert(0, replace(name, id=""))
    password = Field(
        _PASSWORD,
        texts.PASSWORD,
        "password",
        required=signing_up.needs_password(visit.found),
        autocomplete="new-password",
        rules=rules_of(pool.password_policy),
    )
    return (*shown, password)


def _entered(visit: Visit) -> signing_up.SignUp:
    """What the user has entered. Forms that are posted by programs may have the user name in a field of its own."""
    form, names = visit.context.form, signing_up.sign_up_attributes(visit.found.pool)
    attributes = {name: form[attribute_field(name)] for name in names if form.get(attribute_field(name))}
    username = form.get(_USERNAME) or form.get(_name_field(visit), "")
    return signing_up.SignUp(username, form.get(_PASSWORD, ""), attributes)


def _again(visit: Visit) -> dict[str, str]:
    """The values that the page shows again: not the password."""
    form = visit.context.form
    shown = (field.name for field in _fields(visit, Flash()) if field.name != _PASSWORD)
    return {name: form[name] for name in shown if form.get(name)}


def _refused(visit: Visit, error: AWSError, *fields: str) -> Response:
    return accounts.refused(visit, "/signup", error, _again(visit), fields)


def _terms(visit: Visit) -> tuple[Link, ...]:
    """The links to the terms documents, which managed login has."""
    context = visit.context
    if not visit.has_managed_login:
        return ()
    found = cognito_idp.terms_links(context.world, visit.found.client.id, languages.language_of(context))
    return () if found is None else (Link(texts.TERMS_OF_USE, found[0]), Link(texts.PRIVACY_POLICY, found[1]))


show = accounts.local(_show, signing_up.check_open)
submit = accounts.local(_submit, signing_up.check_open)
