"""The scripts of pages. Pages work without them, but for passkeys, which a browser has no other way to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pytest_cognito.web.rendering.page import Page

_DIRECTORY = Path(__file__).parent / "templates" / "scripts"


def needed(page: Page) -> tuple[str, ...]:
    """The scripts that a page needs, as text."""
    names = []
    if any(form.script for form in page.forms):
        names.append("passkeys")
    if any(field.rules for form in page.forms for field in form.fields):
        names.append("password_rules")
    return tuple(_source(name) for name in names)


@cache
def _source(name: str) -> str:
    return (_DIRECTORY / f"{name}.js").read_text(encoding="utf-8")
