"""HTML of a page."""

from __future__ import annotations

from html import escape

from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext, page
from pytest_cognito.web.rendering.page import Field, Form, Page


def render(context: RequestContext, shown: Page) -> Response:
    """The HTML of a page, in the version of the domain."""
    parts = [f"<h1>{escape(str(shown.heading))}</h1>"]
    if shown.error is not None:
        parts.append(f'<p id="loginErrorMessage" class="errorMessage-customizable">{escape(str(shown.error))}</p>')
    parts += [_form(context, form) for form in shown.forms]
    parts += [f'<a href="{escape(link.href)}">{escape(str(link.label))}</a>' for link in shown.links]
    body = "".join(parts)
    return page(
        f"<!DOCTYPE html><html lang=en><head><title>{escape(str(shown.title))}</title></head>"
        f'<body data-page="{shown.name}">{body}</body></html>',
        shown.status,
    )


def _form(context: RequestContext, form: Form) -> str:
    fields = "".join(_field(field) for field in form.fields)
    return (
        f'<form action="{escape(form.action)}" name="{form.name}" method="{form.method}">'
        f'<input type="hidden" name="_csrf" value="{escape(context.csrf_token)}"/>{fields}'
        f'<button type="submit" name="{form.submit.name}">{escape(str(form.submit.label))}</button></form>'
    )


def _field(field: Field) -> str:
    return (
        f'<label for="{field.id}">{escape(str(field.label))}</label>'
        f'<input id="{field.id}" name="{field.name}" type="{field.type}" value="{escape(field.value)}"/>'
    )
