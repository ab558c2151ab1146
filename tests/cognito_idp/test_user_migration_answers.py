"""What the answer of a function for UserMigration makes of a user, or why it makes none."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.functions import Event, answering, failing
from tests.support.jwts import claims
from tests.support.migration import CONFIRMED, EMAIL, OLD, PHONE, enter, migrating, migration_failed, refused, usernames
from tests.support.recoveries import Recovery
from tests.support.refusals import (
    INCORRECT,
    LAMBDA_OUTPUT,
    RESET_REQUIRED,
    USER_NOT_FOUND,
    lambda_failed,
    lambda_timed_out,
)
from tests.support.settings import SES, SMS


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users."""
    return cognito.create_user_pool()


@pytest.fixture
def hiding(make_app: MakeApp) -> App:
    """Another pool without users, and a client that hides that."""
    return make_app({"PreventUserExistenceErrors": "ENABLED"})


class TestUnknown:
    @pytest.mark.parametrize("attributes", [None, {}])
    def test_a_function_that_knows_nobody(self, app: App, hiding: App, attributes: dict[str, str] | None) -> None:
        for one, error in ((app, USER_NOT_FOUND), (hiding, INCORRECT)):
            migrating(one, attributes, **CONFIRMED)
            assert refused(one) == error
            assert usernames(one) == []

    def test_it_is_asked_before_the_function_that_hears_of_nobody(self, cognito: Cognito, hiding: App) -> None:
        migrating(hiding, None)
        hiding.pool.set_trigger("PreAuthentication", answering())
        refused(hiding)
        assert [one.trigger for one in cognito.triggers] == ["UserMigration", "PreAuthentication"]
        assert cognito.triggers.last().event["request"]["userNotFound"] is True

    def test_a_function_that_fails(self, app: App, hiding: App) -> None:
        for one in (app, hiding):
            one.pool.set_trigger("UserMigration", failing)
            assert refused(one) == lambda_failed("UserMigration")
            assert usernames(one) == []

    @pytest.mark.needs("InitiatePointInTimeRecovery")
    def test_nobody_is_made_while_the_pool_is_recovered(self, cognito: Cognito, app: App, hiding: App) -> None:
        cognito.clock.advance(hours=2)
        for one, code in ((app, "OperationNotEnabledException"), (hiding, INCORRECT.code)):
            migrating(one, **CONFIRMED)
            recovery = Recovery.begin(one)
            assert (refused(one).code, usernames(one)) == (code, [])
            assert cognito.triggers.last().error is None
            recovery.call("cancel")
            assert enter(one)

    def test_a_function_that_answers_something_else(self, app: App) -> None:
        app.pool.set_trigger("UserMigration", lambda event, context: {"userAttributes": EMAIL})
        assert refused(app) == LAMBDA_OUTPUT

    def test_a_function_that_is_too_slow(self, cognito: Cognito, app: App) -> None:
        def slow(event: Event, context: object) -> Event:
            cognito.clock.advance(seconds=6)
            return event

        app.pool.set_trigger("UserMigration", slow)
        assert refused(app) == lambda_timed_out("UserMigration")
        assert len(cognito.triggers) == 3


INVALID: list[tuple[Any, dict[str, Any]]] = [
    (["email"], {}),
    ("alice@example.com", {}),
    ({"email": "no address"}, {}),
    ({"email": 1}, {}),
    ({**EMAIL, "email_verified": True}, {}),
    ({"email_verified": "true"}, {}),
    ({"phone_number": "0123"}, {}),
    ({"custom:shop": "berlin"}, {}),
    ({"sub": "11111111-2222-3333-4444-555555555555"}, {}),
    ({"unheard_of": "x"}, {}),
    ({**EMAIL, "username": "somebody"}, {}),
    (EMAIL, {"finalUserStatus": True}),
    (EMAIL, {"messageAction": ["SUPPRESS"]}),
    (EMAIL, {"desiredDeliveryMediums": "EMAIL"}),
    (EMAIL, {"desiredDeliveryMediums": [1]}),
    (EMAIL, {"forceAliasCreation": "true"}),
    (EMAIL, {"enableSMSMFA": "false"}),
]


class TestInvalid:
    @pytest.mark.parametrize(("attributes", "response"), INVALID)
    def test_what_makes_no_user(
        self, cognito: Cognito, app: App, hiding: App, attributes: Any, response: dict[str, Any]
    ) -> None:
        for one, error in ((app, migration_failed(app)), (hiding, INCORRECT)):
            migrating(one, attributes, **{**CONFIRMED, **response})
            assert refused(one) == error
            assert usernames(one) == []
            assert cognito.triggers.last("UserMigration").error is not None

    def test_what_the_pool_requires_is_required(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make_app(Schema=[{"Name": "given_name", "Required": True}])
        migrating(app, **CONFIRMED)
        assert refused(app) == migration_failed(app)
        assert "given_name: The attribute is required" in str(cognito.triggers.last().error)
        migrating(app, {"given_name": "Alice"}, **CONFIRMED)
        assert "IdToken" in enter(app)

    def test_an_attribute_without_a_value_is_none(self, app: App) -> None:
        migrating(app, {**EMAIL, "nickname": None}, **CONFIRMED)
        enter(app)
        assert "nickname" not in app.pool.user("alice").attributes

    def test_custom_attributes_of_the_pool_are_taken(self, make_app: MakeApp) -> None:
        app = make_app(Schema=[{"Name": "shop", "AttributeDataType": "String"}])
        migrating(app, {"custom:shop": "berlin"}, **CONFIRMED)
        enter(app)
        assert app.pool.user("alice").attributes["custom:shop"] == "berlin"

    @pytest.mark.parametrize("username", ["alice", "bob"])
    def test_nobody_takes_the_place_of_a_user_who_came_meanwhile(self, make_app: MakeApp, username: str) -> None:
        app = make_app(AliasAttributes=["email"])

        def function(event: Event, context: object) -> Event:
            app.pool.create_user(username, password="Somebody-else-1")
            event["response"] = {"userAttributes": {"username": "bob", "given_name": "B"}, **CONFIRMED}
            return event

        app.pool.set_trigger("UserMigration", function)
        assert refused(app) == migration_failed(app)
        assert usernames(app) == [username]
        assert app.pool.user(username).password == "Somebody-else-1"


class TestWelcome:
    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        return cognito.create_user_pool(SmsConfiguration=SMS, EmailConfiguration=SES)

    @pytest.mark.parametrize(
        ("response", "sent"),
        [
            ({}, ["SMS"]),
            ({"desiredDeliveryMediums": None}, ["SMS"]),
            ({"desiredDeliveryMediums": ["SMS"]}, ["SMS"]),
            ({"desiredDeliveryMediums": ["EMAIL"]}, ["EMAIL"]),
            ({"desiredDeliveryMediums": ["EMAIL", "SMS"]}, ["EMAIL", "SMS"]),
            ({"messageAction": "SUPPRESS"}, []),
            ({"messageAction": "SUPPRESS", "desiredDeliveryMediums": ["EMAIL"]}, []),
            ({"finalUserStatus": None}, []),
        ],
    )
    def test_who_can_come_in_is_welcomed(
        self, cognito: Cognito, app: App, response: dict[str, Any], sent: list[str]
    ) -> None:
        migrating(app, {**EMAIL, **PHONE}, **{"finalUserStatus": "CONFIRMED", **response})
        begun = response.get("finalUserStatus", "CONFIRMED")
        assert "IdToken" in enter(app) if begun else refused(app) == RESET_REQUIRED
        assert sorted(message.medium for message in cognito.outbox) == sent

    def test_nobody_is_welcomed_who_cannot_be_reached(self, cognito: Cognito, app: App) -> None:
        migrating(app, finalUserStatus="CONFIRMED")
        enter(app)
        assert len(cognito.outbox) == 0

    def test_the_message_is_an_invitations(self, cognito: Cognito, app: App) -> None:
        app.pool.set_trigger("CustomMessage", answering(smsMessage="Welcome {username} {####}"))
        migrating(app, PHONE, finalUserStatus="CONFIRMED")
        enter(app)
        assert cognito.triggers.of("CustomMessage")[0].source == "CustomMessage_AdminCreateUser"
        assert cognito.outbox.last().body == f"Welcome alice {OLD}"


class TestNames:
    def test_an_alias_was_typed(self, make_app: MakeApp, cognito: Cognito) -> None:
        app = make_app(AliasAttributes=["email"])
        migrating(app, **CONFIRMED)
        assert refused(app, "alice@example.com") == migration_failed(app)
        migrating(app, {**EMAIL, "username": "alice"}, **CONFIRMED)
        in_id = claims(enter(app, "alice@example.com")["IdToken"])
        assert in_id["cognito:username"] == "alice"
        assert "username" not in app.pool.user("alice").attributes
        assert "IdToken" in enter(app, "alice")
        assert "IdToken" in enter(app, "alice@example.com")
        assert len(cognito.triggers) == 2

    @pytest.mark.parametrize("force", [None, False, True])
    def test_an_alias_that_somebody_has(self, make_app: MakeApp, force: bool | None) -> None:
        app = make_app(AliasAttributes=["email"])
        app.pool.create_user("bob", email="alice@example.com")
        migrating(app, forceAliasCreation=force, **CONFIRMED)
        if force:
            enter(app)
            assert app.pool.user("alice@example.com").username == "alice"
            assert app.pool.user("bob").attributes["email_verified"] == "false"
        else:
            assert refused(app) == migration_failed(app)
            assert usernames(app) == ["bob"]

    def test_where_the_address_is_the_user_name(self, make_app: MakeApp, cognito: Cognito) -> None:
        app = make_app(UsernameAttributes=["email"])
        migrating(app, {"email_verified": "true"}, **CONFIRMED)
        enter(app, "alice@example.com")
        alice = app.pool.user("alice@example.com")
        assert (alice.username, alice.email) == (alice.sub, "alice@example.com")
        assert cognito.triggers.last().event["userName"] == "alice@example.com"

    @pytest.mark.parametrize(
        "attributes",
        [{"email": "bob@example.com"}, {**EMAIL, "username": "alice"}, {**EMAIL, "phone_number": "+12065550123"}],
    )
    def test_where_it_is_no_other_will_do(self, make_app: MakeApp, attributes: dict[str, str]) -> None:
        app = make_app(UsernameAttributes=["email", "phone_number"])
        app.pool.create_user("+12065550123")
        migrating(app, attributes, **CONFIRMED)
        assert refused(app, "alice@example.com") == migration_failed(app)
        assert len(app.pool.users) == 1

    def test_the_same_address_may_be_repeated(self, make_app: MakeApp) -> None:
        app = make_app(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
        migrating(app, {**EMAIL, "username": "ALICE@example.com"}, **CONFIRMED)
        assert "IdToken" in enter(app, "Alice@Example.com")

    @pytest.mark.parametrize("said", ["alice", "Alice"])
    def test_a_plain_user_name_may_be_repeated(self, make_app: MakeApp, said: str) -> None:
        app = make_app(UsernameConfiguration={"CaseSensitive": False})
        migrating(app, {**EMAIL, "username": said}, **CONFIRMED)
        enter(app, "Alice")
        assert usernames(app) == ["alice"]
