"""Who may do what: tokens, groups and scopes."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from freezegun.api import FrozenDateTimeFactory

from notes_service.settings import REGION
from pytest_cognito import Cognito, Tokens, User

ANN = {"username": "ann@acme.example"}
BOB = {"username": "bob@acme.example", "groups": ["members"]}
EVE = {"username": "eve@other.example", "groups": ["members"]}

Header = Callable[[dict[str, Any]], dict[str, str]]

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN, BOB, EVE])


def test_a_signed_in_user_is_known(
    service: TestClient, cognito_user: User, cognito_auth_header: dict[str, str]
) -> None:
    assert service.get("/me", headers=cognito_auth_header).json()["id"] == cognito_user.sub


def test_a_token_is_required(service: TestClient) -> None:
    answer = service.get("/me")

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        ("expired", "Signature has expired"),
        ("tampered", "Signature verification failed"),
        ("wrong_audience", "issued to another client"),
        ("wrong_issuer", "Invalid issuer"),
        ("swapped", "not an access token"),
    ],
)
def test_a_spoiled_token_is_refused(service: TestClient, cognito_tokens: Tokens, spoil: str, reason: str) -> None:
    answer = service.get("/me", headers=getattr(cognito_tokens, spoil)().auth_header)

    assert (answer.status_code, answer.json()["detail"]) == (401, reason)


def test_a_token_of_another_pool_is_refused(service: TestClient, cognito: Cognito) -> None:
    stranger = cognito.create_user_pool().create_user("mallory")

    answer = service.get("/me", headers=stranger.sign_in().auth_header)

    assert answer.status_code == 401
    assert "Unable to find a signing key" in answer.json()["detail"]


def test_a_token_ends_after_fifteen_minutes(service: TestClient, header: Header, clock: FrozenDateTimeFactory) -> None:
    anns = header(ANN)

    clock.tick(15 * 60 - 1)
    assert service.get("/me", headers=anns).status_code == 200
    clock.tick(1)
    assert service.get("/me", headers=anns).status_code == 401


def test_members_write(service: TestClient, header: Header) -> None:
    answer = service.post("/notebooks/plans", json={"text": "Ship it"}, headers=header(BOB))

    assert answer.status_code == 201


def test_others_may_not_write(service: TestClient, header: Header) -> None:
    answer = service.post("/notebooks/plans", json={"text": "Ship it"}, headers=header(ANN))

    assert (answer.status_code, answer.json()["detail"]) == (403, "the token lacks the scope notes/write")


def test_notes_are_for_colleagues(service: TestClient, header: Header) -> None:
    service.post("/notebooks/plans", json={"text": "Ship it"}, headers=header(BOB))

    assert service.get("/notebooks", headers=header(ANN)).json() == {"plans": ["Ship it"]}
    assert service.get("/notebooks", headers=header(EVE)).json() == {}
