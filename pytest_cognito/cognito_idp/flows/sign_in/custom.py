"""CUSTOM_AUTH: Lambda triggers define the challenges, create them and verify the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import devices, identification, mfa, new_password, srp
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Outcome, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.records import Answered
from pytest_cognito.cognito_idp.rules.users import standing
from pytest_cognito.cognito_idp.triggers import catalog, engine, events

_TRIGGERS = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
_NAME = "CUSTOM_CHALLENGE"
_SRP = "SRP_A"
_BY_DEVICE = tuple(challenge.role for challenge in devices.CHALLENGES)


class Created(NamedTuple):
    """The response of CreateAuthChallenge without the public parameters."""

    private: tuple[tuple[str, str], ...]
    metadata: str | None


def begin(attempt: Attempt) -> None:
    """Begin with a custom challenge, or with SRP if ``CHALLENGE_NAME`` is ``SRP_A``. The user must be confirmed."""
    if not all(catalog.function_of(attempt.pool, catalog.TRIGGERS[name]) for name in _TRIGGERS):
        raise errors.CUSTOM_AUTH_WITHOUT_TRIGGERS()
    first = attempt.parameters.get("CHALLENGE_NAME", _NAME)
    if first == _SRP:
        srp.begin(attempt)
        attempt.history = (Answered(_SRP, passed=True),)
        return
    if first != _NAME:
        raise errors.CHALLENGE_NAME_INVALID()
    _find(attempt)


def _find(attempt: Attempt) -> None:
    user = lookup.find_user(attempt.context, attempt.pool, attempt.parameters["USERNAME"])
    if user is None:
        identification.pretend(attempt)
        return
    if not user.enabled:
        raise errors.USER_DISABLED()
    identification.admit(attempt, user)
    _check_status(attempt)


def _check_status(attempt: Attempt) -> None:
    """Raise if the user, who may not exist, can't sign in."""
    if attempt.found is None:
        return
    standing.check(attempt.found)
    if attempt.found.status != "CONFIRMED":
        raise errors.NOT_CONFIRMED()


def decide(attempt: Attempt) -> Decision:
    """MFA after a correct password, else what DefineAuthChallenge returns; a device proves itself after all else."""
    if attempt.last is not None and attempt.last.role in _BY_DEVICE:
        return _last_step(attempt)
    second_factor = _second_factor(attempt)
    if second_factor is not None and second_factor not in _BY_DEVICE:
        return second_factor
    request = events.define_auth_challenge(
        attempt.found,
        _session(attempt),
        attempt.answer_metadata,
        hides_existence=attempt.client.hides_existence,
    )
    response = _invoke(attempt, "DefineAuthChallenge", request)
    fails, issues = _flag(response, "failAuthentication"), _flag(response, "issueTokens")
    if fails:
        raise errors.INCORRECT()
    if not issues:
        return _named(attempt, response.get("challengeName"))
    return _last_step(attempt)


def _last_step(attempt: Attempt) -> Decision:
    """What is still due once DefineAuthChallenge has said that the user gets tokens.

    A remembered device proves itself here, also where no password was proven and so no code is due.
    """
    _check_status(attempt)
    if any(answered.second_factor for answered in attempt.history):
        return None
    return _second_factor(attempt) or devices.due(attempt)


def _second_factor(attempt: Attempt) -> Decision:
    """The challenge for a second factor after a correct password; a temporary password is replaced before it."""
    if not _has_password_proven(attempt):
        return None
    devices.check(attempt)
    if new_password.has_temporary_password(attempt):
        return None
    return mfa.due(attempt)


def _has_password_proven(attempt: Attempt) -> bool:
    return any(answered.role == srp.PASSWORD_VERIFIER.role and answered.passed for answered in attempt.history)


def _awaits_password(attempt: Attempt) -> bool:
    return any(answered.role == _SRP for answered in attempt.history) and not _has_password_proven(attempt)


def _named(attempt: Attempt, name: object) -> str:
    """The role of the challenge that DefineAuthChallenge has named; raise if it is not the one possible now."""
    possible = _NAME
    if attempt.last is not None and attempt.last.role == _SRP:
        possible = srp.PASSWORD_VERIFIER.role
    elif _has_password_proven(attempt) and new_password.has_temporary_password(attempt):
        possible = new_password.NEW_PASSWORD_REQUIRED.role
    if name != possible:
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return possible


def _prompt(attempt: Attempt) -> Prompt:
    """Run CreateAuthChallenge. The ChallengeParameters are its public parameters and ``USERNAME``."""
    request = events.create_auth_challenge(
        attempt.found,
        _session(attempt),
        attempt.answer_metadata,
        hides_existence=attempt.client.hides_existence,
    )
    response = _invoke(attempt, "CreateAuthChallenge", request)
    public = _strings(response.get("publicChallengeParameters"))
    private = _strings(response.get("privateChallengeParameters"))
    metadata = response.get("challengeMetadata")
    if not isinstance(metadata, str | None):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return Prompt({**public, "USERNAME": _username(attempt)}, Created(tuple(private.items()), metadata))


def _answer(attempt: Attempt) -> Outcome:
    """Run VerifyAuthChallengeResponse, which says whether the answer is correct."""
    answer, created = attempt.parameters["ANSWER"], attempt.state_of(Created)
    _check_status(attempt)
    request = events.verify_auth_challenge_response(
        attempt.found,
        dict(created.private),
        answer,
        attempt.answer_metadata,
        hides_existence=attempt.client.hides_existence,
    )
    response = _invoke(attempt, "VerifyAuthChallengeResponse", request)
    return Outcome(passed=_flag(response, "answerCorrect"), metadata=created.metadata)


def _session(attempt: Attempt) -> list[dict[str, Any]]:
    """The answered challenges, as in the events of the triggers."""
    return [
        {
            "challengeName": answered.role,
            "challengeResult": answered.passed,
            "challengeMetadata": answered.metadata if answered.role == _NAME else None,
        }
        for answered in attempt.history
    ]


def _invoke(attempt: Attempt, trigger: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run a trigger and look the user up again, whom the function may have changed, disabled or deleted.

    Where SRP comes first, who has not proven the password yet is not told.
    """
    response = engine.run(
        attempt.context,
        attempt.pool,
        trigger,
        "Authentication",
        username=_username(attempt),
        client_id=attempt.client.id,
        request=request,
    )
    if attempt.found is not None:
        attempt.read_again()
        if not _awaits_password(attempt):
            standing.check(attempt.user)
    return response or {}


def _username(attempt: Attempt) -> str:
    return attempt.found.username if attempt.found is not None else attempt.user_key


def _flag(response: Mapping[str, Any], name: str) -> bool:
    value = response.get(name)
    if not isinstance(value, bool | None):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return value is True


def _strings(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return value


CUSTOM_CHALLENGE = Challenge(_NAME, _prompt, _answer, responses=("USERNAME", "ANSWER"), first_factor=True)
