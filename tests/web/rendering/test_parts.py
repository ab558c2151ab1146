"""The QR code of a software token, the rules of a password, and what passkeys need."""

from __future__ import annotations

import itertools
import json
import re

import pytest
import zxingcpp

from pytest_cognito.web.rendering.password_rules import rules_of
from tests.support.example_pages import PAGES, PASSKEY_OPTIONS, POLICY, TOTP
from tests.support.rendering import Context, code, domain, element, read

SCALE = 6


@pytest.mark.parametrize("version", [1, 2])
def test_a_phone_reads_the_qr_code(version: int) -> None:
    soup = read(PAGES["set-up-totp"], Context(domain=domain(version)))
    picture = element(soup, "svg.qr-code")
    size = int(str(picture["viewBox"]).split()[2])
    pixels = memoryview(bytearray(b"\xff" * (size * SCALE) ** 2)).cast("B", (size * SCALE, size * SCALE))
    for column, row in re.findall(r"M(\d+) (\d+)h1v1h-1z", str(element(soup, "svg.qr-code path")["d"])):
        x, y = int(column) * SCALE, int(row) * SCALE
        for at in itertools.product(range(y, y + SCALE), range(x, x + SCALE)):
            pixels[at] = 0
    [found] = zxingcpp.read_barcodes(pixels)

    assert found.text == TOTP.uri
    assert picture["aria-label"] == "QR code for your authenticator app"
    secret = element(soup, "#totpSecret")
    assert (secret.text, secret["data-uri"]) == (TOTP.secret, TOTP.uri)


def test_the_rules_of_a_password() -> None:
    rules = {str(rule.label): re.compile(rule.pattern) for rule in rules_of(POLICY)}

    def unmet(password: str) -> list[str]:
        return [label.removeprefix("Password must ") for label, rule in rules.items() if not rule.search(password)]

    assert unmet("Correct-horse-7") == []
    assert unmet("aB1 cdef") == []
    assert unmet("") == [
        "contain a lower case letter",
        "contain an upper case letter",
        "contain a number",
        "contain a special character or a space",
        "contain at least 8 characters",
        "not contain a leading or trailing space",
    ]
    assert unmet(" aB1-cdefg") == ["not contain a leading or trailing space"]
    assert unmet(" x ") != []


def test_a_policy_of_little() -> None:
    assert [str(rule.label) for rule in rules_of({"MinimumLength": 6})] == [
        "Password must contain at least 6 characters",
        "Password must not contain a leading or trailing space",
    ]


def test_rules_are_beside_the_field_of_a_new_password() -> None:
    soup = read(PAGES["change-password"])
    rules = element(soup, "ul[data-password=new_password]")

    assert element(soup, "#new_password")["aria-describedby"] == rules["id"]
    assert len(rules.select("li.passwordCheck-notValid-customizable[data-pattern]")) == 6
    assert "data-pattern" in code(element(soup, "script"))


@pytest.mark.parametrize("version", [1, 2])
def test_a_passkey(version: int) -> None:
    soup = read(PAGES["passkey"], Context(domain=domain(version)))
    form = element(soup, "form[data-script=passkey-get]")

    assert json.loads(str(form["data-options"])) == json.loads(PASSKEY_OPTIONS)
    assert element(soup, "form[data-script] input[name=credential]")["value"] == ""
    assert element(soup, "form[data-script] .passkey-problem")["role"] == "alert"
    assert "navigator.credentials.get" in code(element(soup, "script"))
    assert not read(PAGES["sign-in"], Context(domain=domain(version))).select("script")
