"""Sign-in: begin a flow, answer its challenges, for a user's app and for an administrator's server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .flows import authentication, refreshing
from .flows.attempt import Attempt
from .records import AppClient, UserPool
from .rules import client_settings, secret_hash

_REFRESH = ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN")


@operation
def initiate_auth(
    context: Context,
    *,
    auth_flow: str,
    client_id: str,
    auth_parameters: Mapping[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, str] | None = None,
    session: str | None = None,
) -> Response:
    """Begin a sign-in."""
    client, pool = lookup.client_and_pool(context, client_id)
    return _begin(context, pool, client, "InitiateAuth", auth_flow, auth_parameters, client_metadata)


@operation
def admin_initiate_auth(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    auth_flow: str,
    auth_parameters: Mapping[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    context_data: dict[str, Any] | None = None,
    session: str | None = None,
) -> Response:
    """Begin a sign-in on a server with AWS credentials."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    return _begin(context, pool, client, "AdminInitiateAuth", auth_flow, auth_parameters, client_metadata)


@operation
def respond_to_auth_challenge(
    context: Context,
    *,
    client_id: str,
    challenge_name: str,
    session: str | None = None,
    challenge_responses: Mapping[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Answer a challenge."""
    client, pool = lookup.client_and_pool(context, client_id)
    attempt = _attempt(context, pool, client, "RespondToAuthChallenge", "", challenge_responses, client_metadata)
    return _answer(attempt, challenge_name, session)


@operation
def admin_respond_to_auth_challenge(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    challenge_name: str,
    challenge_responses: Mapping[str, str] | None = None,
    session: str | None = None,
    analytics_metadata: dict[str, str] | None = None,
    context_data: dict[str, Any] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Answer a challenge on a server with AWS credentials."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    attempt = _attempt(context, pool, client, "AdminRespondToAuthChallenge", "", challenge_responses, client_metadata)
    return _answer(attempt, challenge_name, session)


def _begin(
    context: Context,
    pool: UserPool,
    client: AppClient,
    operation_name: str,
    flow: str,
    parameters: Mapping[str, str] | None,
    metadata: Mapping[str, str] | None,
) -> Response:
    attempt = _attempt(context, pool, client, operation_name, flow, parameters, metadata)
    if flow in _REFRESH:
        return _refresh(attempt)
    _check_secret_hash(attempt)
    return authentication.begin(attempt)


def _refresh(attempt: Attempt) -> Response:
    client = attempt.client
    given = attempt.parameters.get("SECRET_HASH")
    if client.secrets and given is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if client.rotation:
        raise errors.REFRESH_FLOW_WITH_ROTATION()
    if "ALLOW_REFRESH_TOKEN_AUTH" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow="REFRESH_TOKEN_AUTH")
    token = attempt.parameters.get("REFRESH_TOKEN")
    if not token:
        raise errors.PARAMETER_MISSING(name="REFRESH_TOKEN")
    _, user = refreshing.holder(attempt.context, attempt.pool, client, token)
    secret_hash.verify(client, user.username, given)
    return authentication.refresh(attempt)


def _answer(attempt: Attempt, challenge_name: str, session: str | None) -> Response:
    _check_secret_hash(attempt)
    return authentication.answer(attempt, challenge_name, session)


def _check_secret_hash(attempt: Attempt) -> None:
    """Without a user name there is nothing to hold a hash against; the engine misses the name later."""
    client, given = attempt.client, attempt.parameters.get("SECRET_HASH")
    username = attempt.parameters.get("USERNAME")
    if username:
        secret_hash.verify(client, username, given)
    elif client.secrets and given is None:
        raise errors.SECRET_HASH_MISSING(client_id=client.id)


def _attempt(
    context: Context,
    pool: UserPool,
    client: AppClient,
    operation_name: str,
    flow: str,
    parameters: Mapping[str, str] | None,
    metadata: Mapping[str, str] | None,
) -> Attempt:
    return Attempt(context, pool, client, flow, operation_name, parameters or {}, metadata or {})
