"""Dynamic client registration (RFC 7591): an application registers an app client of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.clients import client_scopes, client_secrets, creation
from pytest_cognito.cognito_idp.flows.tokens import verification
from pytest_cognito.cognito_idp.records import LOCAL, AppClient, Domain, UserPool
from pytest_cognito.cognito_idp.rules.pools import client_registration
from pytest_cognito.world import Context

_INVALID = errors.REGISTRATION_TOKEN_INVALID
_TOKEN_ERRORS = verification.TokenErrors(_INVALID, _INVALID, _INVALID)
_METADATA = errors.REGISTRATION_METADATA_INVALID
_URI_ERRORS = (errors.REDIRECT_URI_INVALID, errors.URL_WITH_HTTP, errors.CALLBACK_URLS_EMPTY)


def registers_clients(pool: UserPool) -> bool:
    """Whether applications may register app clients of a pool."""
    return client_registration.is_on(pool.settings)


def register_client(
    context: Context, domain: Domain | None, access_token: str | None, metadata: Mapping[str, Any]
) -> dict[str, Any]:
    """Register an app client by the metadata of RFC 7591, with an initial access token or, if that is on, without one.

    The token is that of a client for itself, with the scope ``aws.cognito/dcr/register``.
    """
    pool = _pool(context, domain, access_token)
    configuration = pool.settings.get(client_registration.MEMBER) or {}
    if not client_registration.is_on(pool.settings):
        raise errors.REGISTRATION_OFF()
    if access_token is None and not configuration.get("OpenDcrEnabled"):
        raise errors.REGISTRATION_TOKEN_INVALID()
    if access_token is not None:
        _check_token(context, pool, access_token)
    wanted = client_registration.wanted(configuration, metadata, is_open=access_token is None)
    try:
        client = _create(context, pool, wanted)
    except AWSError as error:
        refusal = errors.REGISTRATION_REDIRECT_INVALID if error.kind in _URI_ERRORS else _METADATA
        raise refusal(reason=error.message) from error
    return _described(client, wanted)


def _create(context: Context, pool: UserPool, wanted: client_registration.Wanted) -> AppClient:
    """Create the client, by which users sign in by any provider of the pool."""
    secret = None if wanted.method == "none" else client_secrets.draw(context)
    settings = {
        "ClientName": wanted.name,
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": list(wanted.flows),
        "AllowedOAuthScopes": list(wanted.scopes),
        "CallbackURLs": list(wanted.redirect_uris),
        "SupportedIdentityProviders": [LOCAL, *creation.provider_names(context, pool)],
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
    }
    creation.check_quota(context, pool)
    complete = creation.complete(context, pool, settings, has_secret=secret is not None)
    return creation.create(context, pool, complete, secret, registered=True)


def _pool(context: Context, domain: Domain | None, access_token: str | None) -> UserPool:
    """The pool of the domain; on the local server, which serves all pools, that of the token."""
    if domain is not None:
        return lookup.pool(context, domain.pool_id)
    if access_token is None:
        raise errors.REGISTRATION_TOKEN_INVALID()
    pool, _ = verification.verify(context, access_token, "access", ("sub",), _TOKEN_ERRORS)
    return pool


def _check_token(context: Context, pool: UserPool, access_token: str) -> None:
    issuer, claims = verification.verify(context, access_token, "access", ("sub",), _TOKEN_ERRORS)
    if issuer.id != pool.id or client_scopes.REGISTER not in claims.get("scope", "").split():
        raise errors.REGISTRATION_TOKEN_INVALID()


def _described(client: AppClient, wanted: client_registration.Wanted) -> dict[str, Any]:
    """The client information response of RFC 7591, section 3.2.1."""
    secret = client.secrets[0].value if client.secrets else None
    return {
        "client_id": client.id,
        "client_id_issued_at": int(client.created.timestamp()),
        **({} if secret is None else {"client_secret": secret, "client_secret_expires_at": 0}),
        "client_name": client.name,
        "redirect_uris": list(wanted.redirect_uris),
        "grant_types": list(wanted.grant_types),
        "response_types": ["code"] if "code" in wanted.flows else [],
        "token_endpoint_auth_method": wanted.method,
        "scope": " ".join(wanted.scopes),
    }
