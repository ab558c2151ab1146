"""What the pages on accounts share: sign-up, confirmation, a forgotten password."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import ClientOfRequest, PageState, page_states, signing_up
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.context import View
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login.field_errors import placed
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.page import Field, Link, Text
from pytest_cognito.web.visit import STATE_COOKIE, Visit, VisitView, note_error, to_error_page, visited

DESTINATION, MEDIUM = "CODE_DELIVERY_DESTINATION", "CODE_DELIVERY_DELIVERY_MEDIUM"
"""The keys of `PageState.parameters` that say where a code was sent to."""
_HIDDEN = {"destination": DESTINATION, "deliveryMedium": MEDIUM, "sub": "sub"}
"""The hidden fields of a form for a code, and the keys of `PageState.parameters`."""


def local(view: VisitView, check: Callable[[ClientOfRequest], None] = signing_up.check_local) -> View:
    """A view of a page for users of the pool itself; where ``check`` raises, ``/error`` is shown."""

    def run(visit: Visit) -> Response:
        try:
            check(visit.found)
        except AWSError as error:
            return to_error_page(visit.context, error)
        return view(visit)

    return visited(run)


def link_to_sign_in(visit: Visit, label: Text = texts.BACK_TO_SIGN_IN, lead: Text | None = None) -> Link:
    """A link to the sign-in page."""
    return Link(label, visit.link("/login"), lead)


def text(said: str) -> Text | None:
    """What was said by the last request, as a text of a page."""
    return Text(said) if said else None


def refused(
    visit: Visit, path: str, error: AWSError, values: Mapping[str, str], fields: Collection[str] = ()
) -> Response:
    """The redirect to the page of a form that was refused, which shows the error and ``values`` again."""
    note_error(visit.context, error)
    flash.keep(visit.context, placed(error, fields)._replace(values=values))
    return visit.to(path)


def with_errors(fields: tuple[Field, ...], said: Flash) -> tuple[Field, ...]:
    """The fields of a form with what the last request has said about them."""
    return tuple(replace(field, error=text(said.fields.get(field.name, ""))) for field in fields)


def waiting(visit: Visit, challenge: str) -> PageState | None:
    """Whose code this browser is asked for; None if it was not asked for one in the last five minutes."""
    token = visit.context.cookies.get(STATE_COOKIE)
    return visit.context.step(page_states.waiting_for_code, visit.found, token, challenge)


def asked_for_code(visit: Visit, challenge: str, said: Flash) -> dict[str, str] | None:
    """The hidden fields of a form for a code: whose code is asked for, and where it was sent to. None if nobody's is.

    They are those of the state that waits or, after it is over, those of the form that was refused.
    """
    state = waiting(visit, challenge)
    if state is None:
        known = {name: said.values[name] for name in ("username", *_HIDDEN) if name in said.values}
        return known if known.get("username") else None
    given = {field: state.parameters[key] for field, key in _HIDDEN.items() if key in state.parameters}
    return {"username": state.username, **given, **{name: said.values[name] for name in _HIDDEN if name in said.values}}


def hidden_of_form(visit: Visit) -> dict[str, str]:
    """The hidden fields of a form for a code, as they were posted."""
    form = visit.context.form
    return {name: form[name] for name in ("username", *_HIDDEN) if name in form}


def attempt_expired(visit: Visit) -> Response:
    """The redirect to the sign-in page, where an attempt begins anew."""
    flash.keep(visit.context, Flash(error=texts.SOMETHING_WENT_WRONG.english))
    return visit.to("/login")
