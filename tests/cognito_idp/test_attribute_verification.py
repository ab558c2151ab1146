"""Verifying an address or a phone number: codes for new values, and codes asked for."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.attribute_updates import (
    NEW,
    NEW_DETAILS,
    OLD,
    PHONE_NUMBER,
    admin_update,
    email_of,
    request_code,
    update,
    user_of,
    verify,
)
from tests.support.codes import last_code
from tests.support.refusals import ATTEMPT_LIMIT, CODE_EXPIRED, CODE_MISMATCH, NO_SMS, invalid_parameter, refusal
from tests.support.settings import VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(**VERIFY)
    pool.create_user("alice", email=OLD)
    return pool


def test_a_new_address_gets_a_code_that_verifies_it(cognito: Cognito, app: App) -> None:
    assert update(app, email=NEW) == [NEW_DETAILS]
    assert email_of(app) == (NEW, "false")
    message = cognito.outbox.last(to=NEW)
    assert (message.medium, message.source, message.subject) == (
        "EMAIL",
        "UpdateUserAttribute",
        "Your verification code",
    )
    assert message.body == f"Your verification code is {message.code}. "
    verify(app, last_code(cognito.outbox))
    assert email_of(app) == (NEW, "true")


def test_an_administrators_change_sends_one_too(cognito: Cognito, app: App) -> None:
    admin_update(app, email=NEW)
    assert email_of(app) == (NEW, "false")
    verify(app, last_code(cognito.outbox, NEW))
    assert email_of(app) == (NEW, "true")


def test_unless_the_administrator_says_that_it_is_verified(cognito: Cognito, app: App) -> None:
    admin_update(app, email=NEW, email_verified="true")
    assert email_of(app) == (NEW, "true")
    assert len(cognito.outbox) == 0


def test_each_new_value_gets_its_own(cognito: Cognito, app: App) -> None:
    sent = update(app, phone_number=PHONE_NUMBER, email=NEW)
    assert {one["AttributeName"]: one["Destination"] for one in sent} == {
        "email": "n***@e***",
        "phone_number": "+*******1234",
    }
    verify(app, last_code(cognito.outbox, NEW))
    verify(app, last_code(cognito.outbox, PHONE_NUMBER), "phone_number")
    assert (user_of(app).attributes["email_verified"], user_of(app).attributes["phone_number_verified"]) == (
        "true",
        "true",
    )


def test_an_unchanged_value_gets_none(cognito: Cognito, app: App) -> None:
    assert update(app, email=OLD, given_name="Alice") == []
    assert email_of(app) == (OLD, "true")
    assert len(cognito.outbox) == 0


def test_a_later_value_voids_the_code_for_an_earlier(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    earlier = last_code(cognito.outbox, NEW)
    admin_update(app, email="third@example.com", email_verified="false")
    assert refusal(verify, app=app, code=earlier) == CODE_MISMATCH
    admin_update(app, email=OLD, email_verified="true")
    later = last_code(cognito.outbox, "third@example.com")
    assert refusal(verify, app=app, code=later) == CODE_EXPIRED


def test_a_deleted_value_voids_its_code(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
    assert refusal(verify, app=app, code=last_code(cognito.outbox, NEW)) == CODE_EXPIRED


def test_a_code_can_be_asked_for(cognito: Cognito, app: App) -> None:
    admin_update(app, email_verified="false")
    assert request_code(app) == {**NEW_DETAILS, "Destination": "a***@e***"}
    assert cognito.outbox.last(to=OLD).source == "VerifyUserAttribute"
    verify(app, last_code(cognito.outbox, OLD))
    assert email_of(app) == (OLD, "true")


def test_also_for_what_is_verified(cognito: Cognito, app: App) -> None:
    request_code(app)
    verify(app, last_code(cognito.outbox, OLD))
    assert email_of(app) == (OLD, "true")


def test_also_where_the_pool_verifies_nothing_by_itself(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app()
    app.pool.create_user("alice", email=OLD, email_verified="false")
    request_code(app)
    verify(app, last_code(cognito.outbox, OLD))
    assert email_of(app) == (OLD, "true")


def test_the_last_code_counts_and_only_once(cognito: Cognito, app: App) -> None:
    assert refusal(verify, app=app, code="123456") == CODE_EXPIRED
    update(app, email=NEW)
    first = last_code(cognito.outbox, NEW)
    request_code(app)
    last = last_code(cognito.outbox, NEW)
    assert refusal(verify, app=app, code=first) == CODE_MISMATCH
    verify(app, last)
    assert refusal(verify, app=app, code=last) == CODE_EXPIRED


def test_a_code_is_for_the_attribute_it_went_to(cognito: Cognito, app: App) -> None:
    update(app, phone_number=PHONE_NUMBER)
    code = last_code(cognito.outbox, PHONE_NUMBER)
    assert refusal(verify, app=app, code=code) == CODE_EXPIRED
    verify(app, code, "phone_number")
    assert user_of(app).attributes["phone_number_verified"] == "true"


def test_a_code_lives_a_day(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    code = last_code(cognito.outbox, NEW)
    cognito.clock.advance(hours=23, minutes=59)
    assert refusal(verify, app=app, code="nope") == CODE_MISMATCH
    cognito.clock.advance(minutes=2)
    assert refusal(verify, app=app, code=code) == CODE_EXPIRED


def test_five_codes_an_hour(cognito: Cognito, app: App) -> None:
    for _ in range(5):
        request_code(app)
    assert refusal(request_code, app=app) == ATTEMPT_LIMIT
    cognito.clock.advance(hours=1, seconds=1)
    request_code(app)


def test_fifteen_attempts_an_hour(cognito: Cognito, app: App) -> None:
    update(app, email=NEW)
    for _ in range(15):
        assert refusal(verify, app=app, code="nope") == CODE_MISMATCH
    code = last_code(cognito.outbox, NEW)
    assert refusal(verify, app=app, code=code) == ATTEMPT_LIMIT
    cognito.clock.advance(hours=1, seconds=1)
    verify(app, code)


@pytest.mark.parametrize("attribute", ["name", "custom:nothing", "email_verified", "+15550001234"])
def test_only_addresses_and_phone_numbers_are_verified(app: App, attribute: str) -> None:
    answer = invalid_parameter("Invalid attribute name. Only phone_number and email can be verified.")
    assert refusal(request_code, app=app, attribute=attribute) == answer
    assert refusal(verify, app=app, code="123456", attribute=attribute) == answer


@pytest.mark.parametrize(("attribute", "what"), [("email", "email address"), ("phone_number", "phone number")])
def test_what_is_not_there_is_not_verified(make_app: MakeApp, pool: UserPool, attribute: str, what: str) -> None:
    app = make_app(**VERIFY)
    app.pool.create_user("nobody")
    answer = refusal(request_code, app=app, attribute=attribute)
    assert answer == invalid_parameter(f"User does not have a valid registered {what}")


def test_a_pool_without_sms_sends_none(make_app: MakeApp) -> None:
    app = make_app()
    app.pool.create_user("alice", phone_number=PHONE_NUMBER)
    answer = refusal(request_code, app=app, attribute="phone_number")
    assert answer == NO_SMS
