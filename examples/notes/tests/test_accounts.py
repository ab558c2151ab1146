"""Sign-up, sign-in and passwords, with the codes that Cognito sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from notes_service.settings import REGION
from pytest_cognito import UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.faults import Faults
from pytest_cognito.kernel.outbox import Outbox

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


pytestmark = pytest.mark.cognito(region=REGION)

ANN = {"email": "ann@acme.example", "password": "Corr3ct-horse!"}


@pytest.fixture
def signed_up(service: TestClient) -> None:
    assert service.post("/accounts", json=ANN).status_code == 201


@pytest.fixture
def confirmed(service: TestClient, signed_up: None, cognito_outbox: Outbox) -> None:
    code = cognito_outbox.last(to=ANN["email"]).code
    assert service.post("/accounts/confirm", json={"email": ANN["email"], "code": code}).status_code == 204


def test_a_new_user_signs_up_confirms_and_signs_in(service: TestClient, cognito_outbox: Outbox) -> None:
    account = service.post("/accounts", json=ANN).json()
    assert account["code_sent_to"] == "a***@a***"

    code = cognito_outbox.last(to="ann@acme.example").code
    service.post("/accounts/confirm", json={"email": "ann@acme.example", "code": code})
    tokens = service.post("/sessions", json=ANN).json()
    assert tokens["expires_in"] == 15 * 60

    me = service.get("/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert me.json()["id"] == account["id"]


def test_a_wrong_code_is_refused(service: TestClient, signed_up: None, cognito_outbox: Outbox) -> None:
    wrong = "000000" if cognito_outbox.last().code != "000000" else "111111"

    answer = service.post("/accounts/confirm", json={"email": ANN["email"], "code": wrong})

    assert (answer.status_code, answer.json()["error"]) == (400, "CodeMismatchException")


def test_a_code_is_good_for_a_day(
    service: TestClient, signed_up: None, cognito_outbox: Outbox, cognito_clock: Clock
) -> None:
    cognito_clock.advance(hours=24, seconds=1)

    answer = service.post("/accounts/confirm", json={"email": ANN["email"], "code": cognito_outbox.last().code})

    assert (answer.status_code, answer.json()["error"]) == (400, "ExpiredCodeException")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Sh0rt!", "Password not long enough"),
        ("Correct-horse!", "Password must have numeric characters"),
    ],
)
def test_a_weak_password_is_refused(service: TestClient, password: str, reason: str) -> None:
    answer = service.post("/accounts", json=ANN | {"password": password})

    assert (answer.status_code, answer.json()["error"]) == (400, "InvalidPasswordException")
    assert reason in answer.json()["detail"]


def test_an_address_signs_up_once(service: TestClient, signed_up: None) -> None:
    assert service.post("/accounts", json=ANN).status_code == 409


def test_an_unconfirmed_user_cannot_sign_in(service: TestClient, signed_up: None) -> None:
    answer = service.post("/sessions", json=ANN)

    assert (answer.status_code, answer.json()["error"]) == (403, "UserNotConfirmedException")


@pytest.mark.parametrize("wrong", [{"password": "Wr0ng-horse!"}, {"email": "nobody@acme.example"}])
def test_a_wrong_password_and_an_unknown_user_look_alike(
    service: TestClient, confirmed: None, wrong: dict[str, str]
) -> None:
    answer = service.post("/sessions", json=ANN | wrong)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Incorrect username or password.")


def test_an_invited_user_needs_a_new_password_first(
    service: TestClient, cognito_idp: CognitoIdentityProviderClient, cognito_user_pool: UserPool, cognito_outbox: Outbox
) -> None:
    cognito_idp.admin_create_user(
        UserPoolId=cognito_user_pool.id,
        Username="bob@acme.example",
        TemporaryPassword="F1rst-horse!",
        DesiredDeliveryMediums=["EMAIL"],
    )
    temporary = cognito_outbox.last(to="bob@acme.example").code

    answer = service.post("/sessions", json={"email": "bob@acme.example", "password": temporary})

    assert (answer.status_code, answer.json()["detail"]) == (403, "NEW_PASSWORD_REQUIRED")


def test_a_session_is_refreshed(service: TestClient, confirmed: None) -> None:
    session = service.post("/sessions", json=ANN).json()

    refreshed = service.post("/sessions/refresh", json={"refresh_token": session["refresh_token"]}).json()

    assert refreshed["refresh_token"] is None
    assert service.get("/me", headers={"Authorization": f"Bearer {refreshed['access_token']}"}).status_code == 200


def test_a_session_ends_after_thirty_days(service: TestClient, confirmed: None, cognito_clock: Clock) -> None:
    session = service.post("/sessions", json=ANN).json()
    cognito_clock.advance(days=30, seconds=1)

    answer = service.post("/sessions/refresh", json={"refresh_token": session["refresh_token"]})

    assert (answer.status_code, answer.json()["detail"]) == (401, "Refresh Token has expired")


def test_a_forgotten_password_is_reset(service: TestClient, confirmed: None, cognito_outbox: Outbox) -> None:
    new = ANN | {"password": "N3w-password!"}
    service.post("/passwords/forgot", json={"email": ANN["email"]})
    code = cognito_outbox.last(to=ANN["email"]).code

    assert service.post("/passwords/reset", json=new | {"code": code}).status_code == 204
    assert service.post("/sessions", json=ANN).status_code == 401
    assert service.post("/sessions", json=new).status_code == 201


def test_throttling_is_retried(service: TestClient, confirmed: None, cognito_faults: Faults) -> None:
    cognito_faults.throttle("InitiateAuth", times=2)

    assert service.post("/sessions", json=ANN).status_code == 201


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        ({"code": "TooManyRequestsException", "status": 400}, 429),
        ({"code": "LimitExceededException", "status": 400}, 429),
        ({"code": "InternalErrorException", "status": 500}, 502),
    ],
)
def test_trouble_of_cognito_is_told(
    service: TestClient, confirmed: None, cognito_faults: Faults, trouble: dict[str, Any], status: int
) -> None:
    cognito_faults.fail("InitiateAuth", times=3, **trouble)

    answer = service.post("/sessions", json=ANN)

    assert (answer.status_code, answer.json()["error"]) == (status, trouble["code"])
