"""Pages as HTML, in the version of the domain: the classic hosted UI, or managed login.

Nothing on a page comes from elsewhere: style sheets and scripts are inline, images are ``data:`` URLs, and the policy
that comes with the page allows no other. It names style sheets and scripts by their digests.

AWS writes the form of the classic hosted UI twice, one for wide windows and one for narrow, and hides one of them. Here
it is there once, with the classes of both: ids are unique, and a screen reader meets each field once.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_cognito.http.messages import Headers, Response
from pytest_cognito.web.rendering import branding, languages, qr_code, scripts, texts
from pytest_cognito.web.rendering.addresses import Addresses
from pytest_cognito.web.rendering.context import RenderingContext, has_managed_login
from pytest_cognito.web.rendering.page import Page
from pytest_cognito.web.rendering.parts import PageParts

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_TYPE = ("Content-Type", "text/html;charset=UTF-8")


def render(context: RenderingContext, page: Page) -> Response:
    """The response with a page in the version, the language and the style of the domain."""
    managed = has_managed_login(context)
    style = branding.managed_style(context) if managed else branding.classic_style(context)
    language = languages.language_of(context)
    say = languages.translator(language)
    version = "managed" if managed else "classic"
    sheets = tuple(sheet for sheet in (_sheet(version), style.css) if sheet)
    page_scripts = scripts.needed(page)
    html = (
        _environment()
        .get_template(f"{version}/page.html")
        .render(
            page=page,
            parts=PageParts(page, say),
            say=say,
            texts=texts,
            style=style,
            language=language,
            languages=languages.NAMES,
            addresses=Addresses(context.base, context.query),
            csrf_token=context.csrf_token,
            sheets=sheets,
            scripts=page_scripts,
            qr_code=qr_code.svg(page.totp.uri, say(texts.QR_CODE)) if page.totp else "",
        )
    )
    headers: Headers = [_TYPE, ("Content-Security-Policy", _policy(sheets, page_scripts)), *languages.cookies(context)]
    return Response(page.status, headers, html.encode(errors="replace"))


@cache
def _environment() -> Environment:
    """The templates, compiled once. Every value in them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _sheet(version: str) -> str:
    return (_TEMPLATES / version / "page.css").read_text(encoding="utf-8")


def _policy(sheets: tuple[str, ...], page_scripts: tuple[str, ...]) -> str:
    """The Content-Security-Policy of a page.

    It says nothing of ``form-action``, which browsers apply to the redirect to the application after a form, too.
    """
    return (
        "default-src 'none'; base-uri 'none'; img-src data:; "
        f"style-src {_digests(sheets)}; script-src {_digests(page_scripts)}"
    )


def _digests(inline: tuple[str, ...]) -> str:
    return " ".join(map(_digest, inline)) or "'none'"


@lru_cache(64)
def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode(errors="replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
