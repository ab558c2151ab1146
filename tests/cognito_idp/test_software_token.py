"""AssociateSoftwareToken and VerifySoftwareToken, with an independent authenticator."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.second_factors import Authenticator, challenged, configure, enrol, enrolled, make, prefer, respond

TOTP = "SOFTWARE_TOKEN_MFA"
NOT_OFFERED = ("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool")
WRONG = ("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
MISMATCH = ("CodeMismatchException", "Invalid code received for user")
USED_CODE = ("ExpiredCodeException", "Your software token has already been used once.")
NOT_SET_UP = ("InvalidParameterException", "User has not set up software token mfa")
NOT_VERIFIED = ("InvalidParameterException", "User has not verified software token mfa")
ONE_OF_BOTH = ("InvalidParameterException", "Exactly one of AccessToken and Session must be given.")
INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
DISABLED = ("NotAuthorizedException", "User is disabled.")


@pytest.fixture(autouse=True)
def at_a_steps_beginning() -> Any:
    """Time stands still, where a step of 30 seconds begins."""
    import time_machine

    with time_machine.travel(1_800_000_000, tick=False):
        yield


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = make(cognito, "OPTIONAL", TOTP)
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def required(cognito: Any) -> Any:
    """A pool whose users need a token, of which alice has none."""
    pool = make(cognito, "ON", TOTP)
    pool.create_user("alice")
    return pool


@pytest.fixture
def token(pool: Any) -> str:
    return str(pool.user("alice").tokens().access_token)


@pytest.fixture
def session(cognito_idp: Any, required: Any) -> str:
    return str(challenged(cognito_idp, required)["Session"])


def factors(pool: Any) -> Any:
    return pool.call("AdminGetUser", Username="alice").get("UserMFASettingList")


# With an access token


def test_a_secret_is_associated(cognito_idp: Any, token: str) -> None:
    answer = cognito_idp.associate_software_token(AccessToken=token)
    assert set(answer) == {"SecretCode", "ResponseMetadata"}
    assert re.fullmatch(r"[A-Z2-7]{52}", answer["SecretCode"])
    assert cognito_idp.associate_software_token(AccessToken=token)["SecretCode"] != answer["SecretCode"]


def test_its_first_code_registers_it(cognito: Any, cognito_idp: Any, token: str) -> None:
    app = Authenticator(cognito, cognito_idp.associate_software_token(AccessToken=token)["SecretCode"])
    answer = cognito_idp.verify_software_token(AccessToken=token, UserCode=app.code())
    assert {name: value for name, value in answer.items() if name != "ResponseMetadata"} == {"Status": "SUCCESS"}


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
def test_registered_it_is_on_only_where_mfa_is_required(cognito: Any, cognito_idp: Any, mode: str) -> None:
    pool = make(cognito, mode, TOTP)
    pool.create_user("alice")
    enrol(cognito, cognito_idp, pool.user("alice").tokens().access_token)
    assert factors(pool) == ([TOTP] if mode == "ON" else None)


def test_a_secret_that_was_not_verified_is_no_factor(cognito_idp: Any, pool: Any, token: str) -> None:
    call = {"UserPoolId": pool.id, "Username": "alice", "SoftwareTokenMfaSettings": {"Enabled": True}}
    assert refusal(cognito_idp.admin_set_user_mfa_preference, **call) == NOT_SET_UP
    cognito_idp.associate_software_token(AccessToken=token)
    assert refusal(cognito_idp.admin_set_user_mfa_preference, **call) == NOT_VERIFIED
    assert "AuthenticationResult" in challenged(cognito_idp, pool)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_may_be_one_step_off(
    cognito: Any, cognito_idp: Any, pool: Any, token: str, steps: int, *, taken: bool
) -> None:
    app = Authenticator(cognito, cognito_idp.associate_software_token(AccessToken=token)["SecretCode"])
    call = {"AccessToken": token, "UserCode": app.code(steps)}
    if taken:
        assert cognito_idp.verify_software_token(**call)["Status"] == "SUCCESS"
    else:
        assert refusal(cognito_idp.verify_software_token, **call) == WRONG


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_and_so_it_is_at_sign_in(cognito: Any, cognito_idp: Any, pool: Any, steps: int, *, taken: bool) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    challenge = challenged(cognito_idp, pool)
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge, "SOFTWARE_TOKEN_MFA_CODE": app.code(steps)}
    if taken:
        assert "IdToken" in respond(**call)["AuthenticationResult"]
    else:
        assert refusal(respond, **call) == MISMATCH


def test_a_wrong_code_registers_nothing_and_the_right_one_still_does(
    cognito: Any, cognito_idp: Any, pool: Any, token: str
) -> None:
    app = Authenticator(cognito, cognito_idp.associate_software_token(AccessToken=token)["SecretCode"])
    assert refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode=app.wrong()) == WRONG
    assert cognito_idp.verify_software_token(AccessToken=token, UserCode=app.code())["Status"] == "SUCCESS"


def test_verifying_needs_a_secret(cognito: Any, cognito_idp: Any, token: str) -> None:
    assert refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode="123456") == NOT_SET_UP
    app = enrol(cognito, cognito_idp, token)
    assert refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode=app.code()) == NOT_SET_UP


@pytest.mark.parametrize("code", ["1234567", "12345a", "      "])
def test_a_code_has_six_digits(cognito_idp: Any, token: str, code: str) -> None:
    error, message = refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode=code)
    assert error == "InvalidParameterException"
    assert "at 'userCode' failed to satisfy constraint" in message


# Each code once


def test_the_code_that_registered_is_used_up(cognito: Any, cognito_idp: Any, pool: Any, token: str) -> None:
    app = enrol(cognito, cognito_idp, token)
    prefer(pool, SoftwareToken={"Enabled": True})
    challenge = challenged(cognito_idp, pool)
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
    assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=app.code(), **call) == USED_CODE
    assert "IdToken" in respond(SOFTWARE_TOKEN_MFA_CODE=app.code(1), **call)["AuthenticationResult"]


def test_a_code_signs_in_once(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    for steps in (1, -1, 0):
        for expected in (None, USED_CODE):
            challenge = challenged(cognito_idp, pool)
            call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
            code = app.code(steps)
            if expected is None:
                assert "IdToken" in respond(SOFTWARE_TOKEN_MFA_CODE=code, **call)["AuthenticationResult"]
            else:
                assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=code, **call) == expected
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenged(cognito_idp, pool)}
    for steps in (1, -1, 0):
        assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=app.code(steps), **call) == USED_CODE


def test_the_next_code_is_good_half_a_minute_later(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    for _ in range(5):
        challenge = challenged(cognito_idp, pool)
        answer = respond(cognito_idp, pool, challenge, SOFTWARE_TOKEN_MFA_CODE=app.code())
        assert "IdToken" in answer["AuthenticationResult"]
        cognito.clock.advance(seconds=30)


# Another token


def test_the_old_token_works_until_the_new_one_is_verified(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    old = enrolled(cognito, cognito_idp, pool, FriendlyDeviceName="old phone")
    token = pool.user("alice").tokens().access_token
    new = Authenticator(cognito, cognito_idp.associate_software_token(AccessToken=token)["SecretCode"])
    challenge = challenged(cognito_idp, pool)
    assert challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "old phone"
    call = {"idp": cognito_idp, "pool": pool, "challenge": challenge}
    assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=new.code(), **call) == MISMATCH
    assert "IdToken" in respond(SOFTWARE_TOKEN_MFA_CODE=old.code(), **call)["AuthenticationResult"]

    cognito_idp.verify_software_token(AccessToken=token, UserCode=new.code(), FriendlyDeviceName="new phone")
    challenge = challenged(cognito_idp, pool)
    assert challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "new phone"
    call["challenge"] = challenge
    assert refusal(respond, SOFTWARE_TOKEN_MFA_CODE=old.code(1), **call) == MISMATCH
    assert "IdToken" in respond(SOFTWARE_TOKEN_MFA_CODE=new.code(1), **call)["AuthenticationResult"]


def test_a_second_secret_replaces_one_that_waits(cognito: Any, cognito_idp: Any, token: str) -> None:
    first, second = (
        Authenticator(cognito, cognito_idp.associate_software_token(AccessToken=token)["SecretCode"]) for _ in range(2)
    )
    assert refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode=first.code()) == WRONG
    assert cognito_idp.verify_software_token(AccessToken=token, UserCode=second.code())["Status"] == "SUCCESS"


@pytest.mark.parametrize("name", [None, ""])
def test_a_token_without_a_name_is_challenged_without_one(
    cognito: Any, cognito_idp: Any, pool: Any, name: str | None
) -> None:
    enrolled(cognito, cognito_idp, pool, **({} if name is None else {"FriendlyDeviceName": name}))
    assert challenged(cognito_idp, pool)["ChallengeParameters"] == {"USER_ID_FOR_SRP": "alice"}


# Pools and callers that can't


@pytest.mark.parametrize("mode", ["OFF", "OPTIONAL"])
def test_a_pool_that_offers_no_tokens(cognito: Any, cognito_idp: Any, token: str, pool: Any, mode: str) -> None:
    cognito_idp.associate_software_token(AccessToken=token)
    configure(pool, mode, *(["EMAIL_OTP"] if mode == "OPTIONAL" else []))
    assert refusal(cognito_idp.associate_software_token, AccessToken=token) == NOT_OFFERED
    assert refusal(cognito_idp.verify_software_token, AccessToken=token, UserCode="123456") == NOT_OFFERED


def test_a_registered_token_outlives_the_pools_support(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    app = enrolled(cognito, cognito_idp, pool)
    configure(pool, "OPTIONAL", "EMAIL_OTP")
    challenge = challenged(cognito_idp, pool)
    assert challenge["ChallengeName"] == TOTP
    answer = respond(cognito_idp, pool, challenge, SOFTWARE_TOKEN_MFA_CODE=app.code())
    assert "IdToken" in answer["AuthenticationResult"]


def test_one_of_token_and_session_says_who_calls(cognito_idp: Any, token: str, session: str) -> None:
    for call in ({}, {"AccessToken": token, "Session": session}):
        assert refusal(cognito_idp.associate_software_token, **call) == ONE_OF_BOTH
        assert refusal(cognito_idp.verify_software_token, UserCode="123456", **call) == ONE_OF_BOTH


def test_a_token_of_nobody_is_refused(cognito_idp: Any) -> None:
    expected = ("NotAuthorizedException", "Invalid Access Token")
    assert refusal(cognito_idp.associate_software_token, AccessToken="nobody") == expected
    assert refusal(cognito_idp.verify_software_token, AccessToken="nobody", UserCode="123456") == expected


def test_what_happened_to_the_user_is_told_as_each_operation_can(cognito_idp: Any, pool: Any, token: str) -> None:
    verify = {"AccessToken": token, "UserCode": "123456"}
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    reset = "Password reset required for the user"
    assert refusal(cognito_idp.verify_software_token, **verify) == ("PasswordResetRequiredException", reset)
    assert refusal(cognito_idp.associate_software_token, AccessToken=token) == ("NotAuthorizedException", reset)
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(cognito_idp.verify_software_token, **verify) == DISABLED
    assert refusal(cognito_idp.associate_software_token, AccessToken=token) == DISABLED
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    gone = ("UserNotFoundException", "User does not exist.")
    assert refusal(cognito_idp.verify_software_token, **verify) == gone
    revoked = ("NotAuthorizedException", "Access Token has been revoked")
    assert refusal(cognito_idp.associate_software_token, AccessToken=token) == revoked


# With a session


def test_a_session_leads_through_the_enrolment_to_tokens(cognito: Any, cognito_idp: Any, required: Any) -> None:
    challenge = challenged(cognito_idp, required)
    associated = cognito_idp.associate_software_token(Session=challenge["Session"])
    assert set(associated) == {"SecretCode", "Session", "ResponseMetadata"}
    app = Authenticator(cognito, associated["SecretCode"])
    verified = cognito_idp.verify_software_token(
        Session=associated["Session"], UserCode=app.code(), FriendlyDeviceName="phone"
    )
    assert set(verified) == {"Status", "Session", "ResponseMetadata"}
    assert verified["Status"] == "SUCCESS"
    assert len({challenge["Session"], associated["Session"], verified["Session"]}) == 3
    answer = respond(cognito_idp, required, {**challenge, "Session": verified["Session"]})
    assert "IdToken" in answer["AuthenticationResult"]
    assert factors(required) == [TOTP]
    cognito.clock.advance(minutes=1)
    again = challenged(cognito_idp, required)
    assert again["ChallengeName"] == TOTP
    assert again["ChallengeParameters"] == {"FRIENDLY_DEVICE_NAME": "phone", "USER_ID_FOR_SRP": "alice"}


def test_verifying_alone_registers(cognito: Any, cognito_idp: Any, required: Any, session: str) -> None:
    associated = cognito_idp.associate_software_token(Session=session)
    code = Authenticator(cognito, associated["SecretCode"]).code()
    cognito_idp.verify_software_token(Session=associated["Session"], UserCode=code)
    assert challenged(cognito_idp, required)["ChallengeName"] == TOTP


def test_setting_up_nothing_is_refused(cognito_idp: Any, required: Any) -> None:
    challenge = challenged(cognito_idp, required)
    assert refusal(respond, idp=cognito_idp, pool=required, challenge=challenge) == NOT_SET_UP
    associated = cognito_idp.associate_software_token(Session=challenge["Session"])
    challenge["Session"] = associated["Session"]
    assert refusal(respond, idp=cognito_idp, pool=required, challenge=challenge) == NOT_VERIFIED


def test_each_session_is_good_for_one_step(cognito: Any, cognito_idp: Any, required: Any, session: str) -> None:
    associated = cognito_idp.associate_software_token(Session=session)
    assert refusal(cognito_idp.associate_software_token, Session=session) == USED
    app = Authenticator(cognito, associated["SecretCode"])
    second = associated["Session"]
    assert refusal(cognito_idp.verify_software_token, Session=second, UserCode=app.wrong()) == WRONG
    cognito_idp.verify_software_token(Session=second, UserCode=app.code())
    assert refusal(cognito_idp.verify_software_token, Session=second, UserCode=app.code(1)) == USED


def test_a_session_expires(cognito: Any, cognito_idp: Any, session: str) -> None:
    cognito.clock.advance(minutes=2)
    second = cognito_idp.associate_software_token(Session=session)["Session"]
    cognito.clock.advance(minutes=3)
    assert refusal(cognito_idp.verify_software_token, Session=second, UserCode="123456") == EXPIRED


def test_other_sessions_are_refused(cognito: Any, cognito_idp: Any, pool: Any, required: Any, session: str) -> None:
    import boto3

    enrolled(cognito, cognito_idp, pool)
    at_sign_in = challenged(cognito_idp, pool)["Session"]
    for wrong in ("x" * 20, session[:-1], at_sign_in):
        assert refusal(cognito_idp.associate_software_token, Session=wrong) == INVALID
        assert refusal(cognito_idp.verify_software_token, Session=wrong, UserCode="123456") == INVALID
    abroad = boto3.client("cognito-idp", region_name="eu-west-1")
    assert refusal(abroad.associate_software_token, Session=session) == INVALID


def test_a_session_of_a_user_who_was_disabled_or_deleted_is_refused(
    cognito_idp: Any, required: Any, session: str
) -> None:
    cognito_idp.admin_disable_user(UserPoolId=required.id, Username="alice")
    assert refusal(cognito_idp.associate_software_token, Session=session) == DISABLED
    cognito_idp.admin_delete_user(UserPoolId=required.id, Username="alice")
    assert refusal(cognito_idp.associate_software_token, Session=session) == INVALID


def test_a_session_is_no_longer_good_where_the_pool_offers_no_tokens(
    cognito_idp: Any, required: Any, session: str
) -> None:
    second = cognito_idp.associate_software_token(Session=session)["Session"]
    configure(required, "ON", "EMAIL_OTP")
    assert refusal(cognito_idp.associate_software_token, Session=second) == NOT_OFFERED
    assert refusal(cognito_idp.verify_software_token, Session=second, UserCode="123456") == NOT_OFFERED


# pycognito, as an app uses it


def test_pycognito_enrols_and_signs_in_with_a_token(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    from pycognito import Cognito as PyCognito
    from pycognito.exceptions import SoftwareTokenMFAChallengeException

    from tests.support.sign_ins import PASSWORD

    user = PyCognito(pool.id, pool.client.id, username="alice")
    user.authenticate(PASSWORD)
    app = Authenticator(cognito, user.associate_software_token())
    assert user.verify_software_token(app.code(), "phone") is True
    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    assert pool.call("AdminGetUser", Username="alice")["PreferredMfaSetting"] == TOTP

    again = PyCognito(pool.id, pool.client.id, username="alice")
    with pytest.raises(SoftwareTokenMFAChallengeException):
        again.authenticate(PASSWORD)
    again.respond_to_software_token_mfa_challenge(app.code(1))
    assert cognito_idp.get_user(AccessToken=again.access_token)["Username"] == "alice"
