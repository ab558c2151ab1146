"""What surrounds a sign-in with a second factor: triggers, the lock, forgotten passwords, refreshing."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.functions import failing
from tests.support.mfa import (
    FACTORS,
    ON,
    PREFERRED,
    SMS_MFA,
    TOTP,
    asked,
    enrol,
    enrolled,
    prefer,
    response,
    setting_of,
    turn_on,
)
from tests.support.refusals import (
    INCORRECT,
    MFA_CODE_MISMATCH,
    NO_WAY_TO_RESET,
    TOO_MANY_ATTEMPTS,
    TOTP_USED,
    lambda_failed,
    refusal,
)

# Locks and codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    return mfa_pool


# Triggers


def test_triggers_run_once_and_after_the_second_factor(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON, Email=ON)
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration", "CustomMessage"):
        app.pool.set_trigger(trigger, lambda event, context: event)
    choice = app.begin()
    challenge = app.respond(choice, ANSWER=SMS_MFA, metadata={"step": "choice"})
    app.respond(challenge, SMS_MFA_CODE=last_code(cognito.outbox), metadata={"step": "code"})
    ran = [(one.trigger, one.event["request"].get("clientMetadata")) for one in cognito.triggers]
    assert ran == [
        ("PreAuthentication", None),
        ("CustomMessage", {"step": "choice"}),
        ("PostAuthentication", {"step": "code"}),
        ("PreTokenGeneration", {"step": "code"}),
    ]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_Authentication"


def test_what_the_second_factor_changed_stays_when_a_trigger_fails(app: App) -> None:
    authenticator = enrolled(app)
    app.pool.set_trigger("PostAuthentication", failing)
    code = authenticator.code()
    expected = lambda_failed("PostAuthentication")
    assert refusal(app.respond, challenge=app.begin(), SOFTWARE_TOKEN_MFA_CODE=code) == expected
    assert refusal(app.respond, challenge=app.begin(), SOFTWARE_TOKEN_MFA_CODE=code) == TOTP_USED


# The lock


@pytest.mark.parametrize("factor", FACTORS)
def test_wrong_codes_lock_as_wrong_passwords_do(cognito: Cognito, app: App, factor: str) -> None:
    authenticator = enrolled(app)
    prefer(app.pool, SMS=ON, Email=ON)
    turn_on(app.pool, factor, PREFERRED)
    challenge = app.begin()
    code = authenticator.code() if factor == TOTP else last_code(cognito.outbox)
    wrong = authenticator.wrong() if factor == TOTP else "wrong"
    for _ in range(5):
        assert refusal(app.respond, challenge=challenge, **response(factor, wrong))[0] == "CodeMismatchException"
    assert refusal(app.respond, challenge=challenge, **response(factor, code)) == TOO_MANY_ATTEMPTS
    assert refusal(app.begin) == TOO_MANY_ATTEMPTS
    cognito.clock.advance(seconds=1)
    assert "IdToken" in app.respond(challenge, **response(factor, code))["AuthenticationResult"]


def test_a_right_password_does_not_forget_wrong_codes(app: App) -> None:
    prefer(app.pool, SMS=ON)
    for _ in range(5):
        challenge = app.begin()
        assert refusal(app.respond, challenge=challenge, SMS_MFA_CODE="wrong") == MFA_CODE_MISMATCH
    assert refusal(app.begin) == TOO_MANY_ATTEMPTS


def test_wrong_passwords_and_codes_count_together(app: App) -> None:
    prefer(app.pool, SMS=ON)
    challenge = app.begin()
    for _ in range(3):
        assert refusal(app.begin, password="wrong") == INCORRECT
    for _ in range(2):
        assert refusal(app.respond, challenge=challenge, SMS_MFA_CODE="wrong") == MFA_CODE_MISMATCH
    assert refusal(app.begin, password="wrong") == TOO_MANY_ATTEMPTS


def test_a_sign_in_forgets_the_failures(cognito: Cognito, app: App) -> None:
    prefer(app.pool, SMS=ON)
    for _ in range(2):
        challenge = app.begin()
        code = last_code(cognito.outbox)
        for _ in range(4):
            assert refusal(app.respond, challenge=challenge, SMS_MFA_CODE="wrong") == MFA_CODE_MISMATCH
        app.respond(challenge, SMS_MFA_CODE=code)


# Beside it


@pytest.mark.parametrize(
    ("settings", "destination"),
    [
        ({}, "a***@e***"),
        ({"SMS": ON}, "a***@e***"),
        ({"Email": ON}, "a***@e***"),
        ({"Email": PREFERRED}, "+*******0100"),
    ],
)
def test_a_forgotten_password_does_not_go_where_the_second_factor_goes(
    app: App, settings: dict[str, Any], destination: str
) -> None:
    prefer(app.pool, **settings)
    answer = app.idp.forgot_password(ClientId=app.client_id, Username="alice")
    assert answer["CodeDeliveryDetails"]["Destination"] == destination


def test_a_password_cannot_be_forgotten_where_both_ways_bring_second_factors(app: App) -> None:
    prefer(app.pool, SMS=ON, Email=PREFERRED)
    assert refusal(app.idp.forgot_password, ClientId=app.client_id, Username="alice") == NO_WAY_TO_RESET


def test_refreshing_asks_for_no_second_factor(app: App) -> None:
    authenticator = enrolled(app)
    answer = app.respond(app.begin(), SOFTWARE_TOKEN_MFA_CODE=authenticator.code())
    token = answer["AuthenticationResult"]["RefreshToken"]
    again = app.initiate_auth("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
    assert "IdToken" in again["AuthenticationResult"]


def test_enrolling_in_the_midst_of_a_sign_in_asks_at_the_next(app: App) -> None:
    token = app.begin()["AuthenticationResult"]["AccessToken"]
    enrol(app, token)
    assert asked(app) == "tokens"
    app.idp.set_user_mfa_preference(AccessToken=token, **setting_of(TOTP, PREFERRED))
    assert asked(app) == TOTP
