"""A sign-in by custom challenges, against one with as many triggers that do nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import UserPool

from . import floor
from .measure import Row, Subject, in_turns, repeated
from .sign_ins import Tokens, password_sign_in, rounds

_CUSTOM = "CUSTOM_AUTH with one round (two calls)"


def _custom(quick: bool) -> Iterable[Row]:
    """Theirs is a sign-in with a password at a pool with three triggers that run functions of the same length."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        custom, plain = (cognito.create_user_pool(PoolName="benchmarks") for _ in range(2))
        for trigger, function in _FUNCTIONS.items():
            custom.set_trigger(trigger, function)
        for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
            plain.set_trigger(trigger, _do_nothing)
        samples = (
            repeated(sign_in, cognito.calls.clear) for sign_in in (_custom_sign_in(custom), password_sign_in(plain))
        )
        yield Row(_CUSTOM, "sign-in + 3 do-nothing triggers", 1.3, in_turns(rounds(quick), *samples))


def _custom_sign_in(pool: UserPool) -> Callable[[], Tokens]:
    """Alice answers one challenge."""
    client, client_id = floor.plain_client(), pool.create_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"]).id
    user = {"USERNAME": pool.create_user("alice").username}
    answer = {**user, "ANSWER": "lilac"}

    def sign_in() -> Tokens:
        challenge = client.initiate_auth(ClientId=client_id, AuthFlow="CUSTOM_AUTH", AuthParameters=user)
        signed_in: Tokens = client.respond_to_auth_challenge(
            ClientId=client_id,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=challenge["Session"],
            ChallengeResponses=answer,
        )
        return signed_in

    return sign_in


def _define(event: dict[str, Any], context: object) -> dict[str, Any]:
    """DefineAuthChallenge."""
    answered = bool(event["request"]["session"])
    event["response"].update(issueTokens=answered, failAuthentication=False)
    if not answered:
        event["response"]["challengeName"] = "CUSTOM_CHALLENGE"
    return event


def _create(event: dict[str, Any], context: object) -> dict[str, Any]:
    """CreateAuthChallenge."""
    event["response"].update(publicChallengeParameters={}, privateChallengeParameters={"answer": "lilac"})
    return event


def _verify(event: dict[str, Any], context: object) -> dict[str, Any]:
    """VerifyAuthChallengeResponse."""
    event["response"]["answerCorrect"] = event["request"]["challengeAnswer"] == "lilac"
    return event


def _do_nothing(event: dict[str, Any], context: object) -> dict[str, Any]:
    return event


_FUNCTIONS = {
    "DefineAuthChallenge": _define,
    "CreateAuthChallenge": _create,
    "VerifyAuthChallengeResponse": _verify,
}


SUBJECTS = (Subject((_CUSTOM,), _custom),)
