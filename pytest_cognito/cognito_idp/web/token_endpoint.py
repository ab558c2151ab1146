"""The token endpoint: its grants, for an app client that has said who it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import answers, codes
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.flows.tokens import client_tokens, issuing, refreshing, user_sessions
from pytest_cognito.cognito_idp.records import USERS, AppClient, AuthorizationCode, Domain, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings, scopes
from pytest_cognito.cognito_idp.rules.clients.oauth_settings import STANDARD_SCOPES
from pytest_cognito.cognito_idp.rules.oauth import scoped_attributes
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.triggers.pre_token_generation import Changes
from pytest_cognito.cognito_idp.web import token_exchange
from pytest_cognito.cognito_idp.web.client_authentication import Credentials, authenticated_client
from pytest_cognito.world import Context

Parameters = Mapping[str, str]
Answer = dict[str, Any]

_TRIGGER_ERRORS = frozenset(
    {"UnexpectedLambdaException", "UserLambdaValidationException", "InvalidLambdaResponseException"}
)


def token(context: Context, domain: Domain | None, credentials: Credentials, parameters: Parameters) -> Answer:
    """The answer of the token endpoint."""
    pool, client = authenticated_client(context, domain, credentials)
    grant_type = parameters.get("grant_type")
    if not grant_type:
        raise errors.TOKEN_REQUEST_INVALID()
    grant = _GRANTS.get(grant_type)
    if grant is None:
        raise errors.GRANT_TYPE_UNSUPPORTED()
    try:
        return grant(context, pool, client, parameters)
    except AWSError as error:
        if error.code in _TRIGGER_ERRORS:
            raise errors.TRIGGER_REFUSED_GRANT(message=error.message) from error
        raise


def _authorization_code(context: Context, pool: UserPool, client: AppClient, parameters: Parameters) -> Answer:
    code, redirect_uri = parameters.get("code"), parameters.get("redirect_uri")
    if not code or not redirect_uri:
        raise errors.TOKEN_REQUEST_INVALID()
    settings = client.settings
    if not settings["AllowedOAuthFlowsUserPoolClient"] or "code" not in (settings.get("AllowedOAuthFlows") or ()):
        raise errors.GRANT_TYPE_NOT_ALLOWED()
    redeemed = codes.redeem(context, client, code, redirect_uri, parameters.get("code_verifier"))
    if not scoped_attributes.are_readable(redeemed.grant.scopes, client_settings.readable(client, pool)):
        raise errors.GRANT_INVALID()
    return _answer(_issue(context, pool, client, redeemed))


def _issue(context: Context, pool: UserPool, client: AppClient, redeemed: AuthorizationCode) -> issuing.Tokens:
    user = context.table(USERS).get((pool.id, redeemed.grant.user))
    if user is None or not user.enabled or not isinstance(redeemed.changes, Changes):
        raise errors.GRANT_INVALID()
    grant = issuing.store_grant(context, client, redeemed.grant)
    granted = client_scopes.granted(context, pool, grant)
    issuance = Issuance(pool, client, user, grant, answers.SOURCE, scopes=granted, nonce=redeemed.nonce)
    issued = issuing.issue(context, issuance, redeemed.changes)
    user_sessions.begin(context, pool, client, grant, redeemed.sso)
    return issued


def _refresh_token(context: Context, pool: UserPool, client: AppClient, parameters: Parameters) -> Answer:
    refresh_token = parameters.get("refresh_token")
    if not refresh_token:
        raise errors.TOKEN_REQUEST_INVALID()
    # A client whose refresh tokens rotate can't have the flow of the API that does not rotate them.
    if not client.rotation and "ALLOW_REFRESH_TOKEN_AUTH" not in client_settings.allowed_flows(client):
        raise errors.GRANT_TYPE_NOT_ALLOWED()
    try:
        return _answer(refreshing.refresh(context, pool, client, refresh_token))
    except AWSError as error:
        if error.code in _TRIGGER_ERRORS:
            raise
        raise errors.GRANT_INVALID() from error


def _client_credentials(context: Context, pool: UserPool, client: AppClient, parameters: Parameters) -> Answer:
    if "client_credentials" not in (client.settings.get("AllowedOAuthFlows") or ()):
        raise errors.GRANT_TYPE_NOT_ALLOWED()
    if not client.settings["AllowedOAuthFlowsUserPoolClient"]:
        raise errors.GRANT_INVALID()
    allowed = [scope for scope in scopes.allowed(client) if scope not in STANDARD_SCOPES]
    requested = (parameters.get("scope") or "").split()
    # Scopes that are not allowed are left out, unless there is no other.
    wanted = [scope for scope in dict.fromkeys(requested) if scope in allowed] if requested else allowed
    if requested and not wanted:
        raise errors.SCOPES_NOT_ALLOWED()
    granted = scopes.active(wanted, client_scopes.custom_scopes(context, pool))
    issued = client_tokens.issue(context, pool, client, granted, _metadata(parameters.get("aws_client_metadata")))
    return {"access_token": issued.access_token, "expires_in": issued.expires_in, "token_type": "Bearer"}


def _metadata(text: str | None) -> dict[str, str] | None:
    """``aws_client_metadata``: a JSON object of strings, which is the ClientMetadata of PreTokenGeneration."""
    if not text:
        return None
    try:
        metadata = json.loads(text)
    except (ValueError, RecursionError):
        raise errors.TOKEN_REQUEST_INVALID() from None
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise errors.TOKEN_REQUEST_INVALID()
    return metadata


def _answer(issued: issuing.Tokens) -> Answer:
    """Tokens of a user. A refresh token is there if it is a new one."""
    return {
        **({"id_token": issued.id_token} if issued.openid else {}),
        "access_token": issued.access_token,
        **({} if issued.refresh_token is None else {"refresh_token": issued.refresh_token}),
        "expires_in": issued.expires_in,
        "token_type": "Bearer",
    }


_GRANTS: dict[str, Callable[[Context, UserPool, AppClient, Parameters], Answer]] = {
    "authorization_code": _authorization_code,
    "refresh_token": _refresh_token,
    "client_credentials": _client_credentials,
    token_exchange.GRANT_TYPE: token_exchange.exchange,
}
