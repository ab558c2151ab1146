"""The CustomMessage trigger for codes that verify attributes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, pairs
from tests.support.attribute_updates import NEW, OLD, WAITING, admin_update, request_code, token_of, update
from tests.support.functions import Event
from tests.support.refusals import refusal
from tests.support.settings import SES


@pytest.fixture
def events() -> list[Event]:
    """The events that the function of `pool` got."""
    return []


@pytest.fixture
def pool(cognito: Cognito, events: list[Event]) -> UserPool:
    pool = cognito.create_user_pool(EmailConfiguration=SES, **WAITING)
    pool.create_user("alice", email=OLD)

    @pool.on("CustomMessage")
    def write(event: Event, context: object) -> Event:
        events.append(event)
        event["response"]["emailSubject"] = "Yours?"
        event["response"]["emailMessage"] = "Say {####}"
        return event

    return pool


def test_the_trigger_writes_both_messages(cognito: Cognito, app: App, events: list[Event]) -> None:
    metadata = {"locale": "de"}
    app.idp.update_user_attributes(
        AccessToken=token_of(app),
        UserAttributes=pairs({"email": NEW}),
        ClientMetadata=metadata,
    )
    request_code(app, ClientMetadata=metadata)
    assert [event["triggerSource"] for event in events] == [
        "CustomMessage_UpdateUserAttribute",
        "CustomMessage_VerifyUserAttribute",
    ]
    for event in events:
        assert event["callerContext"]["clientId"] == app.client_id
        assert event["request"]["clientMetadata"] == metadata
        assert event["request"]["codeParameter"] == "{####}"
        assert event["request"]["usernameParameter"] is None
        assert event["request"]["userAttributes"]["email"] == NEW
    message = cognito.outbox.last(to=NEW)
    assert (message.subject, message.body) == ("Yours?", f"Say {message.code}")


def test_an_administrators_change_has_no_client(app: App, events: list[Event]) -> None:
    app.idp.admin_update_user_attributes(
        UserPoolId=app.pool_id,
        Username="alice",
        UserAttributes=pairs({"email": NEW}),
        ClientMetadata={"locale": "de"},
    )
    [event] = events
    assert event["triggerSource"] == "CustomMessage_UpdateUserAttribute"
    assert event["callerContext"]["clientId"] == "CLIENT_ID_NOT_APPLICABLE"
    assert event["request"]["clientMetadata"] == {"locale": "de"}


def test_no_code_no_trigger(app: App, events: list[Event]) -> None:
    update(app, given_name="Alice")
    admin_update(app, email=NEW, email_verified="true")
    assert events == []


def test_its_failures_are_the_callers(app: App) -> None:
    token = token_of(app)
    calls: list[Callable[[], object]] = [
        lambda: update(app, email=NEW),
        lambda: admin_update(app, email="third@example.com"),
        lambda: app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email"),
    ]

    def fail(event: Event, context: object) -> None:
        raise ValueError("no words")

    def shapeless(event: Event, context: object) -> str:
        return "sent"

    def codeless(event: Event, context: object) -> Event:
        event["response"]["emailMessage"] = "Say nothing"
        return event

    functions: list[tuple[Callable[[Event, object], object], str]] = [
        (fail, "UserLambdaValidationException"),
        (shapeless, "InvalidLambdaResponseException"),
        (codeless, "InvalidParameterException"),
    ]
    for function, code in functions:
        app.pool.set_trigger("CustomMessage", function)
        assert [refusal(call)[0] for call in calls] == [code] * 3


def test_a_function_that_is_too_slow(cognito: Cognito, app: App) -> None:
    def sleep(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=6)
        return event

    app.pool.set_trigger("CustomMessage", sleep)
    token = token_of(app)
    calls: list[Callable[[], object]] = [
        lambda: app.idp.update_user_attributes(AccessToken=token, UserAttributes=pairs({"email": NEW})),
        lambda: admin_update(app, email="third@example.com"),
        lambda: app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email"),
    ]
    assert [refusal(call)[0] for call in calls] == ["UnexpectedLambdaException"] * 3
