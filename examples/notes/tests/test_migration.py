"""Users of the old application: they come over with their passwords, at the first sign-in or with a forgotten one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from notes_service.settings import REGION
from pytest_cognito import Triggers, UserPool
from pytest_cognito.kernel.outbox import Outbox

Me = Callable[[Response], dict[str, Any]]

pytestmark = pytest.mark.cognito(region=REGION)

OLD = {"email": "old@acme.example", "password": "tr0ubador"}


@pytest.fixture
def me(service: TestClient) -> Me:
    """Who signed in."""

    def me(answer: Response) -> dict[str, Any]:
        found: dict[str, Any] = service.get(
            "/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"}
        ).json()
        return found

    return me


def test_an_old_user_signs_in_with_the_old_password(
    service: TestClient, me: Me, cognito_user_pool: UserPool, cognito_outbox: Outbox
) -> None:
    answer = service.post("/sessions", json=OLD)

    assert answer.status_code == 201
    assert me(answer)["tenant"] == "acme.example"
    user = cognito_user_pool.user(OLD["email"])
    assert (user.status, user.attributes["custom:old_id"]) == ("CONFIRMED", "41")
    assert len(cognito_outbox) == 0


def test_an_old_user_is_a_member(service: TestClient, me: Me) -> None:
    answer = service.post("/sessions", json=OLD)

    assert me(answer)["groups"] == ["members"]
    assert "notes/write" in me(answer)["scopes"]


def test_an_old_user_comes_over_once(service: TestClient, old_users: Path, me: Me, cognito_triggers: Triggers) -> None:
    first = me(service.post("/sessions", json=OLD))
    old_users.unlink()

    assert me(service.post("/sessions", json=OLD)) == first
    assert [run.source for run in cognito_triggers.of("UserMigration")] == ["UserMigration_Authentication"]


@pytest.mark.parametrize(
    "wrong", [{"password": "tr0ubadix"}, {"email": "gone@acme.example"}, {"email": "nobody@acme.example"}]
)
def test_nobody_else_comes_over(service: TestClient, cognito_user_pool: UserPool, wrong: dict[str, str]) -> None:
    answer = service.post("/sessions", json=OLD | wrong)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Incorrect username or password.")
    assert cognito_user_pool.users == []


def test_an_old_user_who_forgot_the_password_comes_over_by_a_code(
    service: TestClient, me: Me, cognito_outbox: Outbox
) -> None:
    new = OLD | {"password": "N3w-password!"}
    service.post("/passwords/forgot", json={"email": OLD["email"]})
    code = cognito_outbox.last(to=OLD["email"]).code

    assert service.post("/passwords/reset", json=new | {"code": code}).status_code == 204
    assert service.post("/sessions", json=OLD).status_code == 401
    assert me(service.post("/sessions", json=new))["groups"] == ["members"]


@pytest.mark.parametrize("email", ["gone@acme.example", "nobody@acme.example"])
def test_nobody_else_is_sent_a_code(
    service: TestClient, cognito_user_pool: UserPool, cognito_outbox: Outbox, email: str
) -> None:
    assert service.post("/passwords/forgot", json={"email": email}).status_code == 202

    assert len(cognito_outbox) == 0
    assert cognito_user_pool.users == []


def test_with_a_code_on_its_way_the_old_password_is_good_no_more(service: TestClient) -> None:
    service.post("/passwords/forgot", json={"email": OLD["email"]})

    answer = service.post("/sessions", json=OLD)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Incorrect username or password.")
