"""ConfirmForgotPassword: what a code for a forgotten password does."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Triggers
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, VERIFIED_EMAIL
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.codes import last_code, wrong
from tests.support.functions import answering, failing
from tests.support.passwords import HISTORY, WEAK, code_of, reset, weak
from tests.support.refusals import (
    CODE_EXPIRED,
    CODE_MISMATCH,
    INCORRECT,
    USER_OF_CLIENT_NOT_FOUND,
    Refusal,
    lambda_failed,
    refusal,
)


class TestConfirmForgotPassword:
    def test_the_code_sets_the_password(self, app: App, cognito_outbox: Outbox) -> None:
        answer = reset(app, code_of(app, cognito_outbox))
        assert answer == {}
        assert refusal(app.sign_in) == INCORRECT
        assert app.access_token("alice", NEW_PASSWORD)

    def test_a_code_works_once(self, app: App, cognito_outbox: Outbox) -> None:
        code = code_of(app, cognito_outbox)
        reset(app, code)
        assert refusal(reset, app=app, code=code) == CODE_EXPIRED

    def test_a_wrong_code(self, app: App, cognito_outbox: Outbox) -> None:
        code = code_of(app, cognito_outbox)
        assert refusal(reset, app=app, code=wrong(code)) == CODE_MISMATCH
        assert app.access_token()
        reset(app, code)

    def test_the_newest_code_counts(self, app: App, cognito_outbox: Outbox) -> None:
        first, second = code_of(app, cognito_outbox), code_of(app, cognito_outbox)
        assert refusal(reset, app=app, code=first) == CODE_MISMATCH
        reset(app, second)

    def test_a_code_that_nobody_asked_for(self, app: App) -> None:
        assert refusal(reset, app=app, code="123456") == CODE_EXPIRED

    def test_a_sign_up_code_resets_nothing(self, make_app: MakeApp, cognito_outbox: Outbox) -> None:
        app = make_app(AutoVerifiedAttributes=["email"])
        app.sign_up("alice", EMAIL)
        assert refusal(reset, app=app, code=last_code(cognito_outbox)) == CODE_EXPIRED

    @pytest.mark.parametrize(("minutes", "fate"), [(59, None), (60, CODE_EXPIRED)])
    def test_a_code_is_good_for_an_hour(
        self, app: App, cognito_outbox: Outbox, cognito_clock: Clock, minutes: int, fate: Refusal | None
    ) -> None:
        code = code_of(app, cognito_outbox)
        cognito_clock.advance(minutes=minutes)
        if fate:
            assert refusal(reset, app=app, code=code) == fate
        else:
            reset(app, code)
            assert app.access_token("alice", NEW_PASSWORD)

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds_and_the_code_stays_good(
        self, app: App, cognito_outbox: Outbox, password: str, reason: str
    ) -> None:
        code = code_of(app, cognito_outbox)
        assert refusal(reset, app=app, code=code, password=password) == weak(
            "Password does not conform to policy", reason
        )
        reset(app, code)

    def test_the_history_holds(self, make_app: MakeApp, cognito_outbox: Outbox) -> None:
        app = make_app(**HISTORY)
        app.confirmed("alice", VERIFIED_EMAIL)
        code = code_of(app, cognito_outbox)
        refused = refusal(reset, app=app, code=code, password=PASSWORD)
        assert refused[0] == "PasswordHistoryPolicyViolationException"
        reset(app, code)

    def test_an_unknown_user(self, app: App) -> None:
        assert refusal(reset, app=app, code="123456", username="bob") == USER_OF_CLIENT_NOT_FOUND

    def test_an_unconfirmed_user_with_a_verified_address_is_confirmed(
        self, make_app: MakeApp, cognito_triggers: Triggers, cognito_outbox: Outbox
    ) -> None:
        app = make_app()
        cognito_triggers.on("PreSignUp")(answering(autoVerifyEmail=True))
        app.sign_up("alice", EMAIL)
        reset(app, code_of(app, cognito_outbox))
        assert app.status() == "CONFIRMED"

    def test_it_ends_a_lockout(self, app: App, cognito_outbox: Outbox) -> None:
        code = code_of(app, cognito_outbox)
        for _ in range(5):
            refusal(app.sign_in, password="Wr0ng-one!")
        reset(app, code)
        assert app.access_token("alice", NEW_PASSWORD)

    def test_post_confirmation_is_told(self, app: App, cognito_triggers: Triggers, cognito_outbox: Outbox) -> None:
        cognito_triggers.on("PostConfirmation")(answering())
        reset(app, code_of(app, cognito_outbox), ClientMetadata={"from": "app"})
        [run] = cognito_triggers.of("PostConfirmation")
        assert run.event == {
            "version": "1",
            "triggerSource": "PostConfirmation_ConfirmForgotPassword",
            "region": "us-east-1",
            "userPoolId": app.pool_id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
            "request": {
                "userAttributes": {"sub": app.sub(), "cognito:user_status": "CONFIRMED", **VERIFIED_EMAIL},
                "clientMetadata": {"from": "app"},
            },
            "response": {},
        }

    def test_the_password_is_set_even_if_post_confirmation_fails(
        self, app: App, cognito_triggers: Triggers, cognito_outbox: Outbox
    ) -> None:
        cognito_triggers.on("PostConfirmation")(failing)
        code = code_of(app, cognito_outbox)
        assert refusal(reset, app=app, code=code) == lambda_failed("PostConfirmation")
        assert app.access_token("alice", NEW_PASSWORD)


class TestTheClientOfACode:
    """A code is good at the app client that asked for it."""

    @pytest.mark.parametrize("hides", ["ENABLED", "LEGACY"])
    def test_another_client_was_sent_none(self, app: App, cognito_outbox: Outbox, hides: str) -> None:
        other = app.with_client(PreventUserExistenceErrors=hides)
        code = code_of(app, cognito_outbox)
        for entered in (code, wrong(code)):
            assert refusal(reset, app=other, code=entered) == CODE_EXPIRED
        assert app.access_token()
        reset(app, code)

    def test_the_newest_code_is_of_the_client_that_asked_last(self, app: App, cognito_outbox: Outbox) -> None:
        other = app.with_client()
        first, second = code_of(app, cognito_outbox), code_of(other, cognito_outbox)
        for code in (first, second):
            assert refusal(reset, app=app, code=code) == CODE_EXPIRED
        reset(other, second)

    def test_a_code_that_an_administrator_sends_is_good_at_each(self, app: App, cognito_outbox: Outbox) -> None:
        """AdminResetUserPassword names no app client: the user may go on with any."""
        for client in (app, app.with_client()):
            app.admin("admin_reset_user_password")
            reset(client, last_code(cognito_outbox))
            assert app.status() == "CONFIRMED"
