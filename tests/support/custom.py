"""Pools with custom authentication: the three functions of an application, and SRP sign-ins that go through them."""

from __future__ import annotations

from typing import Any

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, Answer, App
from tests.support.functions import Event, Function
from tests.support.srp import SrpClient

CUSTOM = "CUSTOM_CHALLENGE"
VERIFIER = "PASSWORD_VERIFIER"
RIGHT, WRONG = "lilac", "rose"
"""Answers to the question of `create`."""
TRIES = 3
FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


def define(event: Event, context: object) -> Event:
    """Tokens for a right answer, within so many tries; before, the password where SRP came first."""
    request, response = event["request"], event["response"]
    answers = [entry for entry in request["session"] if entry["challengeName"] == CUSTOM]
    if any(entry["challengeResult"] for entry in answers):
        response.update(issueTokens=True, failAuthentication=False)
    elif len(answers) == TRIES:
        response.update(issueTokens=False, failAuthentication=True)
    else:
        response.update(issueTokens=False, failAuthentication=False, challengeName=_challenge(request))
    return event


def _challenge(request: dict[str, Any]) -> str:
    if [entry["challengeName"] for entry in request["session"]] == ["SRP_A"]:
        return VERIFIER
    status = request["userAttributes"].get("cognito:user_status")
    return "NEW_PASSWORD_REQUIRED" if status == "FORCE_CHANGE_PASSWORD" else CUSTOM


def create(event: Event, context: object) -> Event:
    """A question with the number of the round, and its answer for `verify` alone."""
    number = len(event["request"]["session"]) + 1
    event["response"].update(
        publicChallengeParameters={"question": "Which flower?", "round": str(number)},
        privateChallengeParameters={"answer": RIGHT},
        challengeMetadata=f"ROUND-{number}",
    )
    return event


def verify(event: Event, context: object) -> Event:
    request = event["request"]
    event["response"]["answerCorrect"] = request["challengeAnswer"] == request["privateChallengeParameters"]["answer"]
    return event


FUNCTIONS: dict[str, Function] = {
    "DefineAuthChallenge": define,
    "CreateAuthChallenge": create,
    "VerifyAuthChallengeResponse": verify,
}


def set_functions(pool: UserPool) -> None:
    for trigger, function in FUNCTIONS.items():
        pool.set_trigger(trigger, function)


def make_pool(cognito: Cognito, **settings: Any) -> UserPool:
    """A pool with the three functions and an app client that allows them, with alice."""
    pool = cognito.create_user_pool(**settings)
    pool.create_client(ExplicitAuthFlows=FLOWS)
    pool.create_user("alice", email="alice@example.com")
    set_functions(pool)
    return pool


def begin(app: App, username: str = "alice", **more: str) -> Answer:
    """The answer to InitiateAuth with CUSTOM_AUTH."""
    return app.initiate_auth("CUSTOM_AUTH", USERNAME=username, **more)


class CustomSrp(SrpClient):
    """A sign-in of CUSTOM_AUTH that begins with SRP."""

    def begin(self, **more: Any) -> Answer:
        parameters = {**self.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}
        given = {"AuthFlow": "CUSTOM_AUTH", "AuthParameters": parameters}
        return self.app.call("initiate_auth", ClientId=self.app.client_id, **given, **more)

    def prove(self, challenge: Answer, **more: Any) -> Answer:
        """The answer to RespondToAuthChallenge with the proof of the password."""
        return self.answer(self.proof(challenge), Session=challenge["Session"], **more)

    def begin_and_prove(self) -> Answer:
        """Both steps."""
        return self.prove(self.begin())


def proven(app: App, username: str = "alice", password: str = PASSWORD) -> Answer:
    """What comes once the password was proven."""
    return CustomSrp(app, username, password).begin_and_prove()
