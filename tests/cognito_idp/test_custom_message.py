"""The CustomMessage trigger: its event, the texts that it may write, and how it fails."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE
from tests.support.app import App, MakeApp
from tests.support.codes import last_code
from tests.support.functions import Event, Function, answering, failing
from tests.support.refusals import LAMBDA_OUTPUT, invalid_parameter, lambda_timed_out, refusal
from tests.support.settings import SES, VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(EmailConfiguration=SES, **VERIFY)


def confirmed(app: App, given: dict[str, str]) -> None:
    app.confirmed("alice", {**given, **{f"{name}_verified": "true" for name in given}})


@pytest.mark.parametrize(
    ("source", "status", "verified", "admin"),
    [
        ("SignUp", "UNCONFIRMED", "false", False),
        ("ResendCode", "UNCONFIRMED", "false", False),
        ("ForgotPassword", "CONFIRMED", "true", False),
        ("ForgotPassword", "RESET_REQUIRED", "true", True),
    ],
)
def test_custom_message_gets_the_user_and_the_placeholders(
    app: App, cognito_triggers: Triggers, source: str, status: str, verified: str, admin: bool
) -> None:
    metadata: dict[str, Any] = {"ClientMetadata": {"lang": "de"}}
    if status == "UNCONFIRMED":
        app.sign_up("alice", EMAIL)
    else:
        confirmed(app, EMAIL)
    sub = app.sub()
    cognito_triggers.on("CustomMessage")(answering())
    if source == "SignUp":
        app.admin("admin_delete_user")
        sub = app.sign_up("alice", EMAIL, **metadata)["UserSub"]
    elif source == "ResendCode":
        app.public("resend_confirmation_code", **metadata)
    elif admin:
        app.admin("admin_reset_user_password", **metadata)
    else:
        app.public("forgot_password", **metadata)
    [run] = cognito_triggers.of("CustomMessage")
    assert run.event == {
        "version": "1",
        "triggerSource": f"CustomMessage_{source}",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "CLIENT_ID_NOT_APPLICABLE" if admin else app.client_id,
        },
        "request": {
            "userAttributes": {
                "sub": sub,
                "cognito:user_status": status,
                **EMAIL,
                "email_verified": verified,
            },
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": None,
            "clientMetadata": {"lang": "de"},
        },
        "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    }


def test_custom_message_without_metadata(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    app.sign_up("alice", EMAIL)
    assert "clientMetadata" not in cognito_triggers.of("CustomMessage")[0].event["request"]


def test_nothing_to_send_runs_no_custom_message(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    app.sign_up("alice")
    assert cognito_triggers.of("CustomMessage") == []


@pytest.mark.parametrize(
    ("response", "subject", "body"),
    [
        ({}, "Your verification code", "Your verification code is {code}. "),
        ({"emailMessage": "Code: {####}"}, "Your verification code", "Code: {code}"),
        ({"emailSubject": "Hello"}, "Hello", "Your verification code is {code}. "),
        ({"emailMessage": "<b>{####}</b>", "emailSubject": "Hello"}, "Hello", "<b>{code}</b>"),
        ({"emailMessage": "{####}{####}"}, "Your verification code", "{code}{code}"),
        ({"smsMessage": "sms {####}"}, "Your verification code", "Your verification code is {code}. "),
        ({"smsMessage": "no code"}, "Your verification code", "Your verification code is {code}. "),
        ({"emailMessage": None, "emailSubject": None}, "Your verification code", "Your verification code is {code}. "),
    ],
)
def test_custom_message_writes_the_email(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, response: dict[str, Any], subject: str, body: str
) -> None:
    cognito_triggers.on("CustomMessage")(answering(**response))
    app.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert (message.subject, message.body) == (subject, body.replace("{code}", last_code(cognito_outbox)))


def test_custom_message_writes_the_sms(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="sms {####}", emailMessage="none", emailSubject="none"))
    app.sign_up("alice", PHONE)
    message = cognito_outbox.last()
    assert (message.subject, message.body) == (None, f"sms {message.code}")


def test_the_code_of_a_custom_message_works(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("CustomMessage")(answering(emailMessage="Code: {####}"))
    app.sign_up("alice", EMAIL)
    app.confirm("alice", cognito_outbox.last().body.removeprefix("Code: "))
    assert app.status() == "CONFIRMED"


@pytest.mark.parametrize("length", [140, 141])
def test_an_sms_of_a_custom_message_has_140_characters_at_most(
    app: App, cognito_triggers: Triggers, length: int
) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="{####}".ljust(length, "x")))
    if length == 140:
        assert app.sign_up("alice", PHONE)["CodeDeliveryDetails"]["DeliveryMedium"] == "SMS"
    else:
        assert refusal(app.sign_up, attributes=PHONE) == LAMBDA_OUTPUT


@pytest.mark.parametrize(
    "response",
    [
        {"emailMessage": "{####}" + "x" * 20_000},
        {"emailSubject": "x" * 141},
        {"emailMessage": 1},
        {"smsMessage": ["{####}"]},
        {"emailSubject": {}},
    ],
)
def test_what_is_too_long_or_no_text_is_refused(app: App, cognito_triggers: Triggers, response: dict[str, Any]) -> None:
    cognito_triggers.on("CustomMessage")(answering(**response))
    assert refusal(app.sign_up, attributes=EMAIL) == LAMBDA_OUTPUT


@pytest.mark.parametrize(
    "text",
    [
        "no code",
        "{###}",
        "{username}",
        "Hello\u00a0{####}",
        "{####}\u200d",
        "\0{####}",
        "\x1b[1m{####}",
        "\u2028{####}",
    ],
)
def test_an_email_with_a_code_matches_awss_pattern(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, text: str
) -> None:
    cognito_triggers.on("CustomMessage")(answering(emailMessage=text))
    assert refusal(app.sign_up, attributes=EMAIL) == invalid_parameter(
        f"1 validation error detected: Value '{text}' at 'emailBody' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: "
        r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
    )
    assert (app.status(), len(cognito_outbox)) == ("UNCONFIRMED", 0)


@pytest.mark.parametrize("text", ["<p>\n\t{####}</p>\r\n", "Grüße, 漢字 😀: {####} №€", "{####}{{}}*"])
def test_an_email_may_have_letters_marks_symbols_numbers_and_blanks_of_ascii(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, text: str
) -> None:
    cognito_triggers.on("CustomMessage")(answering(emailMessage=text))
    app.sign_up("alice", EMAIL)
    assert cognito_outbox.last().body == text.replace("{####}", last_code(cognito_outbox))


def test_an_sms_needs_the_code(app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="no code"))
    assert refusal(app.sign_up, attributes=PHONE).code == "InvalidParameterException"
    assert len(cognito_outbox) == 0


def test_cognitos_own_sender_takes_text_and_subject(
    make_app: MakeApp, cognito_triggers: Triggers, cognito_outbox: Outbox
) -> None:
    app = make_app(**VERIFY)
    cognito_triggers.on("CustomMessage")(answering(emailMessage="It is {####}", emailSubject="Our code"))
    app.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert (message.subject, message.body) == ("Our code", f"It is {message.code}")


@pytest.mark.parametrize(
    ("handler", "code"),
    [(failing, "UserLambdaValidationException"), (answering(emailMessage="no"), "InvalidParameterException")],
)
def test_the_user_stays_unconfirmed_when_custom_message_fails(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, handler: Function, code: str
) -> None:
    cognito_triggers.on("CustomMessage")(handler)
    assert refusal(app.sign_up, attributes=EMAIL)[0] == code
    assert (app.status(), len(cognito_outbox)) == ("UNCONFIRMED", 0)


def test_a_function_that_is_too_slow_is_asked_three_times(
    app: App, cognito_triggers: Triggers, cognito_clock: Clock
) -> None:
    def slow(event: Event, context: object) -> Event:
        cognito_clock.advance(seconds=6)
        return event

    cognito_triggers.on("PreSignUp")(slow)
    before = cognito_clock.now()
    assert refusal(app.sign_up) == lambda_timed_out("PreSignUp")
    assert round((cognito_clock.now() - before).total_seconds()) == 18
    assert app.users() == []
