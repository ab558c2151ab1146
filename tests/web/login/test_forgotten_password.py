"""The pages on which users set a new password with a code."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import AppClient, Cognito, User, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.codes import last_code, wrong
from tests.support.forms import Visitor, client_of

NEW = "Another-horse-8"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"])


@pytest.fixture
def client(pool: UserPool) -> AppClient:
    return client_of(pool)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email="alice@example.com", email_verified="true")


@pytest.fixture
def page(client: AppClient, alice: User) -> Visitor:
    """Alice has asked for a code."""
    return Visitor(client).open("/forgotPassword").submit("forgotpasswordform", username=alice.username)


def test_a_new_password(page: Visitor, alice: User, cognito_outbox: Outbox) -> None:
    assert page.path == "/confirmForgotPassword"
    assert "We have sent a password reset code by email to a***@e***." in page.text
    form = page.forms[0]
    assert (form.name, form.values["username"], form.values["deliveryMedium"]) == (
        "confirmforgotpasswordform",
        "alice",
        "EMAIL",
    )
    assert {name: field.get("id") for name, field in page.fields.items()} == {
        "code": "forgot_password_code",
        "password": "new_password",
        "confirmPassword": "confirm_password",
    }

    page.submit(code=last_code(cognito_outbox), password=NEW, confirmPassword=NEW)

    assert (page.path, "Your password has been changed." in page.text) == ("/login", True)
    assert "cognito" not in page.http.cookies
    assert alice.password == NEW
    assert "code" in page.submit(username="alice", password=NEW).back


@pytest.mark.parametrize(("version", "hint"), [(1, ""), (2, "carol")])
def test_the_first_page(pool: UserPool, version: int, hint: str) -> None:
    page = Visitor(client_of(pool, version=version), login_hint="carol").open("/forgotpassword")

    assert "Forgot your password?" in page.text
    assert page.forms[0].values["username"] == hint
    assert 'name="reset_my_password"' in page.response.text


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"confirmPassword": "Another-horse-9"}, "confirmPassword", "Passwords must match"),
        ({"password": "x", "confirmPassword": "x"}, "password", "Password not long enough"),
        ({"code": "0"}, "code", "Invalid verification code provided, please try again."),
        ({"code": ""}, "code", "at 'confirmationCode' failed to satisfy constraint"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    page: Visitor, alice: User, cognito_outbox: Outbox, given: dict[str, str], field: str, message: str
) -> None:
    before = alice.password
    page.submit(**{"code": last_code(cognito_outbox), "password": NEW, "confirmPassword": NEW, **given})

    assert page.path == "/confirmForgotPassword"
    assert message in page.error_at(field)
    assert page.forms[0].values["username"] == "alice"
    assert NEW not in page.response.text
    assert alice.password == before


def test_a_code_that_was_guessed_too_often(page: Visitor, cognito_outbox: Outbox) -> None:
    for _ in range(20):
        page.submit(code=wrong(last_code(cognito_outbox)), password=NEW, confirmPassword=NEW)

    assert "Attempt limit exceeded, please try after some time." in page.text


@pytest.mark.parametrize("path", ["/confirmforgotPassword", "/CONFIRMFORGOTPASSWORD", "/confirmForgotPassword/"])
def test_the_path_in_any_case(page: Visitor, path: str) -> None:
    assert page.open(path).fields["code"].get("id") == "forgot_password_code"


def test_a_user_who_does_not_exist_is_not_told_apart(pool: UserPool, cognito_outbox: Outbox) -> None:
    client = client_of(pool, PreventUserExistenceErrors="ENABLED")
    page = Visitor(client).open("/forgotPassword").submit(username="nobody")

    assert (page.path, len(cognito_outbox)) == ("/confirmForgotPassword", 0)
    assert "We have sent a password reset code by email to n***@n***." in page.text
    page.submit(code="123456", password=NEW, confirmPassword=NEW)
    assert "Invalid verification code provided, please try again." in page.error_at("code")


def test_a_user_who_does_not_exist_is_told_apart_by_older_clients(pool: UserPool) -> None:
    client = client_of(pool, PreventUserExistenceErrors="LEGACY")
    page = Visitor(client).open("/forgotPassword").submit(username="nobody")

    assert (page.path, "Username/client id combination not found." in page.text) == ("/forgotPassword", True)
    assert page.forms[0].values["username"] == "nobody"


def test_a_user_without_a_verified_address(pool: UserPool) -> None:
    pool.create_user("bob", email="bob@example.com", email_verified="false")
    client = client_of(pool, PreventUserExistenceErrors="LEGACY")
    page = Visitor(client).open("/forgotPassword").submit(username="bob")

    assert "Cannot reset password for the user as there is no registered/verified email" in page.text


def test_a_pool_whose_administrators_reset_passwords(cognito: Cognito) -> None:
    recovery = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
    pool = cognito.create_user_pool(AccountRecoverySetting=recovery)
    pool.create_user("bob")
    page = Visitor(client_of(pool)).open("/forgotPassword").submit(username="bob")

    assert "Contact administrator to reset password." in page.text


def test_a_user_of_an_identity_provider(pool: UserPool, client: AppClient) -> None:
    details = {"client_id": "1", "client_secret": "2", "authorize_scopes": "openid"}
    google = pool.create_identity_provider("Google", ProviderType="Google", ProviderDetails=details)
    user = google.create_user("1", email="g@example.com")
    page = Visitor(client).open("/forgotPassword").submit(username=user.username)

    assert "User password cannot be reset in the current state." in page.text


def test_the_functions_of_a_forgotten_password(
    cognito: Cognito, client: AppClient, alice: User, cognito_outbox: Outbox
) -> None:
    sources: list[str] = []
    for trigger in ("CustomMessage", "PostConfirmation"):

        @cognito.triggers.on(trigger)
        def note(event: dict[str, Any], _: object) -> dict[str, Any]:
            sources.append(event["triggerSource"])
            return event

    page = Visitor(client).open("/forgotPassword").submit(username="alice")
    page.submit(code=last_code(cognito_outbox), password=NEW, confirmPassword=NEW)

    assert sources == ["CustomMessage_ForgotPassword", "PostConfirmation_ConfirmForgotPassword"]


def test_a_user_who_is_migrated_when_they_ask(cognito: Cognito, pool: UserPool, client: AppClient) -> None:
    @cognito.triggers.on("UserMigration")
    def migrate(event: dict[str, Any], _: object) -> dict[str, Any]:
        assert event["triggerSource"] == "UserMigration_ForgotPassword"
        event["response"]["userAttributes"] = {"email": "old@example.com", "email_verified": "true"}
        event["response"]["messageAction"] = "SUPPRESS"
        return event

    page = Visitor(client).open("/forgotPassword").submit(username="old")

    assert "a password reset code by email to o***@e***." in page.text
    assert pool.user("old").status == "RESET_REQUIRED"


def test_a_client_with_a_secret_asks_its_users_for_no_hash(pool: UserPool, alice: User, cognito_outbox: Outbox) -> None:
    page = Visitor(client_of(pool, GenerateSecret=True)).open("/forgotPassword").submit(username="alice")
    page.submit(code=last_code(cognito_outbox), password=NEW, confirmPassword=NEW)

    assert (page.path, alice.password) == ("/login", NEW)


def test_nobody_is_asked_for_a_code(client: AppClient) -> None:
    page = Visitor(client).open("/confirmForgotPassword")

    assert (page.path, "Something went wrong" in page.text) == ("/login", True)
