"""``/login/password``: the password of a user who has entered the name before. AWS's own path is not known."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_idp import signing_in
from pytest_cognito.http.messages import Response
from pytest_cognito.web import challenge_pages
from pytest_cognito.web.login import accounts, choose, fields
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Form, Link, Page, Text

_PATH = "/login/password"
_ROLES = (choose.ROLE, "PASSWORD")


def _show(at: WaitingVisit) -> Response:
    if not _has_password(at):
        return at.visit.to(challenge_pages.path_of(at.state))
    said = at.said()
    recovery = at.visit.context.step(signing_in.sign_in_options, at.visit.found).recovery
    forgot = Link(texts.FORGOT_PASSWORD, at.visit.link("/forgotPassword"))
    forms = (
        Form(
            at.visit.link(_PATH),
            Button(texts.CONTINUE, "signInSubmitButton"),
            (fields.password(),),
            links=(forgot,) if recovery else (),
        ),
    )
    page = Page(
        "password",
        texts.SIGN_IN_TITLE,
        texts.ENTER_PASSWORD,
        (texts.SIGN_IN_AS(username=at.state.username),),
        error=Text(said.error) if said.error else None,
        forms=(*forms, *_other_ways(at)),
        links=(accounts.link_to_sign_in(at.visit),) if _is_only_way(at) else (),
        graphic="password",
    )
    return at.visit.show(page)


def _is_only_way(at: WaitingVisit) -> bool:
    """Whether the user has no other first factor."""
    return len(challenge_pages.factors_to_choose(at.state)) < 2


def _other_ways(at: WaitingVisit) -> tuple[Form, ...]:
    """The button that leads to the choice, if there is another factor."""
    if _is_only_way(at):
        return ()
    query = dict(at.visit.context.query)
    return (Form("/selectChallenge", Button(texts.TRY_OTHER_METHOD), method="get", hidden=query),)


def _submit(at: WaitingVisit) -> Response:
    if not _has_password(at):
        return at.visit.to(challenge_pages.path_of(at.state))
    password = at.visit.context.form.get("password", "")
    at = replace(at, page=_PATH)
    if at.state.session is None:
        return at.answer({"PASSWORD": password})
    return at.answer({"ANSWER": "PASSWORD", "PASSWORD": password})


def _has_password(at: WaitingVisit) -> bool:
    return at.state.session is None or "PASSWORD" in at.state.available


show = waiting(_show, *_ROLES)
submit = waiting(_submit, *_ROLES)
