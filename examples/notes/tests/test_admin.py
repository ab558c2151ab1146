"""The admin pages: who sees them, how users are found, locked out and in."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from notes_service.settings import REGION
from pytest_cognito import UserPool
from pytest_cognito.kernel.outbox import Outbox

ROOT: dict[str, Any] = {"username": "root@acme.example", "groups": ["admins"]}
ANN: dict[str, Any] = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}
ANNA: dict[str, Any] = {"username": "anna@other.example", "groups": ["members"]}
CREDENTIALS = {"email": ANN["username"], "password": ANN["password"]}

Header = Callable[[dict[str, Any]], dict[str, str]]
Page = Callable[..., Response]
Action = Callable[[str], Response]

pytestmark = pytest.mark.cognito(region=REGION, users=[ROOT, ANN, ANNA])


@pytest.fixture
def roots(header: Header) -> dict[str, str]:
    return header(ROOT)


@pytest.fixture
def users(service: TestClient, roots: dict[str, str]) -> Page:
    """A page of users."""
    return lambda **query: service.get("/admin/users", params=query, headers=roots)


@pytest.fixture
def to_ann(service: TestClient, roots: dict[str, str], cognito_user_pool: UserPool) -> Action:
    """Do something to Ann."""
    ann = cognito_user_pool.user(ANN["username"]).username
    return lambda action: service.post(f"/admin/users/{ann}/{action}", headers=roots)


def emails(answer: Response) -> list[str]:
    return sorted(user["email"] for user in answer.json()["users"])


@pytest.mark.parametrize("user", [ANN, ANNA])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/users"),
        ("POST", "/admin/users/ann@acme.example/disable"),
        ("POST", "/admin/users/ann@acme.example/enable"),
        ("POST", "/admin/users/ann@acme.example/reset-password"),
    ],
)
def test_the_pages_are_for_admins(
    service: TestClient, header: Header, user: dict[str, Any], method: str, path: str
) -> None:
    answer = service.request(method, path, headers=header(user))

    assert (answer.status_code, answer.json()["detail"]) == (403, "for admins only")


def test_admins_see_all_users(users: Page, cognito_user_pool: UserPool) -> None:
    answer = users()

    assert emails(answer) == ["ann@acme.example", "anna@other.example", "root@acme.example"]
    assert answer.json()["next"] is None
    root = cognito_user_pool.user(ROOT["username"])
    assert {"id": root.sub, "email": root.email, "status": "CONFIRMED", "enabled": True} in answer.json()["users"]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("ann", ["ann@acme.example", "anna@other.example"]),
        ("ann@", ["ann@acme.example"]),
        ("bob", []),
        ('" or sub ^= "', []),
        ("\\", []),
    ],
)
def test_users_are_found_by_the_beginning_of_their_address(users: Page, prefix: str, found: list[str]) -> None:
    assert emails(users(email=prefix)) == found


def test_users_come_page_by_page(users: Page, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_users(45, prefix="guest")

    pages = [users(email="guest").json()]
    while pages[-1]["next"]:
        pages.append(users(email="guest", page=pages[-1]["next"]).json())

    assert [len(page["users"]) for page in pages] == [20, 20, 5]
    assert len({user["id"] for page in pages for user in page["users"]}) == 45


def test_a_page_of_another_search_is_refused(users: Page) -> None:
    page = users(size=1).json()["next"]

    assert users(size=1, page=page).status_code == 200
    assert users(size=1, page=page, email="ann").status_code == 400
    assert users(page="made-up").status_code == 400


def test_a_disabled_user_is_locked_out_until_enabled(service: TestClient, users: Page, to_ann: Action) -> None:
    session = service.post("/sessions", json=CREDENTIALS).json()
    assert to_ann("disable").status_code == 204

    assert users(email="ann@").json()["users"][0]["enabled"] is False
    answers = [
        service.post("/sessions", json=CREDENTIALS),
        service.post("/sessions/refresh", json={"refresh_token": session["refresh_token"]}),
        service.get("/profile", headers={"Authorization": f"Bearer {session['access_token']}"}),
    ]
    assert {(answer.status_code, answer.json()["detail"]) for answer in answers} == {(401, "User is disabled.")}

    assert to_ann("enable").status_code == 204
    assert service.post("/sessions", json=CREDENTIALS).status_code == 201


def test_a_password_that_was_reset_must_be_chosen_anew(
    service: TestClient, users: Page, to_ann: Action, cognito_outbox: Outbox
) -> None:
    assert to_ann("reset-password").status_code == 202
    assert users(email="ann@").json()["users"][0]["status"] == "RESET_REQUIRED"
    assert service.post("/sessions", json=CREDENTIALS).json()["error"] == "PasswordResetRequiredException"

    new = CREDENTIALS | {"password": "N3w-password!"}
    service.post("/passwords/reset", json=new | {"code": cognito_outbox.last(to=ANN["username"]).code})
    assert service.post("/sessions", json=new).status_code == 201


@pytest.mark.parametrize("action", ["disable", "enable", "reset-password"])
def test_an_unknown_user_is_not_found(service: TestClient, roots: dict[str, str], action: str) -> None:
    answer = service.post(f"/admin/users/nobody/{action}", headers=roots)

    assert (answer.status_code, answer.json()["error"]) == (404, "UserNotFoundException")
