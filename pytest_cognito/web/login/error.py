"""``/error``: what is wrong with a request that can't be answered by a redirect to the application."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page, Text


def show(context: RequestContext) -> Response:
    """The error page for ``error_description`` or ``error`` of the query, whatever they are, with status 400."""
    return _page(context, context.query.get("error_description") or context.query.get("error") or "")


def about(context: RequestContext, error: AWSError) -> Response:
    """The error page in place of another page."""
    return _page(context, error.message or error.code)


def _page(context: RequestContext, said: str) -> Response:
    shown = Page("error", texts.ERROR_TITLE, texts.ERROR_HEADING, error=Text(said) if said else None, status=400)
    return render(context, shown)
