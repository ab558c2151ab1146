"""The engine of sign-in: which flows there are and where each may begin, what comes next, and tokens at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...aws.errors import ErrorText
from ...kernel.usage import Unsupported
from .. import errors, lookup
from ..records import Session, User
from ..rules import client_settings
from ..triggers import engine, events
from . import challenges, lockout, password_proof, refreshing, sessions, srp_proof, tokens
from .attempt import Attempt
from .challenge import Challenge

Result = dict[str, Any]


@dataclass(frozen=True)
class Flow:
    """One AuthFlow: the client's permission for it, the operations it may begin with, the parameters it can't do
    without.

    ``begin`` proves the first factor; ``None`` where the flow is AWS's but not ours yet. ``refused`` is the error for a
    client without the permission.
    """

    permission: str
    operations: tuple[str, ...]
    parameters: tuple[str, ...]
    begin: Callable[[Attempt], None] | None
    refused: ErrorText = errors.FLOW_NOT_ENABLED_FOR_CLIENT


_PUBLIC = ("InitiateAuth",)
_ADMIN = ("AdminInitiateAuth",)
_BOTH = (*_PUBLIC, *_ADMIN)
_PASSWORD = ("USERNAME", "PASSWORD")

FLOWS = {
    "USER_PASSWORD_AUTH": Flow(
        "ALLOW_USER_PASSWORD_AUTH", _PUBLIC, _PASSWORD, password_proof.begin, errors.FLOW_NOT_ENABLED
    ),
    "ADMIN_USER_PASSWORD_AUTH": Flow(
        "ALLOW_ADMIN_USER_PASSWORD_AUTH", _ADMIN, _PASSWORD, password_proof.begin, errors.ADMIN_FLOW_NOT_ENABLED
    ),
    "ADMIN_NO_SRP_AUTH": Flow(
        "ALLOW_ADMIN_USER_PASSWORD_AUTH", _ADMIN, _PASSWORD, password_proof.begin, errors.ADMIN_FLOW_NOT_ENABLED
    ),
    "USER_SRP_AUTH": Flow("ALLOW_USER_SRP_AUTH", _BOTH, ("USERNAME", "SRP_A"), srp_proof.begin),
    "CUSTOM_AUTH": Flow("ALLOW_CUSTOM_AUTH", _BOTH, ("USERNAME",), None),
    "USER_AUTH": Flow("ALLOW_USER_AUTH", _BOTH, ("USERNAME",), None),
}
_CUSTOM_AUTH_TRIGGERS = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")


def begin(attempt: Attempt) -> Result:
    """Begin a flow: the first challenge, or tokens."""
    flow = FLOWS[attempt.flow]
    _check_allowed(attempt, flow)
    for name in flow.parameters:
        if not attempt.parameters.get(name):
            raise errors.PARAMETER_MISSING(name=name)
    if flow.begin is None:
        raise Unsupported(f"pytest-cognito does not answer the flow {attempt.flow} yet; nothing was sent to AWS.")
    flow.begin(attempt)
    return proceed(attempt)


def answer(attempt: Attempt, challenge_name: str, session_token: str | None) -> Result:
    """Take the answer to a challenge: the next challenge, or tokens."""
    challenge = challenges.CHALLENGES.get(challenge_name)
    carrier = challenge.carrier if challenge else None
    token = attempt.answer(carrier.given) if carrier else session_token
    session = sessions.resume(attempt.context, attempt.client, token, challenge_name)
    attempt.flow, attempt.proven, attempt.facts = session.flow, session.proven, dict(session.metadata)
    challenge = challenges.CHALLENGES[session.challenge]
    attempt.found = _answering_user(attempt, session, challenge)
    challenge.answer(attempt)
    sessions.use_up(attempt.context, session)
    attempt.proven = (*attempt.proven, challenge_name)
    if challenge.source is not None:
        attempt.facts["source"] = challenge.source
    return proceed(attempt)


def proceed(attempt: Attempt) -> Result:
    """The next challenge that is due, or the tokens."""
    challenge = challenges.next_for(attempt)
    if challenge is None:
        return _finish(attempt)
    told = challenge.tell(attempt)
    session = sessions.begin(
        attempt.context,
        attempt.client,
        attempt.user_key,
        attempt.flow,
        challenge.name,
        attempt.proven,
        attempt.facts,
        secret_block=challenge.carrier is not None,
    )
    if challenge.carrier is not None:
        return {"ChallengeName": challenge.name, "ChallengeParameters": {**told, challenge.carrier.told: session.token}}
    return {"ChallengeName": challenge.name, "Session": session.token, "ChallengeParameters": told}


def refresh(attempt: Attempt) -> Result:
    """REFRESH_TOKEN_AUTH: tokens for a refresh token, without any challenge. The new ones come without another."""
    issued = refreshing.refresh(attempt.context, attempt.pool, attempt.client, attempt.parameters["REFRESH_TOKEN"])
    return {"ChallengeParameters": {}, "AuthenticationResult": issued.result()}


def _answering_user(attempt: Attempt, session: Session, challenge: Challenge) -> User | None:
    """The user who answers, if it is the one who was asked; ``None`` if that one does not exist."""
    username = attempt.answer("USERNAME")
    if "simulated" in session.metadata:
        return None
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is None or user.key != session.user:
        raise errors.SESSION_INVALID()
    if not user.enabled and not challenge.first_factor:
        raise errors.USER_DISABLED()
    return user


def _finish(attempt: Attempt) -> Result:
    """PostAuthentication, then PreTokenGeneration, then tokens. What the answers' ClientMetadata says reaches both."""
    metadata = attempt.given_metadata if attempt.answering else {}
    ran = engine.run(
        attempt.context,
        attempt.pool,
        "PostAuthentication",
        "Authentication",
        username=attempt.user.username,
        client_id=attempt.client.id,
        request=events.post_authentication(attempt.user, metadata),
    )
    if ran is not None:
        attempt.found = lookup.user(attempt.context, attempt.pool, attempt.user.username)
    lockout.end(attempt.context, attempt.user)
    grant = tokens.new_grant(attempt.context, attempt.pool, attempt.client, attempt.user)
    issued = tokens.issue(
        attempt.context,
        attempt.pool,
        attempt.client,
        attempt.user,
        grant,
        attempt.facts.get("source", "Authentication"),
        metadata=metadata,
    )
    return {"ChallengeParameters": {}, "AuthenticationResult": issued.result()}


def _check_allowed(attempt: Attempt, flow: Flow) -> None:
    if attempt.operation not in flow.operations:
        raise errors.FLOW_NOT_SUPPORTED_HERE()
    if flow.permission not in client_settings.allowed_flows(attempt.client):
        raise flow.refused(flow=attempt.flow)
    if attempt.flow == "CUSTOM_AUTH" and not all(attempt.pool.triggers.get(name) for name in _CUSTOM_AUTH_TRIGGERS):
        raise errors.CUSTOM_AUTH_WITHOUT_TRIGGERS()
