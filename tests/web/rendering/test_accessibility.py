"""Pages that everyone can use: with a keyboard, with a screen reader, with weak eyes, without scripts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from pytest_cognito.cognito_idp import ManagedLook
from pytest_cognito.web.rendering.style_variables import MODES, css_variables
from tests.support.example_pages import PAGES
from tests.support.rendering import Context, domain, element, read, rendered

VERSIONS = {"classic": Context(domain=domain(1)), "managed": Context(domain=domain(2))}
PAIRS = (
    *(("body", "form"), ("description", "form"), ("heading", "form"), ("label", "form"), ("hint", "form")),
    *(("link", "form"), ("link", "page"), ("error", "form"), ("met", "form"), ("heading", "input")),
    *(("placeholder", "input"), ("heading", "alert"), ("heading", "success"), ("primary-text", "primary")),
    *(("primary-hover-text", "primary-hover"), ("secondary-text", "secondary"), ("provider-text", "provider")),
)
"""Custom properties: of a text, and of what is behind it."""


@pytest.fixture(params=VERSIONS)
def context(request: pytest.FixtureRequest) -> Context:
    return VERSIONS[request.param]


def names(soup: BeautifulSoup, field: Tag) -> list[str]:
    """The labels of a field."""
    around = field.find_parent("label")
    return [label.text for label in soup.select(f'label[for="{field.get("id")}"]')] + ([around.text] if around else [])


@pytest.mark.parametrize("name", PAGES)
def test_the_structure_of_every_page(name: str, context: Context) -> None:
    html = rendered(PAGES[name], context)
    html5lib.HTMLParser(strict=True).parse(html)
    soup = BeautifulSoup(html, "html5lib")

    assert element(soup, "html")["lang"] == "en"
    assert element(soup, "main h1").text.strip()
    levels = [int(heading.name[1]) for heading in soup.select("h1, h2, h3")]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(names(soup, field) for field in soup.select("input:not([type=hidden], [type=submit], [type=Submit])"))
    described = [part for tag in soup.select("[aria-describedby]") for part in str(tag["aria-describedby"]).split()]
    assert set(described) <= set(ids)
    assert all(tag.has_attr("alt") for tag in soup.select("img"))
    assert len(soup.select("[autofocus]")) <= 1
    assert not soup.select("[style], [onclick], [onsubmit]")


def test_what_is_wrong_is_told_where_the_focus_is(context: Context) -> None:
    refused = read(PAGES["sign-in-refused"], context)
    focused = element(refused, "[autofocus]")
    assert focused["name"] == "username"
    assert focused["aria-describedby"] == element(refused, "[role=alert] p")["id"]

    failed = element(read(PAGES["error"], context), "[autofocus]")
    assert failed["role"] == "alert"
    assert failed["tabindex"] == "-1"


def test_an_error_beside_its_field(context: Context) -> None:
    soup = read(PAGES["sign-up"], context)
    field = element(soup, "[aria-invalid=true]")

    assert field["name"] == "requiredAttributes[email]"
    assert field.has_attr("autofocus")
    described = str(field["aria-describedby"])
    found = soup.find(id=described)
    assert found is not None
    assert found.text == "Invalid email address format."
    link = element(soup, "[role=alert] a")
    assert (link["href"], link.text) == (f"#{field['id']}", "Email: Invalid email address format.")


def test_what_browsers_and_phones_may_fill_in(context: Context) -> None:
    sign_in, code = read(PAGES["sign-in"], context), element(read(PAGES["mfa-sms"], context), "#totpCodeInput")

    assert [field["autocomplete"] for field in sign_in.select("[autocomplete]")] == ["username", "current-password"]
    assert (code["autocomplete"], code["inputmode"]) == ("one-time-code", "numeric")


@pytest.mark.parametrize("mode", ["LIGHT", "DARK"])
def test_the_contrast_of_cognitos_own_colors(mode: str) -> None:
    settings: Any = ManagedLook().settings
    css = css_variables(settings, MODES[mode], {})
    colors = dict(part[2:].split(":#") for part in css.split("{")[1].split(";") if ":#" in part)
    contrasts = {pair: contrast(*(colors[name] for name in pair)) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in contrasts.items() if ratio < 4.5} == {}


def contrast(first: str, second: str) -> float:
    """The contrast of two colors by WCAG 2."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
