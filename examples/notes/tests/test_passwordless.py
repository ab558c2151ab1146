"""Accounts without a password, and sign-in with a code by e-mail."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from notes_service.settings import REGION
from pytest_cognito import User, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox

pytestmark = pytest.mark.cognito(region=REGION, users=[{"username": "ann@acme.example", "passwordless": True}])

EMAIL = "ann@acme.example"


@pytest.fixture
def asked(service: TestClient) -> dict[str, Any]:
    """A sign-in that waits for the code."""
    answer = service.post("/sessions/email", json={"email": EMAIL})
    assert answer.status_code == 202
    return {"email": EMAIL, **answer.json()}


def test_a_code_takes_the_place_of_a_password(
    service: TestClient, asked: dict[str, Any], cognito_user: User, cognito_outbox: Outbox
) -> None:
    session = service.post("/sessions/email/code", json={**asked, "code": cognito_outbox.last(to=EMAIL).code})
    assert session.status_code == 201

    me = service.get("/me", headers={"Authorization": f"Bearer {session.json()['access_token']}"})
    assert me.json()["id"] == cognito_user.sub


def test_an_account_needs_no_password(service: TestClient, cognito_outbox: Outbox) -> None:
    new = {"email": "bea@acme.example"}
    assert service.post("/accounts", json=new).status_code == 201
    confirmation = {**new, "code": cognito_outbox.last().code}
    assert service.post("/accounts/confirm", json=confirmation).status_code == 204

    session = service.post("/sessions/email", json=new).json()
    answer = service.post("/sessions/email/code", json={**new, **session, "code": cognito_outbox.last().code})
    assert answer.status_code == 201


def test_a_wrong_code_can_be_corrected(service: TestClient, asked: dict[str, Any], cognito_outbox: Outbox) -> None:
    right = cognito_outbox.last().code
    wrong = "00000000" if right != "00000000" else "11111111"

    answer = service.post("/sessions/email/code", json={**asked, "code": wrong})
    assert (answer.status_code, answer.json()["error"]) == (400, "CodeMismatchException")

    assert service.post("/sessions/email/code", json={**asked, "code": right}).status_code == 201


def test_a_code_is_wanted_within_three_minutes(
    service: TestClient, asked: dict[str, Any], cognito_outbox: Outbox, cognito_clock: Clock
) -> None:
    cognito_clock.advance(minutes=3)

    answer = service.post("/sessions/email/code", json={**asked, "code": cognito_outbox.last().code})

    assert (answer.status_code, answer.json()["error"]) == (401, "NotAuthorizedException")


def test_nobody_learns_who_has_an_account(service: TestClient, cognito_outbox: Outbox) -> None:
    answer = service.post("/sessions/email", json={"email": "nobody@acme.example"})

    assert (answer.status_code, set(answer.json())) == (202, {"session"})
    assert len(cognito_outbox) == 0


def test_who_must_change_the_password_needs_it(service: TestClient, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_user("new@acme.example", status="FORCE_CHANGE_PASSWORD")

    answer = service.post("/sessions/email", json={"email": "new@acme.example"})

    assert (answer.status_code, answer.json()["detail"]) == (403, "sign in with your password")
