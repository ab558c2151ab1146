"""Explanations of errors of threat protection."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import AUTH_EVENTS, AuthEvent
from pytest_cognito.kernel.text import plain


def assessed(details: CallDetails) -> Iterator[str]:
    """Where the last attempt of the user came from, and what threat protection made of it."""
    event = _last_event(details)
    if event is not None:
        found = f"{event.level} risk" if event.level else "no risk"
        origin = f"from {plain(event.ip)} ({event.device})"
        yield f"{plain(event.username)}: {event.type} {origin}: {found}, decision {event.decision}"


def compromised(details: CallDetails) -> Iterator[str]:
    """That the test has said that the password of the last attempt is compromised."""
    event = _last_event(details)
    if event is not None and event.compromised:
        yield f"{plain(event.username)}: the password is compromised, as the test says by cognito.threats"


def compromised_at_sign_up(details: CallDetails) -> Iterator[str]:
    """That the test has said that the password of somebody who is not there yet is compromised."""
    if details.user is None:
        yield "the password is compromised, as the test says by cognito.threats"


def add_ons(details: CallDetails) -> Iterator[str]:
    """The mode of the pool's threat protection, and its feature plan."""
    pool = details.pool
    if pool is not None:
        mode = (pool.settings.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF")
        yield f"{pool.id}: AdvancedSecurityMode {mode}, UserPoolTier {pool.tier}"


def _last_event(details: CallDetails) -> AuthEvent | None:
    user = details.user
    if user is None:
        return None
    events = details.table(AUTH_EVENTS).page("user", (user.pool_id, user.key))
    return next((event for _, event in events), None)
