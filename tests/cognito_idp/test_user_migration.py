"""UserMigration: users of an old directory who come along when they sign in, or have forgotten their password."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import UserMigrationTriggerEvent

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import NEW_PASSWORD, App, MakeApp
from tests.support.functions import Event, answering, failing
from tests.support.jwts import claims
from tests.support.migration import CONFIRMED, EMAIL, OLD, PHONE, enter, migrating, migration_failed, refused, usernames
from tests.support.refusals import (
    INCORRECT,
    NO_WAY_TO_RESET,
    RESET_REQUIRED,
    USER_NOT_FOUND,
    USER_OF_CLIENT_NOT_FOUND,
    lambda_failed,
    refusal,
)
from tests.support.settings import SMS

NOTHING = {
    "userAttributes": None,
    "finalUserStatus": None,
    "messageAction": None,
    "desiredDeliveryMediums": None,
    "forceAliasCreation": None,
    "enableSMSMFA": None,
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users."""
    return cognito.create_user_pool()


@pytest.fixture
def hiding(make_app: MakeApp) -> App:
    """Another pool without users, and a client that hides that."""
    return make_app({"PreventUserExistenceErrors": "ENABLED"})


class TestSignIn:
    def test_a_user_comes_along_with_the_password(self, app: App) -> None:
        migrating(app, {**EMAIL, "given_name": "Alice"}, **CONFIRMED)
        in_id = claims(enter(app)["IdToken"])
        alice = app.pool.user("alice")
        assert (in_id["sub"], in_id["cognito:username"], in_id["given_name"]) == (alice.sub, "alice", "Alice")
        assert (alice.status, alice.enabled, alice.password) == ("CONFIRMED", True, OLD)
        assert alice.attributes == {"sub": alice.sub, **EMAIL, "given_name": "Alice"}

    def test_who_came_along_signs_in_again_without_the_function(self, cognito: Cognito, app: App) -> None:
        migrating(app, **CONFIRMED)
        first = claims(enter(app)["IdToken"])["sub"]
        assert claims(enter(app)["IdToken"])["sub"] == first
        assert refused(app, password="wrong") == INCORRECT
        assert len(cognito.triggers.of("UserMigration")) == 1

    def test_a_user_who_is_there_does_not_run_it(self, cognito: Cognito, app: App) -> None:
        migrating(app, **CONFIRMED)
        app.pool.create_user("alice")
        assert refused(app) == INCORRECT
        assert len(cognito.triggers) == 0

    def test_an_administrators_sign_in_takes_the_user_along_too(self, cognito: Cognito, app: App) -> None:
        migrating(app, **CONFIRMED)
        begun = app.admin_initiate_auth(USERNAME="alice", PASSWORD=OLD)
        assert "AuthenticationResult" in begun
        assert cognito.triggers.last().source == "UserMigration_Authentication"

    def test_srp_has_no_password_to_ask_for(self, cognito: Cognito, app: App) -> None:
        migrating(app, **CONFIRMED)
        srp = {"flow": "USER_SRP_AUTH", "USERNAME": "alice", "SRP_A": "a1b2c3"}
        assert refusal(app.initiate_auth, **srp) == USER_NOT_FOUND
        assert len(cognito.triggers) == 0

    @pytest.mark.parametrize("metadata", [None, {"shop": "berlin"}])
    def test_the_event(self, cognito: Cognito, app: App, metadata: dict[str, str] | None) -> None:
        migrating(app, **CONFIRMED)
        more = {"ClientMetadata": metadata} if metadata else {}
        parameters = {"USERNAME": "Alice", "PASSWORD": OLD}
        app.call(
            "initiate_auth",
            ClientId=app.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=parameters,
            **more,
        )
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "UserMigration_Authentication",
            "region": "us-east-1",
            "userPoolId": app.pool_id,
            "userName": "Alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
            "request": {"password": OLD, "validationData": metadata},
            "response": NOTHING,
        }
        read = UserMigrationTriggerEvent(event)
        assert (read.user_name, read.request.password) == ("Alice", OLD)
        assert read.request.validation_data == (metadata or {})

    def test_the_order_of_triggers(self, cognito: Cognito, app: App) -> None:
        for trigger in ("PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication"):
            app.pool.set_trigger(trigger, answering())
        app.pool.set_trigger("PreTokenGeneration", answering())
        migrating(app, **CONFIRMED)
        enter(app)
        migrated = len(cognito.triggers)
        enter(app)
        sources = [one.source for one in cognito.triggers]
        rest = ["PostAuthentication_Authentication", "TokenGeneration_Authentication"]
        assert sources[:migrated] == ["UserMigration_Authentication", *rest]
        assert sources[migrated:] == ["PreAuthentication_Authentication", *rest]

    def test_powertools_fills_the_response(self, app: App) -> None:
        def handler(event: Event, context: object) -> Event:
            data = UserMigrationTriggerEvent(event)
            data.response.user_attributes = EMAIL
            data.response.final_user_status = "CONFIRMED"
            data.response.message_action = "SUPPRESS"
            return data.raw_event

        app.pool.set_trigger("UserMigration", handler)
        assert claims(enter(app)["IdToken"])["email"] == "alice@example.com"


class TestStatus:
    @pytest.mark.parametrize("status", [None, "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", ""])
    def test_any_other_status_asks_for_a_new_password(self, cognito: Cognito, app: App, status: str | None) -> None:
        migrating(app, finalUserStatus=status)
        assert refused(app) == RESET_REQUIRED
        assert (app.pool.user("alice").status, app.pool.user("alice").password) == ("RESET_REQUIRED", None)
        assert refused(app) == RESET_REQUIRED
        assert len(cognito.triggers) == 1

    def test_the_new_password_is_set_with_a_code(self, cognito: Cognito, app: App) -> None:
        migrating(app)
        assert refused(app) == RESET_REQUIRED
        app.public("forgot_password")
        app.public(
            "confirm_forgot_password",
            ConfirmationCode=cognito.outbox.last(to="alice@example.com").code,
            Password=NEW_PASSWORD,
        )
        assert "IdToken" in enter(app, password=NEW_PASSWORD)
        assert len(cognito.triggers.of("UserMigration")) == 1

    def test_the_user_stays_when_the_rest_of_the_sign_in_fails(self, app: App) -> None:
        migrating(app, **CONFIRMED)
        app.pool.set_trigger("PostAuthentication", failing)
        assert refused(app) == lambda_failed("PostAuthentication")
        assert usernames(app) == ["alice"]


class TestMfa:
    @pytest.mark.parametrize(
        ("mode", "enable", "attributes", "challenged"),
        [
            ("OPTIONAL", True, PHONE, True),
            ("OPTIONAL", False, PHONE, False),
            ("OPTIONAL", None, PHONE, False),
            ("OPTIONAL", True, EMAIL, False),
            ("OFF", True, PHONE, False),
            ("ON", None, PHONE, True),
        ],
    )
    def test_sms_is_turned_on(
        self,
        cognito: Cognito,
        make_app: MakeApp,
        mode: str,
        enable: bool | None,
        attributes: dict[str, str],
        challenged: bool,
    ) -> None:
        app = make_app(MfaConfiguration=mode, SmsConfiguration=SMS)
        migrating(app, attributes, enableSMSMFA=enable, **CONFIRMED)
        begun = app.begin(password=OLD)
        assert begun.get("ChallengeName") == ("SMS_MFA" if challenged else None)
        if challenged:
            code = cognito.outbox.last().code
            assert code is not None
            answered = app.respond(begun, SMS_MFA_CODE=code)
            assert "AuthenticationResult" in answered


class TestForgottenPassword:
    def test_a_user_comes_along_and_gets_a_code(self, cognito: Cognito, app: App) -> None:
        migrating(app)
        told = app.public("forgot_password")
        assert told["CodeDeliveryDetails"]["Destination"] == "a***@e***"
        assert app.pool.user("alice").status == "RESET_REQUIRED"
        [message] = cognito.outbox
        app.public("confirm_forgot_password", ConfirmationCode=message.code, Password=NEW_PASSWORD)
        assert "IdToken" in enter(app, password=NEW_PASSWORD)
        assert len(cognito.triggers) == 1

    @pytest.mark.parametrize("metadata", [None, {"shop": "berlin"}])
    def test_the_event(self, cognito: Cognito, app: App, metadata: dict[str, str] | None) -> None:
        migrating(app)
        more: dict[str, Any] = {"ClientMetadata": metadata} if metadata else {}
        app.public("forgot_password", **more)
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "UserMigration_ForgotPassword",
            "region": "us-east-1",
            "userPoolId": app.pool_id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
            "request": {"validationData": None, **({"clientMetadata": metadata} if metadata else {})},
            "response": NOTHING,
        }
        assert UserMigrationTriggerEvent(event).request.client_metadata == (metadata or {})

    def test_the_message_about_the_code_comes_after(self, cognito: Cognito, app: App) -> None:
        migrating(app, **CONFIRMED)
        app.pool.set_trigger("CustomMessage", answering())
        app.public("forgot_password")
        assert [one.source for one in cognito.triggers] == [
            "UserMigration_ForgotPassword",
            "CustomMessage_ForgotPassword",
        ]
        assert app.pool.user("alice").status == "CONFIRMED"

    def test_an_address_that_is_not_verified_gets_no_code(self, app: App, hiding: App) -> None:
        for one in (app, hiding):
            migrating(one, {"email": "alice@example.com"})
        assert refusal(app.public, operation="forgot_password") == NO_WAY_TO_RESET
        assert "CodeDeliveryDetails" in hiding.public("forgot_password")
        assert usernames(app) == usernames(hiding) == ["alice"]

    @pytest.mark.parametrize("attributes", [None, {}, {"email": "no address"}])
    def test_nobody_is_found(self, cognito: Cognito, app: App, hiding: App, attributes: dict[str, str] | None) -> None:
        for one in (app, hiding):
            migrating(one, attributes)
        assert refusal(app.public, operation="forgot_password") == (
            migration_failed(app) if attributes else USER_OF_CLIENT_NOT_FOUND
        )
        simulated = hiding.public("forgot_password")
        assert simulated["CodeDeliveryDetails"]["Destination"] == "a***@a***"
        assert (usernames(app), usernames(hiding), len(cognito.outbox)) == ([], [], 0)

    def test_a_function_that_fails(self, app: App, hiding: App) -> None:
        for one in (app, hiding):
            one.pool.set_trigger("UserMigration", failing)
            assert refusal(one.public, operation="forgot_password") == lambda_failed("UserMigration")

    def test_an_administrators_reset_does_not_ask(self, cognito: Cognito, app: App) -> None:
        migrating(app)
        assert refusal(app.admin, operation="admin_reset_user_password") == USER_NOT_FOUND
        assert len(cognito.triggers) == 0
