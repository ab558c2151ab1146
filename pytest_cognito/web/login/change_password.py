"""``/changePassword``: a new password in place of a temporary one, and the required attributes that are missing."""

from __future__ import annotations

import json
from dataclasses import replace

from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import accounts, fields
from pytest_cognito.web.login.waiting import WaitingVisit, waiting
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Button, Form, Page, Text

_ROLE, _PREFIX = "NEW_PASSWORD_REQUIRED", "userAttributes."


def _show(at: WaitingVisit) -> Response:
    said, missing = at.said(), _missing(at)
    attributes = tuple(fields.required_attribute(name, said.values.get(name, "")) for name in missing)
    passwords = fields.new_passwords(at.visit.found.pool.password_policy)
    page = Page(
        "change-password",
        texts.CHANGE_PASSWORD_TITLE,
        texts.CHANGE_PASSWORD_HEADING,
        (texts.MORE_INFORMATION_TEXT if missing else texts.CHANGE_PASSWORD_TEXT,),
        error=Text(said.error) if said.error else None,
        forms=(
            Form(
                at.visit.link("/changePassword"),
                Button(texts.SEND, "reset_password"),
                accounts.with_errors((*passwords, *attributes), said),
            ),
        ),
        graphic="password",
    )
    return at.visit.show(page)


def _missing(at: WaitingVisit) -> list[str]:
    """The required attributes that the user does not have."""
    return [name.removeprefix(_PREFIX) for name in json.loads(at.state.parameters["requiredAttributes"])]


def _submit(at: WaitingVisit) -> Response:
    form = at.visit.context.form
    attributes = {name: form.get(f"requiredAttributes[{name}]", "") for name in _missing(at)}
    password = form.get("password", "")
    if form.get("confirmPassword", password) != password:
        flash.keep(
            at.visit.context, Flash(values=attributes, fields={"confirmPassword": texts.PASSWORDS_MUST_MATCH.english})
        )
        return at.visit.to(at.page)
    given = {f"{_PREFIX}{name}": value for name, value in attributes.items() if value}
    return replace(at, entered=attributes).answer({"NEW_PASSWORD": password, **given})


show = waiting(_show, _ROLE)
submit = waiting(_submit, _ROLE)
