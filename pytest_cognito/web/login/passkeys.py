"""``/login/passkey``: sign-in by a passkey. ``/passkeys/add``: a new passkey of a user who is signed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import ClientOfRequest, authorization
from pytest_cognito.http.messages import Response
from pytest_cognito.web import domain_responses, flash
from pytest_cognito.web.context import RequestContext, View, redirect
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import accounts, choose
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.context import has_managed_login
from pytest_cognito.web.rendering.page import Button, Form, Page, Text
from pytest_cognito.web.visit import SESSION_COOKIE, Visit, note_error, show_page, to_error_page, visited

AddView: TypeAlias = Callable[[RequestContext, ClientOfRequest], Response]

_ADD = "/passkeys/add"


def _show(at: WaitingVisit) -> Response:
    said = at.said()
    form = Form(
        at.visit.link("/login/passkey"),
        Button(texts.SIGN_IN_WITH_PASSKEY),
        script="passkey-get",
        data=at.state.parameters["CREDENTIAL_REQUEST_OPTIONS"],
    )
    page = Page(
        "passkey",
        texts.PASSKEY_SIGN_IN_TITLE,
        texts.PASSKEY_SIGN_IN_HEADING,
        (texts.PASSKEY_SIGN_IN_TEXT,),
        error=Text(said.error) if said.error else None,
        forms=(form, *choose.other_ways(at)),
        links=() if at.state.chosen else (accounts.link_to_sign_in(at.visit),),
        graphic="passkey",
    )
    return at.visit.show(page)


def _submit(at: WaitingVisit) -> Response:
    return at.answer({"CREDENTIAL": at.visit.context.form.get("credential", "")})


def _adding(view: AddView) -> View:
    """A view of the page that adds a passkey, of managed login alone. It needs only a client and its address."""

    def run(context: RequestContext) -> Response:
        if not has_managed_login(context):
            return domain_responses.not_found(context)
        try:
            found = context.step(authorization.client_of_request, context.domain, context.query)
        except AWSError as error:
            return to_error_page(context, error)
        context.call.region = found.pool.region
        return view(context, found)

    return run


def _offer(context: RequestContext, found: ClientOfRequest) -> Response:
    try:
        options = context.step(cognito_idp.start_passkey, found, context.cookies.get(SESSION_COOKIE))
    except AWSError as error:
        return to_error_page(context, error)
    if options is None:
        return redirect(context.url("/login"))
    said, target = flash.take(context), f"{_ADD}?{context.request.query}"
    page = Page(
        "add-passkey",
        texts.PASSKEY_ADD_TITLE,
        texts.PASSKEY_ADD_HEADING,
        (texts.PASSKEY_ADD_TEXT,),
        error=Text(said.error) if said.error else None,
        forms=(
            Form(target, Button(texts.ADD_PASSKEY), script="passkey-create", data=json.dumps(options)),
            Form(target, Button(texts.NOT_NOW), hidden={"skip": "true"}),
        ),
        graphic="passkey",
    )
    return show_page(context, page)


def _add(context: RequestContext, found: ClientOfRequest) -> Response:
    if "skip" in context.form:
        return _to_application(context, found)
    token, credential = context.cookies.get(SESSION_COOKIE), context.form.get("credential", "")
    try:
        if not context.step(cognito_idp.complete_passkey, found, token, credential):
            return redirect(context.url("/login"))
    except AWSError as error:
        note_error(context, error)
        flash.keep(context, Flash(error=error.message))
        return redirect(context.url(_ADD))
    return _to_application(context, found)


def _to_application(context: RequestContext, found: ClientOfRequest) -> Response:
    """Back to the application: with what it has asked for by ``response_type``, or else to its address alone."""
    return _answered(context) if "response_type" in context.query else redirect(found.redirect_uri)


def _continue(visit: Visit) -> Response:
    try:
        location = visit.context.step(authorization.continue_session, visit.found, visit.request, visit.session_token)
    except AWSError as error:
        return visit.to_application(error)
    return visit.to("/login") if location is None else redirect(location)


_answered = visited(_continue, errors_to_application=True)
show = waiting(_show, "WEB_AUTHN")
submit = waiting(_submit, "WEB_AUTHN")
offer = _adding(_offer)
add = _adding(_add)
