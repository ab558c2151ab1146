"""AdminCreateUser: the user it makes, the invitation it sends, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pools import PASSWORD, SMS, Pool, answering, failing, make, pairs
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
BOTH = {**EMAIL, **PHONE}
EXISTS = ("UsernameExistsException", "User account already exists")
BY_EMAIL = {"DesiredDeliveryMediums": ["EMAIL"]}
SILENT = {"MessageAction": "SUPPRESS"}
RESEND = {"MessageAction": "RESEND"}


def one_time_codes(*factors: str) -> dict[str, Any]:
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", *factors]}}}


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    return make(cognito_idp, SmsConfiguration=SMS)


def test_the_answer_is_the_user(pool: Pool) -> None:
    user = pool.create("alice", {**EMAIL, "email_verified": "true"}, **SILENT)
    assert user.pop("UserCreateDate") == user.pop("UserLastModifiedDate")
    sub = pool.sub()
    assert user == {
        "Username": "alice",
        "Attributes": pairs({"sub": sub, **EMAIL, "email_verified": "true"}),
        "Enabled": True,
        "UserStatus": "FORCE_CHANGE_PASSWORD",
    }


def test_nothing_is_said_of_what_was_not_given(pool: Pool) -> None:
    pool.create("alice", BOTH, **SILENT)
    assert pool.attributes() == BOTH


@pytest.mark.parametrize(
    ("mediums", "given", "sent"),
    [
        (None, BOTH, [("SMS", PHONE["phone_number"])]),
        (None, EMAIL, []),
        (None, {}, []),
        (["EMAIL"], BOTH, [("EMAIL", EMAIL["email"])]),
        (["SMS"], BOTH, [("SMS", PHONE["phone_number"])]),
        (["SMS", "EMAIL"], BOTH, [("EMAIL", EMAIL["email"]), ("SMS", PHONE["phone_number"])]),
        (["SMS", "EMAIL"], EMAIL, [("EMAIL", EMAIL["email"])]),
    ],
)
def test_the_invitation_goes_by_the_mediums_asked_for(
    pool: Pool,
    cognito_outbox: Any,
    mediums: list[str] | None,
    given: dict[str, str],
    sent: list[tuple[str, str]],
) -> None:
    pool.create("alice", given, **({"DesiredDeliveryMediums": mediums} if mediums else {}))
    assert [(message.medium, message.to) for message in cognito_outbox] == sent
    assert pool.status() == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize(("mediums", "given"), [(["EMAIL"], PHONE), (["SMS"], EMAIL), (["SMS", "EMAIL"], {})])
def test_a_medium_asked_for_needs_a_destination(pool: Pool, mediums: list[str], given: dict[str, str]) -> None:
    assert refusal(pool.create, attributes=given, DesiredDeliveryMediums=mediums)[0] == "InvalidParameterException"
    assert pool.users() == []


def test_suppress_sends_nothing_whatever_the_medium(pool: Pool, cognito_outbox: Any) -> None:
    pool.create("alice", DesiredDeliveryMediums=["EMAIL"], **SILENT)
    assert len(cognito_outbox) == 0


def test_the_invitation_brings_user_name_and_password(pool: Pool, cognito_outbox: Any) -> None:
    pool.create("alice", EMAIL, TemporaryPassword=PASSWORD, **BY_EMAIL)
    message = cognito_outbox.last()
    assert (message.subject, message.code, message.source, message.username) == (
        "Your temporary password",
        PASSWORD,
        "AdminCreateUser",
        "alice",
    )
    assert message.body == f"Your username is alice and temporary password is {PASSWORD}. "


@pytest.mark.parametrize("length", [6, 8, 40, 99])
def test_a_drawn_password_conforms_and_leads_to_a_new_one(cognito_idp: Any, cognito_outbox: Any, length: int) -> None:
    policy = {f"Require{kind}": True for kind in ("Uppercase", "Lowercase", "Numbers", "Symbols")}
    pool = make(cognito_idp, Policies={"PasswordPolicy": {"MinimumLength": length, **policy}})
    pool.create("alice", EMAIL, **BY_EMAIL)
    drawn = cognito_outbox.last().code
    assert len(drawn) >= length
    assert pool.sign_in("alice", drawn)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    pool.create("bob", TemporaryPassword=drawn, **SILENT)


def test_without_a_way_to_send_sms_the_user_is_made_but_not_invited(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp)
    assert refusal(pool.create, attributes=PHONE) == (
        "InvalidParameterException",
        "User pool does not have SMS configuration to send messages.",
    )
    assert (pool.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)


@pytest.mark.parametrize(
    ("password", "reason"),
    [("Passw0rd", "Password must have symbol characters"), ("Password!", "Password must have numeric characters")],
)
@pytest.mark.parametrize("again", [False, True])
def test_a_given_password_conforms_to_the_policy(pool: Pool, password: str, reason: str, again: bool) -> None:
    if again:
        pool.create("alice", **SILENT)
    before = pool.users()
    more = RESEND if again else {}
    assert refusal(pool.create, TemporaryPassword=password, **more) == (
        "InvalidPasswordException",
        f"Password did not conform with password policy: {reason}",
    )
    assert pool.users() == before


def test_an_unknown_pool_is_refused(cognito_idp: Any) -> None:
    pool = Pool(cognito_idp, "us-east-1_Unknown00", "")
    assert refusal(pool.create) == ("ResourceNotFoundException", "User pool us-east-1_Unknown00 does not exist.")


def test_a_user_name_is_taken_once(pool: Pool) -> None:
    pool.sign_up("alice")
    before = pool.users()
    assert refusal(pool.create, username="alice", attributes=EMAIL) == EXISTS
    assert pool.users() == before


@pytest.mark.parametrize("wanted", [["email"], ["email", "phone_number"]])
def test_an_address_in_place_of_the_name_is_taken_once(cognito_idp: Any, wanted: list[str]) -> None:
    pool = make(cognito_idp, UsernameAttributes=wanted)
    sub = pool.create("alice@example.com", **SILENT)["Username"]
    assert pool.attributes(sub) == EMAIL
    assert refusal(pool.create, username="alice@example.com") == EXISTS


def test_the_other_attribute_that_users_sign_in_with_is_taken_once_too(cognito_idp: Any) -> None:
    pool = make(cognito_idp, UsernameAttributes=["email", "phone_number"])
    pool.create("alice@example.com", **SILENT)
    assert refusal(pool.create, username="+15555550123", attributes=EMAIL, **SILENT) == EXISTS


def test_case_does_not_count_where_the_pool_says_so(cognito_idp: Any) -> None:
    pool = make(cognito_idp, UsernameConfiguration={"CaseSensitive": False})
    assert pool.create("Alice", **SILENT)["Username"] == "alice"
    assert refusal(pool.create, username="ALICE") == EXISTS


def test_a_verified_alias_is_active_at_once(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email", "phone_number"], SmsConfiguration=SMS)
    pool.create("alice", {**BOTH, "email_verified": "true"}, **SILENT)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"
    assert refusal(pool.admin, operation="admin_get_user", username=PHONE["phone_number"])[0] == "UserNotFoundException"


def test_a_verified_alias_that_somebody_holds_is_refused(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.create("alice", {**EMAIL, "email_verified": "true"}, **SILENT)
    before = pool.users()
    refused = refusal(pool.create, username="bob", attributes={**EMAIL, "email_verified": "true"}, **SILENT)
    assert refused == ("AliasExistsException", "An account with the given email already exists.")
    assert pool.users() == before


def test_a_verified_alias_is_taken_over_by_force(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.create("alice", {**EMAIL, "email_verified": "true"}, **SILENT)
    pool.create("bob", {**EMAIL, "email_verified": "true"}, ForceAliasCreation=True, **SILENT)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"
    assert pool.attributes("alice") == {**EMAIL, "email_verified": "false"}


@pytest.mark.parametrize("force", [True, False])
def test_an_unverified_alias_disturbs_nobody(cognito_idp: Any, force: bool) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.create("alice", {**EMAIL, "email_verified": "true"}, **SILENT)
    pool.create("bob", EMAIL, ForceAliasCreation=force, **SILENT)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


def test_a_user_name_is_nobodys_alias_even_by_force(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["preferred_username"])
    pool.create("alice", **SILENT)
    given = {"username": "bob", "attributes": {"preferred_username": "alice"}, "ForceAliasCreation": True}
    assert refusal(pool.create, **given)[0] == "AliasExistsException"
    assert [user["Username"] for user in pool.users()] == ["alice"]


def test_an_immutable_attribute_is_set_here(cognito_idp: Any) -> None:
    pool = make(cognito_idp, Schema=[{"Name": "born", "AttributeDataType": "String", "Mutable": False}])
    pool.create("alice", {"custom:born": "here"}, **SILENT)
    assert pool.attributes() == {"custom:born": "here"}


@pytest.mark.parametrize(
    ("factors", "given"),
    [
        (["EMAIL_OTP"], EMAIL),
        (["SMS_OTP"], PHONE),
        (["EMAIL_OTP", "SMS_OTP"], PHONE),
    ],
)
def test_where_one_time_codes_sign_in_a_user_has_no_password(
    cognito_idp: Any, factors: list[str], given: dict[str, str]
) -> None:
    pool = make(cognito_idp, SmsConfiguration=SMS, **one_time_codes(*factors))
    assert pool.create("alice", given, **SILENT)["UserStatus"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("factor", "given", "settings"),
    [
        ("EMAIL_OTP", PHONE, {}),
        ("SMS_OTP", EMAIL, {}),
        ("EMAIL_OTP", {}, {}),
        ("EMAIL_OTP", EMAIL, {"Schema": [{"Name": "name", "Required": True}]}),
    ],
)
def test_a_user_without_a_password_needs_an_attribute_for_codes_and_all_required_ones(
    cognito_idp: Any, factor: str, given: dict[str, str], settings: dict[str, Any]
) -> None:
    pool = make(cognito_idp, SmsConfiguration=SMS, **one_time_codes(factor), **settings)
    assert refusal(pool.create, attributes=given, **SILENT)[0] == "InvalidParameterException"
    assert pool.users() == []


def test_a_password_can_be_given_there_too(cognito_idp: Any) -> None:
    pool = make(cognito_idp, **one_time_codes("EMAIL_OTP"))
    assert pool.create("alice", TemporaryPassword=PASSWORD, **SILENT)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_the_invitation_without_a_password_states_the_user_name(cognito_idp: Any, cognito_outbox: Any) -> None:
    pool = make(cognito_idp, **one_time_codes("EMAIL_OTP"))
    pool.create("alice", EMAIL, **BY_EMAIL)
    message = cognito_outbox.last()
    assert (message.body, message.code) == ("Your username is alice. ", None)


def test_resend_brings_another_password_and_voids_the_first(pool: Pool, cognito_outbox: Any) -> None:
    pool.create("alice", EMAIL, **BY_EMAIL)
    first = cognito_outbox.last().code
    assert pool.create("alice", **RESEND, **BY_EMAIL)["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    second = cognito_outbox.last().code
    assert first != second
    assert refusal(pool.sign_in, password=first)[1] == "Incorrect username or password."
    assert pool.sign_in(password=second)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_resend_takes_a_given_password(pool: Pool, cognito_outbox: Any) -> None:
    pool.create("alice", EMAIL, **SILENT)
    pool.create("alice", TemporaryPassword=PASSWORD, **RESEND, **BY_EMAIL)
    assert cognito_outbox.last().code == PASSWORD


def test_resend_begins_the_validity_anew(pool: Pool, cognito_clock: Any) -> None:
    pool.create("alice", EMAIL, TemporaryPassword=PASSWORD, **SILENT)
    cognito_clock.advance(days=6)
    pool.create("alice", TemporaryPassword=PASSWORD, **RESEND)
    cognito_clock.advance(days=6)
    assert pool.sign_in()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito_clock.advance(days=1)
    assert refusal(pool.sign_in) == (
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
    )


def test_resend_works_after_the_validity(pool: Pool, cognito_clock: Any) -> None:
    pool.create("alice", TemporaryPassword=PASSWORD, **SILENT)
    cognito_clock.advance(days=30)
    pool.create("alice", TemporaryPassword=PASSWORD, **RESEND)
    assert pool.sign_in()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_resend_leaves_the_attributes(pool: Pool) -> None:
    pool.create("alice", EMAIL, **SILENT)
    pool.create("alice", {"name": "Alice"}, **RESEND)
    assert pool.attributes() == EMAIL


def test_resend_finds_the_user_by_sub(pool: Pool) -> None:
    pool.create("alice", **SILENT)
    assert pool.create(pool.sub(), **RESEND)["Username"] == "alice"


def test_resend_to_nobody(pool: Pool) -> None:
    assert refusal(pool.create, **RESEND) == ("UserNotFoundException", "User does not exist.")
    assert pool.users() == []


@pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED"])
def test_resend_is_for_who_has_a_temporary_password(pool: Pool, status: str) -> None:
    if status == "UNCONFIRMED":
        pool.sign_up("alice", EMAIL)
    else:
        pool.confirmed("alice", {**EMAIL, "email_verified": "true"})
    if status == "RESET_REQUIRED":
        pool.admin("admin_reset_user_password")
    assert refusal(pool.create, **RESEND) == (
        "UnsupportedUserStateException",
        "Resend not possible. alice status is not FORCE_CHANGE_PASSWORD",
    )
    assert pool.status() == status


def test_pre_sign_up_gets_what_was_submitted(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering())
    pool.create(
        "alice",
        {**EMAIL, "email_verified": "true"},
        ValidationData=pairs({"from": "import"}),
        ClientMetadata={"batch": "7"},
        **SILENT,
    )
    [run] = cognito_triggers.of("PreSignUp")
    assert run.event == {
        "version": "1",
        "triggerSource": "PreSignUp_AdminCreateUser",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "request": {
            "userAttributes": {**EMAIL, "email_verified": "true"},
            "validationData": {"from": "import"},
            "clientMetadata": {"batch": "7"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def test_what_pre_sign_up_answers_is_ignored(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    cognito_triggers.on("PostConfirmation")(answering())
    pool.create("alice", EMAIL, **SILENT)
    assert (pool.status(), pool.attributes()) == ("FORCE_CHANGE_PASSWORD", EMAIL)
    assert cognito_triggers.of("PostConfirmation") == []


def test_a_failing_pre_sign_up_creates_nobody(pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
    cognito_triggers.on("PreSignUp")(failing)
    assert refusal(pool.create, attributes=EMAIL, **BY_EMAIL) == (
        "UserLambdaValidationException",
        "PreSignUp failed with error not today.",
    )
    assert (pool.users(), len(cognito_outbox)) == ([], 0)


def test_whoever_takes_the_name_while_pre_sign_up_runs_keeps_it(pool: Pool, cognito_triggers: Any) -> None:
    def slow(event: Any, context: Any) -> Any:
        if event["triggerSource"] == "PreSignUp_AdminCreateUser":
            pool.sign_up("alice", {"name": "the first"})
        return event

    cognito_triggers.on("PreSignUp")(slow)
    assert refusal(pool.create, username="alice") == EXISTS
    assert pool.attributes() == {"name": "the first"}


def test_resend_runs_no_pre_sign_up(pool: Pool, cognito_triggers: Any) -> None:
    pool.create("alice", **SILENT)
    cognito_triggers.on("PreSignUp")(answering())
    pool.create("alice", **RESEND)
    assert cognito_triggers.of("PreSignUp") == []


@pytest.mark.parametrize("action", [{}, RESEND])
def test_custom_message_runs_once_for_all_mediums(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, action: dict[str, str]
) -> None:
    if action:
        pool.create("alice", BOTH, **SILENT)
    cognito_triggers.on("CustomMessage")(answering(smsMessage="{username} {####}"))
    user = pool.create(
        "alice",
        BOTH,
        TemporaryPassword=PASSWORD,
        DesiredDeliveryMediums=["SMS", "EMAIL"],
        ClientMetadata={"batch": "7"},
        **action,
    )
    [run] = cognito_triggers.of("CustomMessage")
    assert run.event == {
        "version": "1",
        "triggerSource": "CustomMessage_AdminCreateUser",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "request": {
            "userAttributes": {
                "sub": user["Attributes"][0]["Value"],
                "cognito:user_status": "FORCE_CHANGE_PASSWORD",
                **BOTH,
            },
            "codeParameter": "{####}",
            "linkParameter": "{##Click Here##}",
            "usernameParameter": "{username}",
            "clientMetadata": {"batch": "7"},
        },
        "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    }
    assert [message.body for message in cognito_outbox] == [
        f"Your username is alice and temporary password is {PASSWORD}. ",
        f"alice {PASSWORD}",
    ]


def test_suppress_runs_no_custom_message(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("CustomMessage")(answering())
    pool.create("alice", EMAIL, **SILENT)
    assert cognito_triggers.of("CustomMessage") == []


def test_the_user_stays_when_the_invitation_fails(pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
    cognito_triggers.on("CustomMessage")(failing)
    assert refusal(pool.create, attributes=EMAIL, **BY_EMAIL) == (
        "UserLambdaValidationException",
        "CustomMessage failed with error not today.",
    )
    assert (pool.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)
