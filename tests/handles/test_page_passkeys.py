"""Passkeys in the browser, on pages whose script asks for them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Browser, Cognito, UsageError, User
from tests.support import written_pages as written
from tests.support.web_sites import BACK, HOST, LOGIN, WrittenSite, at


@pytest.fixture
def options() -> dict[str, Any]:
    return {
        "rp": {"id": "example.com", "name": "An app"},
        "user": {"id": "YWxpY2U", "name": "alice", "displayName": "alice"},
        "challenge": "Y2hhbGxlbmdl",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    }


def test_it_is_registered_and_signed_in_with(
    site: WrittenSite, cognito: Cognito, cognito_browser: Browser, cognito_user: User, options: dict[str, Any]
) -> None:
    asked = {"challenge": "Y2hhbGxlbmdl", "rpId": "example.com"}
    site.pages |= {
        "GET /passkeys/add": written.passkey("passkey-add", "passkey-create", json.dumps(options), "/passkeys/add"),
        "POST /passkeys/add": BACK,
        "GET /login": written.username_first(),
        "POST /login": written.passkey("choose-challenge", "passkey-get", json.dumps(asked), "/login/passkey"),
        "POST /login/passkey": BACK,
    }
    passkey = cognito.passkey()
    assert at(cognito_browser.get(f"https://{HOST}/passkeys/add")).register_passkey(passkey).code == "c0de"
    made = json.loads(site.sent("/passkeys/add")["credential"])
    assert made["response"]["attestationObject"]
    assert cognito_browser.get(LOGIN).sign_in(cognito_user, passkey=passkey).code == "c0de"
    assert json.loads(site.sent("/login/passkey")["credential"])["id"] == made["id"]


def test_a_page_of_another_host(
    site: WrittenSite, cognito: Cognito, cognito_browser: Browser, options: dict[str, Any]
) -> None:
    options["rp"]["id"] = "auth.example.com"
    site.pages["GET /login"] = written.passkey("passkey-add", "passkey-create", json.dumps(options), "/passkeys/add")
    page = at(cognito_browser.get(LOGIN))
    with pytest.raises(UsageError, match=r"refuses passkeys for auth.example.com on a page of pages.example.com \(Sec"):
        page.register_passkey(cognito.passkey())
    with pytest.raises(UsageError, match=r"passkey takes what cognito.passkey"):
        page.register_passkey("key")  # type: ignore[arg-type]


def test_a_page_without_one(site: WrittenSite, cognito: Cognito, cognito_browser: Browser) -> None:
    with pytest.raises(UsageError, match=r"has no form for a passkey \(passkey-create\)"):
        cognito_browser.get(LOGIN).register_passkey(cognito.passkey())
