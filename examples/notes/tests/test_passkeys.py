"""Passkeys: registered, signed in with, forgotten. The plugin's software authenticator is the browser."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient

from notes_service.settings import REGION
from pytest_cognito import Cognito, Passkey

ANN = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}
WHO = {"email": ANN["username"]}

Header = Callable[[dict[str, Any]], dict[str, str]]

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN])


@pytest.fixture
def anns(header: Header) -> dict[str, str]:
    return header(ANN)


@pytest.fixture
def phone(cognito: Cognito, service: TestClient, anns: dict[str, str]) -> Passkey:
    """A passkey that Ann has registered."""
    phone = cognito.passkey()
    options = service.post("/profile/passkeys/options", headers=anns).json()
    answer = service.post("/profile/passkeys", json=phone.create(options), headers=anns)
    assert answer.status_code == 204
    return phone


def test_a_passkey_signs_in_without_the_password(service: TestClient, phone: Passkey) -> None:
    asked = service.post("/sessions/passkey/options", json=WHO).json()
    credential = phone.get(asked["options"])
    answer = service.post("/sessions/passkey", json={**WHO, "session": asked["session"], "credential": credential})

    assert answer.status_code == 201
    me = service.get("/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
    assert me.json()["tenant"] == "acme.example"


@pytest.mark.parametrize("falsified", [{"origin": "https://notes.phishing.test"}, {"tampered": True}])
def test_a_falsified_answer_is_refused(service: TestClient, phone: Passkey, falsified: dict[str, Any]) -> None:
    asked = service.post("/sessions/passkey/options", json=WHO).json()
    credential = phone.get(asked["options"], **falsified)
    answer = service.post("/sessions/passkey", json={**WHO, "session": asked["session"], "credential": credential})

    assert (answer.status_code, answer.json()["error"]) == (401, "NotAuthorizedException")


def test_a_passkey_of_another_page_is_not_registered(
    cognito: Cognito, service: TestClient, anns: dict[str, str]
) -> None:
    options = service.post("/profile/passkeys/options", headers=anns).json()
    credential = cognito.passkey(origin="https://notes.phishing.test").create(options)
    answer = service.post("/profile/passkeys", json=credential, headers=anns)

    assert (answer.status_code, answer.json()["error"]) == (400, "WebAuthnOriginNotAllowedException")
    assert service.get("/profile/passkeys", headers=anns).json() == []


def test_a_forgotten_passkey_signs_nobody_in(service: TestClient, anns: dict[str, str], phone: Passkey) -> None:
    [listed] = service.get("/profile/passkeys", headers=anns).json()
    assert listed["name"] == "Platform passkey"
    assert service.delete(f"/profile/passkeys/{listed['id']}", headers=anns).status_code == 204

    assert service.get("/profile/passkeys", headers=anns).json() == []
    assert service.post("/sessions/passkey/options", json=WHO).status_code == 404


def test_a_passkey_does_not_stand_in_for_the_second_factor(
    cognito: Cognito, service: TestClient, anns: dict[str, str], phone: Passkey
) -> None:
    uri = service.post("/profile/second-factor", headers=anns).json()["uri"]
    app = pyotp.parse_uri(uri)
    assert isinstance(app, pyotp.TOTP)
    code = app.at(cognito.clock.now())
    assert service.post("/profile/second-factor/confirm", json={"code": code}, headers=anns).status_code == 204

    assert service.post("/sessions/passkey/options", json=WHO).status_code == 404
