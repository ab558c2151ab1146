"""ConfirmSignUp, ResendConfirmationCode and AdminConfirmSignUp."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import PASSWORD, VERIFY, Pool, answering, failing, make
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
UNKNOWN = ("UserNotFoundException", "Username/client id combination not found.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
ALIAS = ("AliasExistsException", "An account with the given email already exists.")
CONFIRMED = ("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED")


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    return make(cognito_idp, **VERIFY)


@pytest.fixture
def hiding(cognito_idp: Any) -> Pool:
    return make(cognito_idp, {"PreventUserExistenceErrors": "ENABLED"}, **VERIFY)


@pytest.fixture
def aliases(cognito_idp: Any) -> Pool:
    """A pool in which alice holds the alias that bob has signed up with."""
    pool = make(cognito_idp, AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    pool.confirmed("alice", {**EMAIL, "email_verified": "true"})
    pool.sign_up("bob", EMAIL)
    return pool


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize(("given", "attribute"), [(EMAIL, "email"), (PHONE, "phone_number")])
def test_the_code_confirms_the_user_and_verifies_where_it_went(
    pool: Pool, cognito_outbox: Any, given: dict[str, str], attribute: str
) -> None:
    pool.sign_up("alice", given)
    answer = pool.confirm("alice", cognito_outbox.last().code)
    del answer["ResponseMetadata"]
    assert answer == {}
    assert (pool.status(), pool.attributes()) == ("CONFIRMED", {**given, f"{attribute}_verified": "true"})


def test_what_got_no_code_stays_unverified(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", {**EMAIL, **PHONE})
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.attributes() == {**EMAIL, **PHONE, "phone_number_verified": "true", "email_verified": "false"}


def test_confirming_is_a_modification(pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
    pool.sign_up("alice", EMAIL)
    created = pool.admin("admin_get_user")["UserCreateDate"]
    cognito_clock.advance(minutes=5)
    pool.confirm("alice", cognito_outbox.last().code)
    user = pool.admin("admin_get_user")
    assert (user["UserCreateDate"], (user["UserLastModifiedDate"] - created).seconds // 60) == (created, 5)


def test_a_confirmed_user_signs_in(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.token()


def test_a_wrong_code_does_not(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    before = pool.users()
    assert refusal(pool.confirm, username="alice", code=wrong(cognito_outbox.last().code)) == MISMATCH
    assert pool.users() == before


def test_a_code_survives_a_wrong_one(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    refusal(pool.confirm, username="alice", code=wrong(cognito_outbox.last().code))
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.status() == "CONFIRMED"


def test_where_no_code_was_sent_none_is_right(pool: Pool) -> None:
    pool.sign_up("alice")
    assert refusal(pool.confirm, username="alice", code="123456") == EXPIRED


@pytest.mark.parametrize(("hours", "fate"), [(23.9, None), (24, EXPIRED)])
def test_a_code_is_good_for_a_day(
    pool: Pool, cognito_outbox: Any, cognito_clock: Any, hours: float, fate: tuple[str, str] | None
) -> None:
    pool.sign_up("alice", EMAIL)
    cognito_clock.advance(hours=hours)
    if fate is None:
        pool.confirm("alice", cognito_outbox.last().code)
    else:
        assert refusal(pool.confirm, username="alice", code=cognito_outbox.last().code) == fate
    assert pool.status() == ("UNCONFIRMED" if fate else "CONFIRMED")


def test_another_users_code_is_wrong(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    code = cognito_outbox.last().code
    pool.sign_up("bob", {"email": "bob@example.com"})
    assert code != cognito_outbox.last().code
    assert refusal(pool.confirm, username="bob", code=code) == MISMATCH


def test_nobody_is_confirmed_twice(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    pool.confirm("alice", cognito_outbox.last().code)
    assert refusal(pool.confirm, username="alice", code=cognito_outbox.last().code) == CONFIRMED


@pytest.mark.parametrize(
    ("operation", "more"), [("confirm_sign_up", {"ConfirmationCode": "123456"}), ("resend_confirmation_code", {})]
)
def test_an_unknown_user_is_unknown(pool: Pool, operation: str, more: dict[str, str]) -> None:
    assert refusal(pool.public, operation=operation, **more) == UNKNOWN


def test_an_unknown_user_looks_like_one_without_a_code(hiding: Pool) -> None:
    assert refusal(hiding.confirm, username="nobody", code="123456") == EXPIRED


@pytest.mark.parametrize("name", ["address", "sub"])
def test_a_user_is_confirmed_by_any_name(cognito_idp: Any, cognito_outbox: Any, name: str) -> None:
    pool = make(cognito_idp, UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    sub = pool.sign_up(EMAIL["email"])["UserSub"]
    pool.confirm(sub if name == "sub" else EMAIL["email"], cognito_outbox.last().code)
    assert pool.status(sub) == "CONFIRMED"


def test_fifteen_attempts_an_hour(pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
    pool.sign_up("alice", EMAIL)
    code = cognito_outbox.last().code
    for _ in range(15):
        assert refusal(pool.confirm, username="alice", code=wrong(code)) == MISMATCH
    assert refusal(pool.confirm, username="alice", code=code) == LIMIT
    cognito_clock.advance(hours=1)
    pool.confirm("alice", code)
    assert pool.status() == "CONFIRMED"


def test_the_attempts_are_counted_by_user(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("bob", {"email": "bob@example.com"})
    for _ in range(15):
        refusal(pool.confirm, username="bob", code=wrong(cognito_outbox.last().code))
    pool.sign_up("alice", EMAIL)
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.status() == "CONFIRMED"


def test_an_alias_is_active_once_it_is_verified(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    pool.sign_up("alice", EMAIL)
    assert refusal(pool.admin, operation="admin_get_user", username=EMAIL["email"])[0] == "UserNotFoundException"
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"
    assert pool.token(EMAIL["email"])


def test_an_alias_that_somebody_holds_is_refused(aliases: Pool, cognito_outbox: Any) -> None:
    before = aliases.users()
    assert refusal(aliases.confirm, username="bob", code=cognito_outbox.last().code) == ALIAS
    assert aliases.users() == before


def test_a_refused_alias_can_be_forced_with_the_same_code(aliases: Pool, cognito_outbox: Any) -> None:
    code = cognito_outbox.last().code
    refusal(aliases.confirm, username="bob", code=code)
    aliases.confirm("bob", code, ForceAliasCreation=True)
    assert aliases.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"


def test_who_loses_an_alias_keeps_the_value_unverified(aliases: Pool, cognito_outbox: Any) -> None:
    aliases.confirm("bob", cognito_outbox.last().code, ForceAliasCreation=True)
    assert aliases.attributes("alice") == {**EMAIL, "email_verified": "false"}
    assert aliases.token("alice")
    assert aliases.attributes("bob") == {**EMAIL, "email_verified": "true"}


def test_force_without_need_does_no_harm(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    pool.confirm("alice", cognito_outbox.last().code, ForceAliasCreation=True)
    assert pool.status() == "CONFIRMED"


def test_aliases_are_one_whatever_their_case_where_the_pool_says_so(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(
        cognito_idp,
        AliasAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
    )
    pool.confirmed("alice", {"email": "Alice@Example.com", "email_verified": "true"})
    pool.sign_up("bob", EMAIL)
    assert refusal(pool.confirm, username="BOB", code=cognito_outbox.last().code) == ALIAS
    assert pool.admin("admin_get_user", "ALICE@EXAMPLE.COM")["Username"] == "alice"


@pytest.mark.parametrize("admin", [False, True])
def test_post_confirmation_gets_the_confirmed_user(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, admin: bool
) -> None:
    cognito_triggers.on("PostConfirmation")(answering())
    sub = pool.sign_up("alice", EMAIL)["UserSub"]
    metadata = {"ClientMetadata": {"step": "two"}}
    if admin:
        pool.admin("admin_confirm_sign_up", **metadata)
    else:
        pool.confirm("alice", cognito_outbox.last().code, **metadata)
    [run] = cognito_triggers.of("PostConfirmation")
    assert run.event == {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "CLIENT_ID_NOT_APPLICABLE" if admin else pool.client_id,
        },
        "request": {
            "userAttributes": {
                "sub": sub,
                "cognito:user_status": "CONFIRMED",
                **EMAIL,
                "email_verified": "false" if admin else "true",
            },
            "clientMetadata": {"step": "two"},
        },
        "response": {},
    }


def test_post_confirmation_without_metadata(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PostConfirmation")(answering())
    sub = pool.sign_up("alice")["UserSub"]
    pool.admin("admin_confirm_sign_up")
    request = cognito_triggers.of("PostConfirmation")[0].event["request"]
    assert request == {"userAttributes": {"sub": sub, "cognito:user_status": "CONFIRMED"}}


@pytest.mark.parametrize("admin", [False, True])
def test_the_user_stays_confirmed_when_post_confirmation_fails(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, admin: bool
) -> None:
    cognito_triggers.on("PostConfirmation")(failing)
    pool.sign_up("alice", EMAIL)
    call, given = (
        (pool.admin, {"operation": "admin_confirm_sign_up"})
        if admin
        else (pool.confirm, {"username": "alice", "code": cognito_outbox.last().code})
    )
    assert refusal(call, **given) == (
        "UserLambdaValidationException",
        "PostConfirmation failed with error not today.",
    )
    assert pool.status() == "CONFIRMED"


def test_a_code_that_was_used_is_gone_even_if_post_confirmation_fails(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any
) -> None:
    cognito_triggers.on("PostConfirmation")(failing)
    pool.sign_up("alice", EMAIL)
    code = cognito_outbox.last().code
    refusal(pool.confirm, username="alice", code=code)
    assert refusal(pool.confirm, username="alice", code=code) == CONFIRMED


def test_an_administrator_confirms_without_a_code(pool: Pool) -> None:
    pool.sign_up("alice", EMAIL)
    pool.admin("admin_confirm_sign_up")
    assert (pool.status(), pool.attributes()) == ("CONFIRMED", {**EMAIL, "email_verified": "false"})


def test_an_administrators_confirmation_activates_no_alias(aliases: Pool) -> None:
    aliases.admin("admin_confirm_sign_up", "bob")
    assert aliases.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


@pytest.mark.parametrize("status", ["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
@pytest.mark.parametrize("admin", [False, True])
def test_only_who_is_unconfirmed_is_confirmed(pool: Pool, status: str, admin: bool) -> None:
    if status == "FORCE_CHANGE_PASSWORD":
        pool.create("alice", MessageAction="SUPPRESS")
    else:
        pool.confirmed("alice", {**EMAIL, "email_verified": "true"})
    if status == "RESET_REQUIRED":
        pool.admin("admin_reset_user_password")
    call, given = (
        (pool.admin, {"operation": "admin_confirm_sign_up"})
        if admin
        else (pool.confirm, {"username": "alice", "code": "123456"})
    )
    assert refusal(call, **given) == (
        "NotAuthorizedException",
        f"User cannot be confirmed. Current status is {status}",
    )
    assert pool.status() == status


def test_a_resent_code_confirms_and_the_first_is_void(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", EMAIL)
    first = cognito_outbox.last().code
    answer = pool.public("resend_confirmation_code")
    assert answer["CodeDeliveryDetails"] == {
        "Destination": "a***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    second = cognito_outbox.last().code
    assert first != second
    assert refusal(pool.confirm, username="alice", code=first) == MISMATCH
    pool.confirm("alice", second)


def test_a_resent_code_goes_to_the_phone_first(pool: Pool, cognito_outbox: Any) -> None:
    pool.sign_up("alice", {**EMAIL, **PHONE})
    details = pool.public("resend_confirmation_code")["CodeDeliveryDetails"]
    assert (details["AttributeName"], cognito_outbox.last().to) == ("phone_number", PHONE["phone_number"])


def test_a_resent_code_is_good_for_a_day_of_its_own(pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
    pool.sign_up("alice", EMAIL)
    cognito_clock.advance(hours=23)
    pool.public("resend_confirmation_code")
    cognito_clock.advance(hours=23)
    pool.confirm("alice", cognito_outbox.last().code)
    assert pool.status() == "CONFIRMED"


def test_five_resends_an_hour(pool: Pool, cognito_outbox: Any, cognito_clock: Any) -> None:
    pool.sign_up("alice", EMAIL)
    for _ in range(5):
        pool.public("resend_confirmation_code")
    assert refusal(pool.public, operation="resend_confirmation_code") == LIMIT
    assert len(cognito_outbox) == 6
    cognito_clock.advance(hours=1)
    pool.public("resend_confirmation_code")


def test_a_confirmed_user_gets_no_other_code(pool: Pool, cognito_outbox: Any) -> None:
    pool.confirmed("alice", EMAIL)
    assert refusal(pool.public, operation="resend_confirmation_code") == (
        "InvalidParameterException",
        "User is already confirmed.",
    )
    assert len(cognito_outbox) == 0


@pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_a_pool_that_verifies_nothing_resends_nothing(cognito_idp: Any, client: dict[str, str], username: str) -> None:
    pool = make(cognito_idp, client)
    pool.sign_up("alice", EMAIL)
    refused = refusal(pool.public, operation="resend_confirmation_code", username=username)
    if username == "nobody" and not client:
        assert refused == UNKNOWN
    else:
        assert refused == ("NotAuthorizedException", "Cannot resend codes. Auto verification not turned on.")


@pytest.mark.parametrize(
    ("verified", "medium"), [(["email"], "EMAIL"), (["phone_number"], "SMS"), (["email", "phone_number"], "SMS")]
)
def test_to_an_unknown_user_a_code_is_resent_in_pretence(
    cognito_idp: Any, cognito_outbox: Any, verified: list[str], medium: str
) -> None:
    settings = {**VERIFY, "AutoVerifiedAttributes": verified}
    pool = make(cognito_idp, {"PreventUserExistenceErrors": "ENABLED"}, **settings)
    details = pool.public("resend_confirmation_code", "nobody")["CodeDeliveryDetails"]
    assert details["DeliveryMedium"] == medium
    assert details == pool.public("resend_confirmation_code", "nobody")["CodeDeliveryDetails"]
    assert len(cognito_outbox) == 0


def test_a_wrong_password_is_told_before_the_confirmation(pool: Pool) -> None:
    pool.sign_up("alice", EMAIL)
    assert refusal(pool.sign_in, username="alice", password="Wrong-0ne!")[0] == "NotAuthorizedException"
    assert refusal(pool.sign_in, username="alice", password=PASSWORD) == (
        "UserNotConfirmedException",
        "User is not confirmed.",
    )
