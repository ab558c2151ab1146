"""The languages of managed login, and the translations of its pages.

A translation is a file for each language beside this module, ``<code>/LC_MESSAGES/pages.po``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pytest_cognito.http.messages import Headers
from pytest_cognito.web.rendering.context import RenderingContext, has_managed_login
from pytest_cognito.web.rendering.languages import catalogue
from pytest_cognito.web.rendering.page import Text

ENGLISH = "en"
NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pt-BR": "Português (Brasil)",
    "zh-CN": "中文（简体）",
    "zh-TW": "中文（繁體）",
}
"""The languages in their own words, by the codes that the parameter and the cookie ``lang`` have."""
COOKIE = "lang"
_CODES = {code.lower(): code for code in NAMES}


def language_of(context: RenderingContext) -> str:
    """The language of a page: that of the parameter ``lang``, or else of the cookie, or else English.

    The classic hosted UI is in English always, and a language that is not offered counts as none.
    """
    if not has_managed_login(context):
        return ENGLISH
    return _requested(context) or _CODES.get(context.cookies.get(COOKIE, "").lower()) or ENGLISH


def cookies(context: RenderingContext) -> Headers:
    """The cookie that keeps the language which a request asks for; none if it asks for none or has it already."""
    requested = _requested(context) if has_managed_login(context) else None
    if requested is None or context.cookies.get(COOKIE) == requested:
        return []
    return [("Set-Cookie", f"{COOKIE}={requested}; Path=/; SameSite=Lax")]


def _requested(context: RenderingContext) -> str | None:
    return _CODES.get(context.query.get(COOKIE, "").lower())


@cache
def translator(language: str) -> Callable[[Text | None], str]:
    """The function that gives a text in a language, filled with its arguments; nothing for no text."""
    translations = {} if language == ENGLISH else catalogue.read(file_of(language))

    def say(text: Text | None) -> str:
        if text is None:
            return ""
        translated = translations.get(text.english, text.english)
        return translated.format_map(text.arguments) if text.arguments else translated

    return say


def file_of(language: str) -> Path:
    """The file with the translations into a language."""
    return Path(__file__).parent / language / "LC_MESSAGES" / "pages.po"
