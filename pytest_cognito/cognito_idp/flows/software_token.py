"""Software tokens: a secret is associated, verified with its first code, and asked for at sign-in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...world import Context
from .. import errors
from ..records import AppClient, Session, User, UserPool
from ..rules import mfa, totp
from ..tables import CLIENTS, POOLS, USERS
from . import lockout, sessions


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A sign-in that waits at MFA_SETUP for its user to register a token."""

    session: Session
    pool: UserPool
    client: AppClient
    user: User

    def go_on(self, context: Context, *, verified: bool) -> str:
        """The session of the next step, in place of this one."""
        sessions.use_up(context, self.session)
        facts = {**self.session.metadata, "token_verified": verified}
        following = sessions.begin(
            context, self.client, self.user.key, self.session.flow, mfa.SETUP, self.session.proven, facts
        )
        return following.token


def resume(context: Context, token: str | None) -> Enrolment:
    """The sign-in of a session that MFA_SETUP, or AssociateSoftwareToken after it, has given."""
    session = sessions.find(context, token)
    client = context.table(CLIENTS).get(session.client_id)
    pool = context.table(POOLS).get(session.pool_id)
    user = context.table(USERS).get((session.pool_id, session.user))
    if client is None or pool is None or user is None:
        raise errors.SESSION_INVALID()
    sessions.resume(context, client, token, mfa.SETUP)
    return Enrolment(session, pool, client, user)


def associate(context: Context, pool: UserPool, user: User) -> str:
    """A new secret. A token that was verified before goes on working until this one is verified."""
    if mfa.TOTP not in mfa.offered(pool):
        raise errors.TOTP_NOT_ENABLED()
    secret = totp.draw_secret(context.world.ids)
    context.table(USERS).put(replace(user, mfa=replace(user.mfa, pending=secret)))
    return secret


def verify(context: Context, pool: UserPool, user: User, code: str, device: str | None) -> None:
    """Register the token whose code this is. Where the pool requires MFA, it is on from now on."""
    if user.mfa.pending is None:
        raise errors.TOKEN_NOT_SET_UP()
    step = totp.matching_step(user.mfa.pending, code, context.now().timestamp())
    if step is None:
        raise errors.TOKEN_NOT_ENABLED()
    on = pool.mfa == "ON" and mfa.TOTP not in user.mfa.enabled
    registered = replace(
        user.mfa,
        secret=user.mfa.pending,
        pending=None,
        step=step,
        device=device,
        enabled=(*user.mfa.enabled, mfa.TOTP) if on else user.mfa.enabled,
    )
    context.table(USERS).put(replace(user, mfa=registered, modified=context.now()))


def use(context: Context, user: User, code: str) -> User:
    """The user, once his token's code was taken; each code is good for once."""
    if user.mfa.secret is None:
        raise errors.TOKEN_NOT_SET_UP()
    step = totp.matching_step(user.mfa.secret, code, context.now().timestamp())
    if step is None:
        lockout.failed(context, user)
        raise errors.TOKEN_CODE_MISMATCH()
    if step <= user.mfa.step:
        raise errors.TOKEN_CODE_USED()
    used = replace(user, mfa=replace(user.mfa, step=step))
    context.table(USERS).put(used)
    return used
