"""Threat protection of sign-ins: it watches each request, assesses the risk once the user has proven a first factor,
and asks for a second one or blocks the sign-in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.records import AUTH_EVENTS, User
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.threats import modes

P = ParamSpec("P")
S = TypeVar("S")
_WRONG = ("NotAuthorizedException", "CodeMismatchException", "ExpiredCodeException")


def watched(
    work: Callable[Concatenate[Attempt, P], S], attempt: Attempt, *arguments: P.args, **keywords: P.kwargs
) -> S:
    """The result of ``work``, one request of a sign-in. Its event is recorded if the pool has threat protection."""
    if not modes.is_on(attempt.pool):
        return work(attempt, *arguments, **keywords)
    from pytest_cognito.cognito_idp.flows.threats import watch  # few pools need it

    attempt.watch = watch.begin(
        attempt.context, attempt.pool, attempt.client, "SignIn", attempt.context_data, attempt.flow
    )
    try:
        step = work(attempt, *arguments, **keywords)
    except AWSError as error:
        _record_failure(attempt, error)
        raise
    _record_progress(attempt, complete=isinstance(step, Completed))
    return step


def begin(attempt: Attempt) -> None:
    """Leave a flow alone that is not protected; raise if the request comes from an address that is always blocked."""
    if attempt.watch is None:
        return
    attempt.watch.mode = modes.mode(attempt.pool, attempt.flow)
    if attempt.watch.mode == modes.OFF:
        attempt.watch = None
    else:
        attempt.watch.check_address()


def resume(attempt: Attempt, event_id: str | None) -> None:
    """Go on with the event of a session, as `begin` does.

    A sign-in that was completed or blocked is over: where its session can be answered again, that is another event,
    which is assessed by itself.
    """
    event = attempt.context.table(AUTH_EVENTS).get(event_id)
    if attempt.watch is not None and event is not None and event.response != "Pass" and event.decision != "Block":
        attempt.watch.event = event
    begin(attempt)


def decided(attempt: Attempt, role: Decision, decide: Callable[[Attempt], Decision]) -> Decision:
    """The challenge that follows a first factor, ``role`` by the flow, with what threat protection asks for.

    Once it asks for a second factor, the flow is to ``decide`` again: a device does not stand in for it. Raise if it
    blocks the sign-in.
    """
    if attempt.watch is None or attempt.found is None:
        return role
    event, has_proven = attempt.watch.event, any(answered.second_factor for answered in attempt.history)
    if not event.assessed:
        has_factor = has_proven or _offered(attempt, attempt.found) is not None
        attempt.watch.assess(attempt.found, _entered(attempt), has_factor=has_factor)
        role = decide(attempt) if attempt.is_at_risk else role
    if role is not None or has_proven or not attempt.watch.event.mfa:
        return role
    offered = _offered(attempt, attempt.found)
    if offered is None:  # the user has lost the factor since the sign-in began
        raise errors.SIGN_IN_BLOCKED()
    return offered.challenge


def _offered(attempt: Attempt, user: User) -> mfa.Requirement | None:
    """The challenge for a second factor that can be asked for because of a risk."""
    return mfa.requirement_at_risk(attempt.pool, user) if modes.adds_mfa(attempt.flow) else None


def check_password(attempt: Attempt, password: str) -> None:
    """Look whether the correct password that a user has entered is compromised.

    If that is blocked, the user must reset the password, although the call fails.
    """
    watching = attempt.watch
    if watching is None:
        return
    from pytest_cognito.cognito_idp.rules.threats import responses

    if watching.is_blocked_by_password(attempt.user, _entered(attempt), password, responses.SIGN_IN):
        watching.require_reset(attempt.user)
        raise errors.RESET_REQUIRED()


def _record_progress(attempt: Attempt, *, complete: bool) -> None:
    watching = attempt.watch
    if watching is None or attempt.found is None:
        return
    last = attempt.last if attempt.answering else None
    name = modes.proven(
        attempt.parameters, last.role if last else "", second_factor=last is not None and last.second_factor
    )
    if name is not None:
        watching.note_challenge(name, passed=last is None or last.passed)
    watching.record(attempt.found, "Pass" if complete else "InProgress")


def _record_failure(attempt: Attempt, error: AWSError) -> None:
    """Record a failed request of a user who exists, and nothing else that it has changed."""
    watching = attempt.watch
    if watching is None or error.code == modes.MALFORMED:
        return
    blocked = watching.event.decision == "Block"
    user = attempt.found or (_named(attempt) if blocked else None)
    if user is None:
        return
    name = modes.proven(attempt.parameters, attempt.challenge_name, second_factor=modes.is_second_factor(attempt.role))
    if name is not None and error.kind is not errors.REQUEST_BLOCKED and (blocked or error.code in _WRONG):
        watching.note_challenge(name, passed=blocked)
    attempt.context.roll_back()
    watching.record(user, "Fail")
    attempt.context.commit()


def _named(attempt: Attempt) -> User | None:
    return lookup.find_user(attempt.context, attempt.pool, _entered(attempt))


def _entered(attempt: Attempt) -> str:
    return attempt.parameters.get("USERNAME") or ""
