"""Notification messages about risky sign-ins, and the feedback of administrators and users about events."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from pytest_cognito import Message
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.server.socket import Server
from tests.support import mfa
from tests.support.app import App, MakeApp
from tests.support.functions import failing
from tests.support.refusals import USER_NOT_FOUND, no_pool, not_authorized, refusal
from tests.support.senders import config
from tests.support.threats import CHROME, FULL, NOTIFY, configure, event, events, respond, sign_in_from

WRONG_TOKEN = not_authorized("Invalid feedback token.")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with a domain, and alice, whose e-mail address is not verified and whose sign-ins are blocked."""
    pool = cognito.create_user_pool(UserPoolAddOns=FULL)
    pool.create_client()
    pool.create_user("alice", attributes={"email": "alice@example.com", "email_verified": "false"})
    pool.call("CreateUserPoolDomain", Domain="notes")
    return pool


@pytest.fixture
def notified(cognito: Cognito, app: App) -> Message:
    """The message about a sign-in of alice that was blocked."""
    cognito.threats.risk("alice", "High")
    cognito.threats.locate("203.0.113.7", city="Seattle", country="United States")
    respond(app, "BLOCK", notify=True)
    refusal(sign_in_from, app=app, ip="203.0.113.7")
    return cognito.outbox.last(to="alice@example.com")


def parts(message: Message) -> list[str]:
    """The values of the placeholders, in the order of the template."""
    return message.body.split("|")


def link(message: Message, value: str) -> str:
    return next(part for part in parts(message) if part.endswith(f"feedback_value={value}"))


class TestMessage:
    """What is sent to whom, and when."""

    def test_all_placeholders(self, app: App, notified: Message) -> None:
        ip, city, country, time, device, event_id, token, valid, invalid = parts(notified)

        assert (notified.subject, notified.source) == ("Block alice", "AccountTakeOverNotification")
        assert (ip, city, country, device) == ("203.0.113.7", "Seattle", "United States", "Chrome 125, Windows 10")
        assert re.fullmatch(r"\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}", time)
        assert event_id == event(app)["EventId"]
        assert re.fullmatch("[A-Za-z0-9-_=.]+", token)
        for one in (valid, invalid):
            assert one.startswith("https://notes.auth.us-east-1.amazoncognito.com/eventFeedback?")

    @pytest.mark.parametrize(
        ("action", "phone", "subject"),
        [
            ("NO_ACTION", False, "NoAction alice"),
            ("MFA_IF_CONFIGURED", False, "NoAction alice"),
            ("MFA_IF_CONFIGURED", True, "Mfa alice"),
            ("MFA_REQUIRED", False, "Block alice"),
        ],
    )
    def test_the_template_is_that_of_what_happened(
        self, cognito: Cognito, app: App, action: str, phone: bool, subject: str
    ) -> None:
        mfa.configure(app.pool, "OPTIONAL", mfa.SMS_MFA)
        if phone:
            attributes = [{"Name": "phone_number", "Value": "+15555550100"}]
            app.admin("admin_update_user_attributes", UserAttributes=attributes)
        cognito.threats.risk("alice", "High")
        respond(app, action, notify=True)

        try:
            app.begin()
        except app.idp.exceptions.NotAuthorizedException:
            assert subject.startswith("Block")

        assert [message.subject for message in cognito.outbox.to("alice@example.com")] == [subject]

    def test_nothing_is_sent_where_nothing_was_done(self, cognito: Cognito, app: App) -> None:
        respond(app, "BLOCK", notify=True)
        refusal(app.sign_in, password="Wr0ng-horse!")
        app.sign_in()
        cognito.threats.risk("alice", "High")
        refusal(app.sign_in, password="Wr0ng-horse!")

        assert len(cognito.outbox) == 0

    def test_awss_own_words(self, cognito: Cognito, app: App) -> None:
        cognito.threats.risk("alice", "High")
        takeover = {
            "NotifyConfiguration": {"SourceArn": NOTIFY["SourceArn"]},
            "Actions": {"HighAction": {"EventAction": "BLOCK", "Notify": True}},
        }
        configure(app, AccountTakeoverRiskConfiguration=takeover)
        refusal(sign_in_from, app=app, ip="203.0.113.7", user_agent=CHROME)

        message = cognito.outbox.last()
        assert message.subject == "Blocked sign-in attempt"
        assert "Device: Chrome 125, Windows 10" in message.body

    def test_html_goes_before_text_and_links_need_a_domain(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make_app(UserPoolAddOns=FULL)
        app.pool.create_user("alice", email="alice@example.com")
        cognito.threats.risk("alice", "High")
        email = {"Subject": "S", "HtmlBody": "<p>{username} {one-click-link-valid}</p>", "TextBody": "plain text"}
        takeover = {
            "NotifyConfiguration": {"SourceArn": NOTIFY["SourceArn"], "NoActionEmail": email},
            "Actions": {"HighAction": {"EventAction": "NO_ACTION", "Notify": True}},
        }
        configure(app, AccountTakeoverRiskConfiguration=takeover)
        app.sign_in()

        assert cognito.outbox.last().body == "<p>alice {one-click-link-valid}</p>"

    @pytest.mark.parametrize("lacking", ["address", "configuration"])
    def test_what_cannot_be_sent_is_logged(self, cognito: Cognito, app: App, lacking: str) -> None:
        cognito.threats.risk("alice", "High")
        respond(app, "BLOCK", notify=True)
        if lacking == "address":
            app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
        else:
            actions = {"HighAction": {"EventAction": "BLOCK", "Notify": True}}
            configure(app, AccountTakeoverRiskConfiguration={"Actions": actions})

        refusal(app.sign_in)

        assert len(cognito.outbox) == 0
        assert "was not sent" in cognito.logs.last("userNotification").message["details"]

    def test_a_custom_sender_sends_it(self, cognito: Cognito, app: App) -> None:
        app.pool.set_trigger("CustomEmailSender", lambda event, context: None)
        cognito.threats.risk("alice", "High")
        respond(app, "BLOCK", notify=True)

        refusal(app.sign_in)

        run = cognito.triggers.last("CustomEmailSender_AccountTakeOverNotification")
        assert run.event["request"]["userAttributes"]["email"] == "alice@example.com"
        made = cognito.events.custom_email_sender(app.pool.user("alice"), None, "AccountTakeOverNotification")
        assert run.event["request"] == made["request"]
        assert "code" not in made["request"]
        assert len(cognito.outbox) == 0
        assert event(app)["EventRisk"]["RiskDecision"] == "Block"


class TestFeedback:
    """What administrators and users say about events."""

    def test_an_administrators(self, app: App) -> None:
        app.sign_in()
        event_id = event(app)["EventId"]

        for value in ("Invalid", "Valid"):
            app.admin("admin_update_auth_event_feedback", EventId=event_id, FeedbackValue=value)

        feedback = event(app)["EventFeedback"]
        assert (feedback["FeedbackValue"], feedback["Provider"]) == ("Valid", "Admin")
        assert feedback["FeedbackDate"] >= event(app)["CreationDate"]

    def test_a_users_with_the_token(self, app: App, notified: Message) -> None:
        _, _, _, _, _, event_id, token, *_ = parts(notified)
        given = {"UserPoolId": app.pool_id, "Username": "alice", "EventId": event_id, "FeedbackValue": "Invalid"}

        assert refusal(app.idp.update_auth_event_feedback, **given, FeedbackToken="wrong") == WRONG_TOKEN
        assert "EventFeedback" not in event(app)
        app.call("update_auth_event_feedback", **given, FeedbackToken=token)

        feedback = event(app)["EventFeedback"]
        assert (feedback["FeedbackValue"], feedback["Provider"]) == ("Invalid", "User")

    def test_no_token_is_good_for_an_event_without_a_message(self, app: App, notified: Message) -> None:
        app.pool.create_user("bob")
        app.sign_in("bob")
        token = parts(notified)[6]
        given = {"UserPoolId": app.pool_id, "EventId": event(app, "bob")["EventId"], "FeedbackValue": "Valid"}

        assert refusal(app.idp.update_auth_event_feedback, Username="bob", FeedbackToken=token, **given) == WRONG_TOKEN

    @pytest.mark.parametrize(
        ("operation", "more"),
        [("admin_update_auth_event_feedback", {}), ("update_auth_event_feedback", {"FeedbackToken": "token"})],
    )
    def test_refusals(self, app: App, make_app: MakeApp, operation: str, more: dict[str, Any]) -> None:
        app.sign_in()
        app.pool.create_user("bob")
        call = getattr(app.idp, operation)
        given = {"EventId": event(app)["EventId"], "FeedbackValue": "Valid", **more}
        off = make_app(UserPoolTier="PLUS")
        off.pool.create_user("alice")
        nowhere = "us-east-1_Nowhere00"

        assert refusal(call, UserPoolId=nowhere, Username="alice", **given) == no_pool(nowhere)
        assert refusal(call, UserPoolId=app.pool_id, Username="nobody", **given) == USER_NOT_FOUND
        unknown = refusal(call, UserPoolId=app.pool_id, Username="bob", **given)
        assert unknown.code == "InvalidParameterException"
        refused = refusal(call, UserPoolId=off.pool_id, Username="alice", **given)
        assert refused.code == "UserPoolAddOnNotEnabledException"
        assert "EventFeedback" not in event(app)


class TestLinks:
    """The one-click links of messages."""

    @pytest.mark.parametrize("value", ["Valid", "Invalid"])
    def test_following_one(self, app: App, notified: Message, value: str) -> None:
        answer = requests.get(link(notified, value), timeout=5)

        assert (answer.status_code, "Your feedback has been received." in answer.text) == (200, True)
        assert event(app)["EventFeedback"]["FeedbackValue"] == value

    def test_on_the_server(self, cognito_server: Server, app: App, notified: Message) -> None:
        path = link(notified, "Valid").partition("amazoncognito.com")[2]

        assert requests.get(cognito_server.endpoint_url + path, timeout=5).status_code == 200
        assert event(app)["EventFeedback"]["Provider"] == "User"

    @pytest.mark.parametrize(
        ("part", "instead"),
        [
            ("client_id=", "client_id=x"),
            ("user_name=alice", "user_name=nobody"),
            ("event_id=", "event_id=x"),
            ("feedback_token=", "feedback_token=x"),
            ("feedback_value=Valid", "feedback_value=Perhaps"),
            ("feedback_value=Valid", "feedback_value="),
        ],
    )
    def test_a_link_that_is_wrong(self, app: App, notified: Message, part: str, instead: str) -> None:
        answer = requests.get(link(notified, "Valid").replace(part, instead), timeout=5)

        assert answer.status_code == 400
        assert "EventFeedback" not in event(app)

    def test_a_link_on_another_pools_domain(self, app: App, make_app: MakeApp, notified: Message) -> None:
        make_app().pool.call("CreateUserPoolDomain", Domain="others")

        answer = requests.get(link(notified, "Valid").replace("//notes.", "//others."), timeout=5)

        assert answer.status_code == 400
        assert "EventFeedback" not in event(app)


def test_a_sender_that_fails_is_logged_and_the_call_goes_on(cognito: Cognito, make_app: MakeApp) -> None:
    lambda_config = config("CustomEmailSender")
    app = make_app(AutoVerifiedAttributes=["email"], LambdaConfig=lambda_config)
    cognito.triggers.register(lambda_config["CustomEmailSender"]["LambdaArn"], failing)

    assert app.sign_up("bob", {"email": "bob@example.com"})["UserConfirmed"] is False

    log = cognito.logs.last()
    assert (log.source, log.level, log.pool_id) == ("userNotification", "ERROR", app.pool_id)
    assert "not today" in log.message["details"]
    assert len(cognito.logs.of("userAuthEvents")) == len(cognito.outbox) == 0


def test_events_of_a_deleted_user_are_gone(app: App) -> None:
    app.sign_in()
    app.admin("admin_delete_user")
    app.pool.create_user("alice")

    assert events(app) == []
