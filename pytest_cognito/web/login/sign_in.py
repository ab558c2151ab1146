"""``/login``: the first page of a sign-in, with the name and the password, and the identity providers."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import SignInOptions, authorization, signing_in
from pytest_cognito.http.messages import Response, form
from pytest_cognito.web import flash
from pytest_cognito.web.context import redirect
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import fields
from pytest_cognito.web.login.waiting import refused
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Field, Form, Link, Page, ProviderButton, Text
from pytest_cognito.web.visit import Visit, note_error, visited

DOMAIN_SEARCH = "/login/oidc_saml"
"""Where the e-mail address is posted to whose domain finds an identity provider. AWS's own path is not known."""
_HEADINGS: dict[tuple[str, ...], Text] = {
    ("email",): texts.SIGN_IN_WITH_EMAIL_HEADING,
    ("phone_number",): texts.SIGN_IN_WITH_PHONE_HEADING,
}
_OF_PROVIDER = ("identity_provider", "idp_identifier")


def _show(visit: Visit) -> Response:
    if "login" not in visit.request.prompt:
        try:
            location = visit.context.step(
                authorization.continue_session, visit.found, visit.request, visit.session_token
            )
        except AWSError as error:
            return visit.to_application(error)
        if location is not None:
            return redirect(location)
    return visit.show(_page(visit, _options(visit)))


def _options(visit: Visit) -> SignInOptions:
    return visit.context.step(signing_in.sign_in_options, visit.found)


def _asks_name_first(visit: Visit, options: SignInOptions) -> bool:
    return options.choice and visit.has_managed_login


def _page(visit: Visit, options: SignInOptions) -> Page:
    said = flash.take(visit.context)
    forms = (_form(visit, options, said),) if options.local else ()
    if options.by_domain:
        forms = (*forms, _search_form(visit))
    heading = _HEADINGS.get(options.names, texts.SIGN_IN_HEADING)
    if visit.has_managed_login or not options.local:
        heading = texts.SIGN_IN
    return Page(
        "sign-in",
        texts.SIGN_IN_TITLE,
        heading,
        (texts.SIGN_IN_TO_ACCOUNT,) if visit.has_managed_login else (),
        error=Text(said.error) if said.error else None,
        notice=Text(said.notice) if said.notice else None,
        forms=forms,
        providers=tuple(
            ProviderButton(name, kind, _authorize(visit, identity_provider=name)) for name, kind in options.providers
        ),
    )


def _form(visit: Visit, options: SignInOptions, said: Flash) -> Form:
    """The form for users of the pool itself."""
    name_first, managed = _asks_name_first(visit, options), visit.has_managed_login
    hint = visit.request.login_hint if managed else None
    username = fields.username(options.names, said.values.get("username") or hint or "", managed=managed)
    links: tuple[Link, ...] = ()
    if options.recovery and not name_first:
        links = (Link(texts.FORGOT_PASSWORD, visit.link("/forgotPassword")),)
    if options.sign_up:
        label, lead = (texts.CREATE_ACCOUNT, texts.NEW_USER) if managed else (texts.SIGN_UP, texts.NEED_ACCOUNT)
        links = (*links, Link(label, visit.link("/signup"), lead))
    return Form(
        visit.link("/login"),
        Button(texts.NEXT if name_first else texts.SIGN_IN, "signInSubmitButton"),
        (username,) if name_first else (username, fields.password()),
        name="cognitoSignInForm",
        links=links,
    )


def _search_form(visit: Visit) -> Form:
    field = Field(
        "email", texts.ENTER_CORPORATE_EMAIL, "email", placeholder=texts.EMAIL_PLACEHOLDER, autocomplete="email"
    )
    return Form(visit.link(DOMAIN_SEARCH), Button(texts.CONTINUE), (field,), name="loginWithIdentityProvider")


def _authorize(visit: Visit, **provider: str) -> str:
    """The address that leads to an identity provider, for the same authorization request."""
    others = [(name, value) for name, value in form(visit.context.request.query) if name not in _OF_PROVIDER]
    return f"/oauth2/authorize?{urlencode([*provider.items(), *others], quote_via=quote)}"


def _submit(visit: Visit) -> Response:
    context, options = visit.context, _options(visit)
    username, password = context.form.get("username", ""), context.form.get("password")
    try:
        if password is None and _asks_name_first(visit, options):
            step = context.step(
                signing_in.begin_sign_in_with_name, visit.found, visit.request, username, visit.context_data
            )
        else:
            step = context.step(
                authorization.begin_sign_in,
                visit.found,
                visit.request,
                "USER_PASSWORD_AUTH",
                {"USERNAME": username, "PASSWORD": password or ""},
                visit.context_data,
            )
    except AWSError as error:
        return refused(visit, error, {"username": username}, "/login")
    return visit.after(step)


def _find_provider(visit: Visit) -> Response:
    context = visit.context
    try:
        identifier = context.step(signing_in.identifier_of_email, visit.found, context.form.get("email", ""))
    except AWSError as error:
        note_error(context, error)
        flash.keep(context, Flash(error=error.message))
        return visit.to("/login")
    path, _, query = _authorize(visit, idp_identifier=identifier).partition("?")
    return redirect(context.url(path, query))


show = visited(_show)
submit = visited(_submit)
find_provider = visited(_find_provider)
