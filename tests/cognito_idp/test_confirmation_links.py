"""Links in place of codes: CONFIRM_WITH_LINK."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Triggers
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL
from tests.support.app import App, MakeApp
from tests.support.codes import last_code
from tests.support.functions import answering
from tests.support.refusals import invalid_parameter, refusal
from tests.support.settings import SES

NO_DOMAIN = invalid_parameter(
    "Cannot perform specific action because there does not exist a valid use pool domain associated with the user pool"
)
EMPTY = invalid_parameter("The message is empty.")
BY_LINK: dict[str, Any] = {
    "AutoVerifiedAttributes": ["email"],
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"},
}


def confirmed(app: App, given: dict[str, str]) -> None:
    app.confirmed("alice", {**given, **{f"{name}_verified": "true" for name in given}})


def test_a_link_needs_a_domain(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(**BY_LINK)
    assert refusal(app.sign_up, attributes=EMAIL) == NO_DOMAIN
    assert (app.users(), len(cognito_outbox)) == ([], 0)


def test_a_link_that_is_sent_again_needs_one_too(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(AutoVerifiedAttributes=["email"])
    app.sign_up("alice", EMAIL)
    app.idp.update_user_pool(UserPoolId=app.pool_id, **BY_LINK)
    assert refusal(app.public, operation="resend_confirmation_code") == NO_DOMAIN
    app.confirm("alice", last_code(cognito_outbox))
    assert app.status() == "CONFIRMED"


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
    make_app: MakeApp, cognito_outbox: Outbox, template: dict[str, str], subject: str, body: str | None
) -> None:
    settings = {**BY_LINK, "VerificationMessageTemplate": {**BY_LINK["VerificationMessageTemplate"], **template}}
    app = make_app(EmailConfiguration=SES, **settings)
    app.idp.create_user_pool_domain(Domain="notes", UserPoolId=app.pool_id)
    app.sign_up("alice", EMAIL)
    message = cognito_outbox.last()
    assert message.link == (
        "https://notes.auth.us-east-1.amazoncognito.com/confirmUser/"
        f"?client_id={app.client_id}&user_name=alice&confirmation_code={message.code}"
    )
    assert message.subject == subject
    if body:
        assert message.body == body.replace("{link}", message.link)
    assert f'<a href="{message.link}">' in message.body


def test_a_custom_message_needs_the_placeholder_of_the_link(
    make_app: MakeApp, cognito_triggers: Triggers, cognito_outbox: Outbox
) -> None:
    app = make_app(EmailConfiguration=SES, **BY_LINK)
    app.idp.create_user_pool_domain(Domain="notes", UserPoolId=app.pool_id)
    for text in ("{####}", "{##text", "Press here"):
        cognito_triggers.on("CustomMessage")(answering(emailMessage=text))
        assert refusal(app.sign_up, attributes=EMAIL) == EMPTY
        app.admin("admin_delete_user")
    assert len(cognito_outbox) == 0
    cognito_triggers.on("CustomMessage")(answering(emailMessage="Go {##there##}", smsMessage="{####}"))
    app.sign_up("bob", EMAIL)
    assert cognito_outbox.last().body == f'Go <a href="{cognito_outbox.last().link}">there</a>'


def test_a_link_is_no_matter_for_who_is_confirmed_at_once(make_app: MakeApp, cognito_triggers: Triggers) -> None:
    app = make_app(**BY_LINK)
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    assert app.sign_up("alice", EMAIL)["UserConfirmed"] is True


def test_a_password_is_reset_by_code_where_links_confirm(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(**BY_LINK)
    confirmed(app, EMAIL)
    app.public("forgot_password")
    message = cognito_outbox.last()
    assert (message.link, message.body) == (None, f"Your verification code is {message.code}. ")
