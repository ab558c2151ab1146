"""Passwords: set by administrators, reset by code, changed by users."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import PASSWORD, SMS, Pool, answering, failing, make
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
VERIFIED_EMAIL = {**EMAIL, "email_verified": "true"}
VERIFIED_PHONE = {**PHONE, "phone_number_verified": "true"}
NEW = "N3w-passw0rd"
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
UNKNOWN = ("UserNotFoundException", "Username/client id combination not found.")
NO_USER = ("UserNotFoundException", "User does not exist.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
STATE = ("NotAuthorizedException", "User password cannot be reset in the current state.")
ADMIN_ONLY = ("NotAuthorizedException", "Contact administrator to reset password.")
NO_CHANNEL = (
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)
TO_EMAIL = {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
TO_PHONE = {"Destination": "+*******0123", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}
WEAK = [
    ("Aa1!", "Password not long enough"),
    ("PASSW0RD!", "Password must have lowercase characters"),
    ("passw0rd!", "Password must have uppercase characters"),
    ("Password!", "Password must have numeric characters"),
    ("Passw0rd1", "Password must have symbol characters"),
]
HISTORY = {
    "Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}},
}


def recovery(*names: str) -> dict[str, Any]:
    mechanisms = [{"Priority": place, "Name": name} for place, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


def weak(prefix: str, reason: str) -> tuple[str, str]:
    return "InvalidPasswordException", f"{prefix}: {reason}"


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    """A pool with alice, confirmed and with a verified address."""
    pool = make(cognito_idp, SmsConfiguration=SMS)
    pool.confirmed("alice", VERIFIED_EMAIL)
    return pool


@pytest.fixture
def hiding(cognito_idp: Any) -> Pool:
    """The same with a client that hides who exists."""
    pool = make(cognito_idp, {"PreventUserExistenceErrors": "ENABLED"}, SmsConfiguration=SMS)
    pool.confirmed("alice", VERIFIED_EMAIL)
    return pool


def bring_to(pool: Pool, status: str) -> None:
    """Put alice into a status."""
    if status == "UNCONFIRMED":
        pool.admin("admin_delete_user")
        pool.sign_up("alice", EMAIL)
    elif status == "FORCE_CHANGE_PASSWORD":
        pool.admin("admin_set_user_password", Password=PASSWORD, Permanent=False)
    elif status == "RESET_REQUIRED":
        pool.admin("admin_reset_user_password")
    assert pool.status() == status


def reset(pool: Pool, code: str, username: str = "alice", password: str = NEW, **more: Any) -> Any:
    return pool.public("confirm_forgot_password", username, ConfirmationCode=code, Password=password, **more)


def code_of(pool: Pool, outbox: Any) -> str:
    pool.public("forgot_password")
    return str(outbox.last().code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


class TestAdminSetUserPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
    @pytest.mark.parametrize(("permanent", "after"), [(True, "CONFIRMED"), (False, "FORCE_CHANGE_PASSWORD")])
    def test_it_decides_the_status(self, pool: Pool, status: str, permanent: bool, after: str) -> None:
        bring_to(pool, status)
        pool.admin("admin_set_user_password", Password=NEW, Permanent=permanent)
        assert pool.status() == after

    def test_it_is_temporary_unless_said(self, pool: Pool) -> None:
        pool.admin("admin_set_user_password", Password=NEW)
        assert pool.status() == "FORCE_CHANGE_PASSWORD"

    def test_a_permanent_password_signs_in_and_the_old_one_does_not(self, pool: Pool) -> None:
        pool.admin("admin_set_user_password", Password=NEW, Permanent=True)
        assert refusal(pool.sign_in) == INCORRECT
        assert pool.token("alice", NEW)

    def test_a_temporary_password_is_good_for_some_days(self, pool: Pool, cognito_clock: Any) -> None:
        cognito_clock.advance(days=30)
        pool.admin("admin_set_user_password", Password=NEW)
        cognito_clock.advance(days=6.9)
        assert pool.sign_in("alice", NEW)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        cognito_clock.advance(days=0.1)
        assert refusal(pool.sign_in, password=NEW)[1].startswith("Temporary password has expired")

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds(self, pool: Pool, password: str, reason: str) -> None:
        before = pool.users()
        refused = refusal(pool.admin, operation="admin_set_user_password", Password=password, Permanent=True)
        assert refused == weak("Password did not conform with password policy", reason)
        assert pool.users() == before
        assert pool.token()

    def test_an_unknown_user(self, pool: Pool) -> None:
        assert refusal(pool.admin, operation="admin_set_user_password", username="bob", Password=NEW) == NO_USER

    def test_no_trigger_runs_and_nothing_is_sent(self, pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
        for trigger in ("PreSignUp", "PostConfirmation", "CustomMessage"):
            cognito_triggers.on(trigger)(answering())
        bring_to(pool, "UNCONFIRMED")
        runs = len(cognito_triggers.of("PreSignUp"))
        pool.admin("admin_set_user_password", Password=NEW, Permanent=True)
        assert len(cognito_triggers.of("PreSignUp")) == runs
        assert cognito_triggers.of("PostConfirmation") == cognito_triggers.of("CustomMessage") == []
        assert len(cognito_outbox) == 0

    def test_tokens_stay_good(self, pool: Pool, cognito_idp: Any) -> None:
        token = pool.token()
        pool.admin("admin_set_user_password", Password=NEW, Permanent=True)
        assert cognito_idp.get_user(AccessToken=token)["Username"] == "alice"

    def test_it_ends_a_lockout(self, pool: Pool) -> None:
        for _ in range(5):
            refusal(pool.sign_in, password="Wr0ng-one!")
        pool.admin("admin_set_user_password", Password=NEW, Permanent=True)
        assert pool.token("alice", NEW)

    def test_it_remembers_the_last_passwords(self, cognito_idp: Any) -> None:
        pool = make(cognito_idp, **HISTORY)
        pool.create("alice", TemporaryPassword="password-0", MessageAction="SUPPRESS")
        for password in ("password-1", "password-2"):
            pool.admin("admin_set_user_password", Password=password, Permanent=True)
        for password in ("password-1", "password-2"):
            refused = refusal(pool.admin, operation="admin_set_user_password", Password=password, Permanent=True)
            assert refused[0] == "PasswordHistoryPolicyViolationException"
        pool.admin("admin_set_user_password", Password="password-0", Permanent=True)

    def test_without_a_history_it_may_be_the_same_again(self, pool: Pool) -> None:
        pool.admin("admin_set_user_password", Password=PASSWORD, Permanent=True)
        assert pool.token()


class TestAdminResetUserPassword:
    def test_the_user_must_set_another_with_the_code(self, pool: Pool, cognito_outbox: Any) -> None:
        pool.admin("admin_reset_user_password")
        assert pool.status() == "RESET_REQUIRED"
        assert refusal(pool.sign_in) == ("PasswordResetRequiredException", "Password reset required for the user")
        reset(pool, cognito_outbox.last().code)
        assert (pool.status(), bool(pool.token("alice", NEW))) == ("CONFIRMED", True)

    def test_the_code_is_sent_for_a_forgotten_password(self, pool: Pool, cognito_outbox: Any) -> None:
        pool.admin("admin_reset_user_password")
        assert (cognito_outbox.last().source, cognito_outbox.last().to) == ("ForgotPassword", EMAIL["email"])

    @pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD"])
    def test_the_status_must_allow_it(self, pool: Pool, cognito_outbox: Any, status: str) -> None:
        bring_to(pool, status)
        assert refusal(pool.admin, operation="admin_reset_user_password") == STATE
        assert (pool.status(), len(cognito_outbox)) == (status, 0)

    def test_it_can_be_repeated(self, pool: Pool, cognito_outbox: Any) -> None:
        bring_to(pool, "RESET_REQUIRED")
        pool.admin("admin_reset_user_password")
        assert len(cognito_outbox) == 2

    def test_the_code_is_good_for_an_hour(self, pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
        pool.admin("admin_reset_user_password")
        cognito_clock.advance(hours=1)
        assert refusal(reset, pool=pool, code=cognito_outbox.last().code) == EXPIRED

    def test_a_disabled_user(self, pool: Pool) -> None:
        pool.admin("admin_disable_user")
        assert refusal(pool.admin, operation="admin_reset_user_password") == DISABLED

    def test_an_unknown_user(self, pool: Pool) -> None:
        assert refusal(pool.admin, operation="admin_reset_user_password", username="bob") == NO_USER

    @pytest.mark.parametrize("given", [{}, EMAIL, {**EMAIL, "email_verified": "false"}, PHONE])
    def test_a_user_whom_no_code_can_reach(self, pool: Pool, given: dict[str, str]) -> None:
        pool.confirmed("bob", given)
        assert refusal(pool.admin, operation="admin_reset_user_password", username="bob") == NO_CHANNEL
        assert pool.status("bob") == "CONFIRMED"

    def test_where_only_administrators_reset(self, cognito_idp: Any) -> None:
        pool = make(cognito_idp, **recovery("admin_only"))
        pool.confirmed("alice", VERIFIED_EMAIL)
        assert refusal(pool.admin, operation="admin_reset_user_password") == ADMIN_ONLY
        assert pool.status() == "CONFIRMED"

    def test_the_status_stays_when_the_message_fails(self, pool: Pool, cognito_triggers: Any) -> None:
        cognito_triggers.on("CustomMessage")(failing)
        assert refusal(pool.admin, operation="admin_reset_user_password")[0] == "UserLambdaValidationException"
        assert pool.status() == "RESET_REQUIRED"


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
        cognito_idp: Any,
        cognito_outbox: Any,
        mechanisms: list[str],
        given: dict[str, str],
        details: dict[str, str],
    ) -> None:
        pool = make(cognito_idp, SmsConfiguration=SMS, **recovery(*mechanisms))
        pool.confirmed("alice", given)
        assert pool.public("forgot_password")["CodeDeliveryDetails"] == details
        message = cognito_outbox.last()
        assert (message.medium, message.to) == (details["DeliveryMedium"], given[details["AttributeName"]])

    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED"])
    def test_the_user_stays_as_he_is(self, pool: Pool, status: str) -> None:
        if status != "CONFIRMED":
            bring_to(pool, status)
        before = pool.users()
        pool.public("forgot_password")
        assert pool.users() == before

    def test_the_old_password_is_good_until_there_is_another(self, pool: Pool) -> None:
        pool.public("forgot_password")
        assert pool.token()

    @pytest.mark.parametrize("given", [{}, EMAIL, PHONE])
    def test_a_user_whom_no_code_can_reach(self, pool: Pool, cognito_outbox: Any, given: dict[str, str]) -> None:
        pool.confirmed("bob", given)
        assert refusal(pool.public, operation="forgot_password", username="bob") == NO_CHANNEL
        assert len(cognito_outbox) == 0

    def test_a_user_with_a_temporary_password(self, pool: Pool) -> None:
        bring_to(pool, "FORCE_CHANGE_PASSWORD")
        assert refusal(pool.public, operation="forgot_password") == STATE

    def test_an_unconfirmed_user_without_a_verified_address(self, pool: Pool) -> None:
        bring_to(pool, "UNCONFIRMED")
        assert refusal(pool.public, operation="forgot_password") == NO_CHANNEL

    def test_a_disabled_user(self, pool: Pool) -> None:
        pool.admin("admin_disable_user")
        assert refusal(pool.public, operation="forgot_password") == DISABLED

    def test_an_unknown_user(self, pool: Pool) -> None:
        assert refusal(pool.public, operation="forgot_password", username="bob") == UNKNOWN

    @pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
    @pytest.mark.parametrize("username", ["alice", "bob"])
    def test_where_only_administrators_reset(self, cognito_idp: Any, client: dict[str, str], username: str) -> None:
        pool = make(cognito_idp, client, **recovery("admin_only"))
        pool.confirmed("alice", VERIFIED_EMAIL)
        wanted = UNKNOWN if username == "bob" and not client else ADMIN_ONLY
        assert refusal(pool.public, operation="forgot_password", username=username) == wanted

    def test_an_hour_allows_twenty_requests_and_confirmations(self, pool: Pool, cognito_clock: Any) -> None:
        for _ in range(10):
            pool.public("forgot_password")
            refusal(reset, pool=pool, code="000000")
        assert refusal(pool.public, operation="forgot_password") == LIMIT
        assert refusal(reset, pool=pool, code="000000") == LIMIT
        cognito_clock.advance(hours=1)
        pool.public("forgot_password")

    def test_an_alias_names_the_user(self, cognito_idp: Any, cognito_outbox: Any) -> None:
        pool = make(cognito_idp, AliasAttributes=["email"])
        pool.confirmed("alice", VERIFIED_EMAIL)
        pool.public("forgot_password", EMAIL["email"])
        reset(pool, cognito_outbox.last().code, EMAIL["email"])
        assert pool.token("alice", NEW)

    def test_a_failing_message_is_told(self, pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
        cognito_triggers.on("CustomMessage")(failing)
        assert refusal(pool.public, operation="forgot_password") == (
            "UserLambdaValidationException",
            "CustomMessage failed with error not today.",
        )
        assert (pool.status(), len(cognito_outbox)) == ("CONFIRMED", 0)


class TestForgotPasswordWhereExistenceIsHidden:
    def test_a_user_gets_the_code(self, hiding: Pool, cognito_outbox: Any) -> None:
        assert hiding.public("forgot_password")["CodeDeliveryDetails"] == TO_EMAIL
        reset(hiding, cognito_outbox.last().code)
        assert hiding.token("alice", NEW)

    @pytest.mark.parametrize("who", ["nobody", "disabled", "unreachable"])
    def test_others_are_answered_in_pretence(self, hiding: Pool, cognito_outbox: Any, who: str) -> None:
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

    def test_the_pretended_medium_is_the_pools(self, cognito_idp: Any) -> None:
        pool = make(
            cognito_idp,
            {"PreventUserExistenceErrors": "ENABLED"},
            SmsConfiguration=SMS,
            **recovery("verified_phone_number"),
        )
        details = pool.public("forgot_password", "nobody")["CodeDeliveryDetails"]
        assert (details["DeliveryMedium"], details["AttributeName"]) == ("SMS", "phone_number")
        assert details["Destination"].startswith("+*******")

    def test_an_address_is_pretended_as_it_was_given(self, hiding: Pool) -> None:
        details = hiding.public("forgot_password", "zoe@home.org")["CodeDeliveryDetails"]
        assert details["Destination"] == "z***@h***"

    @pytest.mark.parametrize(("who", "fate"), [("nobody", MISMATCH), ("disabled", MISMATCH), ("alice", EXPIRED)])
    def test_a_confirmation_tells_no_more(self, hiding: Pool, who: str, fate: tuple[str, str]) -> None:
        if who == "disabled":
            hiding.confirmed(who, VERIFIED_EMAIL)
            hiding.admin("admin_disable_user", who)
        assert refusal(reset, pool=hiding, code="123456", username=who) == fate


class TestConfirmForgotPassword:
    def test_the_code_sets_the_password(self, pool: Pool, cognito_outbox: Any) -> None:
        answer = reset(pool, code_of(pool, cognito_outbox))
        del answer["ResponseMetadata"]
        assert answer == {}
        assert refusal(pool.sign_in) == INCORRECT
        assert pool.token("alice", NEW)

    def test_a_code_works_once(self, pool: Pool, cognito_outbox: Any) -> None:
        code = code_of(pool, cognito_outbox)
        reset(pool, code)
        assert refusal(reset, pool=pool, code=code) == EXPIRED

    def test_a_wrong_code(self, pool: Pool, cognito_outbox: Any) -> None:
        code = code_of(pool, cognito_outbox)
        assert refusal(reset, pool=pool, code=wrong(code)) == MISMATCH
        assert pool.token()
        reset(pool, code)

    def test_the_newest_code_counts(self, pool: Pool, cognito_outbox: Any) -> None:
        first, second = code_of(pool, cognito_outbox), code_of(pool, cognito_outbox)
        assert refusal(reset, pool=pool, code=first) == MISMATCH
        reset(pool, second)

    def test_a_code_that_nobody_asked_for(self, pool: Pool) -> None:
        assert refusal(reset, pool=pool, code="123456") == EXPIRED

    def test_a_sign_up_code_resets_nothing(self, cognito_idp: Any, cognito_outbox: Any) -> None:
        pool = make(cognito_idp, AutoVerifiedAttributes=["email"])
        pool.sign_up("alice", EMAIL)
        assert refusal(reset, pool=pool, code=cognito_outbox.last().code) == EXPIRED

    @pytest.mark.parametrize(("minutes", "fate"), [(59, None), (60, EXPIRED)])
    def test_a_code_is_good_for_an_hour(
        self, pool: Pool, cognito_outbox: Any, cognito_clock: Any, minutes: int, fate: tuple[str, str] | None
    ) -> None:
        code = code_of(pool, cognito_outbox)
        cognito_clock.advance(minutes=minutes)
        if fate:
            assert refusal(reset, pool=pool, code=code) == fate
        else:
            reset(pool, code)
            assert pool.token("alice", NEW)

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds_and_the_code_stays_good(
        self, pool: Pool, cognito_outbox: Any, password: str, reason: str
    ) -> None:
        code = code_of(pool, cognito_outbox)
        assert refusal(reset, pool=pool, code=code, password=password) == weak(
            "Password does not conform to policy", reason
        )
        reset(pool, code)

    def test_the_history_holds(self, cognito_idp: Any, cognito_outbox: Any) -> None:
        pool = make(cognito_idp, **HISTORY)
        pool.confirmed("alice", VERIFIED_EMAIL)
        code = code_of(pool, cognito_outbox)
        refused = refusal(reset, pool=pool, code=code, password=PASSWORD)
        assert refused[0] == "PasswordHistoryPolicyViolationException"
        reset(pool, code)

    def test_an_unknown_user(self, pool: Pool) -> None:
        assert refusal(reset, pool=pool, code="123456", username="bob") == UNKNOWN

    def test_an_unconfirmed_user_with_a_verified_address_is_confirmed(
        self, cognito_idp: Any, cognito_triggers: Any, cognito_outbox: Any
    ) -> None:
        pool = make(cognito_idp)
        cognito_triggers.on("PreSignUp")(answering(autoVerifyEmail=True))
        pool.sign_up("alice", EMAIL)
        reset(pool, code_of(pool, cognito_outbox))
        assert pool.status() == "CONFIRMED"

    def test_it_ends_a_lockout(self, pool: Pool, cognito_outbox: Any) -> None:
        code = code_of(pool, cognito_outbox)
        for _ in range(5):
            refusal(pool.sign_in, password="Wr0ng-one!")
        reset(pool, code)
        assert pool.token("alice", NEW)

    def test_post_confirmation_is_told(self, pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
        cognito_triggers.on("PostConfirmation")(answering())
        reset(pool, code_of(pool, cognito_outbox), ClientMetadata={"from": "app"})
        [run] = cognito_triggers.of("PostConfirmation")
        assert run.event == {
            "version": "1",
            "triggerSource": "PostConfirmation_ConfirmForgotPassword",
            "region": "us-east-1",
            "userPoolId": pool.id,
            "userName": "alice",
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client_id},
            "request": {
                "userAttributes": {"sub": pool.sub(), "cognito:user_status": "CONFIRMED", **VERIFIED_EMAIL},
                "clientMetadata": {"from": "app"},
            },
            "response": {},
        }

    def test_the_password_is_set_even_if_post_confirmation_fails(
        self, pool: Pool, cognito_triggers: Any, cognito_outbox: Any
    ) -> None:
        cognito_triggers.on("PostConfirmation")(failing)
        code = code_of(pool, cognito_outbox)
        assert refusal(reset, pool=pool, code=code) == (
            "UserLambdaValidationException",
            "PostConfirmation failed with error not today.",
        )
        assert pool.token("alice", NEW)


class TestChangePassword:
    def change(self, pool: Pool, token: str, new: str = NEW, old: str | None = PASSWORD) -> Any:
        previous = {} if old is None else {"PreviousPassword": old}
        return pool.idp.change_password(AccessToken=token, ProposedPassword=new, **previous)

    def test_the_new_password_signs_in_and_the_old_one_does_not(self, pool: Pool) -> None:
        self.change(pool, pool.token())
        assert refusal(pool.sign_in) == INCORRECT
        assert (pool.status(), bool(pool.token("alice", NEW))) == ("CONFIRMED", True)

    @pytest.mark.parametrize("old", ["Wr0ng-one!", None])
    def test_the_old_password_must_be_right(self, pool: Pool, old: str | None) -> None:
        assert refusal(self.change, pool=pool, token=pool.token(), old=old) == INCORRECT
        assert pool.token()

    @pytest.mark.parametrize(("password", "reason"), WEAK)
    def test_the_policy_holds(self, pool: Pool, password: str, reason: str) -> None:
        assert refusal(self.change, pool=pool, token=pool.token(), new=password) == weak(
            "Password does not conform to policy", reason
        )

    def test_the_history_holds(self, cognito_idp: Any) -> None:
        pool = make(cognito_idp, **HISTORY)
        pool.confirmed("alice")
        token = pool.token()
        self.change(pool, token)
        for password in (NEW, PASSWORD):
            refused = refusal(self.change, pool=pool, token=token, new=password, old=NEW)
            assert refused[0] == "PasswordHistoryPolicyViolationException"
        self.change(pool, token, "An0ther-one!", NEW)
        self.change(pool, token, PASSWORD, "An0ther-one!")

    def test_five_times_an_hour(self, pool: Pool, cognito_clock: Any) -> None:
        token = pool.token()
        for _ in range(5):
            assert refusal(self.change, pool=pool, token=token, old="Wr0ng-one!") == INCORRECT
        assert refusal(self.change, pool=pool, token=token) == LIMIT
        cognito_clock.advance(hours=1)
        self.change(pool, pool.token())

    def test_the_token_stays_good(self, pool: Pool) -> None:
        token = pool.token()
        self.change(pool, token)
        assert pool.idp.get_user(AccessToken=token)["Username"] == "alice"

    @pytest.mark.parametrize(
        ("operation", "refused"),
        [
            ("admin_disable_user", DISABLED),
            ("admin_delete_user", NO_USER),
            (
                "admin_reset_user_password",
                ("PasswordResetRequiredException", "Password reset required for the user"),
            ),
        ],
    )
    def test_the_user_must_be_fit_for_it(self, pool: Pool, operation: str, refused: tuple[str, str]) -> None:
        token = pool.token()
        pool.admin(operation)
        assert refusal(self.change, pool=pool, token=token) == refused

    def test_the_token_must_be_one(self, pool: Pool) -> None:
        assert refusal(self.change, pool=pool, token="no.token") == ("NotAuthorizedException", "Invalid Access Token")

    def test_a_user_without_a_password_gets_one(self, cognito: Any, cognito_idp: Any) -> None:
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        pool = make(cognito_idp, Policies=policies)
        pool.create("alice", EMAIL, MessageAction="SUPPRESS")
        self.change(pool, cognito.pools[0].tokens_for("alice").access_token, old=None)
        assert pool.token("alice", NEW)
