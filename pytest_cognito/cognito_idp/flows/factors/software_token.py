"""Software tokens: association of a secret, its verification with the first code, and codes at sign-in."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.users import lockout
from pytest_cognito.cognito_idp.records import USERS, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.kernel import totp
from pytest_cognito.world import Context


def associate(context: Context, pool: UserPool, user: User) -> str:
    """Generate a new secret for a user and return it. A verified token stays valid until this one is verified."""
    _check_offered(pool)
    secret = totp.draw_secret(context.world.ids)
    context.table(USERS).put(replace(user, mfa=replace(user.mfa, pending=secret)))
    return secret


def verify(context: Context, pool: UserPool, user: User, code: str, device: str | None) -> None:
    """Register the associated token with its first code. If the pool requires MFA, this turns the factor on.

    ``device`` is the FriendlyDeviceName.
    """
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


def delete(context: Context, user: User) -> None:
    """Delete a user's token, registered or only associated, which also turns the factor off. They need not have one."""
    token_less = replace(
        user.mfa,
        secret=None,
        pending=None,
        used=(),
        device=None,
        enabled=tuple(factor for factor in user.mfa.enabled if factor != mfa.TOTP),
        preferred=None if user.mfa.preferred == mfa.TOTP else user.mfa.preferred,
    )
    if token_less != user.mfa:
        context.table(USERS).put(replace(user, mfa=token_less, modified=context.now()))


def accept_code(context: Context, user: User, code: str) -> User:
    """Check a code of a user's token and return the updated user. Each code is accepted once."""
    if user.mfa.secret is None:
        raise errors.TOTP_NOT_ENABLED()
    step = totp.matching_step(user.mfa.secret, code, context.now().timestamp())
    if step is None:
        lockout.count_failure(context, user)
        raise errors.TOKEN_CODE_MISMATCH()
    if step in user.mfa.used:
        raise errors.TOKEN_CODE_USED()
    recent = tuple(used for used in user.mfa.used if used >= step - totp.WINDOW)
    user = replace(user, mfa=replace(user.mfa, used=(*recent, step)))
    context.table(USERS).put(user)
    return user


def _check_offered(pool: UserPool) -> None:
    if mfa.TOTP not in mfa.offered(pool):
        raise errors.TOTP_NOT_ENABLED()
