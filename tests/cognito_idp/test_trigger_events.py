"""`cognito.events`: the events of triggers for tests of a function alone are those of a real call."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import cognito_user_pool_event as powertools

from pytest_cognito.kernel.usage import UsageError
from tests.support.pools import SES, SMS, answering, pairs
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, respond

ROLE = "arn:aws:iam::123456789012:role/staff"
EMAIL = {"email": "alice@example.com"}
METADATA = {"lang": "de"}
Build = Callable[..., Any]


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool(
        AutoVerifiedAttributes=["email"],
        EmailConfiguration=SES,
        SmsConfiguration=SMS,
        MfaConfiguration="OPTIONAL",
    )
    pool.create_client()
    return pool


@pytest.fixture
def last(cognito: Any, pool: Any) -> Callable[[str], Any]:
    """Let every trigger run a function that changes nothing; gives the event of the last run of one."""
    for trigger in (
        "PreSignUp",
        "PostConfirmation",
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
        "CustomMessage",
        "UserMigration",
    ):
        pool.set_trigger(trigger, answering())

    def event(source: str) -> Any:
        return cognito.triggers.last(source).event

    return event


def sign_up(idp: Any, pool: Any, **more: Any) -> Any:
    return idp.sign_up(
        ClientId=pool.client.id, Username="alice", Password="Passw0rd!", UserAttributes=pairs(EMAIL), **more
    )


class TestRealCalls:
    @pytest.mark.parametrize("more", [{}, {"validation_data": {"age": "30"}, "metadata": METADATA}])
    def test_pre_sign_up(
        self, cognito: Any, cognito_idp: Any, pool: Any, last: Build, more: dict[str, dict[str, str]]
    ) -> None:
        sent = {"ValidationData": pairs(more["validation_data"]), "ClientMetadata": METADATA} if more else {}
        event = cognito.events.pre_sign_up("alice", EMAIL, **more)
        sign_up(cognito_idp, pool, **sent)
        assert event == last("PreSignUp_SignUp")
        event = cognito.events.pre_sign_up("bob", EMAIL, source="AdminCreateUser", **more)
        cognito_idp.admin_create_user(UserPoolId=pool.id, Username="bob", UserAttributes=pairs(EMAIL), **sent)
        assert event == last("PreSignUp_AdminCreateUser")

    def test_pre_sign_up_where_the_address_is_the_user_name(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"])
        pool.set_trigger("PreSignUp", answering())
        event = cognito.events.pre_sign_up("alice@example.com")
        cognito_idp.sign_up(ClientId=pool.client.id, Username="alice@example.com", Password="Passw0rd!")
        real = cognito.triggers.last().event
        assert {**event, "userName": ""} == {**real, "userName": ""}
        assert (len(event["userName"]), "@" in event["userName"]) == (36, False)

    def test_post_confirmation(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build) -> None:
        sign_up(cognito_idp, pool)
        cognito_idp.confirm_sign_up(
            ClientId=pool.client.id,
            Username="alice",
            ConfirmationCode=cognito.outbox.last().code,
            ClientMetadata=METADATA,
        )
        alice = pool.user("alice")
        assert cognito.events.post_confirmation(alice, metadata=METADATA) == last("PostConfirmation")
        cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
        cognito_idp.confirm_forgot_password(
            ClientId=pool.client.id,
            Username="alice",
            ConfirmationCode=cognito.outbox.last().code,
            Password="Another-horse-8",
        )
        assert cognito.events.post_confirmation(alice, source="ConfirmForgotPassword") == last("PostConfirmation")

    def test_post_confirmation_by_an_administrator(
        self, cognito: Any, cognito_idp: Any, pool: Any, last: Build
    ) -> None:
        alice = pool.create_user("alice", status="UNCONFIRMED")
        cognito_idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="alice")
        assert cognito.events.post_confirmation(alice, by_admin=True) == last("PostConfirmation")

    @pytest.mark.parametrize("hides", ["ENABLED", "LEGACY"])
    def test_a_sign_in(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build, hides: str) -> None:
        client = pool.create_client(PreventUserExistenceErrors=hides)
        alice = pool.create_user("alice", **EMAIL)
        cognito_idp.initiate_auth(
            ClientId=client.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
            ClientMetadata=METADATA,
        )
        events = cognito.events
        before = events.pre_authentication(alice, validation_data=METADATA, client=client)
        assert before == last("PreAuthentication")
        assert ("userNotFound" in before["request"]) is (hides == "ENABLED")
        assert events.post_authentication(alice, client=client) == last("PostAuthentication")
        assert events.pre_token_generation(alice, client=client) == last("PreTokenGeneration")

    def test_the_sign_in_of_nobody(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build) -> None:
        client = pool.create_client(PreventUserExistenceErrors="ENABLED")
        call = {"client_id": client.id, "USERNAME": "nobody", "PASSWORD": PASSWORD}
        assert refusal(begin, idp=cognito_idp, **call)[0] == "NotAuthorizedException"
        assert cognito.events.pre_authentication("nobody", client=client) == last("PreAuthentication")
        with pytest.raises(UsageError, match="PreventUserExistenceErrors"):
            cognito.events.pre_authentication("nobody")

    @pytest.mark.parametrize("version", [1, 2, 3])
    def test_the_tokens_of_each_version(
        self, cognito: Any, cognito_idp: Any, pool: Any, last: Build, version: int
    ) -> None:
        cognito_idp.create_group(UserPoolId=pool.id, GroupName="staff", RoleArn=ROLE)
        bob = pool.create_user("bob", password=PASSWORD, groups=["staff"], status="FORCE_CHANGE_PASSWORD")
        pool.set_trigger("PreTokenGeneration", answering(), version=version)
        begun = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
        respond(cognito_idp, pool.client.id, begun["Session"], USERNAME="bob", NEW_PASSWORD="Another-horse-8")
        real = last("PreTokenGeneration")
        assert real["request"]["groupConfiguration"]["iamRolesToOverride"] == [ROLE]
        build = cognito.events.pre_token_generation
        assert build(bob, source="NewPasswordChallenge") == real
        assert build(bob, source="NewPasswordChallenge", version=version) == real
        assert build(bob, source="NewPasswordChallenge", version=f"V{version}_0") == real

    def test_the_tokens_of_a_refresh(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build) -> None:
        alice = pool.create_user("alice")
        tokens = alice.sign_in()
        cognito_idp.get_tokens_from_refresh_token(
            ClientId=pool.client.id, RefreshToken=tokens.refresh_token, ClientMetadata=METADATA
        )
        event = cognito.events.pre_token_generation(alice, source="RefreshTokens", metadata=METADATA)
        assert event == last("PreTokenGeneration")

    def test_user_migration(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build) -> None:
        parameters = {"USERNAME": "alice", "PASSWORD": "old"}
        call = {"ClientId": pool.client.id, "ClientMetadata": METADATA}
        refusal(cognito_idp.initiate_auth, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters, **call)
        event = cognito.events.user_migration("alice", "old", validation_data=METADATA)
        assert event == last("UserMigration_Authentication")
        refusal(cognito_idp.forgot_password, Username="alice", **call)
        assert cognito.events.user_migration("alice", metadata=METADATA) == last("UserMigration_ForgotPassword")

    @pytest.mark.parametrize("trigger", ["CustomMessage", "CustomEmailSender"])
    def test_messages(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build, trigger: str) -> None:
        pool.set_trigger(trigger, answering() if trigger == "CustomMessage" else lambda event, context: None)

        def check(source: str, **more: Any) -> None:
            code = cognito.triggers.last(trigger).code
            if code is None:
                event = cognito.events.custom_message(pool.user("alice"), source, **more)
            else:
                event = cognito.events.custom_email_sender(pool.user("alice"), code, source, **more)
            assert event == last(f"{trigger}_{source}")

        sign_up(cognito_idp, pool, ClientMetadata=METADATA)
        check("SignUp", metadata=METADATA)
        cognito_idp.resend_confirmation_code(ClientId=pool.client.id, Username="alice")
        check("ResendCode")
        cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
        invitation = {"UserAttributes": pairs({**EMAIL, "email_verified": "true"}), "DesiredDeliveryMediums": ["EMAIL"]}
        cognito_idp.admin_create_user(UserPoolId=pool.id, Username="alice", **invitation)
        check("AdminCreateUser")
        pool.call("AdminSetUserPassword", Username="alice", Password="Another-horse-8", Permanent=True)
        cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
        check("ForgotPassword")
        cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
        check("ForgotPassword", by_admin=True)
        pool.call("AdminSetUserPassword", Username="alice", Password="Another-horse-8", Permanent=True)
        token = pool.user("alice").tokens().access_token
        cognito_idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
        check("VerifyUserAttribute")
        cognito_idp.update_user_attributes(AccessToken=token, UserAttributes=pairs({"email": "b@example.com"}))
        check("UpdateUserAttribute")

    def test_a_message_by_sms(self, cognito: Any, cognito_idp: Any, pool: Any, last: Build) -> None:
        alice = pool.create_user("alice", phone_number="+12065550123")
        settings = {"Enabled": True, "PreferredMfa": True}
        cognito_idp.admin_set_user_mfa_preference(UserPoolId=pool.id, Username="alice", SMSMfaSettings=settings)
        begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)
        assert cognito.events.custom_message(alice, "Authentication") == last("CustomMessage_Authentication")
        pool.set_trigger("CustomSMSSender", lambda event, context: None)
        begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)
        code = cognito.triggers.last().code
        assert cognito.events.custom_sms_sender(alice, code, "Authentication") == last("CustomSMSSender")


class TestPowertools:
    """AWS's own library for functions reads all that is in an event."""

    READ = (
        ("pre_sign_up", powertools.PreSignUpTriggerEvent),
        ("post_confirmation", powertools.PostConfirmationTriggerEvent),
        ("pre_authentication", powertools.PreAuthenticationTriggerEvent),
        ("post_authentication", powertools.PostAuthenticationTriggerEvent),
        ("pre_token_generation", powertools.PreTokenGenerationTriggerEvent),
        ("user_migration", powertools.UserMigrationTriggerEvent),
        ("custom_message", powertools.CustomMessageTriggerEvent),
        ("custom_email_sender", powertools.CustomEmailSenderTriggerEvent),
        ("custom_sms_sender", powertools.CustomSMSSenderTriggerEvent),
    )

    @pytest.mark.parametrize(("name", "kind"), READ)
    @pytest.mark.parametrize("said", [True, False])
    def test_the_request(self, cognito: Any, pool: Any, name: str, kind: Any, said: bool) -> None:
        given: tuple[Any, ...] = (pool.create_user("alice", groups=["staff"], **EMAIL),)
        if name in ("pre_sign_up", "user_migration"):
            given = ("alice", EMAIL if name == "pre_sign_up" else "old")
        elif name.endswith("sender"):
            given = (*given, "123456")
        words = "validation_data" if name in ("pre_authentication", "user_migration") else "metadata"
        event = getattr(cognito.events, name)(*given, **({words: METADATA} if said else {}))
        read = kind(event)
        self.compare(read.request, event["request"])
        self.compare(read, {member: value for member, value in event.items() if member != "response"})

    @pytest.mark.parametrize("version", [2, 3])
    def test_scopes(self, cognito: Any, pool: Any, version: int) -> None:
        event = cognito.events.pre_token_generation(pool.create_user("alice"), version=version, metadata=METADATA)
        read = powertools.PreTokenGenerationV2TriggerEvent(event)
        assert read.request.scopes == ["aws.cognito.signin.user.admin"]
        self.compare(read, event)
        self.compare(read.request, event["request"])

    def compare(self, read: Any, event: dict[str, Any]) -> None:
        """Every member of an object is a property of its class, with the same value."""
        for member, value in event.items():
            mine = getattr(read, re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", member))
            if member in ("request", "response"):
                assert mine.raw_event == value
            else:
                assert getattr(mine, "raw_event", mine) == ({} if value is None and mine is not None else value)


class TestUse:
    def test_no_function_runs_and_nothing_changes(self, cognito: Any, pool: Any) -> None:
        pool.set_trigger("PreTokenGeneration", answering())
        alice = pool.create_user("alice")
        cognito.events.pre_token_generation(alice)
        cognito.events.pre_sign_up("bob")
        assert (len(cognito.triggers), len(pool.users), len(cognito.outbox)) == (0, 1, 0)

    def test_a_handler_alone(self, cognito: Any, pool: Any) -> None:
        def add_tenant(event: dict[str, Any], context: object) -> dict[str, Any]:
            event["response"]["claimsAndScopeOverrideDetails"] = {
                "accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": event["userName"]}}
            }
            return event

        event = cognito.events.pre_token_generation(pool.create_user("alice"), version=2, scopes=["notes/read"])
        assert event["request"]["scopes"] == ["notes/read"]
        answer = add_tenant(event, None)
        details = answer["response"]["claimsAndScopeOverrideDetails"]
        assert details["accessTokenGeneration"]["claimsToAddOrOverride"] == {"tenant": "alice"}

    def test_of_several_pools_one_is_named(self, cognito: Any, pool: Any) -> None:
        other = cognito.create_user_pool()
        with pytest.raises(UsageError, match="there are 2 user pools"):
            cognito.events.user_migration("alice")
        assert cognito.events.user_migration("alice", pool=other)["userPoolId"] == other.id

    def test_a_source_that_there_is_not(self, cognito: Any, pool: Any) -> None:
        alice = pool.create_user("alice")
        with pytest.raises(UsageError, match="CustomMessage has no source 'Login'; it has SignUp"):
            cognito.events.custom_message(alice, "Login")
        with pytest.raises(UsageError, match="version is 1, 2 or 3, not 4"):
            cognito.events.pre_token_generation(alice, version=4)

    def test_a_pool_of_another_region(self, cognito: Any) -> None:
        pool = cognito.create_user_pool(region="eu-west-1")
        event = cognito.events.custom_message(pool.create_user("alice"))
        assert (event["region"], event["userPoolId"]) == ("eu-west-1", pool.id)
