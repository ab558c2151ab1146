"""Nothing that someone else has written becomes a part of the page: no tag, no attribute, no rule, no script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito.cognito import Cognito
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import (
    Button,
    Choice,
    Field,
    Form,
    Link,
    Page,
    PasswordRule,
    ProviderButton,
    Text,
    TotpSecret,
)
from tests.support import images
from tests.support.example_pages import PAGES
from tests.support.rendering import Context, body, code, domain, element, of_client, read, rendered

HOSTILE = (
    '"><script>alert(1)</script>',
    "' onfocus=alert(1) autofocus x='",
    "</style><img src=x onerror=alert(1)>",
    "</title></textarea><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}{0.__class__}",
    "--><!--&lt;b&gt;",
    "\u2028javascript:alert(1)\0\r\n",
    "\ud800",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=40))
steady = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def page_of(word: str) -> Page:
    """A page that has the word in every place there is."""
    text = Text("{word} and {word}", {"word": word})
    link, button = Link(text, f"/x?{word}", lead=text), Button(text, word, "b", word)
    rule = PasswordRule(text, word)
    field = Field(
        "f", text, "text", "f", word, text, autocomplete=word, inputmode=word, hint=text, error=text, rules=(rule,)
    )
    named = Field(word, Text(word), value=word)
    choice = Choice(word, word, text, text)
    form = Form(
        f"/x?{word}", button, (field, named), (choice,), word, hidden={word: word}, links=(link, Link(text, "/"))
    )
    passkey = Form("/p", button, choices=(choice,), script="passkey-get", data=word)
    return Page(
        word,
        text,
        Text(word),
        (text, Text(word)),
        error=Text(word),
        notice=text,
        forms=(form, passkey),
        providers=(
            ProviderButton(word, "SAML", f"/o?identity_provider={word}"),
            ProviderButton(word, "Google", "/o?a=1"),
        ),
        links=(link,),
        totp=TotpSecret(word, f"otpauth://totp/x?secret={word.encode(errors='replace').hex()}"),
        terms=(Link(text, "https://example.com"), Link(text, "https://example.com")),
    )


Element = tuple[str, list[str], str]


def skeleton(html: str) -> list[Element]:
    """Elements with the names of their attributes, and what is in style sheets and scripts."""
    tags = BeautifulSoup(html, "html5lib").find_all(True)
    return [(tag.name, sorted(tag.attrs), code(tag) if tag.name in ("style", "script") else "") for tag in tags]


def without_parameters(found: list[Element]) -> list[Element]:
    """A skeleton without hidden fields: there are as many as the query of an address has parameters."""
    return [entry for entry in found if entry[:2] != ("input", ["name", "type", "value"])]


@pytest.mark.parametrize("version", [1, 2])
@given(word=texts)
@steady
def test_no_text_becomes_markup(version: int, word: str) -> None:
    context = Context(domain=domain(version), csrf_token=word, query={"lang": word, word: word}, cookies={"lang": word})

    assert without_parameters(skeleton(rendered(page_of(word), context))) == plain_skeleton(version)


@cache
def plain_skeleton(version: int) -> list[Element]:
    """The skeleton of the same page with a word that needs no escaping."""
    return without_parameters(skeleton(rendered(page_of("x"), Context(domain=domain(version)))))


@given(word=texts)
@steady
def test_no_style_sheet_leaves_its_element(cognito: Cognito, word: str) -> None:
    comment = word.encode(errors="replace").decode().replace("*/", "")
    context = of_client(cognito, 1)
    assert context.client_record is not None
    call: dict[str, Any] = {"UserPoolId": context.client_record.pool_id, "ClientId": context.client_record.id}
    cognito.call("SetUICustomization", CSS=f".label-customizable {{ color: red }} /* {comment} */", **call)
    response = render(context, PAGES["sign-in"])
    soup = BeautifulSoup(body(response), "html5lib")
    sheets = [code(style) for style in soup.select("style")]

    assert len(sheets) == 2
    assert sheets[1].endswith("*/")
    assert [entry[:2] for entry in skeleton(body(response))] == with_one_more_sheet(rendered(PAGES["sign-in"]))
    assert all(digest(sheet) in str(response.header("Content-Security-Policy")) for sheet in sheets)


def with_one_more_sheet(html: str) -> list[tuple[str, list[str]]]:
    plain = [entry[:2] for entry in skeleton(html)]
    place = [name for name, _ in plain].index("style")
    return [*plain[:place], ("style", []), *plain[place:]]


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@given(word=texts)
@steady
def test_no_setting_leaves_the_style_sheet(cognito: Cognito, word: str) -> None:
    word = word.encode(errors="replace").decode()
    hostile: dict[str, Any] = {
        "categories": {
            "global": {"colorSchemeMode": word, "spacingDensity": word},
            "form": {"location": {"horizontal": word, "vertical": word}},
        },
        "components": {"form": {"logo": {"enabled": True, "location": word, "position": word, "other": word}}},
    }
    icon = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "SVG", "Bytes": images.SVG}
    plain = of_client(cognito, 2, settings={"components": {"form": {"logo": {"enabled": True}}}}, assets=[icon])
    context = of_client(cognito, 2, settings=hostile, assets=[icon])

    assert skeleton(rendered(PAGES["sign-in"], context)) == skeleton(rendered(PAGES["sign-in"], plain))


@pytest.mark.parametrize("href", ["javascript:alert(1)", " java\nscript:alert(1)", "DATA:text/html,x", "\0vbscript:x"])
def test_no_address_is_code(href: str) -> None:
    page = replace(PAGES["signed-out"], links=(Link(Text("Back"), href),))

    assert element(read(page), "a")["href"] == "#"


@pytest.mark.parametrize("href", ["https://example.com/?a=b", "myapp://callback", "//example.com/x", "?a=b"])
def test_other_addresses_stay(href: str) -> None:
    page = replace(PAGES["signed-out"], links=(Link(Text("Back"), href),))

    assert element(read(page, Context(base="/my-app")), "a")["href"] == href


@pytest.mark.parametrize("version", [1, 2])
def test_the_policy_allows_what_is_on_the_page_and_nothing_else(version: int) -> None:
    for page in PAGES.values():
        response = render(Context(domain=domain(version)), page)
        policy = dict(part.strip().split(" ", 1) for part in str(response.header("Content-Security-Policy")).split(";"))
        soup = BeautifulSoup(body(response), "html.parser")
        for name in ("style", "script"):
            inline = [digest(code(tag)) for tag in soup.select(name)]
            assert policy[f"{name}-src"] == (" ".join(inline) or "'none'")
        assert policy["default-src"] == policy["base-uri"] == "'none'"
        assert list(addresses_of_resources(soup)) == []


def addresses_of_resources(soup: BeautifulSoup) -> Iterator[str]:
    """What a browser would have to fetch."""
    for tag in soup.select("[src], link[href], [srcset]"):
        address = str(tag.get("src") or tag.get("href") or tag.get("srcset"))
        if not address.startswith("data:"):
            yield address
    for style in soup.select("style"):
        yield from re.findall(r"""url\(["']?(?!data:)[^)]*|@import[^;]*""", code(style))
