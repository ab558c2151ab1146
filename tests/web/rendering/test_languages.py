"""The languages of managed login."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pytest_cognito.cognito import Cognito
from pytest_cognito.web.rendering import languages, texts
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.languages import catalogue
from pytest_cognito.web.rendering.page import Text
from tests.support.example_pages import PAGES
from tests.support.rendering import Context, domain, element, of_client, read

OTHERS = sorted(set(languages.NAMES) - {languages.ENGLISH})
MANAGED = domain(2)


def english_texts() -> set[str]:
    return {text.english for text in (*vars(texts).values(), *texts.MESSAGES) if isinstance(text, Text)}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    translations = catalogue.read(languages.file_of(language))

    assert set(translations) == english_texts()
    assert {english for english, text in translations.items() if placeholders(text) != placeholders(english)} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_read_as_others_read_it(language: str) -> None:
    with languages.file_of(language).open(encoding="utf-8") as file:
        messages = {message.id: message.string for message in read_po(file, abort_invalid=True) if message.id}

    assert catalogue.read(languages.file_of(language)) == messages


def test_what_programs_of_translators_write(tmp_path: Path) -> None:
    file = tmp_path / "pages.po"
    file.write_text(
        '#\n# A comment.\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n\n'
        '#. Where it is\n#: sign_in.py:1\nmsgid ""\n"Sign "\n"in"\nmsgstr "An\\"melden"\n\n'
        '#, fuzzy\nmsgid "Next"\nmsgstr "Vielleicht"\n\nmsgid "Back"\nmsgstr ""\n\n#~ msgid "Gone"\n#~ msgstr "Weg"\n',
        encoding="utf-8",
    )

    assert catalogue.read(file) == {"Sign in": 'An"melden'}


@pytest.mark.parametrize(
    ("query", "cookie", "language"),
    [
        ({"lang": "de"}, {}, "de"),
        ({"lang": "pt-br"}, {}, "pt-BR"),
        ({}, {"lang": "ja"}, "ja"),
        ({"lang": "fr"}, {"lang": "ja"}, "fr"),
        ({"lang": "xx"}, {"lang": "ja"}, "ja"),
        ({"lang": "xx"}, {"lang": "../de"}, "en"),
    ],
)
def test_the_language_of_a_page(query: dict[str, str], cookie: dict[str, str], language: str) -> None:
    soup = read(PAGES["sign-in"], Context(domain=MANAGED, query=query, cookies=cookie))

    assert element(soup, "html")["lang"] == language
    say = languages.translator(language)
    assert element(soup, "h1").text == say(texts.SIGN_IN_HEADING)


def test_a_page_in_german() -> None:
    soup = read(PAGES["confirm"], Context(domain=MANAGED, query={"lang": "de"}))

    assert "Wir haben einen Code per E-Mail an a***@e*** gesendet." in soup.text
    assert element(soup, "button[name=confirm]").text == "Konto bestätigen"
    refused = read(PAGES["sign-in-refused"], Context(domain=MANAGED, query={"lang": "de"}))
    assert element(refused, "#loginErrorMessage").text == "Benutzername oder Passwort ist falsch."


def test_the_classic_hosted_ui_is_in_english() -> None:
    context = Context(domain=domain(1), query={"lang": "de"}, cookies={"lang": "de"})
    response = render(context, PAGES["sign-in"])

    assert response.header("Set-Cookie") is None
    assert element(read(PAGES["sign-in"], context), "html")["lang"] == "en"


def test_a_language_is_kept_in_a_cookie() -> None:
    asked = render(Context(domain=MANAGED, query={"lang": "KO"}), PAGES["sign-in"])
    again = render(Context(domain=MANAGED, query={"lang": "ko"}, cookies={"lang": "ko"}), PAGES["sign-in"])
    other = render(Context(domain=MANAGED, query={"lang": "xx"}), PAGES["sign-in"])

    assert asked.header("Set-Cookie") == "lang=ko; Path=/; SameSite=Lax"
    assert again.header("Set-Cookie") is other.header("Set-Cookie") is None


def test_links_to_other_languages(cognito: Cognito) -> None:
    settings = {"categories": {"form": {"languageSelector": {"enabled": True}}}}
    context = of_client(cognito, 2, settings=settings, query={"state": "a&b", "lang": "it"})
    links = read(PAGES["sign-in"], context).select(".languages a")

    assert [link.text for link in links] == list(languages.NAMES.values())
    assert [link["lang"] for link in links if link.get("aria-current")] == ["it"]
    assert links[0]["href"] == "?state=a%26b&lang=de"


def test_a_text_that_is_not_known_is_shown_as_it_is() -> None:
    say = languages.translator("de")

    assert say(Text("PreSignUp failed with error {no}.")) == "PreSignUp failed with error {no}."
    assert say(Text("{a} and {b}", {"a": "{b}", "b": "1"})) == "{b} and 1"
    assert say(Text("")) == ""
