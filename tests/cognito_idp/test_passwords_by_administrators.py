"""AdminSetUserPassword and AdminResetUserPassword."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.codes import last_code
from tests.support.functions import answering, failing
from tests.support.passwords import HISTORY, WEAK, bring_to, reset, weak
from tests.support.refusals import (
    CODE_EXPIRED,
    INCORRECT,
    NO_RESET_IN_STATE,
    NO_WAY_TO_RESET,
    RESET_BY_ADMIN_ONLY,
    RESET_REQUIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    refusal,
)
from tests.support.settings import SMS, recovery


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool that can send SMS, with alice, who has a verified address."""
    pool = cognito.create_user_pool(SmsConfiguration=SMS)
    pool.create_user("alice", attributes=EMAIL)
    return pool


class TestAdminSetUserPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
    @pytest.mark.parametrize(("permanent", "after"), [(True, "CONFIRMED"), (False, "FORCE_CHANGE_PASSWORD")])
    def test_it_decides_the_status(self, app: App, status: str, permanent: bool, after: str) -> None:
        bring_to(app, status)
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=permanent)
        assert app.status() == after

    def test_it_is_temporary_unless_said(self, app: App) -> None:
        app.admin("admin_set_user_password", Password=NEW_PASSWORD)
        assert app.status() == "FORCE_CHANGE_PASSWORD"

    def test_a_permanent_password_signs_in_and_the_old_one_does_not(self, app: App) -> None:
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        assert refusal(app.sign_in) == INCORRECT
        assert app.access_token("alice", NEW_PASSWORD)

    def test_a_temporary_password_is_good_for_some_days(self, app: App, cognito_clock: Clock) -> None:
        cognito_clock.advance(days=30)
        app.admin("admin_set_user_password", Password=NEW_PASSWORD)
        cognito_clock.advance(days=6.9)
        assert app.begin("alice", NEW_PASSWORD)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        cognito_clock.advance(days=0.1)
        assert refusal(app.sign_in, password=NEW_PASSWORD)[1].startswith("Temporary password has expired")

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds(self, app: App, password: str, reason: str) -> None:
        before = app.users()
        refused = refusal(app.admin, operation="admin_set_user_password", Password=password, Permanent=True)
        assert refused == weak("Password did not conform with password policy", reason)
        assert app.users() == before
        assert app.access_token()

    def test_an_unknown_user(self, app: App) -> None:
        assert (
            refusal(app.admin, operation="admin_set_user_password", username="bob", Password=NEW_PASSWORD)
            == USER_NOT_FOUND
        )

    def test_no_trigger_runs_and_nothing_is_sent(
        self, app: App, cognito_triggers: Triggers, cognito_outbox: Outbox
    ) -> None:
        for trigger in ("PreSignUp", "PostConfirmation", "CustomMessage"):
            cognito_triggers.on(trigger)(answering())
        bring_to(app, "UNCONFIRMED")
        runs = len(cognito_triggers.of("PreSignUp"))
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        assert len(cognito_triggers.of("PreSignUp")) == runs
        assert cognito_triggers.of("PostConfirmation") == cognito_triggers.of("CustomMessage") == []
        assert len(cognito_outbox) == 0

    def test_tokens_stay_good(self, app: App) -> None:
        token = app.access_token()
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        assert app.idp.get_user(AccessToken=token)["Username"] == "alice"

    def test_it_ends_a_lockout(self, app: App) -> None:
        for _ in range(5):
            refusal(app.sign_in, password="Wr0ng-one!")
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
        assert app.access_token("alice", NEW_PASSWORD)

    def test_it_remembers_the_last_passwords(self, make_app: MakeApp) -> None:
        app = make_app(**HISTORY)
        app.create("alice", TemporaryPassword="password-0", MessageAction="SUPPRESS")
        for password in ("password-1", "password-2"):
            app.admin("admin_set_user_password", Password=password, Permanent=True)
        for password in ("password-1", "password-2"):
            refused = refusal(app.admin, operation="admin_set_user_password", Password=password, Permanent=True)
            assert refused[0] == "PasswordHistoryPolicyViolationException"
        app.admin("admin_set_user_password", Password="password-0", Permanent=True)

    def test_without_a_history_it_may_be_the_same_again(self, app: App) -> None:
        app.admin("admin_set_user_password", Password=PASSWORD, Permanent=True)
        assert app.access_token()


class TestAdminResetUserPassword:
    def test_the_user_must_set_another_with_the_code(self, app: App, cognito_outbox: Outbox) -> None:
        app.admin("admin_reset_user_password")
        assert app.status() == "RESET_REQUIRED"
        assert refusal(app.sign_in) == RESET_REQUIRED
        reset(app, last_code(cognito_outbox))
        assert (app.status(), bool(app.access_token("alice", NEW_PASSWORD))) == ("CONFIRMED", True)

    def test_the_code_is_sent_for_a_forgotten_password(self, app: App, cognito_outbox: Outbox) -> None:
        app.admin("admin_reset_user_password")
        assert (cognito_outbox.last().source, cognito_outbox.last().to) == ("ForgotPassword", EMAIL["email"])

    @pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD"])
    def test_the_status_must_allow_it(self, app: App, cognito_outbox: Outbox, status: str) -> None:
        bring_to(app, status)
        assert refusal(app.admin, operation="admin_reset_user_password") == NO_RESET_IN_STATE
        assert (app.status(), len(cognito_outbox)) == (status, 0)

    def test_it_can_be_repeated(self, app: App, cognito_outbox: Outbox) -> None:
        bring_to(app, "RESET_REQUIRED")
        app.admin("admin_reset_user_password")
        assert len(cognito_outbox) == 2

    def test_the_code_is_good_for_an_hour(self, app: App, cognito_outbox: Outbox, cognito_clock: Clock) -> None:
        app.admin("admin_reset_user_password")
        cognito_clock.advance(hours=1)
        assert refusal(reset, app=app, code=last_code(cognito_outbox)) == CODE_EXPIRED

    def test_a_disabled_user(self, app: App) -> None:
        app.admin("admin_disable_user")
        assert refusal(app.admin, operation="admin_reset_user_password") == USER_DISABLED

    def test_an_unknown_user(self, app: App) -> None:
        assert refusal(app.admin, operation="admin_reset_user_password", username="bob") == USER_NOT_FOUND

    @pytest.mark.parametrize("given", [{}, EMAIL, {**EMAIL, "email_verified": "false"}, PHONE])
    def test_a_user_whom_no_code_can_reach(self, app: App, given: dict[str, str]) -> None:
        app.confirmed("bob", given)
        assert refusal(app.admin, operation="admin_reset_user_password", username="bob") == NO_WAY_TO_RESET
        assert app.status("bob") == "CONFIRMED"

    def test_where_only_administrators_reset(self, make_app: MakeApp) -> None:
        app = make_app(**recovery("admin_only"))
        app.confirmed("alice", VERIFIED_EMAIL)
        assert refusal(app.admin, operation="admin_reset_user_password") == RESET_BY_ADMIN_ONLY
        assert app.status() == "CONFIRMED"

    def test_the_status_stays_when_the_message_fails(self, app: App, cognito_triggers: Triggers) -> None:
        cognito_triggers.on("CustomMessage")(failing)
        assert refusal(app.admin, operation="admin_reset_user_password")[0] == "UserLambdaValidationException"
        assert app.status() == "RESET_REQUIRED"
