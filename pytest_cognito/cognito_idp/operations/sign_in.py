"""Operations of sign-in: beginning a flow and answering challenges, without and with AWS credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import completion, engine
from pytest_cognito.cognito_idp.flows.sign_in.attempt import DEVICE_KEY, Attempt, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.flows.tokens import issuing, refreshing
from pytest_cognito.cognito_idp.records import AppClient, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings, secret_hash
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.world import Context

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
    user_context_data: dict[str, Any] | None = None,
    session: str | None = None,
) -> Response:
    """Begin a sign-in."""
    client, pool = lookup.client_and_pool(context, client_id)
    attempt = _attempt(context, pool, client, EntryPoint.PUBLIC, auth_parameters, client_metadata, user_context_data)
    return _begin(attempt, auth_flow, session)


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
    """Begin a sign-in with AWS credentials."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    attempt = _attempt(context, pool, client, EntryPoint.ADMIN, auth_parameters, client_metadata, context_data)
    return _begin(attempt, auth_flow, session)


@operation
def respond_to_auth_challenge(
    context: Context,
    *,
    client_id: str,
    challenge_name: str,
    session: str | None = None,
    challenge_responses: Mapping[str, str] | None = None,
    analytics_metadata: dict[str, str] | None = None,
    user_context_data: dict[str, Any] | None = None,
    client_metadata: Mapping[str, str] | None = None,
) -> Response:
    """Answer a challenge."""
    client, pool = lookup.client_and_pool(context, client_id)
    attempt = _attempt(
        context, pool, client, EntryPoint.PUBLIC, challenge_responses, client_metadata, user_context_data
    )
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
    """Answer a challenge with AWS credentials."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    attempt = _attempt(context, pool, client, EntryPoint.ADMIN, challenge_responses, client_metadata, context_data)
    return _answer(attempt, challenge_name, session)


def _attempt(
    context: Context,
    pool: UserPool,
    client: AppClient,
    entry_point: EntryPoint,
    parameters: Mapping[str, str] | None,
    metadata: Mapping[str, str] | None,
    context_data: Mapping[str, Any] | None,
) -> Attempt:
    attempt = Attempt(context, pool, client, "", entry_point, parameters or {}, metadata or {})
    if context_data:
        circumstances.check(client, context_data)
        attempt.context_data = context_data
    return attempt


def _begin(attempt: Attempt, flow: str, session: str | None) -> Response:
    attempt.flow, attempt.session = flow, session
    if flow in _REFRESH:
        return _refresh(attempt)
    _check_secret_hash(attempt)
    return _response(attempt, engine.begin(attempt))


def _answer(attempt: Attempt, challenge_name: str, session: str | None) -> Response:
    attempt.answering, attempt.challenge_name = True, challenge_name
    _check_secret_hash(attempt)
    return _response(attempt, engine.answer(attempt, session))


def _response(attempt: Attempt, step: engine.Step) -> Response:
    """The response with the next challenge, or with the tokens of a completed sign-in."""
    if isinstance(step, Completed):
        return _with_tokens(completion.issue_tokens(attempt, step))
    return {
        "ChallengeName": step.challenge.name,
        "Session": step.session,
        "ChallengeParameters": step.prompt.parameters,
        **step.prompt.members,
    }


def _refresh(attempt: Attempt) -> Response:
    """REFRESH_TOKEN_AUTH: new ID and access tokens for a refresh token, without any challenge."""
    client = attempt.client
    hash_in_request = attempt.parameters.get("SECRET_HASH")
    if client.secrets and hash_in_request is None:
        raise errors.SECRET_MISSING(client_id=client.id)
    if client.rotation:
        raise errors.REFRESH_FLOW_WITH_ROTATION()
    if "ALLOW_REFRESH_TOKEN_AUTH" not in client_settings.allowed_flows(client):
        raise errors.FLOW_NOT_ENABLED_FOR_CLIENT(flow="REFRESH_TOKEN_AUTH")
    token = attempt.required("REFRESH_TOKEN")
    _, user = refreshing.grant_and_user(attempt.context, attempt.pool, client, token)
    secret_hash.verify(client, user.username, hash_in_request)
    device_key = attempt.parameters.get(DEVICE_KEY)
    return _with_tokens(refreshing.refresh(attempt.context, attempt.pool, client, token, device_key=device_key))


def _with_tokens(tokens: issuing.Tokens) -> Response:
    return {"ChallengeParameters": {}, "AuthenticationResult": tokens.authentication_result()}


def _check_secret_hash(attempt: Attempt) -> None:
    """Verify ``SECRET_HASH``, or only that it is present if ``USERNAME`` is missing: the engine raises for that."""
    client, hash_in_request = attempt.client, attempt.parameters.get("SECRET_HASH")
    username = attempt.parameters.get("USERNAME")
    if username:
        secret_hash.verify(client, username, hash_in_request)
    elif client.secrets and hash_in_request is None:
        raise errors.SECRET_HASH_MISSING(client_id=client.id)
