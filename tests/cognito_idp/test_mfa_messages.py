"""Messages with the code of a second factor, and CustomMessage_Authentication, which writes them."""

from __future__ import annotations

import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import CustomMessageTriggerEvent

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import NEW_PASSWORD, PASSWORD, App
from tests.support.codes import last_code
from tests.support.functions import Function, answering, failing
from tests.support.mfa import ADDRESSES, ATTRIBUTE, EMAIL_OTP, PREFERRED, SMS_MFA, turn_on
from tests.support.refusals import LAMBDA_OUTPUT, Refusal, lambda_failed, refusal
from tests.support.settings import SES, SMS, recovery

BOTH = pytest.mark.parametrize("factor", [SMS_MFA, EMAIL_OTP])


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(SmsConfiguration=SMS, EmailConfiguration=SES, **recovery("admin_only"))
    pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsConfiguration": SMS, "SmsAuthenticationMessage": "Type {####}"},
        EmailMfaConfiguration={"Subject": "Yours", "Message": "Say {####}"},
    )
    return pool


def user(pool: UserPool, factor: str, status: str = "CONFIRMED") -> User:
    """A user with this factor and no other."""
    attribute = ATTRIBUTE[factor]
    alice = pool.create_user("alice", attributes={attribute: ADDRESSES[attribute]}, status=status)
    turn_on(pool, factor, PREFERRED)
    return alice


class TestEvent:
    @BOTH
    def test_of_a_code_at_the_start(self, cognito: Cognito, app: App, factor: str) -> None:
        alice = user(app.pool, factor)
        app.pool.set_trigger("CustomMessage", answering())
        challenge = app.idp.initiate_auth(
            ClientId=app.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
            ClientMetadata={"lang": "de"},
        )
        assert challenge["ChallengeName"] == factor
        event = cognito.triggers.last().event
        assert event == {
            "version": "1",
            "triggerSource": "CustomMessage_Authentication",
            "region": "us-east-1",
            "userPoolId": app.pool_id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
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

    def test_an_answers_metadata_reaches_it(self, cognito: Cognito, app: App) -> None:
        user(app.pool, "SMS_MFA", status="FORCE_CHANGE_PASSWORD")
        app.pool.set_trigger("CustomMessage", answering())
        metadata = {"lang": "de"}
        answered = app.respond(app.begin(), NEW_PASSWORD=NEW_PASSWORD, metadata=metadata)
        assert answered["ChallengeName"] == "SMS_MFA"
        assert cognito.triggers.last().event["request"]["clientMetadata"] == metadata

    def test_the_order_of_triggers(self, cognito: Cognito, app: App) -> None:
        user(app.pool, "SMS_MFA")
        for trigger in ("PreAuthentication", "CustomMessage", "PostAuthentication", "PreTokenGeneration"):
            app.pool.set_trigger(trigger, answering())
        challenge = app.begin()
        asked = [one.source for one in cognito.triggers]
        assert asked == ["PreAuthentication_Authentication", "CustomMessage_Authentication"]
        app.respond(challenge, SMS_MFA_CODE=last_code(cognito.outbox))
        assert [one.source for one in cognito.triggers][2:] == [
            "PostAuthentication_Authentication",
            "TokenGeneration_Authentication",
        ]


class TestText:
    @pytest.mark.parametrize(
        ("factor", "subject", "body"), [("SMS_MFA", None, "Type {code}"), ("EMAIL_OTP", "Yours", "Say {code}")]
    )
    def test_the_pools(self, cognito: Cognito, app: App, factor: str, subject: str | None, body: str) -> None:
        user(app.pool, factor)
        app.begin()
        message = cognito.outbox.last()
        assert (message.subject, message.body) == (subject, body.replace("{code}", last_code(cognito.outbox)))

    @pytest.mark.parametrize(
        ("factor", "subject", "body"), [("SMS_MFA", None, "sms {code}"), ("EMAIL_OTP", "Hello", "mail {code}")]
    )
    def test_the_functions(self, cognito: Cognito, app: App, factor: str, subject: str | None, body: str) -> None:
        user(app.pool, factor)
        texts = answering(smsMessage="sms {####}", emailMessage="mail {####}", emailSubject="Hello")
        app.pool.set_trigger("CustomMessage", texts)
        app.begin()
        message = cognito.outbox.last()
        assert (message.subject, message.body) == (subject, body.replace("{code}", last_code(cognito.outbox)))


class TestFailures:
    @pytest.mark.parametrize(
        ("function", "error"),
        [
            (failing, lambda_failed("CustomMessage")),
            (lambda event, context: "sent", LAMBDA_OUTPUT),
            (answering(smsMessage=1), LAMBDA_OUTPUT),
            (answering(smsMessage="x" * 135 + "{####}"), LAMBDA_OUTPUT),
        ],
    )
    def test_no_challenge_and_no_message(self, cognito: Cognito, app: App, function: Function, error: Refusal) -> None:
        user(app.pool, "SMS_MFA")
        app.pool.set_trigger("CustomMessage", function)
        assert refusal(app.begin) == error
        assert len(cognito.outbox) == 0

    def test_after_a_new_password_that_stays(self, app: App) -> None:
        user(app.pool, "SMS_MFA", status="FORCE_CHANGE_PASSWORD")
        challenge = app.begin()
        app.pool.set_trigger("CustomMessage", failing)
        error = refusal(app.respond, challenge=challenge, NEW_PASSWORD=NEW_PASSWORD)
        assert error.code == "UserLambdaValidationException"
        assert app.pool.user("alice").status == "CONFIRMED"
