"""What is sent: the default texts, and those of the pool."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_PHONE
from tests.support.app import BY_EMAIL, PASSWORD, App, MakeApp
from tests.support.codes import last_code
from tests.support.refusals import NO_SMS, refusal
from tests.support.settings import SES, SMS, VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(EmailConfiguration=SES, **VERIFY)


def confirmed(app: App, given: dict[str, str]) -> None:
    app.confirmed("alice", {**given, **{f"{name}_verified": "true" for name in given}})


def test_an_email_by_default(app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
    app.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert (message.medium, message.to, message.subject) == ("EMAIL", EMAIL["email"], "Your verification code")
    assert message.body == f"Your verification code is {message.code}. "
    assert (message.source, message.pool_id, message.username, message.link) == ("SignUp", app.pool_id, "alice", None)
    assert 0 <= (cognito_clock.now() - message.sent).total_seconds() < 60


def test_an_sms_by_default_has_no_subject(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", PHONE)
    message = cognito_outbox.last()
    assert (message.medium, message.to, message.subject) == ("SMS", PHONE["phone_number"], None)
    assert message.body == f"Your verification code is {message.code}. "


def test_a_code_has_six_digits(app: App, cognito_outbox: Outbox) -> None:
    app.sign_up("alice", EMAIL)
    assert (len(last_code(cognito_outbox)), last_code(cognito_outbox).isdecimal()) == (6, True)


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
def test_the_pools_own_texts_for_codes(make_app: MakeApp, cognito_outbox: Outbox, texts: dict[str, Any]) -> None:
    app = make_app(EmailConfiguration=SES, **VERIFY, **texts)
    app.sign_up("alice", EMAIL)
    app.sign_up("bob", PHONE)
    confirmed_by_code, by_sms = cognito_outbox
    assert (confirmed_by_code.subject, confirmed_by_code.body) == ("Hi", f"Hi alice: {confirmed_by_code.code}!")
    assert by_sms.body == f"sms {by_sms.code}"


def test_the_same_texts_serve_for_every_code(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    template = {"EmailMessage": "code {####}", "EmailSubject": "code"}
    app = make_app(EmailConfiguration=SES, VerificationMessageTemplate=template, **VERIFY)
    confirmed(app, EMAIL)
    app.public("forgot_password")
    assert (cognito_outbox.last().subject, cognito_outbox.last().source) == ("code", "ForgotPassword")


def test_the_pools_own_texts_for_invitations(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    texts = {
        "EmailMessage": "{username}, try {####}",
        "EmailSubject": "Welcome",
        "SMSMessage": "{username}/{####}",
    }
    app = make_app(
        EmailConfiguration=SES,
        SmsConfiguration=SMS,
        AdminCreateUserConfig={"InviteMessageTemplate": texts},
    )
    app.create("alice", {**EMAIL, **PHONE}, TemporaryPassword=PASSWORD, DesiredDeliveryMediums=["EMAIL", "SMS"])
    by_email, by_sms = cognito_outbox
    assert (by_email.subject, by_email.body) == ("Welcome", f"alice, try {PASSWORD}")
    assert by_sms.body == f"alice/{PASSWORD}"


def test_an_invitation_that_lacks_the_password_is_not_delivered(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    texts = {"EmailMessage": "Welcome, {username}", "EmailSubject": "Welcome"}
    app = make_app(EmailConfiguration=SES, AdminCreateUserConfig={"InviteMessageTemplate": texts})
    app.create("alice", EMAIL, **BY_EMAIL)
    assert (app.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)


def test_it_is_where_users_have_no_password(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    texts = {"EmailMessage": "Welcome, {username}", "EmailSubject": "Welcome"}
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    app = make_app(
        EmailConfiguration=SES,
        Policies=policies,
        AdminCreateUserConfig={"InviteMessageTemplate": texts},
    )
    app.create("alice", EMAIL, **BY_EMAIL)
    assert cognito_outbox.last().body == "Welcome, alice"


def test_without_a_way_to_send_sms_no_password_is_reset_by_one(make_app: MakeApp) -> None:
    app = make_app()
    app.confirmed("alice", VERIFIED_PHONE)
    before = app.users()
    for refused in (
        refusal(app.public, operation="forgot_password"),
        refusal(app.admin, operation="admin_reset_user_password"),
    ):
        assert refused == NO_SMS
    assert app.users() == before
