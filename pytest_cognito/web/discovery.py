"""The OpenID documents of a user pool: its public keys and its configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.cognito_idp import Domain, UserPool, domains_of, keys_of, registers_clients
from pytest_cognito.http import cors
from pytest_cognito.http.messages import Response
from pytest_cognito.web import addresses, errors
from pytest_cognito.web.context import RequestContext, View, json_error, json_response, pool_of_path
from pytest_cognito.world import World

Document = Mapping[str, Any]


def readable(view: View) -> View:
    """A view of a document that pages of any origin may read: it handles preflight requests as well."""

    @wraps(view)
    def answer(context: RequestContext) -> Response:
        if context.request.method == "OPTIONS":
            requested_headers = context.request.headers.get("access-control-request-headers", "")
            return Response(200, cors.preflight_headers("GET,HEAD", requested_headers))
        return view(context)

    return answer


def _document(make: Callable[[RequestContext, UserPool], Document]) -> View:
    """A view that returns a document of the user pool in the path."""

    @readable
    @wraps(make)
    def view(context: RequestContext) -> Response:
        pool = pool_of_path(context)
        if pool is None:
            return json_error(errors.POOL_NOT_FOUND(pool_id=context.arguments["pool_id"]))
        return json_response(make(context, pool))

    return view


@_document
def jwks(context: RequestContext, pool: UserPool) -> Document:
    """The public keys of a pool: one for ID tokens and one for access tokens."""
    keys = keys_of(context.world, pool)
    return {"keys": [keys.id.jwk, keys.access.jwk]}


@_document
def openid_configuration(context: RequestContext, pool: UserPool) -> Document:
    """The configuration of OpenID Connect Discovery 1.0.

    For a pool without a domain AWS lists endpoints below the issuer, although it does not serve them. PKCE is supported
    but not listed. If a loopback server is the issuer, all addresses are its own.
    """
    issuer = cognito_idp.issuer(pool, context.world.local_issuer)
    # For a pool with two domains, only the custom one is listed.
    domains = sorted(domains_of(context.world, pool), key=lambda domain: not domain.custom)
    base = _address(context.world, domains[0]) if domains else issuer
    endpoints = f"{base}/oauth2" if domains else issuer
    return {
        "authorization_endpoint": f"{endpoints}/authorize",
        "end_session_endpoint": f"{base}/logout",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        **({"registration_endpoint": f"{endpoints}/register"} if domains and registers_clients(pool) else {}),
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": f"{endpoints}/revoke",
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{endpoints}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"{endpoints}/userInfo",
    }


def _address(world: World, domain: Domain) -> str:
    """The address of a domain, at AWS or at the loopback server that is the issuer."""
    if world.local_issuer is None:
        return f"https://{domain.host}"
    return addresses.domain_url(world, world.local_issuer, domain, by_path=True)
