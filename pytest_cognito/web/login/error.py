"""``/error``: what is wrong with a request that can't be answered by a redirect to the application."""

from __future__ import annotations

from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page, Text

TITLE = Text("An error was encountered with the requested page.")


def show(context: RequestContext) -> Response:
    """The error page, with status 400."""
    said = context.query.get("error_description") or context.query.get("error") or ""
    return render(context, Page("error", TITLE, TITLE, error=Text(said) if said else None, status=400))
