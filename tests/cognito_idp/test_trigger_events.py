"""`cognito.events`: the events of triggers for tests of a function alone are those of a real call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support import custom
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp, pairs
from tests.support.functions import Event, unchanged
from tests.support.mfa import PREFERRED, prefer
from tests.support.refusals import INCORRECT, refusal
from tests.support.settings import SES, SMS

ROLE = "arn:aws:iam::123456789012:role/staff"
EMAIL = {"email": "alice@example.com"}
METADATA = {"lang": "de"}
Last = Callable[[str], Event]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users that sends codes by e-mail and SMS."""
    return cognito.create_user_pool(
        AutoVerifiedAttributes=["email"],
        EmailConfiguration=SES,
        SmsConfiguration=SMS,
        MfaConfiguration="OPTIONAL",
    )


@pytest.fixture
def last(cognito: Cognito, pool: UserPool) -> Last:
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
        pool.set_trigger(trigger, unchanged)

    def event(source: str) -> Event:
        return cognito.triggers.last(source).event

    return event


def code_of(cognito: Cognito) -> str:
    code = cognito.outbox.last().code
    assert code is not None
    return code


class TestRealCalls:
    @pytest.mark.parametrize("more", [{}, {"validation_data": {"age": "30"}, "metadata": METADATA}])
    def test_pre_sign_up(self, cognito: Cognito, app: App, last: Last, more: dict[str, Any]) -> None:
        sent: dict[str, Any] = (
            {"ValidationData": pairs(more["validation_data"]), "ClientMetadata": METADATA} if more else {}
        )
        event = cognito.events.pre_sign_up("alice", EMAIL, **more)
        app.sign_up("alice", EMAIL, **sent)
        assert event == last("PreSignUp_SignUp")
        event = cognito.events.pre_sign_up("bob", EMAIL, source="AdminCreateUser", **more)
        app.create("bob", EMAIL, **sent)
        assert event == last("PreSignUp_AdminCreateUser")

    def test_pre_sign_up_where_the_address_is_the_user_name(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make_app(UsernameAttributes=["email"])
        app.pool.set_trigger("PreSignUp", unchanged)
        event = cognito.events.pre_sign_up("alice@example.com")
        app.sign_up("alice@example.com")
        real = cognito.triggers.last().event
        assert {**event, "userName": ""} == {**real, "userName": ""}
        assert (len(event["userName"]), "@" in event["userName"]) == (36, False)

    def test_post_confirmation(self, cognito: Cognito, app: App, last: Last) -> None:
        app.sign_up("alice", EMAIL)
        app.confirm("alice", code_of(cognito), ClientMetadata=METADATA)
        alice = app.pool.user("alice")
        assert cognito.events.post_confirmation(alice, metadata=METADATA) == last("PostConfirmation")
        app.public("forgot_password")
        app.public("confirm_forgot_password", ConfirmationCode=code_of(cognito), Password=NEW_PASSWORD)
        assert cognito.events.post_confirmation(alice, source="ConfirmForgotPassword") == last("PostConfirmation")

    def test_post_confirmation_by_an_administrator(self, cognito: Cognito, app: App, last: Last) -> None:
        alice = app.pool.create_user("alice", status="UNCONFIRMED")
        app.admin("admin_confirm_sign_up")
        assert cognito.events.post_confirmation(alice, by_admin=True) == last("PostConfirmation")

    @pytest.mark.parametrize("hides", ["ENABLED", "LEGACY"])
    def test_a_sign_in(self, cognito: Cognito, app: App, last: Last, hides: str) -> None:
        client = app.with_client(PreventUserExistenceErrors=hides)
        alice = app.pool.create_user("alice", attributes=EMAIL)
        app.idp.initiate_auth(
            ClientId=client.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
            ClientMetadata=METADATA,
        )
        events = cognito.events
        before = events.pre_authentication(alice, validation_data=METADATA, client=client.client)
        assert before == last("PreAuthentication")
        assert ("userNotFound" in before["request"]) is (hides == "ENABLED")
        assert events.post_authentication(alice, client=client.client) == last("PostAuthentication")
        assert events.post_authentication(alice, new_device=True)["request"]["newDeviceUsed"] is True
        assert events.pre_token_generation(alice, client=client.client) == last("PreTokenGeneration")

    def test_the_sign_in_of_nobody(self, cognito: Cognito, app: App, last: Last) -> None:
        hiding = app.with_client(PreventUserExistenceErrors="ENABLED")
        assert refusal(hiding.begin, username="nobody") == INCORRECT
        assert cognito.events.pre_authentication("nobody", client=hiding.client) == last("PreAuthentication")
        with pytest.raises(UsageError, match="PreventUserExistenceErrors"):
            cognito.events.pre_authentication("nobody")

    @pytest.mark.parametrize("hides", ["ENABLED", "LEGACY"])
    def test_custom_authentication(self, cognito: Cognito, app: App, hides: str) -> None:
        custom.set_functions(app.pool)
        hiding = app.with_client(PreventUserExistenceErrors=hides, ExplicitAuthFlows=custom.FLOWS)
        alice, events = app.pool.create_user("alice", attributes=EMAIL), cognito.events
        of: dict[str, Any] = {"client": hiding.client}
        challenge = custom.begin(hiding)
        assert events.define_auth_challenge(alice, **of) == cognito.triggers.last("DefineAuthChallenge").event
        assert events.create_auth_challenge(alice, **of) == cognito.triggers.last("CreateAuthChallenge").event
        hiding.respond(challenge, metadata=METADATA, ANSWER=custom.WRONG)
        of["metadata"] = METADATA
        answered = [{"challengeName": custom.CUSTOM, "challengeResult": False, "challengeMetadata": "ROUND-1"}]
        for build, trigger in (
            (events.define_auth_challenge, "DefineAuthChallenge"),
            (events.create_auth_challenge, "CreateAuthChallenge"),
        ):
            assert build(alice, answered, **of) == cognito.triggers.last(trigger).event
        event = events.verify_auth_challenge_response(alice, custom.WRONG, {"answer": custom.RIGHT}, **of)
        assert event == cognito.triggers.last("VerifyAuthChallengeResponse").event

    @pytest.mark.parametrize("version", [1, 2, 3])
    def test_the_tokens_of_each_version(self, cognito: Cognito, app: App, last: Last, version: int) -> None:
        app.pool.create_group("staff", RoleArn=ROLE)
        bob = app.pool.create_user("bob", password=PASSWORD, groups=["staff"], status="FORCE_CHANGE_PASSWORD")
        app.pool.set_trigger("PreTokenGeneration", unchanged, version=version)
        app.respond(app.begin("bob"), "bob", NEW_PASSWORD=NEW_PASSWORD)
        real = last("PreTokenGeneration")
        assert real["request"]["groupConfiguration"]["iamRolesToOverride"] == [ROLE]
        build = cognito.events.pre_token_generation
        assert build(bob, source="NewPasswordChallenge") == real
        assert build(bob, source="NewPasswordChallenge", version=version) == real
        assert build(bob, source="NewPasswordChallenge", version=f"V{version}_0") == real

    @pytest.mark.needs("GetTokensFromRefreshToken")
    def test_the_tokens_of_a_refresh(self, cognito: Cognito, app: App, last: Last) -> None:
        alice = app.pool.create_user("alice")
        tokens = alice.sign_in()
        given = {"ClientId": app.client_id, "RefreshToken": tokens.refresh_token}
        app.call("get_tokens_from_refresh_token", **given, ClientMetadata=METADATA)
        event = cognito.events.pre_token_generation(alice, source="RefreshTokens", metadata=METADATA)
        assert event == last("PreTokenGeneration")

    def test_user_migration(self, cognito: Cognito, app: App, last: Last) -> None:
        sign_in = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "alice", "PASSWORD": "old"}}
        refusal(app.idp.initiate_auth, ClientId=app.client_id, **sign_in, ClientMetadata=METADATA)
        event = cognito.events.user_migration("alice", "old", validation_data=METADATA)
        assert event == last("UserMigration_Authentication")
        refusal(app.public, operation="forgot_password", ClientMetadata=METADATA)
        assert cognito.events.user_migration("alice", metadata=METADATA) == last("UserMigration_ForgotPassword")

    @pytest.mark.parametrize("trigger", ["CustomMessage", "CustomEmailSender"])
    def test_messages(self, cognito: Cognito, app: App, last: Last, trigger: str) -> None:
        app.pool.set_trigger(trigger, unchanged if trigger == "CustomMessage" else lambda event, context: None)

        def check(source: str, *, metadata: dict[str, str] | None = None, by_admin: bool = False) -> None:
            alice, code = app.pool.user("alice"), cognito.triggers.last(trigger).code
            how: dict[str, Any] = {"metadata": metadata, "by_admin": by_admin}
            if code is None:
                event = cognito.events.custom_message(alice, source, **how)
            else:
                event = cognito.events.custom_email_sender(alice, code, source, **how)
            assert event == last(f"{trigger}_{source}")

        app.sign_up("alice", EMAIL, ClientMetadata=METADATA)
        check("SignUp", metadata=METADATA)
        app.public("resend_confirmation_code")
        check("ResendCode")
        app.admin("admin_delete_user")
        verified = {**EMAIL, "email_verified": "true"}
        app.create("alice", verified, DesiredDeliveryMediums=["EMAIL"])
        check("AdminCreateUser")
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        app.public("forgot_password")
        check("ForgotPassword")
        app.admin("admin_reset_user_password")
        check("ForgotPassword", by_admin=True)
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        token = app.pool.user("alice").tokens().access_token
        app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
        check("VerifyUserAttribute")
        app.call("update_user_attributes", AccessToken=token, UserAttributes=pairs({"email": "b@example.com"}))
        check("UpdateUserAttribute")

    def test_a_message_by_sms(self, cognito: Cognito, app: App, last: Last) -> None:
        alice = app.pool.create_user("alice", phone_number="+12065550123")
        prefer(app.pool, SMS=PREFERRED)
        app.begin()
        assert cognito.events.custom_message(alice, "Authentication") == last("CustomMessage_Authentication")
        app.pool.set_trigger("CustomSMSSender", lambda event, context: None)
        app.begin()
        code = cognito.triggers.last().code
        assert code is not None
        assert cognito.events.custom_sms_sender(alice, code, "Authentication") == last("CustomSMSSender")


class TestUse:
    def test_no_function_runs_and_nothing_changes(self, cognito: Cognito, pool: UserPool) -> None:
        pool.set_trigger("PreTokenGeneration", unchanged)
        alice = pool.create_user("alice")
        cognito.events.pre_token_generation(alice)
        cognito.events.pre_sign_up("bob")
        assert (len(cognito.triggers), len(pool.users), len(cognito.outbox)) == (0, 1, 0)

    def test_a_handler_alone(self, cognito: Cognito, pool: UserPool) -> None:
        def add_tenant(event: Event, context: object) -> Event:
            event["response"]["claimsAndScopeOverrideDetails"] = {
                "accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": event["userName"]}}
            }
            return event

        event = cognito.events.pre_token_generation(pool.create_user("alice"), version=2, scopes=["notes/read"])
        assert event["request"]["scopes"] == ["notes/read"]
        answer = add_tenant(event, None)
        details = answer["response"]["claimsAndScopeOverrideDetails"]
        assert details["accessTokenGeneration"]["claimsToAddOrOverride"] == {"tenant": "alice"}

    def test_of_several_pools_one_is_named(self, cognito: Cognito, pool: UserPool) -> None:
        other = cognito.create_user_pool()
        with pytest.raises(UsageError, match="there are 2 user pools"):
            cognito.events.user_migration("alice")
        assert cognito.events.user_migration("alice", pool=other)["userPoolId"] == other.id

    def test_a_source_that_there_is_not(self, cognito: Cognito, pool: UserPool) -> None:
        alice = pool.create_user("alice")
        with pytest.raises(UsageError, match="CustomMessage has no source 'Login'; it has SignUp"):
            cognito.events.custom_message(alice, "Login")
        with pytest.raises(UsageError, match="version is one of V1_0, V2_0, V3_0, not 4"):
            cognito.events.pre_token_generation(alice, version=4)

    def test_a_pool_of_another_region(self, cognito: Cognito) -> None:
        pool = cognito.create_user_pool(region="eu-west-1")
        event = cognito.events.custom_message(pool.create_user("alice"))
        assert (event["region"], event["userPoolId"]) == ("eu-west-1", pool.id)
