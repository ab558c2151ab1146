"""Custom authentication that is refused: functions that fail or say nothing usable, and users who are kept out."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom
from tests.support.app import NEW_PASSWORD, PASSWORD, SUB, App, MakeApp
from tests.support.custom import CUSTOM, RIGHT, VERIFIER, WRONG, begin
from tests.support.functions import Event, answering, failing, unchanged
from tests.support.refusals import (
    INCORRECT,
    LAMBDA_OUTPUT,
    NOT_CONFIRMED,
    RESET_REQUIRED,
    SESSION_EXPIRED,
    SESSION_INVALID,
    USER_DISABLED,
    USER_NOT_FOUND,
    invalid_parameter,
    lambda_failed,
    missing_parameter,
    refusal,
)
from tests.support.srp import gives_tokens

NOT_CONFIGURED = invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")


@pytest.fixture
def pool(custom_pool: UserPool) -> UserPool:
    return custom_pool


@pytest.fixture
def hiding(app: App) -> App:
    """An app client that hides which users exist."""
    return app.with_client(PreventUserExistenceErrors="ENABLED", ExplicitAuthFlows=custom.FLOWS)


# Pools, clients and requests


@pytest.mark.parametrize("trigger", custom.FUNCTIONS)
def test_a_pool_needs_all_three_functions(make_app: MakeApp, trigger: str) -> None:
    app = make_app({"ExplicitAuthFlows": custom.FLOWS})
    app.pool.create_user("alice")
    assert refusal(begin, app=app) == NOT_CONFIGURED
    for name in custom.FUNCTIONS.keys() - {trigger}:
        app.pool.set_trigger(name, custom.FUNCTIONS[name])
    assert refusal(begin, app=app) == NOT_CONFIGURED


def test_a_client_has_to_allow_it(app: App) -> None:
    other = app.with_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    expected = invalid_parameter("CUSTOM_AUTH is not enabled for the client.")
    assert refusal(begin, app=other) == expected
    assert refusal(other.admin_initiate_auth, flow="CUSTOM_AUTH", USERNAME="alice") == expected


def test_a_user_has_to_be_named(app: App) -> None:
    assert refusal(app.initiate_auth, flow="CUSTOM_AUTH") == missing_parameter("USERNAME")


@pytest.mark.parametrize("name", [VERIFIER, "custom_challenge", ""])
def test_the_first_challenge_is_one_of_two(app: App, name: str) -> None:
    assert refusal(begin, app=app, CHALLENGE_NAME=name) == invalid_parameter("Invalid CHALLENGE_NAME.")


# What the functions say


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"issueTokens": False, "failAuthentication": False},
        {"challengeName": ""},
        {"challengeName": "custom_challenge"},
        {"challengeName": "SMS_MFA"},
        {"challengeName": "SRP_A"},
        {"challengeName": VERIFIER},
        {"challengeName": "NEW_PASSWORD_REQUIRED"},
        {"challengeName": [CUSTOM]},
        {"issueTokens": "true"},
        {"issueTokens": 1},
        {"issueTokens": True, "failAuthentication": "true"},
        {"challengeName": CUSTOM, "failAuthentication": "false"},
    ],
)
def test_what_defines_no_challenge_is_no_answer(app: App, said: dict[str, object]) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(**said))
    assert refusal(begin, app=app) == LAMBDA_OUTPUT


@pytest.mark.parametrize("member", ["publicChallengeParameters", "privateChallengeParameters"])
@pytest.mark.parametrize("said", [{"number": 1}, {"list": ["a"]}, {"nothing": None}, ["a"], "a"])
def test_parameters_of_a_challenge_are_strings(app: App, member: str, said: object) -> None:
    app.pool.set_trigger("CreateAuthChallenge", answering(**{member: said}))
    assert refusal(begin, app=app) == LAMBDA_OUTPUT


def test_metadata_of_a_challenge_is_a_string(app: App) -> None:
    app.pool.set_trigger("CreateAuthChallenge", answering(challengeMetadata={"round": "1"}))
    assert refusal(begin, app=app) == LAMBDA_OUTPUT


@pytest.mark.parametrize("said", ["true", 1, {}])
def test_whether_an_answer_is_right_is_a_boolean(app: App, said: object) -> None:
    app.pool.set_trigger("VerifyAuthChallengeResponse", answering(answerCorrect=said))
    assert refusal(app.respond, challenge=begin(app), ANSWER=RIGHT) == LAMBDA_OUTPUT


@pytest.mark.parametrize("trigger", ["PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge"])
def test_a_function_that_fails_refuses_the_sign_in(app: App, trigger: str) -> None:
    app.pool.set_trigger(trigger, failing)
    assert refusal(begin, app=app) == lambda_failed(trigger)


@pytest.mark.parametrize("trigger", ["DefineAuthChallenge", "CreateAuthChallenge"])
def test_a_session_is_spent_where_the_next_challenge_fails(app: App, trigger: str) -> None:
    challenge = begin(app)
    app.pool.set_trigger(trigger, failing)
    assert refusal(app.respond, challenge=challenge, ANSWER=WRONG) == lambda_failed(trigger)
    app.pool.set_trigger(trigger, custom.FUNCTIONS[trigger])
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == SESSION_INVALID


def test_a_session_is_spent_where_the_sign_in_has_failed(app: App) -> None:
    challenge = app.respond(app.respond(begin(app), ANSWER=WRONG), ANSWER=WRONG)
    assert refusal(app.respond, challenge=challenge, ANSWER=WRONG) == INCORRECT
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == SESSION_INVALID


@pytest.mark.parametrize("trigger", ["PostAuthentication", "PreTokenGeneration"])
def test_no_tokens_come_where_a_later_function_fails(app: App, trigger: str) -> None:
    app.pool.set_trigger(trigger, failing)
    assert refusal(app.respond, challenge=begin(app), ANSWER=RIGHT) == lambda_failed(trigger)


def test_a_session_expires(cognito: Cognito, app: App) -> None:
    challenge = begin(app)
    cognito.clock.advance(minutes=3)
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == SESSION_EXPIRED


# Users who are kept out


def test_a_user_has_to_be_confirmed(app: App) -> None:
    app.sign_up("bob")
    app.create("carol", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    assert refusal(begin, app=app, username="bob") == NOT_CONFIRMED
    assert refusal(begin, app=app, username="carol") == NOT_CONFIRMED


def test_who_is_kept_out_at_the_start_meets_no_function(cognito: Cognito, app: App) -> None:
    app.admin("admin_reset_user_password")
    assert refusal(begin, app=app) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert refusal(begin, app=app) == USER_DISABLED
    assert refusal(begin, app=app, username="nobody") == USER_NOT_FOUND
    assert len(cognito.triggers) == 0


def test_who_is_kept_out_meanwhile_gets_no_tokens(app: App) -> None:
    challenge = begin(app)
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=False)
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == NOT_CONFIRMED
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    app.admin("admin_reset_user_password")
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == USER_DISABLED


EARLY = ["PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge"]
LATE = ["VerifyAuthChallengeResponse", "PostAuthentication"]


def also(app: App, operation: str, trigger: str, **more: object) -> None:
    """Let the function of a trigger do something to the user before it does its work."""
    function = custom.FUNCTIONS.get(trigger, unchanged)

    def run(event: Event, context: object) -> Event:
        app.admin(operation, event["userName"], **more)
        return function(event, context)

    app.pool.set_trigger(trigger, run)


def sign_in(app: App) -> object:
    return app.respond(begin(app), ANSWER=RIGHT)


@pytest.mark.parametrize("trigger", [*EARLY, *LATE])
def test_a_user_whom_a_function_disables_gets_no_tokens(app: App, trigger: str) -> None:
    also(app, "admin_disable_user", trigger)
    assert refusal(sign_in, app=app) == USER_DISABLED


@pytest.mark.parametrize("trigger", [*EARLY, *LATE])
def test_a_user_whom_a_function_deletes_gets_no_tokens(app: App, trigger: str) -> None:
    also(app, "admin_delete_user", trigger)
    assert refusal(sign_in, app=app) == USER_NOT_FOUND


@pytest.mark.parametrize("trigger", [*EARLY, *LATE])
def test_another_user_who_gets_the_name_meanwhile_gets_no_tokens(app: App, trigger: str) -> None:
    function = custom.FUNCTIONS.get(trigger, unchanged)

    def replace(event: Event, context: object) -> Event:
        app.admin("admin_delete_user")
        app.pool.create_user("alice")
        return function(event, context)

    app.pool.set_trigger(trigger, replace)
    assert refusal(sign_in, app=app) == USER_NOT_FOUND


@pytest.mark.parametrize("trigger", ["PreAuthentication", "DefineAuthChallenge"])
def test_tokens_at_once_are_not_for_a_user_whom_a_function_keeps_out(app: App, trigger: str) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    function = answering(issueTokens=True) if trigger == "DefineAuthChallenge" else unchanged

    def run(event: Event, context: object) -> Event:
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=False)
        return function(event, context)

    app.pool.set_trigger(trigger, run)
    assert refusal(begin, app=app) == NOT_CONFIRMED


# Users who do not exist, where that is hidden


def test_the_functions_run_for_a_user_who_does_not_exist(cognito: Cognito, hiding: App) -> None:
    hiding.pool.set_trigger("PreAuthentication", unchanged)
    challenge = begin(hiding, "nobody")
    name = challenge["ChallengeParameters"]["USERNAME"]
    assert SUB.fullmatch(name)
    hiding.respond(challenge, name, ANSWER=WRONG)
    requests = [one.event["request"] for one in cognito.triggers]
    assert len(requests) == 6
    assert all(request["userNotFound"] is True and request["userAttributes"] == {} for request in requests)
    begin(hiding)
    assert cognito.triggers.last().event["request"]["userNotFound"] is False


def test_a_user_who_does_not_exist_never_gets_tokens(hiding: App) -> None:
    challenge = begin(hiding, "nobody")
    name = challenge["ChallengeParameters"]["USERNAME"]
    assert refusal(hiding.respond, challenge=challenge, username=name, ANSWER=RIGHT) == INCORRECT
    challenge = begin(hiding, "nobody")
    assert refusal(hiding.respond, challenge=challenge, username="alice", ANSWER=RIGHT) == INCORRECT
    hiding.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    assert refusal(begin, app=hiding, username="nobody") == INCORRECT


def test_a_user_who_is_made_meanwhile_begins_anew(hiding: App) -> None:
    challenge = begin(hiding, "nobody")
    hiding.pool.create_user("nobody")
    assert refusal(hiding.respond, challenge=challenge, username="nobody", ANSWER=RIGHT) == INCORRECT
    assert gives_tokens(hiding.respond(begin(hiding, "nobody"), "nobody", ANSWER=RIGHT))
