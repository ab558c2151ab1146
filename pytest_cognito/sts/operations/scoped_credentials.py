"""Credentials of the same session with fewer permissions, or for a shorter time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import permissions, sessions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.records import Session
from pytest_cognito.sts.rules import sizes
from pytest_cognito.sts.rules.session_policies import parsed
from pytest_cognito.world import Context

_KIND = "GetScopedCredentials"
_MOST_LAYERS = 3


@operation
def get_scoped_credentials(
    context: Context,
    *,
    policy: str | None = None,
    duration_seconds: int | None = None,
    minimum_session_token_size: int = 0,
    scoped_session_description: str | None = None,
) -> dict[str, Any]:
    """Narrow the temporary credentials that sign the call: by a policy, by a nearer end, or both.

    The caller stays the same. Each policy is a layer of its own, of which a session may have three.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    session = caller.session
    if session is None:
        raise errors.SESSION_UNKNOWN()
    permissions.check_allowed(context, caller, f"sts:{_KIND}")
    if policy is None and duration_seconds is None:
        raise errors.SCOPE_MISSING()
    narrower = sessions.narrow(
        context,
        session,
        _layer(session, policy),
        _end(context, session, duration_seconds),
        sizes.packed_size(policy, (), {}),
        minimum_session_token_size,
    )
    return {
        **sessions.sized(narrower),
        "SessionInfo": {"ScopedSessionId": session.principal.user_id, "Arn": session.principal.arn},
        "ScopedPoliciesCount": narrower.scoped,
        "SourceIdentity": session.source_identity,
    }


def _layer(session: Session, policy: str | None) -> tuple[iam.NamedPolicy, ...]:
    if policy is None:
        return ()
    if session.scoped >= _MOST_LAYERS:
        raise errors.SCOPES_TOO_MANY(most=_MOST_LAYERS)
    return (iam.NamedPolicy(f"scope down policy {session.scoped + 1}", parsed(policy)),)


def _end(context: Context, session: Session, duration: int | None) -> dt.datetime:
    """When the new session ends: not after the calling one."""
    if duration is None:
        return session.expires
    end = context.now().replace(microsecond=0) + dt.timedelta(seconds=duration)
    if end > session.expires:
        raise errors.SESSION_LIFETIME()
    return end
