"""The codes of second factors: by message, by software token, and the choice of one of several."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, Answer, App
from tests.support.codes import last_code
from tests.support.functions import answering, failing
from tests.support.mfa import (
    ADDRESSES,
    ATTRIBUTE,
    EMAIL_OTP,
    FACTORS,
    ON,
    PREFERRED,
    SMS_MFA,
    TOTP,
    MakeMfaApp,
    enrolled,
    prefer,
    response,
    turn_on,
)
from tests.support.refusals import (
    EMAIL_TAKEN,
    MFA_CODE_MISMATCH,
    SESSION_EXPIRED,
    SESSION_USED,
    TOTP_MISMATCH,
    TOTP_USED,
    invalid_parameter,
    lambda_failed,
    refusal,
)
from tests.support.srp import SrpClient

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")
BY_MESSAGE = pytest.mark.parametrize("factor", [SMS_MFA, EMAIL_OTP])


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


# Codes by message


@BY_MESSAGE
def test_a_code_is_sent_and_gives_tokens(cognito: Cognito, app: App, factor: str) -> None:
    turn_on(app.pool, factor)
    challenge = app.begin()
    assert set(challenge) == {"ChallengeName", "Session", "ChallengeParameters"}
    assert challenge["ChallengeName"] == factor
    assert challenge["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": {SMS_MFA: "SMS", EMAIL_OTP: "EMAIL"}[factor],
        "CODE_DELIVERY_DESTINATION": {SMS_MFA: "+*******0100", EMAIL_OTP: "a***@e***"}[factor],
        "USER_ID_FOR_SRP": "alice",
    }
    [message] = cognito.outbox
    assert message.to == ADDRESSES[ATTRIBUTE[factor]]
    assert len(last_code(cognito.outbox)) == 6
    assert message.body == f"Your authentication code is {message.code}. "
    assert message.subject == (None if factor == SMS_MFA else "Your authentication code")
    assert message.source == "Authentication"
    answer = app.respond(challenge, **response(factor, last_code(cognito.outbox)))
    assert set(answer) == {"ChallengeParameters", "AuthenticationResult"}
    assert answer["ChallengeParameters"] == {}
    assert set(answer["AuthenticationResult"]) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}


def test_the_pools_own_texts_are_used(cognito: Cognito, app: App) -> None:
    app.pool.call(
        "SetUserPoolMfaConfig",
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsAuthenticationMessage": "It's {####}, {username}"},
        EmailMfaConfiguration={"Message": "Take {####}", "Subject": "Who are you?"},
    )
    prefer(app.pool, SMS=ON)
    app.begin()
    message = cognito.outbox.last()
    assert message.body == f"It's {message.code}, alice"
    prefer(app.pool, Email=PREFERRED)
    app.begin()
    message = cognito.outbox.last()
    assert (message.subject, message.body) == ("Who are you?", f"Take {message.code}")


@BY_MESSAGE
@pytest.mark.parametrize("start", ["password", "administrator", "srp"])
def test_the_custom_message_trigger_writes_it(cognito: Cognito, app: App, factor: str, start: str) -> None:
    turn_on(app.pool, factor)
    text = answering(smsMessage="S {####}", emailMessage="E {####}", emailSubject="Subject")
    app.pool.set_trigger("CustomMessage", text)
    metadata = {"from": start}
    if start == "srp":
        client = SrpClient(app)
        client.answer(client.proof(client.begin(ClientMetadata={"from": "start"})), ClientMetadata=metadata)
    elif start == "administrator":
        app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD)
    else:
        parameters = {"USERNAME": "alice", "PASSWORD": PASSWORD}
        app.idp.initiate_auth(
            ClientId=app.client_id,
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


def test_a_trigger_that_fails_stops_the_sign_in(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON)
    app.pool.set_trigger("CustomMessage", failing)
    expected = lambda_failed("CustomMessage")
    assert refusal(app.begin) == expected
    assert len(cognito.outbox) == 0


@BY_MESSAGE
def test_a_wrong_code_leaves_the_session_good(cognito: Cognito, app: App, factor: str) -> None:
    turn_on(app.pool, factor)
    challenge = app.begin()
    code = last_code(cognito.outbox)
    for wrong in ("000000" if code != "000000" else "111111", code[:-1], f"{code} "):
        assert refusal(app.respond, challenge=challenge, **response(factor, wrong)) == MFA_CODE_MISMATCH
    assert "IdToken" in app.respond(challenge, **response(factor, code))["AuthenticationResult"]
    assert refusal(app.respond, challenge=challenge, **response(factor, code)) == SESSION_USED


def test_each_sign_in_has_its_own_code(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON)
    first = app.begin()
    second = app.begin()
    earlier, later = (str(message.code) for message in cognito.outbox)
    assert earlier != later
    assert refusal(app.respond, challenge=second, SMS_MFA_CODE=earlier) == MFA_CODE_MISMATCH
    for challenge, code in ((first, earlier), (second, later)):
        assert "IdToken" in app.respond(challenge, SMS_MFA_CODE=code)["AuthenticationResult"]


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_code_is_good_as_long_as_its_session(cognito: Cognito, app: App, minutes: int) -> None:
    prefer(app.pool, SMS=ON)
    lasting = app.with_client(AuthSessionValidity=minutes)
    challenges = [lasting.begin() for _ in range(2)]
    codes = [message.code for message in cognito.outbox]

    def answer(place: int) -> Answer:
        return lasting.respond(challenges[place], **response(SMS_MFA, str(codes[place])))

    cognito.clock.advance(minutes=minutes, seconds=-1)
    assert "IdToken" in answer(0)["AuthenticationResult"]
    cognito.clock.advance(seconds=1)
    assert refusal(answer, place=1) == SESSION_EXPIRED


@BY_MESSAGE
@pytest.mark.parametrize("alias", [False, True])
def test_the_right_code_verifies_where_it_went(
    make_mfa_app: MakeMfaApp, cognito: Cognito, factor: str, *, alias: bool
) -> None:
    attribute = ATTRIBUTE[factor]
    app = make_mfa_app("OPTIONAL", *FACTORS, **({"AliasAttributes": [attribute]} if alias else {}))
    app.pool.create_user("alice", attributes={**ADDRESSES, f"{attribute}_verified": "false"})
    turn_on(app.pool, factor)
    challenge = app.begin()
    app.respond(challenge, **response(factor, last_code(cognito.outbox)))
    assert app.pool.user("alice").attributes[f"{attribute}_verified"] == "true"
    if alias:
        assert app.begin(ADDRESSES[attribute])["ChallengeName"] == factor


def test_an_alias_of_somebody_else_is_not_verified(make_mfa_app: MakeMfaApp, cognito: Cognito) -> None:
    app = make_mfa_app("OPTIONAL", *FACTORS, AliasAttributes=["email"])
    app.pool.create_user("alice", email="both@example.com", email_verified="false")
    app.pool.create_user("bob", email="both@example.com")
    prefer(app.pool, Email=ON)
    challenge = app.begin()
    code = last_code(cognito.outbox)
    assert refusal(app.respond, challenge=challenge, EMAIL_OTP_CODE=code) == EMAIL_TAKEN


# Software tokens


def test_a_token_is_asked_for_by_its_name(app: App) -> None:
    authenticator = enrolled(app, FriendlyDeviceName="phone")
    challenge = app.begin()
    assert challenge["ChallengeName"] == TOTP
    assert challenge["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone", "USER_ID_FOR_SRP": "alice"}
    assert refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.wrong()) == TOTP_MISMATCH
    code = authenticator.code()
    assert "IdToken" in app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    assert refusal(app.respond, challenge=app.begin(), SOFTWARE_TOKEN_MFA_CODE=code) == TOTP_USED


# The choice of several


@pytest.mark.parametrize(
    ("answer", "factor"),
    [("SMS_MFA", SMS_MFA), ("SOFTWARE_TOKEN_MFA", TOTP), ("EMAIL_OTP", EMAIL_OTP), ("EMAIL_MFA", EMAIL_OTP)],
)
def test_a_choice_leads_to_the_factor(cognito: Cognito, app: App, answer: str, factor: str) -> None:
    authenticator = enrolled(app, FriendlyDeviceName="phone")
    prefer(app.pool, SMS=ON, Email=ON)
    choice = app.begin()
    assert choice["ChallengeParameters"] == {
        "MFAS_CAN_CHOOSE": '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
        "USER_ID_FOR_SRP": "alice",
    }
    assert len(cognito.outbox) == 0
    challenge = app.respond(choice, ANSWER=answer)
    assert challenge["ChallengeName"] == factor
    assert challenge["Session"] != choice["Session"]
    if factor == TOTP:
        assert challenge["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone"}
        code = authenticator.code()
    else:
        assert "CODE_DELIVERY_DESTINATION" in challenge["ChallengeParameters"]
        code = last_code(cognito.outbox)
    tokens = app.respond(challenge, **response(factor, code))
    assert "IdToken" in tokens["AuthenticationResult"]


def test_only_what_is_offered_can_be_chosen(app: App) -> None:
    prefer(app.pool, SMS=ON, Email=ON)
    choice = app.begin()
    for wrong in ("SOFTWARE_TOKEN_MFA", "MAGIC"):
        assert refusal(app.respond, challenge=choice, ANSWER=wrong) == invalid_parameter("Invalid MFA type selected.")
    assert app.respond(choice, ANSWER="SMS_MFA")["ChallengeName"] == SMS_MFA
