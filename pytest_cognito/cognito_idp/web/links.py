"""The links in messages: confirmation of a user, and feedback on authentication events."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.threats import feedback
from pytest_cognito.cognito_idp.flows.users import confirmation
from pytest_cognito.cognito_idp.records import CLIENTS, POOLS, Domain, UserPool
from pytest_cognito.cognito_idp.rules.threats import notices
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World

FEEDBACK_PARAMETERS = notices.PARAMETERS
"""The parameters of the links for feedback: the arguments of `give_feedback` after ``domain``, in this order."""
_VALUES = ("Valid", "Invalid")


def confirm_by_link(
    world: World,
    call: Call,
    domain: Domain | None,
    client_id: str,
    username: str,
    code: str,
    redirect_uri: str | None = None,
) -> None:
    """Confirm the user who has followed a confirmation link, which is valid only on a domain of the client's pool.

    ``domain`` is the domain of the request; ``None`` on the local server, which serves all pools. ``redirect_uri`` is
    where the browser is to go afterwards; raise, and confirm nobody, unless it is a callback URL of the client.
    """
    call.region = _pool_of(world, domain, client_id).region

    def confirm(context: Context) -> None:
        client, pool = lookup.client_and_pool(context, client_id)
        if redirect_uri is not None and redirect_uri not in (client.settings.get("CallbackURLs") or ()):
            raise errors.REDIRECT_MISMATCH()
        confirmation.confirm_with_code(context, pool, client, username, code)

    world.step(call, confirm)


def give_feedback(
    world: World,
    call: Call,
    domain: Domain | None,
    client_id: str,
    username: str,
    event_id: str,
    token: str,
    value: str,
) -> None:
    """Note the feedback of the user who has followed a link in a message about an authentication event.

    ``domain`` is as in `confirm_by_link`.
    """
    call.region = _pool_of(world, domain, client_id).region

    def give(context: Context) -> None:
        _, pool = lookup.client_and_pool(context, client_id)
        feedback.check_on(pool)
        if value not in _VALUES:
            raise errors.FEEDBACK_VALUE_INVALID(value=value)
        feedback.give_with_token(context, lookup.user(context, pool, username), event_id, token, value)

    world.step(call, give)


def _pool_of(world: World, domain: Domain | None, client_id: str) -> UserPool:
    """The pool of an app client, which the link of a domain must be about."""
    client = world.store[CLIENTS].get(client_id)
    pool = world.store[POOLS].get(client.pool_id) if client else None
    if pool is None or (domain is not None and domain.pool_id != pool.id):
        raise errors.CLIENT_NOT_FOUND(client_id=client_id)
    return pool
