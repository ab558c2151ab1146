"""UserMigration: users of an old directory who come along when they sign in, or have forgotten their password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import UserMigrationTriggerEvent

from tests.support.pools import SES, SMS, answering, failing
from tests.support.refusals import refusal
from tests.support.sign_ins import begin, begin_as_admin, part, sign_in

OLD = "weak"
"""A password that no policy of today would take."""
EMAIL = {"email": "alice@example.com", "email_verified": "true"}
PHONE = {"phone_number": "+12065550123", "phone_number_verified": "true"}
UNKNOWN = ("UserNotFoundException", "User does not exist.")
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
FAILED = ("UserLambdaValidationException", "UserMigration failed with error not today.")
OUTPUT = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
RESET = ("PasswordResetRequiredException", "Password reset required for the user")
CONFIRMED = {"finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS"}
NOTHING = {
    "userAttributes": None,
    "finalUserStatus": None,
    "messageAction": None,
    "desiredDeliveryMediums": None,
    "forceAliasCreation": None,
    "enableSMSMFA": None,
}
Make = Callable[..., Any]


def invalid(pool: Any) -> tuple[str, str]:
    return ("UserNotFoundException", f"Exception migrating user in app client {pool.client.id}")


def migrating(pool: Any, attributes: Any = EMAIL, **response: Any) -> None:
    """Let the pool's function know everybody, with these attributes."""
    pool.set_trigger("UserMigration", answering(userAttributes=attributes, **response))


@pytest.fixture
def pool(cognito: Any) -> Any:
    return cognito.create_user_pool()


@pytest.fixture
def hiding(cognito: Any) -> Any:
    """A pool whose client hides which users exist."""
    pool = cognito.create_user_pool()
    pool.create_client(PreventUserExistenceErrors="ENABLED")
    return pool


def enter(idp: Any, pool: Any, username: str = "alice", password: str = OLD) -> dict[str, Any]:
    return sign_in(idp, pool.client.id, username, password)


def refused(idp: Any, pool: Any, username: str = "alice", password: str = OLD) -> tuple[str, str]:
    return refusal(begin, idp=idp, client_id=pool.client.id, USERNAME=username, PASSWORD=password)


def usernames(pool: Any) -> list[str]:
    return [user.username for user in pool.users]


class TestSignIn:
    def test_a_user_comes_along_with_his_password(self, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, {**EMAIL, "given_name": "Alice"}, **CONFIRMED)
        claims = part(enter(cognito_idp, pool)["IdToken"])
        alice = pool.user("alice")
        assert (claims["sub"], claims["cognito:username"], claims["given_name"]) == (alice.sub, "alice", "Alice")
        assert (alice.status, alice.enabled, alice.password) == ("CONFIRMED", True, OLD)
        assert alice.attributes == {"sub": alice.sub, **EMAIL, "given_name": "Alice"}

    def test_he_signs_in_again_without_the_function(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        first = part(enter(cognito_idp, pool)["IdToken"])["sub"]
        assert part(enter(cognito_idp, pool)["IdToken"])["sub"] == first
        assert refused(cognito_idp, pool, password="wrong") == INCORRECT
        assert len(cognito.triggers.of("UserMigration")) == 1

    def test_a_user_who_is_there_does_not_run_it(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        pool.create_user("alice")
        assert refused(cognito_idp, pool) == INCORRECT
        assert len(cognito.triggers) == 0

    def test_an_administrators_sign_in_takes_him_along_too(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        begun = begin_as_admin(cognito_idp, pool.id, pool.client.id, USERNAME="alice", PASSWORD=OLD)
        assert "AuthenticationResult" in begun
        assert cognito.triggers.last().source == "UserMigration_Authentication"

    def test_srp_has_no_password_to_ask_for(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        call = {"client_id": pool.client.id, "flow": "USER_SRP_AUTH", "USERNAME": "alice", "SRP_A": "a1b2c3"}
        assert refusal(begin, idp=cognito_idp, **call) == UNKNOWN
        assert len(cognito.triggers) == 0

    @pytest.mark.parametrize("metadata", [None, {"shop": "berlin"}])
    def test_the_event(self, cognito: Any, cognito_idp: Any, pool: Any, metadata: dict[str, str] | None) -> None:
        migrating(pool, **CONFIRMED)
        cognito_idp.initiate_auth(
            ClientId=pool.client.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "Alice", "PASSWORD": OLD},
            **({"ClientMetadata": metadata} if metadata else {}),
        )
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "UserMigration_Authentication",
            "region": "us-east-1",
            "userPoolId": pool.id,
            "userName": "Alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
            "request": {"password": OLD, "validationData": metadata},
            "response": NOTHING,
        }
        read = UserMigrationTriggerEvent(event)
        assert (read.user_name, read.request.password) == ("Alice", OLD)
        assert read.request.validation_data == (metadata or {})

    def test_the_order_of_triggers(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        for trigger in ("PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication"):
            pool.set_trigger(trigger, answering())
        pool.set_trigger("PreTokenGeneration", answering())
        migrating(pool, **CONFIRMED)
        enter(cognito_idp, pool)
        migrated = len(cognito.triggers)
        enter(cognito_idp, pool)
        sources = [one.source for one in cognito.triggers]
        rest = ["PostAuthentication_Authentication", "TokenGeneration_Authentication"]
        assert sources[:migrated] == ["UserMigration_Authentication", *rest]
        assert sources[migrated:] == ["PreAuthentication_Authentication", *rest]

    def test_powertools_fills_the_response(self, cognito_idp: Any, pool: Any) -> None:
        def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
            data = UserMigrationTriggerEvent(event)
            data.response.user_attributes = EMAIL
            data.response.final_user_status = "CONFIRMED"
            data.response.message_action = "SUPPRESS"
            return data.raw_event

        pool.set_trigger("UserMigration", handler)
        assert part(enter(cognito_idp, pool)["IdToken"])["email"] == "alice@example.com"


class TestUnknown:
    @pytest.mark.parametrize("attributes", [None, {}])
    def test_a_function_that_knows_nobody(self, cognito_idp: Any, pool: Any, hiding: Any, attributes: Any) -> None:
        for one, error in ((pool, UNKNOWN), (hiding, INCORRECT)):
            migrating(one, attributes, **CONFIRMED)
            assert refused(cognito_idp, one) == error
            assert usernames(one) == []

    def test_it_is_asked_before_the_function_that_hears_of_nobody(
        self, cognito: Any, cognito_idp: Any, hiding: Any
    ) -> None:
        migrating(hiding, None)
        hiding.set_trigger("PreAuthentication", answering())
        refused(cognito_idp, hiding)
        assert [one.trigger for one in cognito.triggers] == ["UserMigration", "PreAuthentication"]
        assert cognito.triggers.last().event["request"]["userNotFound"] is True

    def test_a_function_that_fails(self, cognito_idp: Any, pool: Any, hiding: Any) -> None:
        for one in (pool, hiding):
            one.set_trigger("UserMigration", failing)
            assert refused(cognito_idp, one) == FAILED
            assert usernames(one) == []

    def test_a_function_that_answers_something_else(self, cognito_idp: Any, pool: Any) -> None:
        pool.set_trigger("UserMigration", lambda event, context: {"userAttributes": EMAIL})
        assert refused(cognito_idp, pool) == OUTPUT

    def test_a_function_that_is_too_slow(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        def slow(event: dict[str, Any], context: object) -> dict[str, Any]:
            cognito.clock.advance(seconds=6)
            return event

        pool.set_trigger("UserMigration", slow)
        assert refused(cognito_idp, pool) == (
            "UnexpectedLambdaException",
            "UserMigration invocation failed due to error Socket timeout while invoking Lambda function.",
        )
        assert len(cognito.triggers) == 3


INVALID: list[tuple[Any, dict[str, Any]]] = [
    (["email"], {}),
    ("alice@example.com", {}),
    ({"email": "no address"}, {}),
    ({"email": 1}, {}),
    ({**EMAIL, "email_verified": True}, {}),
    ({"email_verified": "true"}, {}),
    ({"phone_number": "0123"}, {}),
    ({"custom:shop": "berlin"}, {}),
    ({"sub": "11111111-2222-3333-4444-555555555555"}, {}),
    ({"unheard_of": "x"}, {}),
    ({**EMAIL, "username": "somebody"}, {}),
    (EMAIL, {"finalUserStatus": True}),
    (EMAIL, {"messageAction": ["SUPPRESS"]}),
    (EMAIL, {"desiredDeliveryMediums": "EMAIL"}),
    (EMAIL, {"desiredDeliveryMediums": [1]}),
    (EMAIL, {"forceAliasCreation": "true"}),
    (EMAIL, {"enableSMSMFA": "false"}),
]


class TestInvalid:
    @pytest.mark.parametrize(("attributes", "response"), INVALID)
    def test_what_makes_no_user(
        self, cognito: Any, cognito_idp: Any, pool: Any, hiding: Any, attributes: Any, response: dict[str, Any]
    ) -> None:
        for one, error in ((pool, invalid(pool)), (hiding, INCORRECT)):
            migrating(one, attributes, **{**CONFIRMED, **response})
            assert refused(cognito_idp, one) == error
            assert usernames(one) == []
            assert cognito.triggers.last("UserMigration").error is not None

    def test_what_the_pool_requires_is_required(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(Schema=[{"Name": "given_name", "Required": True}])
        migrating(pool, **CONFIRMED)
        assert refused(cognito_idp, pool) == invalid(pool)
        assert "given_name: The attribute is required" in str(cognito.triggers.last().error)
        migrating(pool, {"given_name": "Alice"}, **CONFIRMED)
        assert "IdToken" in enter(cognito_idp, pool)

    def test_an_attribute_without_a_value_is_none(self, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, {**EMAIL, "nickname": None}, **CONFIRMED)
        enter(cognito_idp, pool)
        assert "nickname" not in pool.user("alice").attributes

    def test_custom_attributes_of_the_pool_are_taken(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(Schema=[{"Name": "shop", "AttributeDataType": "String"}])
        migrating(pool, {"custom:shop": "berlin"}, **CONFIRMED)
        enter(cognito_idp, pool)
        assert pool.user("alice").attributes["custom:shop"] == "berlin"

    @pytest.mark.parametrize("username", ["alice", "bob"])
    def test_nobody_takes_the_place_of_a_user_who_came_meanwhile(
        self, cognito: Any, cognito_idp: Any, username: str
    ) -> None:
        pool = cognito.create_user_pool(AliasAttributes=["email"])

        def function(event: dict[str, Any], context: object) -> dict[str, Any]:
            pool.create_user(username, password="Somebody-else-1")
            event["response"] = {"userAttributes": {"username": "bob", "given_name": "B"}, **CONFIRMED}
            return event

        pool.set_trigger("UserMigration", function)
        assert refused(cognito_idp, pool) == invalid(pool)
        assert usernames(pool) == [username]
        assert pool.user(username).password == "Somebody-else-1"


class TestStatus:
    @pytest.mark.parametrize("status", [None, "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", ""])
    def test_any_other_status_asks_for_a_new_password(
        self, cognito: Any, cognito_idp: Any, pool: Any, status: str | None
    ) -> None:
        migrating(pool, finalUserStatus=status)
        assert refused(cognito_idp, pool) == RESET
        assert (pool.user("alice").status, pool.user("alice").password) == ("RESET_REQUIRED", None)
        assert refused(cognito_idp, pool) == RESET
        assert len(cognito.triggers) == 1

    def test_the_new_password_is_set_with_a_code(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool)
        assert refused(cognito_idp, pool) == RESET
        cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
        cognito_idp.confirm_forgot_password(
            ClientId=pool.client.id,
            Username="alice",
            ConfirmationCode=cognito.outbox.last(to="alice@example.com").code,
            Password="Another-horse-8",
        )
        assert "IdToken" in enter(cognito_idp, pool, password="Another-horse-8")
        assert len(cognito.triggers.of("UserMigration")) == 1

    def test_the_user_stays_when_the_rest_of_the_sign_in_fails(self, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        pool.set_trigger("PostAuthentication", failing)
        assert refused(cognito_idp, pool)[0] == "UserLambdaValidationException"
        assert usernames(pool) == ["alice"]


class TestWelcome:
    @pytest.fixture
    def pool(self, cognito: Any) -> Any:
        return cognito.create_user_pool(SmsConfiguration=SMS, EmailConfiguration=SES)

    @pytest.mark.parametrize(
        ("response", "sent"),
        [
            ({}, ["SMS"]),
            ({"desiredDeliveryMediums": None}, ["SMS"]),
            ({"desiredDeliveryMediums": ["SMS"]}, ["SMS"]),
            ({"desiredDeliveryMediums": ["EMAIL"]}, ["EMAIL"]),
            ({"desiredDeliveryMediums": ["EMAIL", "SMS"]}, ["EMAIL", "SMS"]),
            ({"messageAction": "SUPPRESS"}, []),
            ({"messageAction": "SUPPRESS", "desiredDeliveryMediums": ["EMAIL"]}, []),
            ({"finalUserStatus": None}, []),
        ],
    )
    def test_who_can_come_in_is_welcomed(
        self, cognito: Any, cognito_idp: Any, pool: Any, response: dict[str, Any], sent: list[str]
    ) -> None:
        migrating(pool, {**EMAIL, **PHONE}, **{"finalUserStatus": "CONFIRMED", **response})
        begun = response.get("finalUserStatus", "CONFIRMED")
        assert "IdToken" in enter(cognito_idp, pool) if begun else refused(cognito_idp, pool) == RESET
        assert sorted(message.medium for message in cognito.outbox) == sent

    def test_nobody_is_welcomed_where_he_cannot_be_reached(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, finalUserStatus="CONFIRMED")
        enter(cognito_idp, pool)
        assert len(cognito.outbox) == 0

    def test_the_message_is_an_invitations(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        pool.set_trigger("CustomMessage", answering(smsMessage="Welcome {username} {####}"))
        migrating(pool, PHONE, finalUserStatus="CONFIRMED")
        enter(cognito_idp, pool)
        assert cognito.triggers.of("CustomMessage")[0].source == "CustomMessage_AdminCreateUser"
        assert cognito.outbox.last().body == f"Welcome alice {OLD}"


class TestNames:
    def test_an_alias_was_typed(self, cognito_idp: Any, cognito: Any) -> None:
        pool = cognito.create_user_pool(AliasAttributes=["email"])
        migrating(pool, **CONFIRMED)
        assert refused(cognito_idp, pool, "alice@example.com") == invalid(pool)
        migrating(pool, {**EMAIL, "username": "alice"}, **CONFIRMED)
        claims = part(enter(cognito_idp, pool, "alice@example.com")["IdToken"])
        assert claims["cognito:username"] == "alice"
        assert "username" not in pool.user("alice").attributes
        assert "IdToken" in enter(cognito_idp, pool, "alice")
        assert "IdToken" in enter(cognito_idp, pool, "alice@example.com")
        assert len(cognito.triggers) == 2

    @pytest.mark.parametrize("force", [None, False, True])
    def test_an_alias_that_somebody_has(self, cognito: Any, cognito_idp: Any, force: bool | None) -> None:
        pool = cognito.create_user_pool(AliasAttributes=["email"])
        pool.create_user("bob", email="alice@example.com")
        migrating(pool, forceAliasCreation=force, **CONFIRMED)
        if force:
            enter(cognito_idp, pool)
            assert pool.user("alice@example.com").username == "alice"
            assert pool.user("bob").attributes["email_verified"] == "false"
        else:
            assert refused(cognito_idp, pool) == invalid(pool)
            assert usernames(pool) == ["bob"]

    def test_where_the_address_is_the_user_name(self, cognito_idp: Any, cognito: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"])
        migrating(pool, {"email_verified": "true"}, **CONFIRMED)
        enter(cognito_idp, pool, "alice@example.com")
        alice = pool.user("alice@example.com")
        assert (alice.username, alice.email) == (alice.sub, "alice@example.com")
        assert cognito.triggers.last().event["userName"] == "alice@example.com"

    @pytest.mark.parametrize(
        "attributes",
        [{"email": "bob@example.com"}, {**EMAIL, "username": "alice"}, {**EMAIL, "phone_number": "+12065550123"}],
    )
    def test_where_it_is_no_other_will_do(self, cognito: Any, cognito_idp: Any, attributes: dict[str, str]) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email", "phone_number"])
        pool.create_user("+12065550123")
        migrating(pool, attributes, **CONFIRMED)
        assert refused(cognito_idp, pool, "alice@example.com") == invalid(pool)
        assert len(pool.users) == 1

    def test_the_same_address_may_be_repeated(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
        migrating(pool, {**EMAIL, "username": "ALICE@example.com"}, **CONFIRMED)
        assert "IdToken" in enter(cognito_idp, pool, "Alice@Example.com")

    @pytest.mark.parametrize("said", ["alice", "Alice"])
    def test_a_plain_user_name_may_be_repeated(self, cognito: Any, cognito_idp: Any, said: str) -> None:
        pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": False})
        migrating(pool, {**EMAIL, "username": said}, **CONFIRMED)
        enter(cognito_idp, pool, "Alice")
        assert usernames(pool) == ["alice"]


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
        cognito: Any,
        cognito_idp: Any,
        mode: str,
        enable: bool | None,
        attributes: dict[str, str],
        challenged: bool,
    ) -> None:
        pool = cognito.create_user_pool(MfaConfiguration=mode, SmsConfiguration=SMS)
        migrating(pool, attributes, enableSMSMFA=enable, **CONFIRMED)
        begun = begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD=OLD)
        assert begun.get("ChallengeName") == ("SMS_MFA" if challenged else None)
        if challenged:
            answered = cognito_idp.respond_to_auth_challenge(
                ClientId=pool.client.id,
                ChallengeName="SMS_MFA",
                Session=begun["Session"],
                ChallengeResponses={"USERNAME": "alice", "SMS_MFA_CODE": cognito.outbox.last().code},
            )
            assert "AuthenticationResult" in answered


class TestForgottenPassword:
    def test_a_user_comes_along_and_gets_a_code(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool)
        told = cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
        assert told["CodeDeliveryDetails"]["Destination"] == "a***@e***"
        assert pool.user("alice").status == "RESET_REQUIRED"
        [message] = cognito.outbox
        cognito_idp.confirm_forgot_password(
            ClientId=pool.client.id, Username="alice", ConfirmationCode=message.code, Password="Another-horse-8"
        )
        assert "IdToken" in enter(cognito_idp, pool, password="Another-horse-8")
        assert len(cognito.triggers) == 1

    @pytest.mark.parametrize("metadata", [None, {"shop": "berlin"}])
    def test_the_event(self, cognito: Any, cognito_idp: Any, pool: Any, metadata: dict[str, str] | None) -> None:
        migrating(pool)
        more = {"ClientMetadata": metadata} if metadata else {}
        cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice", **more)
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "UserMigration_ForgotPassword",
            "region": "us-east-1",
            "userPoolId": pool.id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
            "request": {"validationData": None, **({"clientMetadata": metadata} if metadata else {})},
            "response": NOTHING,
        }
        assert UserMigrationTriggerEvent(event).request.client_metadata == (metadata or {})

    def test_the_message_about_the_code_comes_after(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool, **CONFIRMED)
        pool.set_trigger("CustomMessage", answering())
        cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
        assert [one.source for one in cognito.triggers] == [
            "UserMigration_ForgotPassword",
            "CustomMessage_ForgotPassword",
        ]
        assert pool.user("alice").status == "CONFIRMED"

    def test_an_address_that_is_not_verified_gets_no_code(self, cognito_idp: Any, pool: Any, hiding: Any) -> None:
        for one in (pool, hiding):
            migrating(one, {"email": "alice@example.com"})
        assert refusal(cognito_idp.forgot_password, ClientId=pool.client.id, Username="alice") == (
            "InvalidParameterException",
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
        )
        assert "CodeDeliveryDetails" in cognito_idp.forgot_password(ClientId=hiding.client.id, Username="alice")
        assert usernames(pool) == usernames(hiding) == ["alice"]

    @pytest.mark.parametrize("attributes", [None, {}, {"email": "no address"}])
    def test_nobody_is_found(
        self, cognito: Any, cognito_idp: Any, pool: Any, hiding: Any, attributes: dict[str, str] | None
    ) -> None:
        for one in (pool, hiding):
            migrating(one, attributes)
        unknown = ("UserNotFoundException", "Username/client id combination not found.")
        assert refusal(cognito_idp.forgot_password, ClientId=pool.client.id, Username="alice") == (
            invalid(pool) if attributes else unknown
        )
        simulated = cognito_idp.forgot_password(ClientId=hiding.client.id, Username="alice")
        assert simulated["CodeDeliveryDetails"]["Destination"] == "a***@a***"
        assert (usernames(pool), usernames(hiding), len(cognito.outbox)) == ([], [], 0)

    def test_a_function_that_fails(self, cognito_idp: Any, pool: Any, hiding: Any) -> None:
        for one in (pool, hiding):
            one.set_trigger("UserMigration", failing)
            assert refusal(cognito_idp.forgot_password, ClientId=one.client.id, Username="alice") == FAILED

    def test_an_administrators_reset_does_not_ask(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        migrating(pool)
        assert refusal(cognito_idp.admin_reset_user_password, UserPoolId=pool.id, Username="alice") == UNKNOWN
        assert len(cognito.triggers) == 0
