"""The authenticator app: set up, asked for at sign-in, turned off. pyotp is the app."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from freezegun.api import FrozenDateTimeFactory
from httpx2 import Response

from notes_service.settings import REGION

ANN = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}
CREDENTIALS = {"email": ANN["username"], "password": ANN["password"]}

Header = Callable[[dict[str, Any]], dict[str, str]]
Begin = Callable[[], Response]
GoOn = Callable[[Response, str], Response]

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN])


@pytest.fixture
def anns(clock: FrozenDateTimeFactory, header: Header) -> dict[str, str]:
    return header(ANN)


@pytest.fixture
def authenticator(service: TestClient, anns: dict[str, str]) -> pyotp.TOTP:
    """The app once it has read the QR code."""
    app = pyotp.parse_uri(service.post("/profile/second-factor", headers=anns).json()["uri"])
    assert isinstance(app, pyotp.TOTP)
    return app


@pytest.fixture
def turned_on(
    service: TestClient, anns: dict[str, str], authenticator: pyotp.TOTP, clock: FrozenDateTimeFactory
) -> None:
    """The second factor is on, and the app shows its next code."""
    answer = service.post("/profile/second-factor/confirm", json={"code": authenticator.now()}, headers=anns)
    assert answer.status_code == 204
    clock.tick(authenticator.interval)


@pytest.fixture
def begin(service: TestClient) -> Begin:
    """A sign-in by password."""
    return lambda: service.post("/sessions", json=CREDENTIALS)


@pytest.fixture
def go_on(service: TestClient) -> GoOn:
    """A sign-in that goes on with a code."""

    def go_on(answer: Response, code: str) -> Response:
        session = answer.json()["session"]
        return service.post("/sessions/code", json={"email": ANN["username"], "session": session, "code": code})

    return go_on


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_app_shows_whose_code_it_is(authenticator: pyotp.TOTP) -> None:
    assert (authenticator.issuer, authenticator.name) == ("Notes", "ann@acme.example")


def test_nothing_is_asked_for_before_the_first_code(authenticator: pyotp.TOTP, begin: Begin) -> None:
    assert begin().status_code == 201


@pytest.mark.parametrize("spoil", [wrong, lambda code: "", lambda code: "abcdef", lambda code: f"{code}0"])
def test_a_wrong_first_code_turns_nothing_on(
    service: TestClient, anns: dict[str, str], authenticator: pyotp.TOTP, begin: Begin, spoil: Callable[[str], str]
) -> None:
    answer = service.post("/profile/second-factor/confirm", json={"code": spoil(authenticator.now())}, headers=anns)

    assert answer.status_code == 400
    assert service.get("/profile", headers=anns).json()["second_factor"] is False
    assert begin().status_code == 201


def test_a_sign_in_takes_password_and_code(
    service: TestClient, authenticator: pyotp.TOTP, turned_on: None, begin: Begin, go_on: GoOn
) -> None:
    asked = begin()
    assert (asked.status_code, set(asked.json())) == (202, {"session"})

    answer = go_on(asked, authenticator.now())
    assert answer.status_code == 201

    profile = service.get("/profile", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
    assert profile.json()["second_factor"] is True


def test_a_wrong_code_can_be_corrected(authenticator: pyotp.TOTP, turned_on: None, begin: Begin, go_on: GoOn) -> None:
    asked = begin()

    answer = go_on(asked, wrong(authenticator.now()))
    assert (answer.status_code, answer.json()["error"]) == (400, "CodeMismatchException")

    assert go_on(asked, authenticator.now()).status_code == 201


def test_a_code_is_good_once(authenticator: pyotp.TOTP, turned_on: None, begin: Begin, go_on: GoOn) -> None:
    code = authenticator.now()
    assert go_on(begin(), code).status_code == 201

    answer = go_on(begin(), code)

    assert (answer.status_code, answer.json()["error"]) == (400, "ExpiredCodeException")


def test_the_code_is_wanted_within_three_minutes(
    authenticator: pyotp.TOTP, turned_on: None, begin: Begin, go_on: GoOn, clock: FrozenDateTimeFactory
) -> None:
    asked = begin()
    clock.tick(3 * 60 + 1)

    answer = go_on(asked, authenticator.now())

    assert (answer.status_code, answer.json()["error"]) == (401, "NotAuthorizedException")


def test_no_session_is_refused(service: TestClient) -> None:
    answer = service.post("/sessions/code", json={"email": ANN["username"], "session": "", "code": "123456"})

    assert (answer.status_code, answer.json()["error"]) == (400, "InvalidParameterException")


def test_a_session_is_refreshed_without_a_code(
    service: TestClient, authenticator: pyotp.TOTP, turned_on: None, begin: Begin, go_on: GoOn
) -> None:
    session = go_on(begin(), authenticator.now()).json()

    assert service.post("/sessions/refresh", json={"refresh_token": session["refresh_token"]}).status_code == 201


def test_a_second_factor_is_turned_off(
    service: TestClient, anns: dict[str, str], turned_on: None, begin: Begin
) -> None:
    assert service.delete("/profile/second-factor", headers=anns).status_code == 204

    assert service.get("/profile", headers=anns).json()["second_factor"] is False
    assert begin().status_code == 201
