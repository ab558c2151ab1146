"""Who may do what: tokens, groups and scopes."""

import pytest
from freezegun import freeze_time
from infrastructure import APP_CLIENT, REGION, USER_POOL

from pytest_cognito.cognito import Tokens

pytestmark = pytest.mark.cognito(pool=USER_POOL, client=APP_CLIENT, region=REGION)


@pytest.fixture
def admin(cognito_user_pool):
    return cognito_user_pool.create_user("root@acme.example", groups=["admins", "members"])


def test_a_signed_in_user_is_known(service, cognito_user, cognito_auth_header):
    assert service.get("/me", headers=cognito_auth_header).json()["id"] == cognito_user.sub


def test_a_token_is_required(service):
    answer = service.get("/me")

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (Tokens.expired, "Signature has expired"),
        (Tokens.tampered, "Signature verification failed"),
        (Tokens.wrong_audience, "issued to another client"),
        (Tokens.wrong_issuer, "Invalid issuer"),
        (Tokens.swapped, "not an access token"),
    ],
)
def test_a_spoiled_token_is_refused(service, cognito_tokens, spoil, reason):
    answer = service.get("/me", headers=spoil(cognito_tokens).auth_header)

    assert (answer.status_code, answer.json()["detail"]) == (401, reason)


def test_a_token_of_another_pool_is_refused(service, cognito):
    stranger = cognito.create_user_pool().create_user("mallory")

    answer = service.get("/me", headers=stranger.sign_in().auth_header)

    assert answer.status_code == 401
    assert "Unable to find a signing key" in answer.json()["detail"]


def test_a_token_ends_after_fifteen_minutes(service, cognito_user):
    with freeze_time("2030-01-01 12:00:00") as clock:
        header = cognito_user.sign_in().auth_header
        clock.tick(15 * 60 - 1)
        assert service.get("/me", headers=header).status_code == 200
        clock.tick(1)
        assert service.get("/me", headers=header).status_code == 401


def test_admins_list_the_users(service, admin, cognito_user):
    answer = service.get("/admin/users", headers=admin.sign_in().auth_header)

    assert answer.json() == sorted([cognito_user.attributes["email"], "root@acme.example"])


def test_others_do_not(service, cognito_auth_header):
    assert service.get("/admin/users", headers=cognito_auth_header).status_code == 403


def test_members_write_and_their_colleagues_read(service, admin, cognito_user_pool):
    note = service.post("/notebooks/plans", json={"text": "Ship it"}, headers=admin.sign_in().auth_header)
    assert note.status_code == 201

    colleague, stranger = (
        cognito_user_pool.create_user(email).sign_in() for email in ("ann@acme.example", "eve@other.example")
    )
    assert service.get("/notebooks", headers=colleague.auth_header).json() == {"plans": ["Ship it"]}
    assert service.get("/notebooks", headers=stranger.auth_header).json() == {}


def test_a_token_without_the_scope_may_not_write(service, cognito_auth_header):
    answer = service.post("/notebooks/plans", json={"text": "Ship it"}, headers=cognito_auth_header)

    assert answer.status_code == 403
