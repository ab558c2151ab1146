"""Sign-in with a second factor: which is asked for, how, and what an answer does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.pools import answering, failing
from tests.support.refusals import refusal
from tests.support.second_factors import (
    ADDRESSES,
    Authenticator,
    challenged,
    configure,
    enrol,
    enrolled,
    make,
    prefer,
    respond,
)
from tests.support.sign_ins import PASSWORD, begin, begin_as_admin
from tests.support.srp import Client

SMS, TOTP, EMAIL = EVERY = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
NEW = "Another-horse-8"
CODES = {SMS: "SMS_MFA_CODE", TOTP: "SOFTWARE_TOKEN_MFA_CODE", EMAIL: "EMAIL_OTP_CODE"}
ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
SETTINGS = {SMS: "SMS", TOTP: "SoftwareToken", EMAIL: "Email"}
ON = {"Enabled": True}
FIRST = {"Enabled": True, "PreferredMfa": True}
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
MISMATCH = ("CodeMismatchException", "Invalid code or auth state for the user.")
TOKEN_MISMATCH = ("CodeMismatchException", "Invalid code received for user")
USED_CODE = ("ExpiredCodeException", "Your software token has already been used once.")
INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")
DISABLED = ("NotAuthorizedException", "User is disabled.")
NO_METHOD = "No MFA method is available for the user."
MESSAGES = pytest.mark.parametrize("factor", [SMS, EMAIL])
BY_PHONE, BY_EMAIL = "verified_phone_number", "verified_email"


@pytest.fixture(autouse=True)
def time_stands_still() -> Any:
    import time_machine

    with time_machine.travel(1_800_000_000, tick=False):
        yield


@pytest.fixture
def pool(cognito: Any) -> Any:
    """A pool where MFA is optional, by every factor, and alice, who has turned none on."""
    pool = make(cognito, "OPTIONAL", *EVERY)
    pool.create_user("alice", **ADDRESSES)
    return pool


def asked(idp: Any, pool: Any) -> str | tuple[str, list[str]]:
    """The challenge after the right password, with the factors that it names; or that there are tokens."""
    answer = challenged(idp, pool)
    if "AuthenticationResult" in answer:
        return "tokens"
    told = answer["ChallengeParameters"]
    named = told.get("MFAS_CAN_CHOOSE") or told.get("MFAS_CAN_SETUP")
    return (answer["ChallengeName"], json.loads(named)) if named else answer["ChallengeName"]


def select(*factors: str) -> tuple[str, list[str]]:
    return "SELECT_MFA_TYPE", list(factors)


def set_up(*factors: str) -> tuple[str, list[str]]:
    return "MFA_SETUP", list(factors)


def arranged(
    cognito: Any, idp: Any, mode: str, offered: str, has: str, *, preferred: str = "", recovery: Any = ()
) -> Any:
    """A pool that offers some factors (``sms totp email``), and alice, who has some of them.

    ``phone`` and ``email`` stand for the address alone, ``sms``, ``totp`` and ``EMAIL`` for a factor that is turned on.
    """
    names = {"sms": SMS, "totp": TOTP, "email": EMAIL}
    pool = make(cognito, "OPTIONAL", *EVERY, recovery=recovery)
    words = has.split()
    kept = {"phone_number": {"phone", "sms"}, "email": {"email", "EMAIL"}}
    pool.create_user("alice", attributes={name: ADDRESSES[name] for name in kept if not kept[name].isdisjoint(words)})
    if "totp" in words:
        enrolled(cognito, idp, pool)
    if "sms" in words:
        prefer(pool, SMS=ON)
    if "EMAIL" in words:
        prefer(pool, Email=ON)
    if preferred:
        prefer(pool, **{SETTINGS[preferred]: FIRST})
    if "sms" not in offered:
        # AWS has no way to take SMS from a pool's MFA but to take it from the pool.
        idp.update_user_pool(UserPoolId=pool.id, EmailConfiguration=_ses(), **_recovery(pool))
    configure(pool, mode, *(names[word] for word in offered.split()))
    return pool


def _ses() -> dict[str, str]:
    from tests.support.pools import SES

    return SES


def _recovery(pool: Any) -> dict[str, Any]:
    described = pool.call("DescribeUserPool")["UserPool"]
    return {"AccountRecoverySetting": described["AccountRecoverySetting"]}


# Which factor is asked for


@pytest.mark.parametrize("has", ["", "phone email", "sms totp EMAIL"])
def test_a_pool_without_mfa_asks_for_none(cognito: Any, cognito_idp: Any, has: str) -> None:
    pool = arranged(cognito, cognito_idp, "OPTIONAL", "sms totp email", has)
    configure(pool, "OFF")
    assert asked(cognito_idp, pool) == "tokens"


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        ("", "tokens"),
        ("phone email", "tokens"),
        ("sms", SMS),
        ("totp", TOTP),
        ("EMAIL", EMAIL),
        ("sms totp", select(SMS, TOTP)),
        ("sms EMAIL", select(SMS, EMAIL)),
        ("sms totp EMAIL", select(*EVERY)),
    ],
)
def test_where_mfa_is_optional_what_a_user_has_turned_on_is_asked_for(
    cognito: Any, cognito_idp: Any, has: str, expected: Any
) -> None:
    pool = arranged(cognito, cognito_idp, "OPTIONAL", "sms totp email", has)
    assert asked(cognito_idp, pool) == expected


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
@pytest.mark.parametrize("preferred", EVERY)
def test_a_preference_decides(cognito: Any, cognito_idp: Any, mode: str, preferred: str) -> None:
    pool = arranged(cognito, cognito_idp, mode, "sms totp email", "sms totp EMAIL", preferred=preferred)
    assert asked(cognito_idp, pool) == preferred


@pytest.mark.parametrize(
    ("offered", "has", "recovery", "expected"),
    [
        # a token, and what else can reach him
        ("totp", "totp", (), TOTP),
        ("totp email", "totp", (), TOTP),
        ("totp email", "totp email", [BY_EMAIL, BY_PHONE], TOTP),
        ("totp email", "totp email", [BY_PHONE, BY_EMAIL], select(TOTP, EMAIL)),
        ("sms totp", "totp phone", (), select(SMS, TOTP)),
        ("sms totp email", "totp phone email", [BY_EMAIL, BY_PHONE], select(SMS, TOTP)),
        ("sms totp email", "totp phone email", [BY_PHONE, BY_EMAIL], select(TOTP, EMAIL)),
        ("sms totp email", "totp phone email", ["admin_only"], select(*EVERY)),
        # one address
        ("sms", "phone", (), SMS),
        ("sms", "phone email", [BY_PHONE, BY_EMAIL], SMS),
        ("sms totp", "phone", [BY_PHONE, BY_EMAIL], SMS),
        ("sms email", "phone", [BY_EMAIL, BY_PHONE], SMS),
        ("email", "email", [BY_PHONE, BY_EMAIL], EMAIL),
        ("email", "email", ["admin_only"], EMAIL),
        ("totp email", "email", [BY_EMAIL, BY_PHONE], set_up(TOTP)),
        ("sms totp email", "phone", [BY_PHONE, BY_EMAIL], set_up(TOTP, EMAIL)),
        # both addresses
        ("sms email", "phone email", [BY_EMAIL, BY_PHONE], SMS),
        ("sms email", "phone email", [BY_PHONE, BY_EMAIL], EMAIL),
        ("sms email", "phone email", ["admin_only"], select(SMS, EMAIL)),
        # nothing
        ("sms", "", (), set_up(SMS)),
        ("totp", "", (), set_up(TOTP)),
        ("totp", "phone email", (), set_up(TOTP)),
        ("sms totp", "", (), set_up(SMS, TOTP)),
        ("sms totp email", "", ["admin_only"], set_up(*EVERY)),
        ("sms totp email", "", [BY_EMAIL, BY_PHONE], set_up(SMS, TOTP)),
    ],
)
def test_where_mfa_is_required_what_a_user_could_have_counts_too(
    cognito: Any, cognito_idp: Any, offered: str, has: str, recovery: Any, expected: Any
) -> None:
    pool = arranged(cognito, cognito_idp, "ON", offered, has, recovery=recovery)
    assert asked(cognito_idp, pool) == expected


def test_a_user_who_can_have_no_factor_cannot_sign_in(cognito: Any, cognito_idp: Any) -> None:
    pool = arranged(cognito, cognito_idp, "ON", "email", "email", recovery=[BY_EMAIL, BY_PHONE])
    call = {"idp": cognito_idp, "client_id": pool.client.id, "USERNAME": "alice", "PASSWORD": PASSWORD}
    assert refusal(begin, **call) == ("InvalidParameterException", NO_METHOD)
    no_method = ("MFAMethodNotFoundException", NO_METHOD)
    assert refusal(begin_as_admin, pool_id=pool.id, **call) == no_method
    client = Client(cognito_idp, pool)
    assert refusal(client.run) == no_method
    assert (
        refusal(
            cognito_idp.admin_respond_to_auth_challenge,
            UserPoolId=pool.id,
            ClientId=pool.client.id,
            ChallengeName="PASSWORD_VERIFIER",
            ChallengeResponses=client.proof(client.begin()),
        )
        == no_method
    )


def test_a_factor_that_the_pool_no_longer_offers_is_not_asked_for(cognito: Any, cognito_idp: Any) -> None:
    pool = arranged(cognito, cognito_idp, "OPTIONAL", "totp", "sms EMAIL", preferred=EMAIL)
    assert asked(cognito_idp, pool) == "tokens"


def test_an_address_that_is_gone_is_not_asked_for(cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=FIRST)
    cognito_idp.admin_delete_user_attributes(UserPoolId=pool.id, Username="alice", UserAttributeNames=["phone_number"])
    assert asked(cognito_idp, pool) == "tokens"


def test_a_wrong_password_is_not_asked_for_more(cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    call = {"idp": cognito_idp, "client_id": pool.client.id, "USERNAME": "alice", "PASSWORD": "wrong"}
    assert refusal(begin, **call) == INCORRECT


# Codes by message


@MESSAGES
def test_a_code_is_sent_and_gives_tokens(cognito: Any, cognito_idp: Any, pool: Any, factor: str) -> None:
    prefer(pool, **{SETTINGS[factor]: ON})
    challenge = challenged(cognito_idp, pool)
    assert set(challenge) == {"ChallengeName", "Session", "ChallengeParameters", "ResponseMetadata"}
    assert challenge["ChallengeName"] == factor
    assert challenge["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": {SMS: "SMS", EMAIL: "EMAIL"}[factor],
        "CODE_DELIVERY_DESTINATION": {SMS: "+*******0100", EMAIL: "a***@e***"}[factor],
        "USER_ID_FOR_SRP": "alice",
    }
    [message] = cognito.outbox
    assert message.to == ADDRESSES[ATTRIBUTE[factor]]
    assert len(message.code) == 6
    assert message.body == f"Your authentication code is {message.code}. "
    assert message.subject == (None if factor == SMS else "Your authentication code")
    assert message.source == "Authentication"
    answer = respond(cognito_idp, pool, challenge, **{CODES[factor]: message.code})
    assert set(answer) == {"ChallengeParameters", "AuthenticationResult", "ResponseMetadata"}
    assert answer["ChallengeParameters"] == {}
    assert set(answer["AuthenticationResult"]) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}


def test_the_pools_own_texts_are_used(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsAuthenticationMessage": "It's {####}, {username}"},
        EmailMfaConfiguration={"Message": "Take {####}", "Subject": "Who are you?"},
    )
    prefer(pool, SMS=ON)
    challenged(cognito_idp, pool)
    message = cognito.outbox.last()
    assert message.body == f"It's {message.code}, alice"
    prefer(pool, Email=FIRST)
    challenged(cognito_idp, pool)
    message = cognito.outbox.last()
    assert (message.subject, message.body) == ("Who are you?", f"Take {message.code}")


@MESSAGES
@pytest.mark.parametrize("start", ["password", "administrator", "srp"])
def test_the_custom_message_trigger_writes_it(
    cognito: Any, cognito_idp: Any, pool: Any, factor: str, start: str
) -> None:
    prefer(pool, **{SETTINGS[factor]: ON})
    text = answering(smsMessage="S {####}", emailMessage="E {####}", emailSubject="Subject")
    pool.set_trigger("CustomMessage", text)
    metadata = {"from": start}
    if start == "srp":
        client = Client(cognito_idp, pool)
        client.answer(client.proof(client.begin(ClientMetadata={"from": "start"})), ClientMetadata=metadata)
    elif start == "administrator":
        begin_as_admin(cognito_idp, pool.id, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)
    else:
        parameters = {"USERNAME": "alice", "PASSWORD": PASSWORD}
        cognito_idp.initiate_auth(
            ClientId=pool.client.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=parameters,
            ClientMetadata=metadata,
        )
    event = cognito.triggers.last("CustomMessage").event
    assert event["triggerSource"] == "CustomMessage_Authentication"
    assert event["request"]["codeParameter"] == "{####}"
    # Only what comes with an answer is handed on.
    assert event["request"].get("clientMetadata") == (metadata if start == "srp" else None)
    message = cognito.outbox.last()
    assert message.body == f"{factor[0]} {message.code}"


def test_a_trigger_that_fails_stops_the_sign_in(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    pool.set_trigger("CustomMessage", failing)
    call = {"idp": cognito_idp, "client_id": pool.client.id, "USERNAME": "alice", "PASSWORD": PASSWORD}
    expected = ("UserLambdaValidationException", "CustomMessage failed with error not today.")
    assert refusal(begin, **call) == expected
    assert len(cognito.outbox) == 0


@MESSAGES
def test_a_wrong_code_leaves_the_session_good(cognito: Any, cognito_idp: Any, pool: Any, factor: str) -> None:
    prefer(pool, **{SETTINGS[factor]: ON})
    challenge = challenged(cognito_idp, pool)
    code = cognito.outbox.last().code
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
    for wrong in ("000000" if code != "000000" else "111111", code[:-1], f"{code} "):
        assert refusal(respond, **call, **{CODES[factor]: wrong}) == MISMATCH
    assert "IdToken" in respond(**call, **{CODES[factor]: code})["AuthenticationResult"]
    assert refusal(respond, **call, **{CODES[factor]: code}) == USED


def test_each_sign_in_has_its_own_code(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    first = challenged(cognito_idp, pool)
    second = challenged(cognito_idp, pool)
    earlier, later = (message.code for message in cognito.outbox)
    assert earlier != later
    assert refusal(respond, idp=cognito_idp, pool=pool, challenge=second, SMS_MFA_CODE=earlier) == MISMATCH
    for challenge, code in ((first, earlier), (second, later)):
        assert "IdToken" in respond(cognito_idp, pool, challenge, SMS_MFA_CODE=code)["AuthenticationResult"]


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_code_is_good_as_long_as_its_session(cognito: Any, cognito_idp: Any, pool: Any, minutes: int) -> None:
    prefer(pool, SMS=ON)
    app = pool.create_client(AuthSessionValidity=minutes)
    sessions = [begin(cognito_idp, app.id, USERNAME="alice", PASSWORD=PASSWORD)["Session"] for _ in range(2)]
    codes = [message.code for message in cognito.outbox]

    def answer(place: int) -> Any:
        return cognito_idp.respond_to_auth_challenge(
            ClientId=app.id,
            ChallengeName=SMS,
            Session=sessions[place],
            ChallengeResponses={"USERNAME": "alice", "SMS_MFA_CODE": codes[place]},
        )

    cognito.clock.advance(minutes=minutes, seconds=-1)
    assert "IdToken" in answer(0)["AuthenticationResult"]
    cognito.clock.advance(seconds=1)
    assert refusal(answer, place=1) == EXPIRED


@MESSAGES
@pytest.mark.parametrize("alias", [False, True])
def test_the_right_code_verifies_where_it_went(cognito: Any, cognito_idp: Any, factor: str, *, alias: bool) -> None:
    attribute = ATTRIBUTE[factor]
    pool = make(cognito, "OPTIONAL", *EVERY, **({"AliasAttributes": [attribute]} if alias else {}))
    pool.create_user("alice", **ADDRESSES, **{f"{attribute}_verified": "false"})
    prefer(pool, **{SETTINGS[factor]: ON})
    challenge = challenged(cognito_idp, pool)
    respond(cognito_idp, pool, challenge, **{CODES[factor]: cognito.outbox.last().code})
    assert pool.user("alice").attributes[f"{attribute}_verified"] == "true"
    if alias:
        assert challenged(cognito_idp, pool, ADDRESSES[attribute])["ChallengeName"] == factor


def test_an_alias_of_somebody_else_is_not_verified(cognito: Any, cognito_idp: Any) -> None:
    pool = make(cognito, "OPTIONAL", *EVERY, AliasAttributes=["email"])
    pool.create_user("alice", email="both@example.com", email_verified="false")
    pool.create_user("bob", email="both@example.com")
    prefer(pool, Email=ON)
    challenge = challenged(cognito_idp, pool)
    code = cognito.outbox.last().code
    assert refusal(respond, idp=cognito_idp, pool=pool, challenge=challenge, EMAIL_OTP_CODE=code) == (
        "AliasExistsException",
        "An account with the given email already exists.",
    )


# Software tokens


def test_a_token_is_asked_for_by_its_name(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool, FriendlyDeviceName="phone")
    challenge = challenged(cognito_idp, pool)
    assert challenge["ChallengeName"] == TOTP
    assert challenge["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone", "USER_ID_FOR_SRP": "alice"}
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
    assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=app.wrong(), **call) == TOKEN_MISMATCH
    code = app.code()
    assert "IdToken" in respond(SOFTWARE_TOKEN_MFA_CODE=code, **call)["AuthenticationResult"]
    call["challenge"] = challenged(cognito_idp, pool)
    assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=code, **call) == USED_CODE


# The choice of several


@pytest.mark.parametrize(
    ("answer", "factor"),
    [("SMS_MFA", SMS), ("SOFTWARE_TOKEN_MFA", TOTP), ("EMAIL_OTP", EMAIL), ("EMAIL_MFA", EMAIL)],
)
def test_a_choice_leads_to_the_factor(cognito: Any, cognito_idp: Any, pool: Any, answer: str, factor: str) -> None:
    app = enrolled(cognito, cognito_idp, pool, FriendlyDeviceName="phone")
    prefer(pool, SMS=ON, Email=ON)
    choice = challenged(cognito_idp, pool)
    assert choice["ChallengeParameters"] == {
        "MFAS_CAN_CHOOSE": '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
        "USER_ID_FOR_SRP": "alice",
    }
    assert len(cognito.outbox) == 0
    challenge = respond(cognito_idp, pool, choice, ANSWER=answer)
    assert challenge["ChallengeName"] == factor
    assert challenge["Session"] != choice["Session"]
    if factor == TOTP:
        assert challenge["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone"}
        code = app.code()
    else:
        assert "CODE_DELIVERY_DESTINATION" in challenge["ChallengeParameters"]
        code = cognito.outbox.last().code
    tokens = respond(cognito_idp, pool, challenge, **{CODES[factor]: code})
    assert "IdToken" in tokens["AuthenticationResult"]


def test_only_what_is_offered_can_be_chosen(cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON, Email=ON)
    choice = challenged(cognito_idp, pool)
    call = {"idp": cognito_idp, "pool": pool, "challenge": choice}
    for wrong in ("SOFTWARE_TOKEN_MFA", "MAGIC"):
        assert refusal(respond, ANSWER=wrong, **call) == (
            "InvalidParameterException",
            "Invalid MFA type selected.",
        )
    assert respond(ANSWER="SMS_MFA", **call)["ChallengeName"] == SMS


# Setting one up


def test_a_token_is_set_up_on_the_way(cognito: Any, cognito_idp: Any) -> None:
    pool = arranged(cognito, cognito_idp, "ON", "sms totp", "")
    challenge = challenged(cognito_idp, pool)
    assert challenge["ChallengeParameters"] == {
        "MFAS_CAN_SETUP": '["SMS_MFA","SOFTWARE_TOKEN_MFA"]',
        "USER_ID_FOR_SRP": "alice",
    }
    associated = cognito_idp.associate_software_token(Session=challenge["Session"])
    code = Authenticator(cognito, associated["SecretCode"]).code()
    session = cognito_idp.verify_software_token(Session=associated["Session"], UserCode=code)["Session"]
    answer = respond(cognito_idp, pool, {**challenge, "Session": session})
    assert "IdToken" in answer["AuthenticationResult"]
    assert asked(cognito_idp, pool) == TOTP


def test_an_address_for_email_is_set_up_on_the_way(cognito: Any, cognito_idp: Any) -> None:
    pool = arranged(cognito, cognito_idp, "ON", "totp email", "", recovery=["admin_only"])
    setup = challenged(cognito_idp, pool)
    challenge = respond(cognito_idp, pool, setup, email="new@example.com")
    assert challenge["ChallengeName"] == EMAIL
    assert challenge["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
        "CODE_DELIVERY_DESTINATION": "n***@e***",
        "USER_ID_FOR_SRP": "alice",
    }
    attributes = pool.user("alice").attributes
    assert (attributes["email"], attributes["email_verified"]) == ("new@example.com", "false")
    answer = respond(cognito_idp, pool, challenge, EMAIL_OTP_CODE=cognito.outbox.last(to="new@example.com").code)
    assert "IdToken" in answer["AuthenticationResult"]
    assert pool.user("alice").attributes["email_verified"] == "true"
    assert asked(cognito_idp, pool) == EMAIL


def test_what_is_no_address_is_refused(cognito: Any, cognito_idp: Any) -> None:
    pool = arranged(cognito, cognito_idp, "ON", "totp email", "", recovery=["admin_only"])
    setup = challenged(cognito_idp, pool)
    error = refusal(respond, idp=cognito_idp, pool=pool, challenge=setup, email="nowhere")
    assert error == ("InvalidParameterException", "Invalid email address format.")
    assert "email" not in pool.user("alice").attributes


@pytest.mark.parametrize(("offered", "recovery"), [("totp", ["admin_only"]), ("totp email", [BY_EMAIL, BY_PHONE])])
def test_an_address_is_no_factor_where_email_is_none(
    cognito: Any, cognito_idp: Any, offered: str, recovery: Any
) -> None:
    pool = arranged(cognito, cognito_idp, "ON", offered, "", recovery=recovery)
    setup = challenged(cognito_idp, pool)
    error = refusal(respond, idp=cognito_idp, pool=pool, challenge=setup, email="new@example.com")
    assert error == ("InvalidParameterException", "User has not set up software token mfa")
    assert "email" not in pool.user("alice").attributes


# Sessions, answers, and who gives them


@pytest.mark.parametrize("missing", ["USERNAME", "SMS_MFA_CODE", "Session"])
def test_what_an_answer_lacks_is_named(cognito_idp: Any, pool: Any, missing: str) -> None:
    prefer(pool, SMS=ON)
    session = challenged(cognito_idp, pool)["Session"]
    responses = {"USERNAME": "alice", "SMS_MFA_CODE": "000000"}
    responses.pop(missing, None)
    call: dict[str, Any] = {"ClientId": pool.client.id, "ChallengeName": SMS, "ChallengeResponses": responses}
    if missing != "Session":
        call["Session"] = session
    assert refusal(cognito_idp.respond_to_auth_challenge, **call) == (
        "InvalidParameterException",
        f"Missing required parameter {missing}",
    )


def test_sessions_that_are_not_the_users_or_not_of_the_challenge(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.create_user("bob", email="bob@example.com", phone_number="+15555550199")
    prefer(pool, SMS=ON)
    prefer(pool, "bob", SMS=ON)
    challenge = challenged(cognito_idp, pool)
    code = cognito.outbox.last().code
    call = {"idp": cognito_idp, "pool": pool, "SMS_MFA_CODE": code}
    assert refusal(respond, challenge={**challenge, "Session": "x" * 20}, **call) == INVALID
    assert refusal(respond, challenge={**challenge, "ChallengeName": EMAIL}, **call) == INVALID
    assert refusal(respond, challenge=challenge, username="bob", **call) == INVALID
    assert refusal(respond, challenge=challenge, username="nobody", **call) == INVALID
    assert (
        refusal(
            cognito_idp.respond_to_auth_challenge,
            ClientId=pool.create_client().id,
            ChallengeName=SMS,
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "alice", "SMS_MFA_CODE": code},
        )
        == INVALID
    )
    assert "IdToken" in respond(challenge=challenge, **call)["AuthenticationResult"]


def test_a_user_who_was_disabled_meanwhile_stays_out(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    challenge = challenged(cognito_idp, pool)
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    code = cognito.outbox.last().code
    assert refusal(respond, idp=cognito_idp, pool=pool, challenge=challenge, SMS_MFA_CODE=code) == DISABLED


def test_an_administrators_server_answers_too(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON, Email=ON)
    choice = begin_as_admin(cognito_idp, pool.id, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)

    def answer(challenge: Any, **responses: str) -> Any:
        return cognito_idp.admin_respond_to_auth_challenge(
            UserPoolId=pool.id,
            ClientId=pool.client.id,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "alice", **responses},
        )

    challenge = answer(choice, ANSWER="EMAIL_OTP")
    assert refusal(answer, challenge=challenge, EMAIL_OTP_CODE="x") == MISMATCH
    assert "IdToken" in answer(challenge, EMAIL_OTP_CODE=cognito.outbox.last().code)["AuthenticationResult"]


def test_srp_comes_before_the_second_factor(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    challenge = Client(cognito_idp, pool).run()
    assert challenge["ChallengeName"] == TOTP
    answer = respond(cognito_idp, pool, challenge, SOFTWARE_TOKEN_MFA_CODE=app.code())
    assert "IdToken" in answer["AuthenticationResult"]


def test_each_step_needs_its_secret_hash(cognito: Any, cognito_idp: Any) -> None:
    pool = make(cognito, "OPTIONAL", *EVERY, UsernameAttributes=["email"])
    app = pool.create_client(GenerateSecret=True)
    alice = pool.create_user("alice@example.com", phone_number="+15555550100")
    prefer(pool, alice.username, SMS=ON, Email=ON)
    choice = begin(
        cognito_idp,
        app.id,
        USERNAME="alice@example.com",
        PASSWORD=PASSWORD,
        SECRET_HASH=app.secret_hash("alice@example.com"),
    )
    assert choice["ChallengeParameters"]["USER_ID_FOR_SRP"] == alice.sub

    def answer(challenge: Any, name: str, **responses: str) -> Any:
        return cognito_idp.respond_to_auth_challenge(
            ClientId=app.id,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": name, **responses},
        )

    missing = (
        "NotAuthorizedException",
        f"Client {app.id} is configured with secret but SECRET_HASH was not received",
    )
    wrong = ("NotAuthorizedException", f"Unable to verify secret hash for client {app.id}")
    of_sub, of_email = app.secret_hash(alice.sub), app.secret_hash("alice@example.com")
    assert refusal(answer, challenge=choice, name=alice.sub, ANSWER=SMS) == missing
    assert refusal(answer, challenge=choice, name=alice.sub, ANSWER=SMS, SECRET_HASH=of_email) == wrong
    challenge = answer(choice, alice.sub, ANSWER=SMS, SECRET_HASH=of_sub)
    code = cognito.outbox.last().code
    assert refusal(answer, challenge=challenge, name=alice.sub, SMS_MFA_CODE=code) == missing
    call = {"challenge": challenge, "name": "alice@example.com", "SMS_MFA_CODE": code}
    assert refusal(answer, SECRET_HASH=of_sub, **call) == wrong
    assert "IdToken" in answer(SECRET_HASH=of_email, **call)["AuthenticationResult"]


# A new password first


def invited(pool: Any, **attributes: str) -> None:
    pool.call(
        "AdminCreateUser",
        Username="bob",
        TemporaryPassword=PASSWORD,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )


@pytest.mark.parametrize("start", ["password", "srp"])
def test_a_new_password_comes_before_the_second_factor(cognito: Any, cognito_idp: Any, pool: Any, start: str) -> None:
    invited(pool, phone_number="+15555550199")
    prefer(pool, "bob", SMS=ON)
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    challenge = Client(cognito_idp, pool, "bob").run() if start == "srp" else challenged(cognito_idp, pool, "bob")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert len(cognito.outbox) == 0
    challenge = respond(cognito_idp, pool, challenge, "bob", NEW_PASSWORD=NEW)
    assert challenge["ChallengeName"] == SMS
    assert pool.user("bob").status == "CONFIRMED"
    answer = respond(cognito_idp, pool, challenge, "bob", SMS_MFA_CODE=cognito.outbox.last().code)
    assert "IdToken" in answer["AuthenticationResult"]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_NewPasswordChallenge"


def test_a_new_password_comes_before_setting_a_factor_up(cognito: Any, cognito_idp: Any) -> None:
    pool = make(cognito, "ON", TOTP)
    invited(pool)
    challenge = challenged(cognito_idp, pool, "bob")
    challenge = respond(cognito_idp, pool, challenge, "bob", NEW_PASSWORD=NEW)
    assert challenge["ChallengeName"] == "MFA_SETUP"


# Triggers


def test_triggers_run_once_and_after_the_second_factor(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON, Email=ON)
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration", "CustomMessage"):
        pool.set_trigger(trigger, lambda event, context: event)
    choice = challenged(cognito_idp, pool)
    challenge = respond(cognito_idp, pool, choice, ANSWER=SMS, metadata={"step": "choice"})
    respond(cognito_idp, pool, challenge, SMS_MFA_CODE=cognito.outbox.last().code, metadata={"step": "code"})
    ran = [(one.trigger, one.event["request"].get("clientMetadata")) for one in cognito.triggers]
    assert ran == [
        ("PreAuthentication", None),
        ("CustomMessage", {"step": "choice"}),
        ("PostAuthentication", {"step": "code"}),
        ("PreTokenGeneration", {"step": "code"}),
    ]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_Authentication"


def test_what_the_second_factor_changed_stays_when_a_trigger_fails(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    pool.set_trigger("PostAuthentication", failing)
    code = app.code()
    call = {"idp": cognito_idp, "pool": pool, "SOFTWARE_TOKEN_MFA_CODE": code}
    expected = ("UserLambdaValidationException", "PostAuthentication failed with error not today.")
    assert refusal(respond, challenge=challenged(cognito_idp, pool), **call) == expected
    assert refusal(respond, challenge=challenged(cognito_idp, pool), **call) == USED_CODE


# The lock


@pytest.mark.parametrize("factor", EVERY)
def test_wrong_codes_lock_as_wrong_passwords_do(cognito: Any, cognito_idp: Any, pool: Any, factor: str) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    prefer(pool, SMS=ON, Email=ON)
    prefer(pool, **{SETTINGS[factor]: FIRST})
    challenge = challenged(cognito_idp, pool)
    code = app.code() if factor == TOTP else cognito.outbox.last().code
    wrong = app.wrong() if factor == TOTP else "wrong"
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
    for _ in range(5):
        assert refusal(respond, **call, **{CODES[factor]: wrong})[0] == "CodeMismatchException"
    assert refusal(respond, **call, **{CODES[factor]: code}) == LOCKED
    assert refusal(challenged, idp=cognito_idp, pool=pool) == LOCKED
    cognito.clock.advance(seconds=1)
    assert "IdToken" in respond(**call, **{CODES[factor]: code})["AuthenticationResult"]


def test_a_right_password_does_not_forget_wrong_codes(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    for _ in range(5):
        challenge = challenged(cognito_idp, pool)
        assert refusal(respond, idp=cognito_idp, pool=pool, challenge=challenge, SMS_MFA_CODE="wrong") == MISMATCH
    assert refusal(challenged, idp=cognito_idp, pool=pool) == LOCKED


def test_wrong_passwords_and_codes_count_together(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    challenge = challenged(cognito_idp, pool)
    call = {"idp": cognito_idp, "client_id": pool.client.id, "USERNAME": "alice", "PASSWORD": "wrong"}
    for _ in range(3):
        assert refusal(begin, **call) == INCORRECT
    for _ in range(2):
        assert refusal(respond, idp=cognito_idp, pool=pool, challenge=challenge, SMS_MFA_CODE="wrong") == MISMATCH
    assert refusal(begin, **call) == LOCKED


def test_a_sign_in_forgets_the_failures(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON)
    for _ in range(2):
        challenge = challenged(cognito_idp, pool)
        code = cognito.outbox.last().code
        for _ in range(4):
            assert refusal(respond, idp=cognito_idp, pool=pool, challenge=challenge, SMS_MFA_CODE="wrong") == MISMATCH
        respond(cognito_idp, pool, challenge, SMS_MFA_CODE=code)


# Beside it


@pytest.mark.parametrize(
    ("settings", "destination"),
    [
        ({}, "a***@e***"),
        ({"SMS": ON}, "a***@e***"),
        ({"Email": ON}, "a***@e***"),
        ({"Email": FIRST}, "+*******0100"),
    ],
)
def test_a_forgotten_password_does_not_go_where_the_second_factor_goes(
    cognito_idp: Any, pool: Any, settings: dict[str, Any], destination: str
) -> None:
    prefer(pool, **settings)
    answer = cognito_idp.forgot_password(ClientId=pool.client.id, Username="alice")
    assert answer["CodeDeliveryDetails"]["Destination"] == destination


def test_a_password_cannot_be_forgotten_where_both_ways_bring_second_factors(cognito_idp: Any, pool: Any) -> None:
    prefer(pool, SMS=ON, Email=FIRST)
    assert refusal(cognito_idp.forgot_password, ClientId=pool.client.id, Username="alice") == (
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
    )


def test_refreshing_asks_for_no_second_factor(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    answer = respond(cognito_idp, pool, challenged(cognito_idp, pool), SOFTWARE_TOKEN_MFA_CODE=app.code())
    token = answer["AuthenticationResult"]["RefreshToken"]
    again = begin(cognito_idp, pool.client.id, "REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
    assert "IdToken" in again["AuthenticationResult"]


def test_enrolling_in_the_midst_of_a_sign_in_asks_at_the_next(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    token = challenged(cognito_idp, pool)["AuthenticationResult"]["AccessToken"]
    enrol(cognito, cognito_idp, token)
    assert asked(cognito_idp, pool) == "tokens"
    cognito_idp.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings=FIRST)
    assert asked(cognito_idp, pool) == TOTP
