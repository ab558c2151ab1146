"""ChangePassword: a user sets another password."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.clock import Clock
from tests.support.addresses import EMAIL
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.passwords import HISTORY, WEAK, weak
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    ATTEMPT_LIMIT,
    INCORRECT,
    RESET_REQUIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    refusal,
)


class TestChangePassword:
    def change(self, app: App, token: str, new: str = NEW_PASSWORD, old: str | None = PASSWORD) -> None:
        previous = {} if old is None else {"PreviousPassword": old}
        app.idp.change_password(AccessToken=token, ProposedPassword=new, **previous)

    def test_the_new_password_signs_in_and_the_old_one_does_not(self, app: App) -> None:
        self.change(app, app.access_token())
        assert refusal(app.sign_in) == INCORRECT
        assert (app.status(), bool(app.access_token("alice", NEW_PASSWORD))) == ("CONFIRMED", True)

    @pytest.mark.parametrize("old", ["Wr0ng-one!", None])
    def test_the_old_password_must_be_right(self, app: App, old: str | None) -> None:
        assert refusal(self.change, app=app, token=app.access_token(), old=old) == INCORRECT
        assert app.access_token()

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds(self, app: App, password: str, reason: str) -> None:
        assert refusal(self.change, app=app, token=app.access_token(), new=password) == weak(
            "Password does not conform to policy", reason
        )

    def test_the_history_holds(self, make_app: MakeApp) -> None:
        app = make_app(**HISTORY)
        app.confirmed("alice")
        token = app.access_token()
        self.change(app, token)
        for password in (NEW_PASSWORD, PASSWORD):
            refused = refusal(self.change, app=app, token=token, new=password, old=NEW_PASSWORD)
            assert refused[0] == "PasswordHistoryPolicyViolationException"
        self.change(app, token, "An0ther-one!", NEW_PASSWORD)
        self.change(app, token, PASSWORD, "An0ther-one!")

    def test_five_times_an_hour(self, app: App, cognito_clock: Clock) -> None:
        token = app.access_token()
        for _ in range(5):
            assert refusal(self.change, app=app, token=token, old="Wr0ng-one!") == INCORRECT
        assert refusal(self.change, app=app, token=token) == ATTEMPT_LIMIT
        cognito_clock.advance(hours=1)
        self.change(app, app.access_token())

    def test_the_token_stays_good(self, app: App) -> None:
        token = app.access_token()
        self.change(app, token)
        assert app.idp.get_user(AccessToken=token)["Username"] == "alice"

    @pytest.mark.parametrize(
        ("operation", "refused"),
        [
            ("admin_disable_user", USER_DISABLED),
            ("admin_delete_user", USER_NOT_FOUND),
            (
                "admin_reset_user_password",
                RESET_REQUIRED,
            ),
        ],
    )
    def test_the_user_must_be_fit_for_it(self, app: App, operation: str, refused: Refusal) -> None:
        token = app.access_token()
        app.admin(operation)
        assert refusal(self.change, app=app, token=token) == refused

    def test_the_token_must_be_one(self, app: App) -> None:
        assert refusal(self.change, app=app, token="no.token") == ACCESS_TOKEN_INVALID

    def test_a_user_without_a_password_gets_one(self, cognito: Cognito, make_app: MakeApp) -> None:
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        app = make_app(Policies=policies)
        app.create("alice", EMAIL, MessageAction="SUPPRESS")
        self.change(app, cognito.pools[0].tokens_for("alice").access_token, old=None)
        assert app.access_token("alice", NEW_PASSWORD)
