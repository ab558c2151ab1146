"""Software tokens: a secret is associated, verified with its first code, and asked for at sign-in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...world import Context
from .. import errors, lookup
from ..records import AppClient, Session, User, UserPool
from ..rules import mfa, totp
from ..tables import USERS
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
    found = sessions.find(context, token)
    client = lookup.find_client(context, found.client_id)
    user = context.table(USERS).get((found.pool_id, found.user))
    if client is None or user is None:
        raise errors.SESSION_INVALID()
    session = sessions.resume(context, client, token, mfa.SETUP)
    if not user.enabled:
        raise errors.USER_DISABLED()
    return Enrolment(session, lookup.pool(context, client.pool_id), client, user)


def associate(context: Context, pool: UserPool, user: User) -> str:
    """A new secret. A token that was verified before goes on working until this one is verified."""
    _check_offered(pool)
    secret = totp.draw_secret(context.world.ids)
    context.table(USERS).put(replace(user, mfa=replace(user.mfa, pending=secret)))
    return secret


def verify(context: Context, pool: UserPool, user: User, code: str, device: str | None) -> None:
    """Register the token whose code this is. Where the pool requires MFA, it is on from now on."""
    _check_offered(pool)
    if user.mfa.pending is None:
        raise errors.TOKEN_NOT_SET_UP()
    step = totp.matching_step(user.mfa.pending, code, context.now().timestamp())
    if step is None:
        raise errors.TOKEN_NOT_ENABLED()
    on = {*user.mfa.enabled, mfa.TOTP} if pool.mfa == "ON" else set(user.mfa.enabled)
    registered = replace(
        user.mfa,
        secret=user.mfa.pending,
        pending=None,
        used=(step,),
        device=device or None,
        enabled=tuple(factor for factor in mfa.FACTORS if factor in on),
    )
    context.table(USERS).put(replace(user, mfa=registered, modified=context.now()))


def use(context: Context, user: User, code: str) -> User:
    """The user, once his token's code was taken; each code is good for once."""
    if user.mfa.secret is None:
        raise errors.TOTP_NOT_ENABLED()
    step = totp.matching_step(user.mfa.secret, code, context.now().timestamp())
    if step is None:
        lockout.failed(context, user)
        raise errors.TOKEN_CODE_MISMATCH()
    if step in user.mfa.used:
        raise errors.TOKEN_CODE_USED()
    lately = tuple(one for one in user.mfa.used if one >= step - totp.WINDOW)
    user = replace(user, mfa=replace(user.mfa, used=(*lately, step)))
    context.table(USERS).put(user)
    return user


def _check_offered(pool: UserPool) -> None:
    if mfa.TOTP not in mfa.offered(pool):
        raise errors.TOTP_NOT_ENABLED()
