"""ForgotPassword: who gets a code, where it goes, and what is told of users that there may be."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL, VERIFIED_PHONE
from tests.support.app import NEW_PASSWORD, App, MakeApp
from tests.support.codes import last_code
from tests.support.functions import failing
from tests.support.passwords import bring_to, reset
from tests.support.refusals import (
    ATTEMPT_LIMIT,
    CODE_EXPIRED,
    CODE_MISMATCH,
    NO_RESET_IN_STATE,
    NO_WAY_TO_RESET,
    RESET_BY_ADMIN_ONLY,
    USER_DISABLED,
    USER_OF_CLIENT_NOT_FOUND,
    Refusal,
    lambda_failed,
    refusal,
)
from tests.support.settings import SMS, recovery

TO_EMAIL = {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
TO_PHONE = {"Destination": "+*******0123", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool that can send SMS, with alice, who has a verified address."""
    pool = cognito.create_user_pool(SmsConfiguration=SMS)
    pool.create_user("alice", attributes=EMAIL)
    return pool


class TestForgotPassword:
    @pytest.mark.parametrize(
        ("mechanisms", "given", "details"),
        [
            (["verified_email", "verified_phone_number"], {**VERIFIED_EMAIL, **VERIFIED_PHONE}, TO_EMAIL),
            (["verified_phone_number", "verified_email"], {**VERIFIED_EMAIL, **VERIFIED_PHONE}, TO_PHONE),
            (["verified_phone_number", "verified_email"], {**VERIFIED_EMAIL, **PHONE}, TO_EMAIL),
            (["verified_email", "verified_phone_number"], {**EMAIL, **VERIFIED_PHONE}, TO_PHONE),
            (["verified_email"], {**VERIFIED_EMAIL, **VERIFIED_PHONE}, TO_EMAIL),
            (["verified_phone_number"], {**VERIFIED_EMAIL, **VERIFIED_PHONE}, TO_PHONE),
        ],
    )
    def test_the_code_goes_where_the_pool_says(
        self,
        make_app: MakeApp,
        cognito_outbox: Outbox,
        mechanisms: list[str],
        given: dict[str, str],
        details: dict[str, str],
    ) -> None:
        app = make_app(SmsConfiguration=SMS, **recovery(*mechanisms))
        app.confirmed("alice", given)
        assert app.public("forgot_password")["CodeDeliveryDetails"] == details
        message = cognito_outbox.last()
        assert (message.medium, message.to) == (details["DeliveryMedium"], given[details["AttributeName"]])

    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED"])
    def test_the_user_stays_as_they_are(self, app: App, status: str) -> None:
        if status != "CONFIRMED":
            bring_to(app, status)
        before = app.users()
        app.public("forgot_password")
        assert app.users() == before

    def test_the_old_password_is_good_until_there_is_another(self, app: App) -> None:
        app.public("forgot_password")
        assert app.access_token()

    @pytest.mark.parametrize("given", [{}, EMAIL, PHONE])
    def test_a_user_whom_no_code_can_reach(self, app: App, cognito_outbox: Outbox, given: dict[str, str]) -> None:
        app.confirmed("bob", given)
        assert refusal(app.public, operation="forgot_password", username="bob") == NO_WAY_TO_RESET
        assert len(cognito_outbox) == 0

    def test_a_user_with_a_temporary_password(self, app: App) -> None:
        bring_to(app, "FORCE_CHANGE_PASSWORD")
        assert refusal(app.public, operation="forgot_password") == NO_RESET_IN_STATE

    def test_an_unconfirmed_user_without_a_verified_address(self, app: App) -> None:
        bring_to(app, "UNCONFIRMED")
        assert refusal(app.public, operation="forgot_password") == NO_WAY_TO_RESET

    def test_a_disabled_user(self, app: App) -> None:
        app.admin("admin_disable_user")
        assert refusal(app.public, operation="forgot_password") == USER_DISABLED

    def test_an_unknown_user(self, app: App) -> None:
        assert refusal(app.public, operation="forgot_password", username="bob") == USER_OF_CLIENT_NOT_FOUND

    @pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
    @pytest.mark.parametrize("username", ["alice", "bob"])
    def test_where_only_administrators_reset(self, make_app: MakeApp, client: dict[str, str], username: str) -> None:
        app = make_app(client, **recovery("admin_only"))
        app.confirmed("alice", VERIFIED_EMAIL)
        wanted = USER_OF_CLIENT_NOT_FOUND if username == "bob" and not client else RESET_BY_ADMIN_ONLY
        assert refusal(app.public, operation="forgot_password", username=username) == wanted

    def test_an_hour_allows_twenty_requests_and_confirmations(self, app: App, cognito_clock: Clock) -> None:
        for _ in range(10):
            app.public("forgot_password")
            refusal(reset, app=app, code="000000")
        assert refusal(app.public, operation="forgot_password") == ATTEMPT_LIMIT
        assert refusal(reset, app=app, code="000000") == ATTEMPT_LIMIT
        cognito_clock.advance(hours=1)
        app.public("forgot_password")

    def test_an_alias_names_the_user(self, make_app: MakeApp, cognito_outbox: Outbox) -> None:
        app = make_app(AliasAttributes=["email"])
        app.confirmed("alice", VERIFIED_EMAIL)
        app.public("forgot_password", EMAIL["email"])
        reset(app, last_code(cognito_outbox), EMAIL["email"])
        assert app.access_token("alice", NEW_PASSWORD)

    def test_a_failing_message_is_told(self, app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
        cognito_triggers.on("CustomMessage")(failing)
        assert refusal(app.public, operation="forgot_password") == lambda_failed("CustomMessage")
        assert (app.status(), len(cognito_outbox)) == ("CONFIRMED", 0)


class TestWhereExistenceIsHidden:
    def test_a_user_gets_the_code(self, hiding: App, cognito_outbox: Outbox) -> None:
        assert hiding.public("forgot_password")["CodeDeliveryDetails"] == TO_EMAIL
        reset(hiding, last_code(cognito_outbox))
        assert hiding.access_token("alice", NEW_PASSWORD)

    @pytest.mark.parametrize("who", ["nobody", "disabled", "unreachable"])
    def test_others_are_answered_in_pretence(self, hiding: App, cognito_outbox: Outbox, who: str) -> None:
        if who != "nobody":
            hiding.confirmed(who, {} if who == "unreachable" else VERIFIED_EMAIL)
        if who == "disabled":
            hiding.admin("admin_disable_user", who)
        details = hiding.public("forgot_password", who)["CodeDeliveryDetails"]
        assert details == {
            "Destination": f"{who[0]}***@{who[0]}***",
            "DeliveryMedium": "EMAIL",
            "AttributeName": "email",
        }
        assert len(cognito_outbox) == 0

    def test_the_pretended_medium_is_the_pools(self, make_app: MakeApp) -> None:
        app = make_app(
            {"PreventUserExistenceErrors": "ENABLED"},
            SmsConfiguration=SMS,
            **recovery("verified_phone_number"),
        )
        details = app.public("forgot_password", "nobody")["CodeDeliveryDetails"]
        assert (details["DeliveryMedium"], details["AttributeName"]) == ("SMS", "phone_number")
        assert details["Destination"].startswith("+*******")

    def test_an_address_is_pretended_as_it_was_given(self, hiding: App) -> None:
        details = hiding.public("forgot_password", "zoe@home.org")["CodeDeliveryDetails"]
        assert details["Destination"] == "z***@h***"

    @pytest.mark.parametrize(
        ("who", "fate"), [("nobody", CODE_MISMATCH), ("disabled", CODE_MISMATCH), ("alice", CODE_EXPIRED)]
    )
    def test_a_confirmation_tells_no_more(self, hiding: App, who: str, fate: Refusal) -> None:
        if who == "disabled":
            hiding.confirmed(who, VERIFIED_EMAIL)
            hiding.admin("admin_disable_user", who)
        assert refusal(reset, app=hiding, code="123456", username=who) == fate
