"""CUSTOM_AUTH: three functions define the challenges, create them, and verify the answers."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom
from tests.support.app import PASSWORD, Answer, App, MakeApp
from tests.support.custom import CUSTOM, RIGHT, WRONG, begin
from tests.support.functions import Event, answering, unchanged
from tests.support.refusals import INCORRECT, SESSION_INVALID, SESSION_USED, missing_parameter, refusal
from tests.support.secret_hashes import hash_of
from tests.support.srp import gives_tokens

CALLS = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]


@pytest.fixture
def pool(custom_pool: UserPool) -> UserPool:
    return custom_pool


def entry(number: int, *, passed: bool) -> dict[str, object]:
    """A round as the functions see it."""
    return {"challengeName": CUSTOM, "challengeResult": passed, "challengeMetadata": f"ROUND-{number}"}


def ran(cognito: Cognito) -> list[str]:
    return [one.trigger for one in cognito.triggers]


# Rounds


def test_the_function_that_creates_a_challenge_says_what_the_user_sees(app: App) -> None:
    challenge = begin(app)
    assert set(challenge) == {"ChallengeName", "ChallengeParameters", "Session"}
    assert challenge["ChallengeName"] == CUSTOM
    assert challenge["ChallengeParameters"] == {"USERNAME": "alice", "question": "Which flower?", "round": "1"}


def test_a_right_answer_gives_tokens(app: App) -> None:
    answer = app.respond(begin(app), ANSWER=RIGHT)
    assert set(answer) == {"ChallengeParameters", "AuthenticationResult"}
    assert answer["ChallengeParameters"] == {}
    assert gives_tokens(answer)
    assert app.idp.get_user(AccessToken=answer["AuthenticationResult"]["AccessToken"])["Username"] == "alice"


def test_the_name_of_the_first_challenge_may_be_said(app: App) -> None:
    assert begin(app, CHALLENGE_NAME=CUSTOM)["ChallengeName"] == CUSTOM


def test_a_wrong_answer_leads_to_another_challenge_and_then_a_right_one_to_tokens(app: App) -> None:
    first = begin(app)
    second = app.respond(first, ANSWER=WRONG)
    assert second["ChallengeName"] == CUSTOM
    assert second["ChallengeParameters"]["round"] == "2"
    assert first["Session"] != second["Session"]
    assert gives_tokens(app.respond(second, ANSWER=RIGHT))


def test_wrong_answers_never_give_tokens(app: App) -> None:
    challenge = begin(app)
    for _ in range(custom.TRIES - 1):
        challenge = app.respond(challenge, ANSWER=WRONG)
        assert not gives_tokens(challenge)
    assert refusal(app.respond, challenge=challenge, ANSWER=WRONG) == INCORRECT


def test_one_right_answer_is_not_enough_where_the_function_asks_for_several(app: App) -> None:
    def thrice(event: Event, context: object) -> Event:
        enough = len(event["request"]["session"]) == 3
        event["response"].update({"issueTokens": True} if enough else {"challengeName": CUSTOM})
        return event

    app.pool.set_trigger("DefineAuthChallenge", thrice)
    challenge = begin(app)
    for _ in range(2):
        challenge = app.respond(challenge, ANSWER=RIGHT)
        assert challenge["ChallengeName"] == CUSTOM
    assert gives_tokens(app.respond(challenge, ANSWER=RIGHT))


def test_tokens_may_come_at_once(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    assert gives_tokens(begin(app))
    assert ran(cognito) == ["DefineAuthChallenge"]


@pytest.mark.parametrize("wins", [{"issueTokens": False}, {"issueTokens": True}, {"challengeName": CUSTOM}])
def test_a_failure_wins_over_all_else(app: App, wins: dict[str, object]) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(failAuthentication=True, **wins))
    assert refusal(begin, app=app) == INCORRECT


# What the functions see


def test_each_function_sees_what_was_answered(cognito: Cognito, app: App) -> None:
    app.respond(app.respond(begin(app), ANSWER=WRONG), ANSWER=RIGHT)
    defined = [one.event["request"]["session"] for one in cognito.triggers.of("DefineAuthChallenge")]
    created = [one.event["request"]["session"] for one in cognito.triggers.of("CreateAuthChallenge")]
    wrong, right = entry(1, passed=False), entry(2, passed=True)
    assert defined == [[], [wrong], [wrong, right]]
    assert created == [[], [wrong]]


def test_metadata_of_a_challenge_is_none_where_the_function_says_none(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("CreateAuthChallenge", answering(privateChallengeParameters={"answer": RIGHT}))
    app.respond(begin(app), ANSWER=RIGHT)
    [seen] = cognito.triggers.last("DefineAuthChallenge").event["request"]["session"]
    assert seen == {"challengeName": CUSTOM, "challengeResult": True, "challengeMetadata": None}


def test_the_function_that_verifies_sees_what_was_kept_from_the_user(cognito: Cognito, app: App) -> None:
    app.respond(begin(app), ANSWER=WRONG)
    request = cognito.triggers.last("VerifyAuthChallengeResponse").event["request"]
    assert request["privateChallengeParameters"] == {"answer": RIGHT}
    assert request["challengeAnswer"] == WRONG


@pytest.mark.parametrize("said", [False, None])
def test_an_answer_that_is_not_said_to_be_right_is_wrong(cognito: Cognito, app: App, said: bool | None) -> None:
    app.pool.set_trigger("VerifyAuthChallengeResponse", answering(answerCorrect=said))
    assert not gives_tokens(app.respond(begin(app), ANSWER=RIGHT))
    [seen] = cognito.triggers.last("DefineAuthChallenge").event["request"]["session"]
    assert seen["challengeResult"] is False


def test_metadata_of_the_call_reaches_the_functions_with_an_answer_only(cognito: Cognito, app: App) -> None:
    challenge = app.call(
        "initiate_auth",
        ClientId=app.client_id,
        AuthFlow="CUSTOM_AUTH",
        AuthParameters={"USERNAME": "alice"},
        ClientMetadata={"from": "start"},
    )
    assert all("clientMetadata" not in one.event["request"] for one in cognito.triggers)
    app.respond(challenge, metadata={"from": "answer"}, ANSWER=WRONG)
    answered = list(cognito.triggers)[2:]
    assert [one.trigger for one in answered] == [CALLS[2], *CALLS[:2]]
    assert all(one.event["request"]["clientMetadata"] == {"from": "answer"} for one in answered)


def test_the_order_of_all_functions(cognito: Cognito, app: App) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        app.pool.set_trigger(trigger, unchanged)
    challenge = begin(app)
    before = ["PreAuthentication", "DefineAuthChallenge", "CreateAuthChallenge"]
    assert ran(cognito) == before
    again = app.respond(challenge, ANSWER=WRONG)
    wrong = ["VerifyAuthChallengeResponse", "DefineAuthChallenge", "CreateAuthChallenge"]
    assert ran(cognito) == [*before, *wrong]
    app.respond(again, metadata={"from": "answer"}, ANSWER=RIGHT)
    after = ["VerifyAuthChallengeResponse", "DefineAuthChallenge", "PostAuthentication", "PreTokenGeneration"]
    assert ran(cognito) == [*before, *wrong, *after]
    last = cognito.triggers.last().event
    assert last["triggerSource"] == "TokenGeneration_Authentication"
    assert last["request"]["clientMetadata"] == {"from": "answer"}


# Names, sessions, and by whom


def test_the_name_of_the_user_is_cognitos(make_app: MakeApp) -> None:
    app = make_app({"ExplicitAuthFlows": custom.FLOWS}, UsernameAttributes=["email"])
    custom.set_functions(app.pool)
    alice = app.pool.create_user("alice@example.com")
    told = answering(publicChallengeParameters={"USERNAME": "somebody"}, privateChallengeParameters={"answer": RIGHT})
    app.pool.set_trigger("CreateAuthChallenge", told)
    challenge = begin(app, "alice@example.com")
    assert challenge["ChallengeParameters"] == {"USERNAME": alice.sub}
    assert gives_tokens(app.respond(challenge, alice.sub, ANSWER=RIGHT))


@pytest.mark.parametrize("answer", [RIGHT, WRONG])
def test_a_session_is_good_for_one_answer(app: App, answer: str) -> None:
    challenge = begin(app)
    app.respond(challenge, ANSWER=answer)
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == SESSION_USED


def test_a_session_takes_one_answer_even_while_a_function_runs(app: App) -> None:
    """The function answers the very session that it is asked about, before it says that the answer is right."""
    challenge, inner = begin(app), list[Answer]()

    def answers_itself(event: Event, context: object) -> Event:
        if event["request"]["challengeAnswer"] == "outer":
            inner.append(app.respond(challenge, ANSWER="inner"))
        event["response"]["answerCorrect"] = True
        return event

    app.pool.set_trigger("VerifyAuthChallengeResponse", answers_itself)
    assert refusal(app.respond, challenge=challenge, ANSWER="outer") == SESSION_USED
    assert [gives_tokens(answer) for answer in inner] == [True]


def test_another_users_session_is_refused(app: App) -> None:
    app.pool.create_user("bob")
    challenge = begin(app)
    assert refusal(app.respond, challenge=challenge, username="bob", ANSWER=RIGHT) == SESSION_INVALID
    assert gives_tokens(app.respond(challenge, ANSWER=RIGHT))


@pytest.mark.parametrize("missing", ["USERNAME", "ANSWER"])
def test_what_an_answer_lacks_is_named(app: App, missing: str) -> None:
    call = {"ClientId": app.client_id, "ChallengeName": CUSTOM, "Session": begin(app)["Session"]}
    responses = {"USERNAME": "alice", "ANSWER": RIGHT}
    del responses[missing]
    assert refusal(app.idp.respond_to_auth_challenge, **call, ChallengeResponses=responses) == missing_parameter(
        missing
    )


def test_an_administrators_server_signs_in_too(app: App) -> None:
    challenge = app.admin_initiate_auth("CUSTOM_AUTH", USERNAME="alice")
    again = app.admin_respond(challenge, ANSWER=WRONG)
    assert gives_tokens(app.admin_respond(again, ANSWER=RIGHT))


def test_each_step_needs_its_secret_hash(app: App) -> None:
    confidential = app.with_client(GenerateSecret=True, ExplicitAuthFlows=custom.FLOWS)
    secret = confidential.client.secret
    assert secret is not None
    right = hash_of(secret, "alice", confidential.client_id)
    for wrong in ({}, {"SECRET_HASH": "wrong"}):
        assert refusal(begin, app=confidential, **wrong).code == "NotAuthorizedException"
    challenge = begin(confidential, SECRET_HASH=right)
    for wrong in ({}, {"SECRET_HASH": "wrong"}):
        error = refusal(confidential.respond, challenge=challenge, ANSWER=RIGHT, **wrong)
        assert error.code == "NotAuthorizedException"
    assert gives_tokens(confidential.respond(challenge, ANSWER=RIGHT, SECRET_HASH=right))


def test_no_password_is_looked_at(app: App) -> None:
    """Neither is a lock that wrong passwords have led to."""
    for _ in range(5):
        refusal(app.sign_in, password=f"not {PASSWORD}")
    assert gives_tokens(app.respond(begin(app), ANSWER=RIGHT))
