"""A visit: the authorization request that a page is about. It is in the query of every page, and checked each time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeAlias
from urllib.parse import urlencode

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import AuthorizationRequest, ClientOfRequest, Finished, Step, authorization
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response, form
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.web import challenge_pages
from pytest_cognito.web.context import RequestContext, View, redirect
from pytest_cognito.web.oauth import client_documents
from pytest_cognito.web.rendering import branding, texts
from pytest_cognito.web.rendering.context import has_managed_login
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page

SESSION_COOKIE = "cognito"
STATE_COOKIE = "page-data"
"""The cookie that finds the sign-in between two pages."""
_OTHER = "invalid_request"
_RESOURCE = "resource"


@dataclass(frozen=True)
class Visit:
    """A request to a page: its context, what it is for (`ClientOfRequest`), and the authorization request."""

    context: RequestContext
    found: ClientOfRequest
    request: AuthorizationRequest

    @property
    def session_token(self) -> str | None:
        """The cookie of the browser's session."""
        return self.context.cookies.get(SESSION_COOKIE)

    @property
    def has_managed_login(self) -> bool:
        """Whether the pages are those of managed login, and not of the classic hosted UI."""
        return has_managed_login(self.context)

    @property
    def context_data(self) -> dict[str, str]:
        """What the page has told of the user's device, for threat protection."""
        encoded = self.context.form.get("cognitoAsfData")
        return {"EncodedData": encoded} if encoded else {}

    def link(self, path: str) -> str:
        """The address on a page of another page for the same authorization request."""
        return f"{path}?{self.context.request.query}"

    def show(self, page: Page) -> Response:
        """The response with a page."""
        return show_page(self.context, page)

    def to(self, path: str) -> Response:
        """A redirect to another page for the same authorization request."""
        return redirect(self.context.url(path))

    def to_application(self, error: AWSError) -> Response:
        """The redirect that tells the application of an error.

        A request for tokens gets what has failed in the sign-in in the fragment, where the tokens would be.
        """
        in_fragment = self.request.response_type == "token" and bool(error.message)
        return redirect_with_error(self.context, self.found.redirect_uri, error, in_fragment=in_fragment)

    def after(self, step: Step) -> Response:
        """The response to a step of a sign-in: the page of the next challenge, or the end of it."""
        if isinstance(step, Finished):
            expires = step.session.expires
            lasts = math.ceil((expires - self.context.world.clock.now()).total_seconds())
            self.context.set_cookie(Cookie(SESSION_COOKIE, step.session.token, expires, max_age=lasts))
            self.context.set_cookie(Cookie.deleted(STATE_COOKIE))
            return redirect(step.location)
        self.context.set_cookie(Cookie(STATE_COOKIE, step.token))
        return self.to(challenge_pages.path_of(step))


UNAVAILABLE = Page(
    "unavailable",
    texts.PAGES_UNAVAILABLE,
    texts.PAGES_UNAVAILABLE,
    (texts.CONTACT_ADMINISTRATOR,),
    status=403,
)
VisitView: TypeAlias = Callable[[Visit], Response]


def visited(view: VisitView, *, errors_to_application: bool = False) -> View:
    """A view of a page. A request that is not good ends at ``/error``, or tells the application of it."""

    @wraps(view)
    def run(context: RequestContext) -> Response:
        client_documents.fetch(context, context.query.get("client_id"))
        try:
            found = context.step(authorization.client_of_request, context.domain, context.query)
        except AWSError as error:
            return to_error_page(context, error)
        context.call.region = found.pool.region
        if not found.styled and not errors_to_application:
            return render(context, UNAVAILABLE)
        try:
            request = authorization.authorization_request(found, _with_all_resources(context))
        except AWSError as error:
            if errors_to_application:
                return redirect_with_error(context, found.redirect_uri, error)
            return to_error_page(context, error)
        return view(Visit(context, found, request))

    return run


def show_page(context: RequestContext, page: Page) -> Response:
    """The response with a page. In managed login, a client has none before it has a style."""
    return render(context, page if branding.is_available(context) else UNAVAILABLE)


def redirect_with_error(
    context: RequestContext, redirect_uri: str, error: AWSError, *, in_fragment: bool = False
) -> Response:
    """The redirect that tells an application of an error."""
    note_error(context, error)
    return redirect(error_location(redirect_uri, error, context.query.get("state"), in_fragment=in_fragment))


def error_location(redirect_uri: str, error: AWSError, state: str | None, *, in_fragment: bool = False) -> str:
    """A redirect URI with ``error``, after ``error_description`` and ``state`` where there are any.

    An error of the API, such as that of a function, is an ``invalid_request`` with its text.
    """
    parameters = {
        **({"error_description": error.message} if error.message else {}),
        **({} if state is None else {"state": state}),
        "error": error.code if error.code.islower() else _OTHER,
    }
    separator = "#" if in_fragment else "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{separator}{urlencode(parameters)}"


def _with_all_resources(context: RequestContext) -> dict[str, str]:
    """The query of a request. Several resources are one with blanks, which is no URL: a request may have one."""
    if context.request.query.count(_RESOURCE) < 2:
        return context.query
    resources = [value for name, value in form(context.request.query) if name == _RESOURCE]
    return {**context.query, _RESOURCE: " ".join(resources)} if len(resources) > 1 else context.query


def to_error_page(context: RequestContext, error: AWSError) -> Response:
    """The redirect to ``/error``, which says what is wrong with a request."""
    note_error(context, error)
    client = {"client_id": context.query["client_id"]} if "client_id" in context.query else {}
    return redirect(context.url("/error", urlencode({"error": error.message or error.code, **client})))


def note_error(context: RequestContext, error: AWSError) -> None:
    """Note in the log of calls the error that a request has led to."""
    context.world.calls.failed(context.call, error)
    release_frames(error)
