"""The engine of sign-in: begins a flow, prompts and checks challenges until the flow is complete.

It is independent of the single flows and challenges, which are defined in modules of their own.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import completion, sessions
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.challenges import CHALLENGES, answered_as
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.flows.sign_in.flow import Flow
from pytest_cognito.cognito_idp.flows.sign_in.flows import FLOWS
from pytest_cognito.cognito_idp.records import Answered, Session, User
from pytest_cognito.cognito_idp.rules.clients import client_settings


class Prompted(NamedTuple):
    """A challenge that was sent to the user. ``session`` is the ``Session``; ``None`` in flows without one."""

    challenge: Challenge
    prompt: Prompt
    session: str | None


Step: TypeAlias = Prompted | Completed


def begin(attempt: Attempt) -> Step:
    """Begin the flow ``attempt.flow``."""
    flow = FLOWS[attempt.flow]
    if attempt.entry_point not in flow.entry_points:
        raise errors.FLOW_NOT_SUPPORTED_HERE()
    if flow.permission not in client_settings.allowed_flows(attempt.client):
        raise flow.permission_error(flow=attempt.flow)
    for name in flow.parameters:
        attempt.required(name)
    flow.begin(attempt)
    return _proceed(attempt, flow)


def answer(attempt: Attempt, session_token: str | None) -> Step:
    """Check the answer to a challenge and proceed. ``session_token`` is the ``Session`` of the request."""
    session = _session(attempt, session_token)
    challenge = CHALLENGES[session.challenge]
    attempt.flow, attempt.history, attempt.state = session.flow, session.history, session.state
    attempt.simulated = session.user if session.simulated else None
    attempt.found = _answering_user(attempt, session, challenge)
    outcome = challenge.answer(attempt)
    sessions.mark_answered(attempt.context, session)
    answered = Answered(challenge.role, outcome.passed, outcome.metadata, outcome.second_factor)
    attempt.history = (*attempt.history, answered)
    step = _proceed(attempt, FLOWS[session.flow])
    sessions.mark_used(attempt.context, session)
    return step


def _proceed(attempt: Attempt, flow: Flow) -> Step:
    """Prompt the next challenge of the flow, or complete the sign-in."""
    role = flow.decide(attempt)
    if role is None:
        return completion.complete(attempt, _source(attempt))
    challenge = CHALLENGES[role]
    prompt = challenge.prompt(attempt)
    parameters = None if flow.has_session else challenge.session_parameters
    token = prompt.parameters[parameters.challenge] if parameters else sessions.draw(attempt.context)
    sessions.begin(attempt, challenge.role, prompt.state, token)
    return Prompted(challenge, prompt, None if parameters else token)


def _session(attempt: Attempt, token: str | None) -> Session:
    """The session of an answer, from its ``Session`` or, in flows without one, from a ChallengeResponse."""
    named = answered_as(attempt.challenge_name)
    parameters = next((one.session_parameters for one in named if one.session_parameters), None)
    if parameters is not None:
        instead = attempt.required(parameters.answer)
        if token is None or sessions.exists(attempt.context, instead):
            token = instead
    roles = frozenset(one.role for one in named)
    return sessions.resume(attempt.context, attempt.client, token, roles)


def _answering_user(attempt: Attempt, session: Session, challenge: Challenge) -> User | None:
    """The user who answers, who must be the user of the session; ``None`` for a user who does not exist."""
    username = attempt.required("USERNAME")
    if session.simulated:
        return None
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is None or user.key != session.user:
        raise errors.SESSION_INVALID()
    if not user.enabled and not challenge.first_factor:
        raise errors.USER_DISABLED()
    return user


def _source(attempt: Attempt) -> str:
    """The source of PreTokenGeneration for the tokens of this sign-in."""
    challenges = (CHALLENGES.get(answered.role) for answered in reversed(attempt.history))
    return next((one.source for one in challenges if one is not None and one.source), "Authentication")
