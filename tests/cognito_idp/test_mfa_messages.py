"""Messages with the code of a second factor, and CustomMessage_Authentication, which writes them."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import CustomMessageTriggerEvent

from tests.support.pools import SES, SMS, answering, failing
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, respond

OUTPUT = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
ATTRIBUTES = {"phone_number": "+12065550123", "email": "alice@example.com"}
FACTORS = {"SMS_MFA": ("phone_number", "SMSMfaSettings"), "EMAIL_OTP": ("email", "EmailMfaSettings")}
BY_ADMIN = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
BOTH = pytest.mark.parametrize("factor", FACTORS)


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool(SmsConfiguration=SMS, EmailConfiguration=SES, AccountRecoverySetting=BY_ADMIN)
    turn_on(pool, {"Subject": "Yours", "Message": "Say {####}"}, {"SmsAuthenticationMessage": "Type {####}"})
    return pool


def turn_on(pool: Any, email: dict[str, str], sms: dict[str, str]) -> None:
    pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsConfiguration": SMS, **sms},
        EmailMfaConfiguration=email,
    )


def user(pool: Any, factor: str, **more: str) -> Any:
    """A user with this factor and no other."""
    attribute, settings = FACTORS[factor]
    alice = pool.create_user("alice", **{attribute: ATTRIBUTES[attribute]}, **more)
    pool.call("AdminSetUserMFAPreference", Username="alice", **{settings: {"Enabled": True, "PreferredMfa": True}})
    return alice


def ask(idp: Any, pool: Any, **more: Any) -> Any:
    return idp.initiate_auth(
        ClientId=pool.client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        **more,
    )


class TestEvent:
    @BOTH
    def test_of_a_code_at_the_start(self, cognito: Any, cognito_idp: Any, pool: Any, factor: str) -> None:
        alice = user(pool, factor)
        pool.set_trigger("CustomMessage", answering())
        assert ask(cognito_idp, pool, ClientMetadata={"lang": "de"})["ChallengeName"] == factor
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "CustomMessage_Authentication",
            "region": "us-east-1",
            "userPoolId": pool.id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
            "request": {
                "userAttributes": {**alice.attributes, "cognito:user_status": "CONFIRMED"},
                "codeParameter": "{####}",
                "linkParameter": "{##Click Here##}",
                "usernameParameter": None,
            },
            "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
        }
        read = CustomMessageTriggerEvent(event)
        assert (read.request.code_parameter, read.request.client_metadata) == ("{####}", {})

    def test_an_answers_metadata_reaches_it(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        user(pool, "SMS_MFA", status="FORCE_CHANGE_PASSWORD")
        pool.set_trigger("CustomMessage", answering())
        session = begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)["Session"]
        answered = cognito_idp.respond_to_auth_challenge(
            ClientId=pool.client.id,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=session,
            ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "Another-horse-8"},
            ClientMetadata={"lang": "de"},
        )
        assert answered["ChallengeName"] == "SMS_MFA"
        assert cognito.triggers.last().event["request"]["clientMetadata"] == {"lang": "de"}

    def test_the_order_of_triggers(self, cognito: Any, cognito_idp: Any, pool: Any) -> None:
        user(pool, "SMS_MFA")
        for trigger in ("PreAuthentication", "CustomMessage", "PostAuthentication", "PreTokenGeneration"):
            pool.set_trigger(trigger, answering())
        session = ask(cognito_idp, pool)["Session"]
        asked = [one.source for one in cognito.triggers]
        assert asked == ["PreAuthentication_Authentication", "CustomMessage_Authentication"]
        cognito_idp.respond_to_auth_challenge(
            ClientId=pool.client.id,
            ChallengeName="SMS_MFA",
            Session=session,
            ChallengeResponses={"USERNAME": "alice", "SMS_MFA_CODE": cognito.outbox.last().code},
        )
        assert [one.source for one in cognito.triggers][2:] == [
            "PostAuthentication_Authentication",
            "TokenGeneration_Authentication",
        ]


class TestText:
    @pytest.mark.parametrize(
        ("factor", "subject", "body"), [("SMS_MFA", None, "Type {code}"), ("EMAIL_OTP", "Yours", "Say {code}")]
    )
    def test_the_pools(
        self, cognito: Any, cognito_idp: Any, pool: Any, factor: str, subject: str | None, body: str
    ) -> None:
        user(pool, factor)
        ask(cognito_idp, pool)
        message = cognito.outbox.last()
        assert (message.subject, message.body) == (subject, body.replace("{code}", message.code))

    @pytest.mark.parametrize(
        ("factor", "subject", "body"), [("SMS_MFA", None, "sms {code}"), ("EMAIL_OTP", "Hello", "mail {code}")]
    )
    def test_the_functions(
        self, cognito: Any, cognito_idp: Any, pool: Any, factor: str, subject: str | None, body: str
    ) -> None:
        user(pool, factor)
        texts = answering(smsMessage="sms {####}", emailMessage="mail {####}", emailSubject="Hello")
        pool.set_trigger("CustomMessage", texts)
        ask(cognito_idp, pool)
        message = cognito.outbox.last()
        assert (message.subject, message.body) == (subject, body.replace("{code}", message.code))


class TestFailures:
    @pytest.mark.parametrize(
        ("function", "error"),
        [
            (failing, ("UserLambdaValidationException", "CustomMessage failed with error not today.")),
            (lambda event, context: "sent", OUTPUT),
            (answering(smsMessage=1), OUTPUT),
            (answering(smsMessage="x" * 135 + "{####}"), OUTPUT),
        ],
    )
    def test_no_challenge_and_no_message(
        self, cognito: Any, cognito_idp: Any, pool: Any, function: Any, error: tuple[str, str]
    ) -> None:
        user(pool, "SMS_MFA")
        pool.set_trigger("CustomMessage", function)
        assert refusal(ask, idp=cognito_idp, pool=pool) == error
        assert len(cognito.outbox) == 0

    def test_after_a_new_password_that_stays(self, cognito_idp: Any, pool: Any) -> None:
        user(pool, "SMS_MFA", status="FORCE_CHANGE_PASSWORD")
        session = ask(cognito_idp, pool)["Session"]
        pool.set_trigger("CustomMessage", failing)
        call = {"client_id": pool.client.id, "session": session, "USERNAME": "alice"}
        assert refusal(respond, idp=cognito_idp, **call, NEW_PASSWORD="Another-horse-8")[0] == (
            "UserLambdaValidationException"
        )
        assert pool.user("alice").status == "CONFIRMED"
