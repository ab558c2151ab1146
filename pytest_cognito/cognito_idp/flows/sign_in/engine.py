"""The engine of sign-in: begins a flow, prompts and checks challenges until the flow is complete.

It is independent of the single flows and challenges, which are defined in modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import completion, protection, sessions
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.challenges import CHALLENGES, answered_as
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.flows.sign_in.flow import Flow
from pytest_cognito.cognito_idp.flows.sign_in.flows import FLOWS
from pytest_cognito.cognito_idp.records import Answered, Session, User
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.users import standing


class Prompted(NamedTuple):
    """A challenge that was sent to the user. ``session`` is the ``Session``; ``None`` in flows without one."""

    challenge: Challenge
    prompt: Prompt
    session: str | None


Step: TypeAlias = Prompted | Completed


def begin(attempt: Attempt) -> Step:
    """Begin the flow ``attempt.flow``."""
    return protection.watched(_begin, attempt)


def answer(attempt: Attempt, session_token: str | None) -> Step:
    """Check the answer to a challenge and proceed. ``session_token`` is the ``Session`` of the request."""
    return protection.watched(_answer, attempt, session_token)


def prompt_again(attempt: Attempt, session_token: str | None, role: str, *, choice: bool = False) -> Prompted:
    """Put the challenge with a ``role``, which a session waits for, to the user again: another code is sent.

    With ``choice``, put the choice that has led to it instead. Pages alone do this; the API begins another sign-in.
    """
    return protection.watched(_prompt_again, attempt, session_token, role, choice=choice)


def _begin(attempt: Attempt) -> Step:
    flow = FLOWS[attempt.flow]
    if attempt.entry_point not in flow.entry_points:
        raise errors.FLOW_NOT_SUPPORTED_HERE()
    # Pages take a password whatever ExplicitAuthFlows says, which is about the API.
    if attempt.entry_point is not EntryPoint.HOSTED and flow.permission not in client_settings.allowed_flows(
        attempt.client
    ):
        raise flow.permission_error(flow=attempt.flow)
    for name in flow.parameters:
        attempt.required(name)
    protection.begin(attempt)
    flow.begin(attempt)
    return _proceed(attempt, flow)


def _answer(attempt: Attempt, session_token: str | None) -> Step:
    if not attempt.parameters:
        raise errors.RESPONSES_MISSING()
    session, unknown = _session(attempt, session_token)
    attempt.role = session.challenge
    challenge = CHALLENGES[attempt.role]
    _check_region(attempt, challenge)
    attempt.check_present(challenge.responses)
    _resume(attempt, session, unknown)
    outcome = challenge.answer(attempt)
    sessions.mark_answered(attempt.context, session)
    answered = Answered(
        outcome.role or challenge.role,
        outcome.passed,
        outcome.metadata,
        outcome.second_factor,
        outcome.method or challenge.method,
    )
    attempt.history = (*attempt.history, answered)
    step = _proceed(attempt, FLOWS[session.flow])
    sessions.mark_used(attempt.context, session)
    return step


def _prompt_again(attempt: Attempt, session_token: str | None, role: str, *, choice: bool) -> Prompted:
    session = sessions.resume(attempt.context, attempt.client, session_token, frozenset({role}))
    attempt.role = role
    _resume(attempt, session, errors.SESSION_INVALID)
    if choice:
        *earlier, chosen = attempt.history
        attempt.history, role = tuple(earlier), chosen.role
    sessions.mark_used(attempt.context, session)
    return _prompt(attempt, FLOWS[session.flow], CHALLENGES[role])


def _resume(attempt: Attempt, session: Session, unknown: ErrorText) -> None:
    """Give an attempt what its session remembers; raise if the user may not go on. Its `role` is set before."""
    attempt.flow, attempt.history, attempt.state = session.flow, session.history, session.state
    attempt.simulated = session.user if session.simulated else None
    attempt.step_up = session.step_up
    attempt.earlier_device_key = session.device_key
    attempt.found = _answering_user(attempt, session, unknown)
    if attempt.watch is not None:
        protection.resume(attempt, session.event)
    if attempt.found is not None and not CHALLENGES[attempt.role].first_factor:
        standing.check(attempt.found)


def _proceed(attempt: Attempt, flow: Flow) -> Step:
    """Prompt the next challenge of the flow, or complete the sign-in."""
    role = flow.decide(attempt)
    if role is None or not CHALLENGES[role].first_factor:
        role = protection.decided(attempt, role, flow.decide)
    if role is None:
        return completion.complete(attempt, _source(attempt))
    return _prompt(attempt, flow, CHALLENGES[role])


def _prompt(attempt: Attempt, flow: Flow, challenge: Challenge) -> Prompted:
    """Put a challenge to the user, and begin the session that waits for the answer."""
    _check_region(attempt, challenge)
    prompt = challenge.prompt(attempt)
    if flow.members is not None:
        prompt = prompt._replace(members={**flow.members(attempt), **prompt.members})
    parameters = None if flow.has_session else challenge.session_parameters
    token = prompt.parameters[parameters.challenge] if parameters else sessions.draw(attempt.context)
    sessions.begin(attempt, challenge.role, prompt, token, reusable=parameters is not None)
    return Prompted(challenge, prompt, None if parameters else token)


def _check_region(attempt: Attempt, challenge: Challenge) -> None:
    """Raise for a challenge that works only where the pool itself is, if this is a replica of it."""
    if challenge.primary_only and attempt.pool.is_replica:
        operation = attempt.context.call.operation
        raise errors.OPERATION_NOT_ENABLED(operation=operation, pool_id=attempt.pool.id)


def _session(attempt: Attempt, token: str | None) -> tuple[Session, ErrorText]:
    """The session of an answer, from its ``Session`` or, in flows without one, from a ChallengeResponse.

    With it comes the error for a session that is not the user's.
    """
    named, unknown = answered_as(attempt.challenge_name), errors.SESSION_INVALID
    for challenge in named:
        parameters = challenge.session_parameters
        if parameters is None:
            continue
        attempt.check_present(challenge.responses)
        instead = attempt.parameters[parameters.answer]
        if token is None or sessions.exists(attempt.context, instead):
            token, unknown = instead, parameters.unknown
    if token is None:
        token = _session_by_alias(attempt, named)
    roles = frozenset(one.role for one in named)
    return sessions.resume(attempt.context, attempt.client, token, roles, unknown), unknown


def _session_by_alias(attempt: Attempt, named: Iterable[Challenge]) -> str | None:
    """The ``Session`` of an answer without one, if its challenge has sessions that are found without."""
    for challenge in named:
        alias = challenge.session_alias
        if alias is None:
            continue
        attempt.check_present(challenge.responses)
        token = sessions.token_of(attempt.context, alias.of_answer(attempt))
        if token is None:
            raise alias.unknown()
        return token
    return None


def _answering_user(attempt: Attempt, session: Session, unknown: ErrorText) -> User | None:
    """The user who answers, who must be the user of the session; ``None`` for a user who does not exist."""
    if session.simulated:
        return None
    user = lookup.find_user(attempt.context, attempt.pool, attempt.parameters["USERNAME"])
    if user is None or user.key != session.user:
        raise unknown()
    return user


def _source(attempt: Attempt) -> str:
    """The source of PreTokenGeneration for the tokens of this sign-in."""
    if attempt.entry_point is EntryPoint.HOSTED:
        return "HostedAuth"
    challenges = (CHALLENGES.get(answered.role) for answered in reversed(attempt.history))
    return next((one.source for one in challenges if one is not None and one.source), "Authentication")
