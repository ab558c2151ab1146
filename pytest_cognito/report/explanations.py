"""What in the state of the world led to an error: one explainer for each error that the state explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..aws.errors import AWSError, ErrorText
from ..cognito_idp import errors
from ..kernel.calls import Call
from ..world import World
from . import about_clients, about_codes, about_pools, about_tokens, about_users
from .scene import Scene

Explainer = Callable[[Scene], Iterator[str]]

EXPLAINERS: Mapping[ErrorText, tuple[Explainer, ...]] = {
    # what there is instead of what isn't there
    errors.POOL_NOT_FOUND: (about_pools.pools_there,),
    errors.CLIENT_NOT_FOUND: (about_clients.clients_there,),
    errors.GROUP_NOT_FOUND: (about_pools.groups_there,),
    errors.USER_NOT_FOUND: (about_users.users_there,),
    errors.USER_NOT_FOUND_FOR_CLIENT: (about_users.users_there,),
    errors.USER_EXISTS: (about_users.state,),
    errors.ALIAS_EXISTS: (about_users.holder_of_alias,),
    errors.USER_ACCOUNT_EXISTS: (about_users.holder_of_alias,),
    # sign-in
    errors.INCORRECT: (about_users.state_or_absence,),
    errors.TOO_MANY_ATTEMPTS: (about_users.lockout,),
    errors.USER_DISABLED: (about_users.state,),
    errors.NOT_CONFIRMED: (about_users.state, about_codes.sign_up_code),
    errors.RESET_REQUIRED: (about_users.state, about_codes.reset_code),
    errors.TEMPORARY_PASSWORD_EXPIRED: (about_users.temporary_password,),
    errors.FLOW_NOT_ENABLED: (about_clients.flows,),
    errors.ADMIN_FLOW_NOT_ENABLED: (about_clients.flows,),
    errors.FLOW_NOT_ENABLED_FOR_CLIENT: (about_clients.flows,),
    errors.SECRET_HASH_MISSING: (about_clients.secret,),
    errors.SECRET_HASH_WRONG: (about_clients.secret,),
    errors.SECRET_MISSING: (about_clients.secret,),
    errors.SESSION_INVALID: (about_tokens.session,),
    errors.SESSION_EXPIRED: (about_tokens.session,),
    errors.SESSION_USED: (about_tokens.session,),
    # tokens
    errors.ACCESS_TOKEN_INVALID: (about_tokens.access_token,),
    errors.ACCESS_TOKEN_EXPIRED: (about_tokens.access_token,),
    errors.ACCESS_TOKEN_REVOKED: (about_tokens.access_token, about_users.state),
    errors.ACCESS_TOKEN_SCOPE: (about_tokens.access_token,),
    errors.ACCESS_TOKEN_SIGNATURE: (about_tokens.access_token,),
    errors.REFRESH_TOKEN_INVALID: (about_tokens.refresh_token,),
    errors.REFRESH_TOKEN_EXPIRED: (about_tokens.refresh_token,),
    errors.REFRESH_TOKEN_REVOKED: (about_tokens.refresh_token,),
    # confirmation and passwords
    errors.CODE_MISMATCH: (about_codes.codes,),
    errors.CODE_EXPIRED: (about_codes.codes,),
    errors.NOT_UNCONFIRMED: (about_users.state,),
    errors.ALREADY_CONFIRMED: (about_users.state,),
    errors.ATTEMPT_LIMIT: (about_users.attempts,),
    errors.NO_AUTO_VERIFICATION: (about_pools.verification,),
    errors.NO_RECOVERY_CHANNEL: (about_users.recovery,),
    errors.PASSWORD_AT_SIGN_UP: (about_pools.password_policy,),
    errors.PASSWORD_BY_ADMIN: (about_pools.password_policy,),
    errors.PASSWORD_BY_USER: (about_pools.password_policy,),
    errors.SIGN_UP_OFF: (about_pools.sign_up,),
    errors.SCHEMA_VIOLATED: (about_pools.required_attributes,),
    errors.WRITE_NOT_ALLOWED: (about_clients.writable,),
}


def explain(world: World, call: Call) -> tuple[str, ...]:
    """Lines on what led to a call's error; none where the error says it all."""
    error = call.error
    if not isinstance(error, AWSError) or error.kind is None:
        return ()
    explainers = EXPLAINERS.get(error.kind)
    if explainers is None:
        return ()
    scene = Scene(world, call)
    world.store.begin()
    try:
        return tuple(line for explainer in explainers for line in explainer(scene))
    finally:
        world.store.end()
