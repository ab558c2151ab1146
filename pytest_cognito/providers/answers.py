"""The responses of simulated providers: JSON, pages, redirects, and forms that a browser sends on at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pytest_cognito.http import cors
from pytest_cognito.http.messages import Response

if TYPE_CHECKING:
    from jinja2 import Environment


class Refused(Exception):
    """A request is refused, with a response."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"HTTP status {response.status}")
        self.response = response


def json_response(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON document, which pages of any origin may read and nobody may store."""
    heads = [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")]
    return Response(status, [*heads, *(headers or {}).items(), *cors.response_headers()], json.dumps(value).encode())


def page(template: str, status: int = 200, **values: Any) -> Response:
    """An HTML page from a template of the package."""
    heads = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
    return Response(status, heads, render(template, **values).encode())


def error_page(provider: str, error: str, description: str, status: int = 400) -> Response:
    """The page on which a provider tells the user what is wrong with the application's request."""
    return page("error.html", status, provider=provider, error=error, description=description)


def redirect(url: str, parameters: Mapping[str, str], *, fragment: bool = False, suffix: str = "") -> Response:
    """A redirect with parameters added to the query string, or in the fragment."""
    separator = "#" if fragment else "&" if "?" in url else "?"
    return Response(302, [("Location", f"{url}{separator}{urlencode(parameters)}{suffix}")])


def forward(url: str, fields: Mapping[str, str]) -> Response:
    """A page whose form, named ``forward``, a browser posts to another site at once."""
    return page("forward.html", url=url, fields=fields)


def render(template: str, **values: Any) -> str:
    """A template of the package, in which the values are escaped for HTML and XML."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("pytest_cognito.providers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
