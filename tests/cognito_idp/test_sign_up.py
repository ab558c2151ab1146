"""SignUp: who may, under which name, what it makes and sends, and what PreSignUp has to say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

import pytest

from tests.support.pools import PASSWORD, VERIFY, Pool, answering, failing, make, pairs
from tests.support.refusals import refusal

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
TAKEN = ("UsernameExistsException", "User already exists")
SUB = re.compile(r"[0-9a-f]{8}-[0-9a-f]0[0-9a-f]1-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}")
OTP_POOL = {
    **VERIFY,
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
}


@pytest.fixture
def pool(cognito_idp: Any) -> Pool:
    return make(cognito_idp, **VERIFY)


def invalid(message: str) -> tuple[str, str]:
    return "InvalidParameterException", message


def test_the_answer_tells_the_sub_and_where_the_code_went(pool: Pool) -> None:
    answer = pool.sign_up("alice", EMAIL)
    del answer["ResponseMetadata"]
    assert SUB.fullmatch(answer.pop("UserSub"))
    assert answer == {
        "UserConfirmed": False,
        "CodeDeliveryDetails": {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"},
    }


def test_the_user_is_unconfirmed_and_enabled(pool: Pool) -> None:
    sub = pool.sign_up("alice", EMAIL)["UserSub"]
    user = pool.admin("admin_get_user")
    assert (user["Username"], user["UserStatus"], user["Enabled"]) == ("alice", "UNCONFIRMED", True)
    assert user["UserCreateDate"] == user["UserLastModifiedDate"]
    assert pool.sub() == sub


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {}),
        (EMAIL, {**EMAIL, "email_verified": "false"}),
        (PHONE, {**PHONE, "phone_number_verified": "false"}),
        ({"name": "Alice"}, {"name": "Alice"}),
    ],
)
def test_address_and_phone_number_are_unverified_at_first(
    pool: Pool, given: dict[str, str], kept: dict[str, str]
) -> None:
    pool.sign_up("alice", given)
    assert pool.attributes() == kept


@pytest.mark.parametrize(
    ("verified", "given"),
    [([], {**EMAIL, **PHONE}), (["email"], PHONE), (["email"], {}), (["phone_number"], EMAIL)],
)
def test_without_an_attribute_to_verify_nothing_is_sent(
    cognito_idp: Any, cognito_outbox: Any, verified: list[str], given: dict[str, str]
) -> None:
    pool = make(cognito_idp, **{**VERIFY, "AutoVerifiedAttributes": verified})
    assert "CodeDeliveryDetails" not in pool.sign_up("alice", given)
    assert len(cognito_outbox) == 0


def test_of_address_and_phone_number_the_phone_gets_the_code(pool: Pool, cognito_outbox: Any) -> None:
    details = pool.sign_up("alice", {**EMAIL, **PHONE})["CodeDeliveryDetails"]
    assert details == {"Destination": "+*******0123", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}
    assert [message.to for message in cognito_outbox] == ["+15555550123"]


def test_it_is_refused_where_only_administrators_create_users(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    assert refusal(pool.sign_up) == ("NotAuthorizedException", "SignUp is not permitted for this user pool")
    assert pool.users() == []


def test_an_unknown_client_is_refused(cognito_idp: Any) -> None:
    pool = Pool(cognito_idp, "none", "nosuchclient")
    assert refusal(pool.sign_up) == (
        "ResourceNotFoundException",
        "User pool client nosuchclient does not exist.",
    )


@pytest.mark.parametrize("operation", ["sign_up", "confirm_sign_up", "resend_confirmation_code", "forgot_password"])
def test_a_client_with_a_secret_needs_its_hash(cognito_idp: Any, operation: str) -> None:
    pool = make(cognito_idp, {"GenerateSecret": True})
    more = {
        "sign_up": {"Password": PASSWORD},
        "confirm_sign_up": {"ConfirmationCode": "123456"},
    }.get(operation, {})
    code, message = refusal(pool.public, operation=operation, **more)
    assert (code, message) == (
        "NotAuthorizedException",
        f"Client {pool.client_id} is configured with secret but SECRET_HASH was not received",
    )
    code, message = refusal(pool.public, operation=operation, SecretHash="wrong", **more)
    assert (code, message) == ("NotAuthorizedException", f"Unable to verify secret hash for client {pool.client_id}")


def test_the_hash_is_of_user_name_and_client_id(cognito_idp: Any) -> None:
    pool = make(cognito_idp, {"GenerateSecret": True})
    described = cognito_idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=pool.client_id)
    key = described["UserPoolClient"]["ClientSecret"].encode()
    digest = hmac.new(key, f"alice{pool.client_id}".encode(), hashlib.sha256).digest()
    assert pool.sign_up(SecretHash=base64.b64encode(digest).decode())["UserConfirmed"] is False


@pytest.mark.parametrize(
    "name",
    [
        "alice",
        "a",
        "a" * 128,
        "алиса",
        "爱丽丝",
        "أليس",
        "Ἀλίκη",
        "अलीशा",
        "ひめ",
        "🙂",
        "o'neil+x@home.de",
        "№1₿",
        "É",
    ],
)
def test_a_user_name_may_be_of_any_script(pool: Pool, name: str) -> None:
    pool.sign_up(name)
    assert pool.admin("admin_get_user", name)["Username"] == name


@pytest.mark.parametrize("name", ["two words", "tab\there", "line\n", "\u00a0", "nul\0"])
def test_a_user_name_has_no_blanks_or_controls(pool: Pool, name: str) -> None:
    assert refusal(pool.sign_up, username=name) == invalid(
        "1 validation error detected: Value at 'username' failed to satisfy constraint: "
        f"Member must satisfy regular expression pattern: {PATTERN}"
    )


def test_a_user_name_has_128_characters_at_most(pool: Pool) -> None:
    assert refusal(pool.sign_up, username="a" * 129) == invalid(
        "1 validation error detected: Value at 'username' failed to satisfy constraint: "
        "Member must have length less than or equal to 128"
    )


@pytest.mark.parametrize(
    ("settings", "name", "message"),
    [
        (
            {"AliasAttributes": ["email"]},
            "alice@example.com",
            "Username cannot be of email format, since user pool is configured for email alias.",
        ),
        (
            {"AliasAttributes": ["phone_number"]},
            "+15555550123",
            "Username cannot be of phone number format, since user pool is configured for phone number alias.",
        ),
        ({"UsernameAttributes": ["email"]}, "alice", "Username should be an email."),
        ({"UsernameAttributes": ["email"]}, "+15555550123", "Username should be an email."),
        ({"UsernameAttributes": ["phone_number"]}, "alice@example.com", "Username should be a phone number."),
        (
            {"UsernameAttributes": ["email", "phone_number"]},
            "alice",
            "Username should be either an email or a phone number.",
        ),
        (
            {"UsernameAttributes": ["phone_number", "email"]},
            "5555550123",
            "Username should be either an email or a phone number.",
        ),
    ],
)
@pytest.mark.parametrize("operation", ["sign_up", "create"])
def test_a_user_name_has_the_form_that_the_pool_wants(
    cognito_idp: Any, settings: dict[str, Any], name: str, message: str, operation: str
) -> None:
    pool = make(cognito_idp, **settings)
    assert refusal(getattr(pool, operation), username=name) == invalid(message)
    assert pool.users() == []


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"AliasAttributes": ["email"]}, "+15555550123"),
        ({"AliasAttributes": ["phone_number"]}, "alice@example.com"),
        ({"AliasAttributes": ["preferred_username"]}, "alice@example.com"),
    ],
)
def test_what_is_no_alias_may_be_a_user_name(cognito_idp: Any, settings: dict[str, Any], name: str) -> None:
    pool = make(cognito_idp, **settings)
    pool.sign_up(name)
    assert pool.status(name) == "UNCONFIRMED"


def test_the_alias_preferred_username_cannot_be_given_yet(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["preferred_username"])
    code, _ = refusal(pool.sign_up, attributes={"preferred_username": "al"})
    assert code == "InvalidParameterException"


@pytest.mark.parametrize(
    ("wanted", "name", "attribute"),
    [
        (["email"], "alice@example.com", "email"),
        (["phone_number"], "+15555550123", "phone_number"),
        (["email", "phone_number"], "alice@example.com", "email"),
        (["email", "phone_number"], "+15555550123", "phone_number"),
    ],
)
def test_where_an_attribute_is_the_name_the_user_name_is_the_sub(
    cognito_idp: Any, wanted: list[str], name: str, attribute: str
) -> None:
    pool = make(cognito_idp, UsernameAttributes=wanted)
    sub = pool.sign_up(name)["UserSub"]
    assert pool.admin("admin_get_user", name)["Username"] == sub
    assert pool.attributes(sub) == {attribute: name, f"{attribute}_verified": "false"}


def test_a_user_name_is_taken_once(pool: Pool) -> None:
    pool.sign_up("alice")
    assert refusal(pool.sign_up, username="alice") == TAKEN
    assert len(pool.users()) == 1


def test_two_pools_have_users_of_one_name(cognito_idp: Any, pool: Pool) -> None:
    other = make(cognito_idp)
    assert pool.sign_up("alice")["UserSub"] != other.sign_up("alice")["UserSub"]


@pytest.mark.parametrize(
    ("wanted", "name", "message"),
    [
        (["email"], "alice@example.com", "User already exists"),
        (["phone_number"], "+15555550123", "An account with the given phone_number already exists."),
    ],
)
def test_an_attribute_in_place_of_the_name_is_taken_once(
    cognito_idp: Any, wanted: list[str], name: str, message: str
) -> None:
    pool = make(cognito_idp, UsernameAttributes=wanted)
    pool.sign_up(name)
    assert refusal(pool.sign_up, username=name) == ("UsernameExistsException", message)


def test_the_other_attribute_that_users_sign_in_with_is_taken_once_too(cognito_idp: Any) -> None:
    pool = make(cognito_idp, UsernameAttributes=["email", "phone_number"])
    pool.sign_up("alice@example.com")
    assert refusal(pool.sign_up, username="+15555550123", attributes=EMAIL) == (
        "UsernameExistsException",
        "An account with the given email already exists.",
    )


@pytest.mark.parametrize(("sensitive", "names"), [(True, {"Alice", "alice"}), (False, {"alice"})])
def test_case_counts_where_the_pool_says_so(cognito_idp: Any, sensitive: bool, names: set[str]) -> None:
    pool = make(cognito_idp, UsernameConfiguration={"CaseSensitive": sensitive})
    pool.sign_up("Alice")
    if sensitive:
        pool.sign_up("alice")
    else:
        assert refusal(pool.sign_up, username="aLICE") == TAKEN
    assert {user["Username"] for user in pool.users()} == names


def test_an_address_in_place_of_the_name_is_one_whatever_its_case(cognito_idp: Any) -> None:
    pool = make(cognito_idp, UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False})
    pool.sign_up("Alice@Example.com")
    assert refusal(pool.sign_up, username="alice@example.COM") == TAKEN


def test_an_alias_may_be_given_by_many(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.confirmed("alice", {**EMAIL, "email_verified": "true"})
    pool.sign_up("bob", EMAIL)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "alice"


def test_somebody_elses_active_alias_is_no_user_name(cognito_idp: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["preferred_username"])
    pool.create("alice", {"preferred_username": "al"})
    assert refusal(pool.sign_up, username="al") == TAKEN


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Aa1!", "Password not long enough"),
        ("PASSW0RD!", "Password must have lowercase characters"),
        ("passw0rd!", "Password must have uppercase characters"),
        ("Password!", "Password must have numeric characters"),
        ("Passw0rd1", "Password must have symbol characters"),
        ("short", "Password not long enough"),
        ("PASSWORD", "Password must have lowercase characters"),
    ],
)
def test_the_first_thing_that_a_password_lacks_is_told(pool: Pool, password: str, reason: str) -> None:
    assert refusal(pool.sign_up, Password=password) == (
        "InvalidPasswordException",
        f"Password did not conform with policy: {reason}",
    )
    assert pool.users() == []


@pytest.mark.parametrize("symbol", "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
def test_every_symbol_of_the_policy_is_one(pool: Pool, symbol: str) -> None:
    assert pool.sign_up(Password=f"Passw0rd{symbol}")["UserConfirmed"] is False


def test_letters_beyond_ascii_are_of_no_class(pool: Pool) -> None:
    _, message = refusal(pool.sign_up, Password="Pässwörd1ß€")
    assert message.endswith("Password must have symbol characters")


def test_a_policy_of_length_alone_asks_for_length_alone(cognito_idp: Any) -> None:
    pool = make(cognito_idp, Policies={"PasswordPolicy": {"MinimumLength": 6}})
    assert pool.sign_up(Password="aaaaaa")["UserConfirmed"] is False


def test_a_password_has_no_blanks(pool: Pool) -> None:
    code, message = refusal(pool.sign_up, Password="Pass w0rd!")
    assert code == "InvalidParameterException"
    assert message.startswith("1 validation error detected: Value at 'password' failed to satisfy constraint")


@pytest.mark.parametrize(
    ("flows", "attributes", "accepted"),
    [
        (["ALLOW_USER_AUTH"], EMAIL, True),
        (["ALLOW_USER_PASSWORD_AUTH"], EMAIL, False),
        (["ALLOW_USER_AUTH"], {}, False),
        (["ALLOW_USER_AUTH"], PHONE, False),
    ],
)
def test_a_password_may_be_missing_where_one_time_codes_do(
    cognito_idp: Any, flows: list[str], attributes: dict[str, str], accepted: bool
) -> None:
    pool = make(cognito_idp, {"ExplicitAuthFlows": flows}, **OTP_POOL)
    request = {"ClientId": pool.client_id, "Username": "alice", "UserAttributes": pairs(attributes)}
    if accepted:
        cognito_idp.sign_up(**request)
        assert pool.status() == "UNCONFIRMED"
    else:
        assert refusal(cognito_idp.sign_up, **request)[0] == "InvalidParameterException"


def test_pre_sign_up_gets_what_was_submitted(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering())
    pool.sign_up(
        "alice",
        {**EMAIL, "name": "Alice"},
        ValidationData=pairs({"captcha": "ok"}),
        ClientMetadata={"campaign": "spring"},
    )
    [run] = cognito_triggers.of("PreSignUp")
    assert run.event == {
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client_id},
        "request": {
            "userAttributes": {**EMAIL, "name": "Alice"},
            "validationData": {"captcha": "ok"},
            "clientMetadata": {"campaign": "spring"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def test_pre_sign_up_without_validation_data_and_metadata(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering())
    pool.sign_up("alice")
    assert cognito_triggers.of("PreSignUp")[0].event["request"] == {"userAttributes": {}, "validationData": None}


def test_pre_sign_up_knows_the_sub_that_is_to_be_the_user_name(cognito_idp: Any, cognito_triggers: Any) -> None:
    pool = make(cognito_idp, UsernameAttributes=["email"])
    cognito_triggers.on("PreSignUp")(answering())
    sub = pool.sign_up("alice@example.com")["UserSub"]
    event = cognito_triggers.of("PreSignUp")[0].event
    assert (event["userName"], event["request"]["userAttributes"]) == (sub, EMAIL)


@pytest.mark.parametrize(
    ("flags", "status", "verified", "sent"),
    [
        ({}, "UNCONFIRMED", "false", 1),
        ({"autoConfirmUser": True, "autoVerifyEmail": True}, "CONFIRMED", "true", 0),
        ({"autoConfirmUser": True}, "CONFIRMED", "false", 1),
        ({"autoVerifyEmail": True}, "UNCONFIRMED", "true", 1),
        ({"autoConfirmUser": None, "autoVerifyEmail": None}, "UNCONFIRMED", "false", 1),
    ],
)
def test_pre_sign_up_confirms_and_verifies(
    pool: Pool,
    cognito_triggers: Any,
    cognito_outbox: Any,
    flags: dict[str, Any],
    status: str,
    verified: str,
    sent: int,
) -> None:
    cognito_triggers.on("PreSignUp")(answering(**flags))
    answer = pool.sign_up("alice", EMAIL)
    assert answer["UserConfirmed"] is (status == "CONFIRMED")
    assert ("CodeDeliveryDetails" in answer, len(cognito_outbox)) == (bool(sent), sent)
    assert (pool.status(), pool.attributes()["email_verified"]) == (status, verified)


def test_pre_sign_up_verifies_the_phone_number(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyPhone=True))
    pool.sign_up("alice", PHONE)
    assert pool.attributes()["phone_number_verified"] == "true"


@pytest.mark.parametrize(
    "response",
    [{"autoVerifyEmail": True}, {"autoVerifyPhone": True}, {"autoConfirmUser": "yes"}, {"autoVerifyEmail": 1}],
)
def test_a_response_that_makes_no_sense_creates_nobody(
    pool: Pool, cognito_triggers: Any, cognito_outbox: Any, response: dict[str, Any]
) -> None:
    cognito_triggers.on("PreSignUp")(answering(**response))
    assert refusal(pool.sign_up)[0] == "InvalidLambdaResponseException"
    assert (pool.users(), len(cognito_outbox)) == ([], 0)


def test_an_alias_that_pre_sign_up_verifies_is_taken_over(cognito_idp: Any, cognito_triggers: Any) -> None:
    pool = make(cognito_idp, AliasAttributes=["email"])
    pool.confirmed("alice", {**EMAIL, "email_verified": "true"})
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    pool.sign_up("bob", EMAIL)
    assert pool.admin("admin_get_user", EMAIL["email"])["Username"] == "bob"
    assert pool.attributes("alice") == {**EMAIL, "email_verified": "false"}


def test_a_failing_pre_sign_up_creates_nobody(pool: Pool, cognito_triggers: Any, cognito_outbox: Any) -> None:
    cognito_triggers.on("PreSignUp")(failing)
    assert refusal(pool.sign_up, attributes=EMAIL) == (
        "UserLambdaValidationException",
        "PreSignUp failed with error not today.",
    )
    assert (pool.users(), len(cognito_outbox)) == ([], 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: None,
        lambda event: {},
        lambda event: event["response"],
        lambda event: {**event, "userName": "bob"},
        lambda event: {**event, "version": "2"},
        lambda event: {**event, "triggerSource": "PreSignUp_Other"},
        lambda event: {**event, "callerContext": {}},
        lambda event: {**event, "response": []},
        lambda event: [event],
        lambda event: "done",
    ],
)
def test_a_function_returns_its_whole_event(pool: Pool, cognito_triggers: Any, change: Any) -> None:
    cognito_triggers.on("PreSignUp")(lambda event, context: change(event))
    assert refusal(pool.sign_up) == ("InvalidLambdaResponseException", "Unrecognizable lambda output")
    assert pool.users() == []


def test_a_bad_request_does_not_reach_pre_sign_up(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering())
    pool.create("bob", MessageAction="SUPPRESS")
    cognito_triggers_before = len(cognito_triggers.of("PreSignUp_SignUp"))
    refusal(pool.sign_up, username="bob")
    refusal(pool.sign_up, Password="x")
    refusal(pool.sign_up, attributes={"custom:no": "x"})
    assert len(cognito_triggers.of("PreSignUp_SignUp")) == cognito_triggers_before == 0


def test_whoever_takes_the_name_while_pre_sign_up_runs_keeps_it(pool: Pool, cognito_triggers: Any) -> None:
    def slow(event: Any, context: Any) -> Any:
        if event["triggerSource"] == "PreSignUp_SignUp":
            pool.create("alice", {"name": "the first"}, MessageAction="SUPPRESS")
        return event

    cognito_triggers.on("PreSignUp")(slow)
    assert refusal(pool.sign_up, username="alice") == TAKEN
    assert pool.attributes() == {"name": "the first"}


def test_a_user_who_is_confirmed_at_once_is_told_to_post_confirmation(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True, autoVerifyEmail=True))
    cognito_triggers.on("PostConfirmation")(answering())
    sub = pool.sign_up("alice", EMAIL, ClientMetadata={"campaign": "spring"})["UserSub"]
    [run] = cognito_triggers.of("PostConfirmation")
    assert run.event == {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client_id},
        "request": {
            "userAttributes": {
                "sub": sub,
                "cognito:user_status": "CONFIRMED",
                **EMAIL,
                "email_verified": "true",
            },
            "clientMetadata": {"campaign": "spring"},
        },
        "response": {},
    }


def test_the_triggers_run_in_order(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(answering())
    cognito_triggers.on("CustomMessage")(answering())
    pool.sign_up("alice", EMAIL)
    assert [
        run.source
        for trigger in ("PreSignUp", "PostConfirmation", "CustomMessage")
        for run in cognito_triggers.of(trigger)
    ] == [
        "PreSignUp_SignUp",
        "PostConfirmation_ConfirmSignUp",
        "CustomMessage_SignUp",
    ]


def test_a_user_who_is_not_confirmed_is_not_told_to_post_confirmation(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PostConfirmation")(answering())
    pool.sign_up("alice", EMAIL)
    assert cognito_triggers.of("PostConfirmation") == []


def test_the_user_stays_confirmed_when_post_confirmation_fails(pool: Pool, cognito_triggers: Any) -> None:
    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(failing)
    assert refusal(pool.sign_up) == (
        "UserLambdaValidationException",
        "PostConfirmation failed with error not today.",
    )
    assert pool.status() == "CONFIRMED"


def test_post_confirmation_may_change_the_user(pool: Pool, cognito_triggers: Any) -> None:
    def disable(event: Any, context: Any) -> Any:
        pool.admin("admin_disable_user", event["userName"])
        return event

    cognito_triggers.on("PreSignUp")(answering(autoConfirmUser=True))
    cognito_triggers.on("PostConfirmation")(disable)
    pool.sign_up("alice", EMAIL)
    assert pool.admin("admin_get_user")["Enabled"] is False


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"username": "bob"}, "UsernameExistsException"),
        ({"Password": "x"}, "InvalidPasswordException"),
        ({"attributes": {"email": "nobody"}}, "InvalidParameterException"),
        ({"attributes": {"custom:no": "x"}}, "InvalidParameterException"),
        ({"attributes": {"email_verified": "true", **EMAIL}}, "NotAuthorizedException"),
        ({"SecretHash": "wrong"}, "NotAuthorizedException"),
    ],
)
def test_what_is_refused_changes_nothing(pool: Pool, cognito_outbox: Any, request_: dict[str, Any], code: str) -> None:
    pool.confirmed("bob")
    before = pool.users()
    assert refusal(pool.sign_up, **request_)[0] == code
    assert (pool.users(), len(cognito_outbox)) == (before, 0)


def test_existence_is_never_hidden_here(cognito_idp: Any) -> None:
    pool = make(cognito_idp, {"PreventUserExistenceErrors": "ENABLED"})
    pool.sign_up("alice")
    assert refusal(pool.sign_up, username="alice") == TAKEN
