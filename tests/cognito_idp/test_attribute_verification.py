"""Verifying an address or a phone number: codes for new values, values that wait for them, codes asked for."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.refusals import refusal

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "ext"}
SES = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com"}
OLD, NEW, PHONE = "a@example.com", "new@example.com", "+15550001234"
NEW_DETAILS = {"Destination": "n***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
NO_CODE = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
TAKEN = ("AliasExistsException", "An account with the given email already exists.")
SLOW_DOWN = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
VERIFYING: dict[str, Any] = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}
WAITING = {
    **VERIFYING,
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email", "phone_number"]},
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**VERIFYING)


@pytest.fixture
def waiting(cognito: Cognito) -> UserPool:
    """A pool where a new value counts once it is verified."""
    return cognito.create_user_pool(**WAITING)


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.create_user("alice", email=OLD)


def email_of(user: User) -> tuple[str | None, str]:
    return user.email, user.attributes["email_verified"]


def pairs(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def update(idp: Any, user: User, **attributes: str) -> list[dict[str, str]]:
    token = user.tokens().access_token
    answer = idp.update_user_attributes(AccessToken=token, UserAttributes=pairs(attributes))
    sent: list[dict[str, str]] = answer["CodeDeliveryDetailsList"]
    return sent


def admin_update(idp: Any, user: User, **attributes: str) -> None:
    idp.admin_update_user_attributes(UserPoolId=user.pool.id, Username=user.username, UserAttributes=pairs(attributes))


def request_code(idp: Any, user: User, attribute: str = "email", **more: Any) -> dict[str, str]:
    token = user.tokens().access_token
    answer = idp.get_user_attribute_verification_code(AccessToken=token, AttributeName=attribute, **more)
    details: dict[str, str] = answer["CodeDeliveryDetails"]
    return details


def verify(idp: Any, user: User, code: str | None, attribute: str = "email") -> None:
    answer = idp.verify_user_attribute(AccessToken=user.tokens().access_token, AttributeName=attribute, Code=code)
    assert set(answer) == {"ResponseMetadata"}


def code_to(cognito: Cognito, destination: str) -> str:
    code = cognito.outbox.last(to=destination).code
    assert code is not None
    return code


BOTH = pytest.mark.parametrize("change", [update, admin_update], ids=["user", "admin"])


def test_a_new_address_gets_a_code_that_verifies_it(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    assert update(cognito_idp, alice, email=NEW) == [NEW_DETAILS]
    assert email_of(alice) == (NEW, "false")
    message = cognito.outbox.last(to=NEW)
    assert (message.medium, message.source, message.subject) == (
        "EMAIL",
        "UpdateUserAttribute",
        "Your verification code",
    )
    assert message.body == f"Your verification code is {message.code}. "
    verify(cognito_idp, alice, message.code)
    assert email_of(alice) == (NEW, "true")


def test_an_administrators_change_sends_one_too(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    admin_update(cognito_idp, alice, email=NEW)
    assert email_of(alice) == (NEW, "false")
    verify(cognito_idp, alice, code_to(cognito, NEW))
    assert email_of(alice) == (NEW, "true")


def test_unless_he_says_that_it_is_verified(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    admin_update(cognito_idp, alice, email=NEW, email_verified="true")
    assert email_of(alice) == (NEW, "true")
    assert len(cognito.outbox) == 0


def test_each_new_value_gets_its_own(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    sent = update(cognito_idp, alice, phone_number=PHONE, email=NEW)
    assert {one["AttributeName"]: one["Destination"] for one in sent} == {
        "email": "n***@e***",
        "phone_number": "+*******1234",
    }
    verify(cognito_idp, alice, code_to(cognito, NEW))
    verify(cognito_idp, alice, code_to(cognito, PHONE), "phone_number")
    assert (alice.attributes["email_verified"], alice.attributes["phone_number_verified"]) == ("true", "true")


def test_an_unchanged_value_gets_none(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    assert update(cognito_idp, alice, email=OLD, given_name="Alice") == []
    assert email_of(alice) == (OLD, "true")
    assert len(cognito.outbox) == 0


def test_a_later_value_voids_the_code_for_an_earlier(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, email=NEW)
    earlier = code_to(cognito, NEW)
    admin_update(cognito_idp, alice, email="third@example.com", email_verified="false")
    assert refusal(verify, idp=cognito_idp, user=alice, code=earlier) == MISMATCH
    admin_update(cognito_idp, alice, email=OLD, email_verified="true")
    later = code_to(cognito, "third@example.com")
    assert refusal(verify, idp=cognito_idp, user=alice, code=later) == NO_CODE


def test_a_deleted_value_voids_its_code(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, email=NEW)
    cognito_idp.admin_delete_user_attributes(UserPoolId=alice.pool.id, Username="alice", UserAttributeNames=["email"])
    assert refusal(verify, idp=cognito_idp, user=alice, code=code_to(cognito, NEW)) == NO_CODE


def test_a_code_can_be_asked_for(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    admin_update(cognito_idp, alice, email_verified="false")
    assert request_code(cognito_idp, alice) == {**NEW_DETAILS, "Destination": "a***@e***"}
    assert cognito.outbox.last(to=OLD).source == "VerifyUserAttribute"
    verify(cognito_idp, alice, code_to(cognito, OLD))
    assert email_of(alice) == (OLD, "true")


def test_also_for_what_is_verified(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    request_code(cognito_idp, alice)
    verify(cognito_idp, alice, code_to(cognito, OLD))
    assert email_of(alice) == (OLD, "true")


def test_also_where_the_pool_verifies_nothing_by_itself(cognito: Cognito, cognito_idp: Any) -> None:
    alice = cognito.create_user_pool().create_user("alice", email=OLD, email_verified="false")
    request_code(cognito_idp, alice)
    verify(cognito_idp, alice, code_to(cognito, OLD))
    assert email_of(alice) == (OLD, "true")


def test_the_last_code_counts_and_only_once(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    assert refusal(verify, idp=cognito_idp, user=alice, code="123456") == NO_CODE
    update(cognito_idp, alice, email=NEW)
    first = code_to(cognito, NEW)
    request_code(cognito_idp, alice)
    last = code_to(cognito, NEW)
    assert refusal(verify, idp=cognito_idp, user=alice, code=first) == MISMATCH
    verify(cognito_idp, alice, last)
    assert refusal(verify, idp=cognito_idp, user=alice, code=last) == NO_CODE


def test_a_code_is_for_the_attribute_it_went_to(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, phone_number=PHONE)
    code = code_to(cognito, PHONE)
    assert refusal(verify, idp=cognito_idp, user=alice, code=code) == NO_CODE
    verify(cognito_idp, alice, code, "phone_number")
    assert alice.attributes["phone_number_verified"] == "true"


def test_a_code_lives_a_day(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, email=NEW)
    code = code_to(cognito, NEW)
    cognito.clock.advance(hours=23, minutes=59)
    assert refusal(verify, idp=cognito_idp, user=alice, code="nope") == MISMATCH
    cognito.clock.advance(minutes=2)
    assert refusal(verify, idp=cognito_idp, user=alice, code=code) == NO_CODE


def test_five_codes_an_hour(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    for _ in range(5):
        request_code(cognito_idp, alice)
    assert refusal(request_code, idp=cognito_idp, user=alice) == SLOW_DOWN
    cognito.clock.advance(hours=1, seconds=1)
    request_code(cognito_idp, alice)


def test_fifteen_attempts_an_hour(cognito: Cognito, cognito_idp: Any, alice: User) -> None:
    update(cognito_idp, alice, email=NEW)
    for _ in range(15):
        assert refusal(verify, idp=cognito_idp, user=alice, code="nope") == MISMATCH
    code = code_to(cognito, NEW)
    assert refusal(verify, idp=cognito_idp, user=alice, code=code) == SLOW_DOWN
    cognito.clock.advance(hours=1, seconds=1)
    verify(cognito_idp, alice, code)


@pytest.mark.parametrize("attribute", ["name", "custom:nothing", "email_verified", "+15550001234"])
def test_only_addresses_and_phone_numbers_are_verified(cognito_idp: Any, alice: User, attribute: str) -> None:
    answer = ("InvalidParameterException", "Invalid attribute name. Only phone_number and email can be verified.")
    assert refusal(request_code, idp=cognito_idp, user=alice, attribute=attribute) == answer
    assert refusal(verify, idp=cognito_idp, user=alice, code="123456", attribute=attribute) == answer


@pytest.mark.parametrize(("attribute", "what"), [("email", "email address"), ("phone_number", "phone number")])
def test_what_is_not_there_is_not_verified(cognito_idp: Any, pool: UserPool, attribute: str, what: str) -> None:
    nobody = pool.create_user("nobody")
    answer = refusal(request_code, idp=cognito_idp, user=nobody, attribute=attribute)
    assert answer == ("InvalidParameterException", f"User does not have a valid registered {what}")


def test_a_pool_without_sms_sends_none(cognito: Cognito, cognito_idp: Any) -> None:
    alice = cognito.create_user_pool().create_user("alice", phone_number=PHONE)
    answer = refusal(request_code, idp=cognito_idp, user=alice, attribute="phone_number")
    assert answer == ("InvalidParameterException", "User pool does not have SMS configuration to send messages.")


class TestVerificationBeforeUpdate:
    """AttributesRequireVerificationBeforeUpdate: the old value stays until the new one is verified."""

    @pytest.fixture
    def alice(self, waiting: UserPool) -> User:
        return waiting.create_user("alice", email=OLD)

    @BOTH
    def test_the_old_value_stays_until_then(self, cognito: Cognito, cognito_idp: Any, alice: User, change: Any) -> None:
        change(cognito_idp, alice, email=NEW, given_name="Alice")
        assert email_of(alice) == (OLD, "true")
        assert alice.attributes["given_name"] == "Alice"
        verify(cognito_idp, alice, code_to(cognito, NEW))
        assert email_of(alice) == (NEW, "true")

    def test_the_answer_tells_where_the_code_went(self, cognito_idp: Any, alice: User) -> None:
        assert update(cognito_idp, alice, email=NEW) == [NEW_DETAILS]

    def test_an_administrator_may_skip_it(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        admin_update(cognito_idp, alice, email=NEW, email_verified="true")
        assert email_of(alice) == (NEW, "true")
        assert len(cognito.outbox) == 0

    def test_but_not_by_saying_that_it_is_not_verified(self, cognito_idp: Any, alice: User) -> None:
        admin_update(cognito_idp, alice, email=NEW, email_verified="false")
        assert email_of(alice) == (OLD, "true")

    def test_a_first_value_waits_too(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, phone_number=PHONE)
        assert {"phone_number", "phone_number_verified"}.isdisjoint(alice.attributes)
        verify(cognito_idp, alice, code_to(cognito, PHONE), "phone_number")
        assert (alice.attributes["phone_number"], alice.attributes["phone_number_verified"]) == (PHONE, "true")

    def test_another_code_goes_to_the_new_value(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, email=NEW)
        cognito.clock.advance(hours=25)
        assert refusal(verify, idp=cognito_idp, user=alice, code=code_to(cognito, NEW)) == NO_CODE
        assert request_code(cognito_idp, alice) == NEW_DETAILS
        verify(cognito_idp, alice, code_to(cognito, NEW))
        assert email_of(alice) == (NEW, "true")

    def test_the_last_of_several_values_counts(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, email=NEW)
        earlier = code_to(cognito, NEW)
        update(cognito_idp, alice, email="third@example.com")
        assert refusal(verify, idp=cognito_idp, user=alice, code=earlier) == MISMATCH
        verify(cognito_idp, alice, code_to(cognito, "third@example.com"))
        assert email_of(alice) == ("third@example.com", "true")

    @pytest.mark.parametrize("back", [{"email": OLD}, {"email": "x@example.com", "email_verified": "true"}])
    def test_a_decided_value_no_longer_waits(
        self, cognito: Cognito, cognito_idp: Any, alice: User, back: dict[str, str]
    ) -> None:
        update(cognito_idp, alice, email=NEW)
        admin_update(cognito_idp, alice, **back)
        assert refusal(verify, idp=cognito_idp, user=alice, code=code_to(cognito, NEW)) == NO_CODE
        assert email_of(alice) == (back["email"], "true")

    def test_other_changes_leave_it_waiting(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, email=NEW)
        update(cognito_idp, alice, given_name="Alice")
        admin_update(cognito_idp, alice, email_verified="true")
        verify(cognito_idp, alice, code_to(cognito, NEW))
        assert email_of(alice) == (NEW, "true")

    def test_a_deleted_user_leaves_nothing_waiting(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, email=NEW)
        cognito_idp.admin_delete_user(UserPoolId=alice.pool.id, Username="alice")
        again = alice.pool.create_user("alice", email=OLD)
        assert refusal(verify, idp=cognito_idp, user=again, code=code_to(cognito, NEW)) == NO_CODE

    def test_codes_for_passwords_go_to_the_old_value(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        update(cognito_idp, alice, email=NEW)
        cognito_idp.forgot_password(ClientId=alice.pool.client.id, Username="alice")
        assert cognito.outbox.last().to == OLD


class TestSignInNames:
    def test_the_old_name_signs_in_until_the_new_is_verified(self, cognito: Cognito, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"], **WAITING)
        alice = pool.create_user(OLD)
        update(cognito_idp, alice, email=NEW)
        assert pool.user(OLD).username == alice.username
        assert refusal(cognito_idp.admin_get_user, UserPoolId=pool.id, Username=NEW)[0] == "UserNotFoundException"
        verify(cognito_idp, alice, code_to(cognito, NEW))
        assert pool.user(NEW).username == alice.username
        assert refusal(cognito_idp.admin_get_user, UserPoolId=pool.id, Username=OLD)[0] == "UserNotFoundException"

    @BOTH
    def test_a_name_that_is_taken_is_refused_at_once(self, cognito: Cognito, cognito_idp: Any, change: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"], **WAITING)
        alice = pool.create_user(OLD)
        pool.create_user(NEW)
        assert refusal(lambda: change(cognito_idp, alice, email=NEW)) == TAKEN
        assert len(cognito.outbox) == 0

    def test_or_when_it_was_taken_meanwhile(self, cognito: Cognito, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(UsernameAttributes=["email"], **WAITING)
        alice = pool.create_user(OLD)
        update(cognito_idp, alice, email=NEW)
        pool.create_user(NEW)
        assert refusal(verify, idp=cognito_idp, user=alice, code=code_to(cognito, NEW)) == TAKEN
        assert email_of(alice) == (OLD, "true")

    @pytest.mark.parametrize("settings", [VERIFYING, WAITING], ids=["at once", "once verified"])
    def test_an_alias_of_another_is_refused_when_it_is_verified(
        self, cognito: Cognito, cognito_idp: Any, settings: dict[str, Any]
    ) -> None:
        pool = cognito.create_user_pool(AliasAttributes=["email"], **settings)
        alice = pool.create_user("alice", email=OLD)
        pool.create_user("bob", email=NEW)
        update(cognito_idp, alice, email=NEW)
        code = code_to(cognito, NEW)
        assert refusal(verify, idp=cognito_idp, user=alice, code=code) == TAKEN
        assert pool.user(NEW).username == "bob"
        cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="bob")
        verify(cognito_idp, alice, code)
        assert pool.user(NEW).username == "alice"

    def test_an_alias_signs_in_once_it_is_verified(self, cognito: Cognito, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(AliasAttributes=["email"], **WAITING)
        alice = pool.create_user("alice", email=OLD)
        update(cognito_idp, alice, email=NEW)
        assert pool.user(OLD).username == "alice"
        verify(cognito_idp, alice, code_to(cognito, NEW))
        assert pool.user(NEW).username == "alice"


class TestCustomMessage:
    @pytest.fixture
    def events(self, cognito: Cognito) -> list[dict[str, Any]]:
        return []

    @pytest.fixture
    def pool(self, cognito: Cognito, events: list[dict[str, Any]]) -> UserPool:
        pool = cognito.create_user_pool(EmailConfiguration=SES, **WAITING)

        @pool.on("CustomMessage")
        def write(event: dict[str, Any], context: object) -> dict[str, Any]:
            events.append(event)
            event["response"]["emailSubject"] = "Yours?"
            event["response"]["emailMessage"] = "Say {####}"
            return event

        return pool

    def test_the_trigger_writes_both_messages(
        self, cognito: Cognito, cognito_idp: Any, alice: User, events: list[dict[str, Any]]
    ) -> None:
        metadata = {"locale": "de"}
        cognito_idp.update_user_attributes(
            AccessToken=alice.tokens().access_token,
            UserAttributes=pairs({"email": NEW}),
            ClientMetadata=metadata,
        )
        request_code(cognito_idp, alice, ClientMetadata=metadata)
        assert [event["triggerSource"] for event in events] == [
            "CustomMessage_UpdateUserAttribute",
            "CustomMessage_VerifyUserAttribute",
        ]
        for event in events:
            assert event["callerContext"]["clientId"] == alice.pool.client.id
            assert event["request"]["clientMetadata"] == metadata
            assert event["request"]["codeParameter"] == "{####}"
            assert event["request"]["usernameParameter"] is None
            assert event["request"]["userAttributes"]["email"] == NEW
        message = cognito.outbox.last(to=NEW)
        assert (message.subject, message.body) == ("Yours?", f"Say {message.code}")

    def test_an_administrators_change_has_no_client(
        self, cognito_idp: Any, alice: User, events: list[dict[str, Any]]
    ) -> None:
        cognito_idp.admin_update_user_attributes(
            UserPoolId=alice.pool.id,
            Username="alice",
            UserAttributes=pairs({"email": NEW}),
            ClientMetadata={"locale": "de"},
        )
        [event] = events
        assert event["triggerSource"] == "CustomMessage_UpdateUserAttribute"
        assert event["callerContext"]["clientId"] == "CLIENT_ID_NOT_APPLICABLE"
        assert event["request"]["clientMetadata"] == {"locale": "de"}

    def test_no_code_no_trigger(self, cognito_idp: Any, alice: User, events: list[dict[str, Any]]) -> None:
        update(cognito_idp, alice, given_name="Alice")
        admin_update(cognito_idp, alice, email=NEW, email_verified="true")
        assert events == []

    def test_its_failures_are_the_callers(self, cognito_idp: Any, alice: User) -> None:
        token = alice.tokens().access_token
        calls: list[Any] = [
            lambda: update(cognito_idp, alice, email=NEW),
            lambda: admin_update(cognito_idp, alice, email="third@example.com"),
            lambda: cognito_idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email"),
        ]

        def fail(event: Any, context: object) -> None:
            raise ValueError("no words")

        def shapeless(event: Any, context: object) -> str:
            return "sent"

        def codeless(event: Any, context: object) -> Any:
            event["response"]["emailMessage"] = "Say nothing"
            return event

        for function, code in (
            (fail, "UserLambdaValidationException"),
            (shapeless, "InvalidLambdaResponseException"),
            (codeless, "InvalidLambdaResponseException"),
        ):
            alice.pool.set_trigger("CustomMessage", function)
            assert [refusal(call)[0] for call in calls] == [code] * 3

    def test_a_function_that_is_too_slow(self, cognito: Cognito, cognito_idp: Any, alice: User) -> None:
        def sleep(event: Any, context: object) -> Any:
            cognito.clock.advance(seconds=6)
            return event

        alice.pool.set_trigger("CustomMessage", sleep)
        token = alice.tokens().access_token
        calls: list[Any] = [
            lambda: cognito_idp.update_user_attributes(AccessToken=token, UserAttributes=pairs({"email": NEW})),
            lambda: admin_update(cognito_idp, alice, email="third@example.com"),
            lambda: cognito_idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email"),
        ]
        assert [refusal(call)[0] for call in calls] == ["UnexpectedLambdaException"] * 3
