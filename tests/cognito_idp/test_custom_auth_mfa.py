"""Second factors in custom authentication: Cognito asks for them once the password was proven."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, mfa
from tests.support.app import NEW_PASSWORD, PASSWORD, App
from tests.support.codes import last_code
from tests.support.custom import CUSTOM, RIGHT, VERIFIER, WRONG, proven
from tests.support.functions import Event, answering
from tests.support.mfa import EMAIL_OTP, FACTORS, SMS_MFA, TOTP, Authenticator, enrolled, response, turn_on
from tests.support.refusals import MFA_CODE_MISMATCH, refusal
from tests.support.srp import gives_tokens


@pytest.fixture
def pool(mfa_pool: UserPool) -> UserPool:
    mfa_pool.create_client(ExplicitAuthFlows=custom.FLOWS)
    custom.set_functions(mfa_pool)
    return mfa_pool


@pytest.fixture
def app(app: App) -> App:
    """The pool with the client that allows custom authentication."""
    return App(app.idp, app.pool, app.pool.clients[-1])


def answered(cognito: Cognito) -> list[tuple[str, bool, str | None]]:
    """What DefineAuthChallenge saw of the answers the last time."""
    session = cognito.triggers.last("DefineAuthChallenge").event["request"]["session"]
    return [(entry["challengeName"], entry["challengeResult"], entry["challengeMetadata"]) for entry in session]


FIRST = [("SRP_A", True, None), (VERIFIER, True, None)]


@pytest.mark.parametrize("factor", FACTORS)
def test_the_second_factor_comes_before_the_custom_challenge(cognito: Cognito, app: App, factor: str) -> None:
    authenticator = enrolled(app) if factor == TOTP else None
    turn_on(app.pool, factor)
    asked = proven(app)
    assert asked["ChallengeName"] == factor
    assert answered(cognito) == FIRST[:1]
    assert len(cognito.triggers) == 1
    code = authenticator.code() if authenticator else last_code(cognito.outbox)
    wrong = authenticator.wrong() if authenticator else "x"
    assert refusal(app.respond, challenge=asked, **response(factor, wrong)).code == "CodeMismatchException"
    challenge = app.respond(asked, **response(factor, code))
    assert challenge["ChallengeName"] == CUSTOM
    assert answered(cognito) == [*FIRST, (factor, True, None)]
    again = app.respond(challenge, ANSWER=WRONG)
    assert again["ChallengeName"] == CUSTOM
    assert gives_tokens(app.respond(again, ANSWER=RIGHT))
    assert [name for name, _, _ in answered(cognito)] == ["SRP_A", VERIFIER, factor, CUSTOM, CUSTOM]


def test_a_choice_of_factors(cognito: Cognito, app: App) -> None:
    turn_on(app.pool, SMS_MFA)
    turn_on(app.pool, EMAIL_OTP)
    choice = proven(app)
    assert choice["ChallengeName"] == "SELECT_MFA_TYPE"
    asked = app.respond(choice, ANSWER=EMAIL_OTP)
    assert (asked["ChallengeName"], cognito.outbox.last().to) == (EMAIL_OTP, "alice@example.com")
    challenge = app.respond(asked, **response(EMAIL_OTP, last_code(cognito.outbox)))
    assert gives_tokens(app.respond(challenge, ANSWER=RIGHT))
    assert all(metadata is None for name, _, metadata in answered(cognito) if name != CUSTOM)


def test_a_factor_is_set_up_where_one_is_required(cognito: Cognito, app: App) -> None:
    mfa.configure(app.pool, "ON", *FACTORS)
    app.pool.create_user("bob")
    set_up = proven(app, "bob")
    assert set_up["ChallengeName"] == "MFA_SETUP"
    associated = app.idp.associate_software_token(Session=set_up["Session"])
    code = Authenticator(cognito.clock, associated["SecretCode"]).code()
    verified = app.idp.verify_software_token(Session=associated["Session"], UserCode=code)
    challenge = app.respond({**set_up, "Session": verified["Session"]}, "bob")
    assert challenge["ChallengeName"] == CUSTOM
    assert gives_tokens(app.respond(challenge, "bob", ANSWER=RIGHT))


def test_a_temporary_password_is_replaced_before_the_second_factor(cognito: Cognito, app: App) -> None:
    app.create("bob", {"email": "bob@example.com"}, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    turn_on(app.pool, EMAIL_OTP, username="bob")
    replacing = proven(app, "bob")
    assert replacing["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    asked = app.respond(replacing, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert asked["ChallengeName"] == EMAIL_OTP
    challenge = app.respond(asked, "bob", **response(EMAIL_OTP, last_code(cognito.outbox)))
    assert challenge["ChallengeName"] == CUSTOM
    assert answered(cognito) == [*FIRST, ("NEW_PASSWORD_REQUIRED", True, None), (EMAIL_OTP, True, None)]


def test_the_functions_can_not_do_without_the_second_factor(cognito: Cognito, app: App) -> None:
    """Not even by turning it on, just before they ask for tokens."""

    def turns_on(event: Event, context: object) -> Event:
        if len(event["request"]["session"]) == 1:
            return custom.define(event, context)
        turn_on(app.pool, SMS_MFA)
        return answering(issueTokens=True)(event, context)

    app.pool.set_trigger("DefineAuthChallenge", turns_on)
    asked = proven(app)
    assert asked["ChallengeName"] == SMS_MFA
    assert refusal(app.respond, challenge=asked, SMS_MFA_CODE="x") == MFA_CODE_MISMATCH
    assert gives_tokens(app.respond(asked, SMS_MFA_CODE=last_code(cognito.outbox)))


def test_no_second_factor_is_asked_for_where_no_password_was_proven(app: App) -> None:
    turn_on(app.pool, SMS_MFA)
    challenge = custom.begin(app)
    assert challenge["ChallengeName"] == CUSTOM
    assert gives_tokens(app.respond(challenge, ANSWER=RIGHT))
