"""AssociateSoftwareToken and VerifySoftwareToken with an access token, and the codes of an independent app."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from pycognito import Cognito as PyCognito
from pycognito.exceptions import SoftwareTokenMFAChallengeException

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.mfa import EMAIL_OTP, ON, TOTP, Authenticator, configure, enrol, enrolled, prefer
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    RESET_REQUIRED,
    TOTP_MISMATCH,
    TOTP_NOT_OFFERED,
    TOTP_NOT_SET_UP,
    TOTP_NOT_VERIFIED,
    TOTP_USED,
    TOTP_WITHOUT_AUTHENTICATOR,
    TOTP_WRONG_AT_ENROLMENT,
    USER_DISABLED,
    USER_NOT_FOUND,
    not_authorized,
    refusal,
)
from tests.support.settings import SES

# Time stands still where a step of 30 seconds begins.
pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool whose users may have a software token; alice has none."""
    pool = cognito.create_user_pool(EmailConfiguration=SES)
    configure(pool, "OPTIONAL", TOTP)
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def token(alice: User) -> str:
    return alice.tokens().access_token


def associate(app: App, token: str) -> Authenticator:
    secret = app.idp.associate_software_token(AccessToken=token)["SecretCode"]
    return Authenticator(app.pool.world.clock, secret)


# With an access token


def test_a_secret_is_associated(app: App, token: str) -> None:
    answer = app.call("associate_software_token", AccessToken=token)
    assert set(answer) == {"SecretCode"}
    assert re.fullmatch(r"[A-Z2-7]{52}", answer["SecretCode"])
    assert app.idp.associate_software_token(AccessToken=token)["SecretCode"] != answer["SecretCode"]


def test_its_first_code_registers_it(app: App, token: str) -> None:
    authenticator = associate(app, token)
    answer = app.call("verify_software_token", AccessToken=token, UserCode=authenticator.code())
    assert answer == {"Status": "SUCCESS"}


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
def test_registered_it_is_on_only_where_mfa_is_required(make_app: MakeApp, mode: str) -> None:
    app = make_app(EmailConfiguration=SES)
    configure(app.pool, mode, TOTP)
    enrol(app, app.pool.create_user("alice").tokens().access_token)
    factors = app.admin("admin_get_user").get("UserMFASettingList")
    assert factors == ([TOTP] if mode == "ON" else None)


def test_a_secret_that_was_not_verified_is_no_factor(app: App, token: str) -> None:
    call = {"operation": "admin_set_user_mfa_preference", "SoftwareTokenMfaSettings": ON}
    assert refusal(app.admin, **call) == TOTP_WITHOUT_AUTHENTICATOR
    app.idp.associate_software_token(AccessToken=token)
    assert refusal(app.admin, **call) == TOTP_NOT_VERIFIED
    assert "AuthenticationResult" in app.begin()


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_may_be_one_step_off(app: App, token: str, steps: int, *, taken: bool) -> None:
    code = associate(app, token).code(steps)
    if taken:
        assert app.idp.verify_software_token(AccessToken=token, UserCode=code)["Status"] == "SUCCESS"
    else:
        error = refusal(app.idp.verify_software_token, AccessToken=token, UserCode=code)
        assert error == TOTP_WRONG_AT_ENROLMENT


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_and_so_it_is_at_sign_in(app: App, steps: int, *, taken: bool) -> None:
    code = enrolled(app).code(steps)
    challenge = app.begin()
    if taken:
        assert "IdToken" in app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    else:
        assert refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=code) == TOTP_MISMATCH


def test_a_wrong_code_registers_nothing_and_the_right_one_still_does(app: App, token: str) -> None:
    authenticator = associate(app, token)
    error = refusal(app.idp.verify_software_token, AccessToken=token, UserCode=authenticator.wrong())
    assert error == TOTP_WRONG_AT_ENROLMENT
    answer = app.idp.verify_software_token(AccessToken=token, UserCode=authenticator.code())
    assert answer["Status"] == "SUCCESS"


def test_verifying_needs_a_secret(app: App, token: str) -> None:
    verify = app.idp.verify_software_token
    assert refusal(verify, AccessToken=token, UserCode="123456") == TOTP_NOT_SET_UP
    authenticator = enrol(app, token)
    assert refusal(verify, AccessToken=token, UserCode=authenticator.code()) == TOTP_NOT_SET_UP


@pytest.mark.parametrize("code", ["1234567", "12345a", "      "])
def test_a_code_has_six_digits(app: App, token: str, code: str) -> None:
    error = refusal(app.idp.verify_software_token, AccessToken=token, UserCode=code)
    assert error.code == "InvalidParameterException"
    assert "at 'userCode' failed to satisfy constraint" in error.message


# Each code once


def test_the_code_that_registered_is_used_up(app: App, token: str) -> None:
    authenticator = enrol(app, token)
    prefer(app.pool, SoftwareToken=ON)
    challenge = app.begin()
    error = refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert error == TOTP_USED
    answer = app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.code(1))
    assert "IdToken" in answer["AuthenticationResult"]


def test_a_code_signs_in_once(app: App) -> None:
    authenticator = enrolled(app)
    for steps in (1, -1, 0):
        code = authenticator.code(steps)
        assert "IdToken" in app.respond(app.begin(), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
        assert refusal(app.respond, challenge=app.begin(), SOFTWARE_TOKEN_MFA_CODE=code) == TOTP_USED
    challenge = app.begin()
    for steps in (1, -1, 0):
        code = authenticator.code(steps)
        assert refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=code) == TOTP_USED


def test_the_next_code_is_good_half_a_minute_later(cognito: Cognito, app: App) -> None:
    authenticator = enrolled(app)
    for _ in range(5):
        answer = app.respond(app.begin(), SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
        assert "IdToken" in answer["AuthenticationResult"]
        cognito.clock.advance(seconds=30)


# Another token


def test_the_old_token_works_until_the_new_one_is_verified(app: App, token: str) -> None:
    old = enrolled(app, FriendlyDeviceName="old phone")
    new = associate(app, token)
    challenge = app.begin()
    assert challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "old phone"
    assert refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=new.code()) == TOTP_MISMATCH
    assert "IdToken" in app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=old.code())["AuthenticationResult"]

    app.idp.verify_software_token(AccessToken=token, UserCode=new.code(), FriendlyDeviceName="new phone")
    challenge = app.begin()
    assert challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "new phone"
    assert refusal(app.respond, challenge=challenge, SOFTWARE_TOKEN_MFA_CODE=old.code(1)) == TOTP_MISMATCH
    assert "IdToken" in app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=new.code(1))["AuthenticationResult"]


def test_a_second_secret_replaces_one_that_waits(app: App, token: str) -> None:
    first, second = (associate(app, token) for _ in range(2))
    error = refusal(app.idp.verify_software_token, AccessToken=token, UserCode=first.code())
    assert error == TOTP_WRONG_AT_ENROLMENT
    assert app.idp.verify_software_token(AccessToken=token, UserCode=second.code())["Status"] == "SUCCESS"


@pytest.mark.parametrize("name", [None, ""])
def test_a_token_without_a_name_is_challenged_without_one(app: App, name: str | None) -> None:
    named: dict[str, Any] = {} if name is None else {"FriendlyDeviceName": name}
    enrolled(app, **named)
    assert app.begin()["ChallengeParameters"] == {"USER_ID_FOR_SRP": "alice"}


# Pools and callers that can't


@pytest.mark.parametrize("mode", ["OFF", "OPTIONAL"])
def test_a_pool_that_offers_no_tokens(app: App, token: str, mode: str) -> None:
    app.idp.associate_software_token(AccessToken=token)
    configure(app.pool, mode, *([EMAIL_OTP] if mode == "OPTIONAL" else []))
    assert refusal(app.idp.associate_software_token, AccessToken=token) == TOTP_NOT_OFFERED
    assert refusal(app.idp.verify_software_token, AccessToken=token, UserCode="123456") == TOTP_NOT_OFFERED


def test_a_registered_token_outlives_the_pools_support(app: App) -> None:
    authenticator = enrolled(app)
    configure(app.pool, "OPTIONAL", EMAIL_OTP)
    challenge = app.begin()
    assert challenge["ChallengeName"] == TOTP
    answer = app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    assert "IdToken" in answer["AuthenticationResult"]


def test_a_token_of_nobody_is_refused(app: App) -> None:
    verify = {"AccessToken": "nobody", "UserCode": "123456"}
    assert refusal(app.idp.associate_software_token, AccessToken="nobody") == ACCESS_TOKEN_INVALID
    assert refusal(app.idp.verify_software_token, **verify) == ACCESS_TOKEN_INVALID


def test_what_happened_to_the_user_is_told_as_each_operation_can(app: App, token: str) -> None:
    associate, verify = app.idp.associate_software_token, app.idp.verify_software_token
    app.admin("admin_reset_user_password")
    assert refusal(verify, AccessToken=token, UserCode="123456") == RESET_REQUIRED
    assert refusal(associate, AccessToken=token) == not_authorized(RESET_REQUIRED.message)
    app.admin("admin_disable_user")
    assert refusal(verify, AccessToken=token, UserCode="123456") == USER_DISABLED
    assert refusal(associate, AccessToken=token) == USER_DISABLED
    app.admin("admin_delete_user")
    assert refusal(verify, AccessToken=token, UserCode="123456") == USER_NOT_FOUND
    assert refusal(associate, AccessToken=token) == ACCESS_TOKEN_REVOKED


# pycognito, as an app uses it


def test_pycognito_enrols_and_signs_in_with_a_token(cognito: Cognito, app: App) -> None:
    user = PyCognito(app.pool_id, app.client_id, username="alice")
    user.authenticate(PASSWORD)
    authenticator = Authenticator(cognito.clock, user.associate_software_token())
    assert user.verify_software_token(authenticator.code(), "phone") is True
    user.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")
    assert app.admin("admin_get_user")["PreferredMfaSetting"] == TOTP

    again = PyCognito(app.pool_id, app.client_id, username="alice")
    with pytest.raises(SoftwareTokenMFAChallengeException):
        again.authenticate(PASSWORD)
    again.respond_to_software_token_mfa_challenge(authenticator.code(1))
    assert app.idp.get_user(AccessToken=again.access_token)["Username"] == "alice"


def test_a_secret_is_canonical_base32_of_32_bytes(app: App, token: str) -> None:
    """The last letter is for one bit alone: strict decoders refuse one whose other bits are set."""
    for _ in range(20):
        secret = app.idp.associate_software_token(AccessToken=token)["SecretCode"]
        decoded = base64.b32decode(secret + "=" * (-len(secret) % 8))
        assert len(decoded) == 32
        assert base64.b32encode(decoded).decode().rstrip("=") == secret
