"""What is sent: the texts of templates, of defaults, and of the CustomMessage trigger."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import PASSWORD, SES, SMS, VERIFY, Pool, answering, failing, make
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
BY_EMAIL = {"DesiredDeliveryMediums": ["EMAIL"]}
OUTPUT = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
NO_DOMAIN = (
    "InvalidParameterException",
    "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool",
)
BY_LINK = {
    "AutoVerifiedAttributes": ["email"],
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"},
}


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    return make(cognito_idp, EmailConfiguration=SES, **VERIFY)


def confirmed(pool: Pool, given: dict[str, str]) -> None:
    pool.confirmed("alice", {**given, **{f"{name}_verified": "true" for name in given}})


def test_an_email_by_default(pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
    pool.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert (message.medium, message.to, message.subject) == ("EMAIL", EMAIL["email"], "Your verification code")
    assert message.body == f"Your verification code is {message.code}. "
    assert (message.source, message.pool_id, message.username, message.link) == ("SignUp", pool.id, "alice", None)
    assert 0 <= (cognito_clock.now() - message.sent).total_seconds() < 60


def test_an_sms_by_default_has_no_subject(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", PHONE)
    message = cognito_outbox.last()
    assert (message.medium, message.to, message.subject) == ("SMS", PHONE["phone_number"], None)
    assert message.body == f"Your verification code is {message.code}. "


def test_a_code_has_six_digits(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    assert (len(cognito_outbox.last().code), cognito_outbox.last().code.isdecimal()) == (6, True)


@pytest.mark.parametrize(
    "texts",
    [
        {
            "VerificationMessageTemplate": {
                "EmailMessage": "Hi {username}: {####}!",
                "EmailSubject": "Hi",
                "SmsMessage": "sms {####}",
            }
        },
        {
            "EmailVerificationMessage": "Hi {username}: {####}!",
            "EmailVerificationSubject": "Hi",
            "SmsVerificationMessage": "sms {####}",
        },
    ],
)
def test_the_pools_own_texts_for_codes(cognito_idp: Any, cognito_outbox: Any, texts: dict[str, Any]) -> None:
    pool = make(cognito_idp, EmailConfiguration=SES, **VERIFY, **texts)
    pool.sign_up("alice", EMAIL)
    pool.sign_up("bob", PHONE)
    confirmed_by_code, by_sms = cognito_outbox
    assert (confirmed_by_code.subject, confirmed_by_code.body) == ("Hi", f"Hi alice: {confirmed_by_code.code}!")
    assert by_sms.body == f"sms {by_sms.code}"


def test_the_same_texts_serve_for_every_code(cognito_idp: Any, cognito_outbox: Any) -> None:
    template = {"EmailMessage": "code {####}", "EmailSubject": "code"}
    pool = make(cognito_idp, EmailConfiguration=SES, VerificationMessageTemplate=template, **VERIFY)
    confirmed(pool, EMAIL)
    pool.public("forgot_password")
    assert (cognito_outbox.last().subject, cognito_outbox.last().source) == ("code", "ForgotPassword")


def test_the_pools_own_texts_for_invitations(cognito_idp: Any, cognito_outbox: Any) -> None:
    texts = {
        "EmailMessage": "{username}, try {####}",
        "EmailSubject": "Welcome",
        "SMSMessage": "{username}/{####}",
    }
    pool = make(
        cognito_idp,
        EmailConfiguration=SES,
        SmsConfiguration=SMS,
        AdminCreateUserConfig={"InviteMessageTemplate": texts},
    )
    pool.create("alice", {**EMAIL, **PHONE}, TemporaryPassword=PASSWORD, DesiredDeliveryMediums=["EMAIL", "SMS"])
    by_email, by_sms = cognito_outbox
    assert (by_email.subject, by_email.body) == ("Welcome", f"alice, try {PASSWORD}")
    assert by_sms.body == f"alice/{PASSWORD}"


def test_an_invitation_that_lacks_the_password_is_not_delivered(cognito_idp: Any, cognito_outbox: Any) -> None:
    texts = {"EmailMessage": "Welcome, {username}", "EmailSubject": "Welcome"}
    pool = make(cognito_idp, EmailConfiguration=SES, AdminCreateUserConfig={"InviteMessageTemplate": texts})
    pool.create("alice", EMAIL, **BY_EMAIL)
    assert (pool.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)


def test_it_is_where_users_have_no_password(cognito_idp: Any, cognito_outbox: Any) -> None:
    texts = {"EmailMessage": "Welcome, {username}", "EmailSubject": "Welcome"}
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    pool = make(
        cognito_idp,
        EmailConfiguration=SES,
        Policies=policies,
        AdminCreateUserConfig={"InviteMessageTemplate": texts},
    )
    pool.create("alice", EMAIL, **BY_EMAIL)
    assert cognito_outbox.last().body == "Welcome, alice"


def test_a_link_needs_a_domain(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp, **BY_LINK)
    assert refusal(pool.sign_up, attributes=EMAIL) == NO_DOMAIN
    assert (pool.users(), len(cognito_outbox)) == ([], 0)


def test_a_link_that_is_sent_again_needs_one_too(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp, AutoVerifiedAttributes=["email"])
    pool.sign_up("alice", EMAIL)
    cognito_idp.update_user_pool(UserPoolId=pool.id, **BY_LINK)
    assert refusal(pool.public, operation="resend_confirmation_code") == NO_DOMAIN
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.status() == "CONFIRMED"


@pytest.mark.parametrize(
    ("template", "subject", "body"),
    [
        ({}, "Your verification link", None),
        (
            {"EmailMessageByLink": "Hi {username}, {##confirm##}!", "EmailSubjectByLink": "Confirm"},
            "Confirm",
            'Hi alice, <a href="{link}">confirm</a>!',
        ),
    ],
)
def test_a_link_brings_code_and_name_to_the_domain(
    cognito_idp: Any, cognito_outbox: Any, template: dict[str, str], subject: str, body: str | None
) -> None:
    settings = {**BY_LINK, "VerificationMessageTemplate": {**BY_LINK["VerificationMessageTemplate"], **template}}
    pool = make(cognito_idp, EmailConfiguration=SES, **settings)
    cognito_idp.create_user_pool_domain(Domain="notes", UserPoolId=pool.id)
    pool.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert message.link == (
        "https://notes.auth.us-east-1.amazoncognito.com/confirmUser/"
        f"?client_id={pool.client_id}&user_name=alice&confirmation_code={message.code}"
    )
    assert message.subject == subject
    if body:
        assert message.body == body.replace("{link}", message.link)
    assert f'<a href="{message.link}">' in message.body


def test_a_custom_message_needs_the_placeholder_of_the_link(
    cognito_idp: Any, cognito_triggers: Any, cognito_outbox: Any
) -> None:
    pool = make(cognito_idp, EmailConfiguration=SES, **BY_LINK)
    cognito_idp.create_user_pool_domain(Domain="notes", UserPoolId=pool.id)
    cognito_triggers.on("CustomMessage")(answering(emailMessage="{####}"))
    assert refusal(pool.sign_up, attributes=EMAIL)[0] == "InvalidLambdaResponseException"
    cognito_triggers.on("CustomMessage")(answering(emailMessage="Go {##there##}", smsMessage="{####}"))
    pool.sign_up("bob", EMAIL)
    assert cognito_outbox.last().body == f'Go <a href="{cognito_outbox.last().link}">there</a>'


def test_a_link_is_no_matter_for_who_is_confirmed_at_once(cognito_idp: Any, cognito_triggers: Any) -> None:
    pool = make(cognito_idp, **BY_LINK)
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    assert pool.sign_up("alice", EMAIL)["UserConfirmed"] is True


def test_a_password_is_reset_by_code_where_links_confirm(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp, **BY_LINK)
    confirmed(pool, EMAIL)
    pool.public("forgot_password")
    message = cognito_outbox.last()
    assert (message.link, message.body) == (None, f"Your verification code is {message.code}. ")


def test_without_a_way_to_send_sms_no_password_is_reset_by_one(cognito_idp: Any) -> None:
    pool = make(cognito_idp)
    pool.confirmed("alice", {**PHONE, "phone_number_verified": "true"})
    before = pool.users()
    for refused in (
        refusal(pool.public, operation="forgot_password"),
        refusal(pool.admin, operation="admin_reset_user_password"),
    ):
        assert refused == (
            "InvalidParameterException",
            "User pool does not have SMS configuration to send messages.",
        )
    assert pool.users() == before


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
    pool: Pool, cognito_triggers: Any, source: str, status: str, verified: str, admin: bool
) -> None:
    metadata = {"ClientMetadata": {"lang": "de"}}
    if status == "UNCONFIRMED":
        pool.sign_up("alice", EMAIL)
    else:
        confirmed(pool, EMAIL)
    sub = pool.sub()
    cognito_triggers.on("CustomMessage")(answering())
    if source == "SignUp":
        pool.admin("admin_delete_user")
        sub = pool.sign_up("alice", EMAIL, **metadata)["UserSub"]
    elif source == "ResendCode":
        pool.public("resend_confirmation_code", **metadata)
    elif admin:
        pool.admin("admin_reset_user_password", **metadata)
    else:
        pool.public("forgot_password", **metadata)
    [run] = cognito_triggers.of("CustomMessage")
    assert run.event == {
        "version": "1",
        "triggerSource": f"CustomMessage_{source}",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "CLIENT_ID_NOT_APPLICABLE" if admin else pool.client_id,
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


def test_custom_message_without_metadata(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    pool.sign_up("alice", EMAIL)
    assert "clientMetadata" not in cognito_triggers.of("CustomMessage")[0].event["request"]


def test_nothing_to_send_runs_no_custom_message(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    pool.sign_up("alice")
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
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, response: dict[str, Any], subject: str, body: str
) -> None:
    cognito_triggers.on("CustomMessage")(answering(**response))
    pool.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert (message.subject, message.body) == (subject, body.replace("{code}", message.code))


def test_custom_message_writes_the_sms(pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="sms {####}", emailMessage="none", emailSubject="none"))
    pool.sign_up("alice", PHONE)
    message = cognito_outbox.last()
    assert (message.subject, message.body) == (None, f"sms {message.code}")


def test_the_code_of_a_custom_message_works(pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
    cognito_triggers.on("CustomMessage")(answering(emailMessage="Code: {####}"))
    pool.sign_up("alice", EMAIL)
    pool.confirm("alice", cognito_outbox.last().body.removeprefix("Code: "))
    assert pool.status() == "CONFIRMED"


@pytest.mark.parametrize("length", [140, 141])
def test_an_sms_of_a_custom_message_has_140_characters_at_most(pool: Pool, cognito_triggers: Any, length: int) -> None:
    cognito_triggers.on("CustomMessage")(answering(smsMessage="{####}".ljust(length, "x")))
    if length == 140:
        assert pool.sign_up("alice", PHONE)["CodeDeliveryDetails"]["DeliveryMedium"] == "SMS"
    else:
        assert refusal(pool.sign_up, attributes=PHONE) == OUTPUT


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
def test_what_is_too_long_or_no_text_is_refused(pool: Pool, cognito_triggers: Any, response: dict[str, Any]) -> None:
    cognito_triggers.on("CustomMessage")(answering(**response))
    assert refusal(pool.sign_up, attributes=EMAIL) == OUTPUT


@pytest.mark.parametrize(
    ("operation", "message"),
    [("sign_up", "no code"), ("create", "{username}"), ("create", "{####}"), ("create", "neither")],
)
def test_a_custom_message_without_its_placeholders_is_refused(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, operation: str, message: str
) -> None:
    cognito_triggers.on("CustomMessage")(answering(emailMessage=message))
    more = BY_EMAIL if operation == "create" else {}
    refused = refusal(getattr(pool, operation), username="alice", attributes=EMAIL, **more)
    assert refused[0] == "InvalidLambdaResponseException"
    assert len(cognito_outbox) == 0


def test_a_custom_email_needs_a_sender_of_ones_own(cognito_idp: Any, cognito_triggers: Any) -> None:
    pool = make(cognito_idp, **VERIFY)
    cognito_triggers.on("CustomMessage")(answering(emailMessage="{####}"))
    assert refusal(pool.sign_up, attributes=EMAIL)[0] == "InvalidLambdaResponseException"


@pytest.mark.parametrize(
    ("handler", "code"),
    [(failing, "UserLambdaValidationException"), (answering(emailMessage="no"), "InvalidLambdaResponseException")],
)
def test_the_user_stays_unconfirmed_when_custom_message_fails(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, handler: Any, code: str
) -> None:
    cognito_triggers.on("CustomMessage")(handler)
    assert refusal(pool.sign_up, attributes=EMAIL)[0] == code
    assert (pool.status(), len(cognito_outbox)) == ("UNCONFIRMED", 0)


def test_a_function_that_is_too_slow_is_asked_three_times(
    pool: Pool, cognito_triggers: Any, cognito_clock: Any
) -> None:
    def slow(event: Any, context: Any) -> Any:
        cognito_clock.advance(seconds=6)
        return event

    cognito_triggers.on("PreSignUp")(slow)
    before = cognito_clock.now()
    assert refusal(pool.sign_up) == (
        "UnexpectedLambdaException",
        "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
    )
    assert round((cognito_clock.now() - before).total_seconds()) == 18
    assert pool.users() == []
