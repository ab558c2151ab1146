"""Authorization requests (RFC 6749, OpenID Connect Core): reading them, and checking them against the app client."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient
from pytest_cognito.cognito_idp.rules.clients import scopes
from pytest_cognito.cognito_idp.rules.oauth import pkce, resources

CODE, TOKEN = "code", "token"
_FLOWS = {CODE: CODE, TOKEN: "implicit"}
"""The values of ``response_type``, and those of AllowedOAuthFlows that allow them."""

_DIGITS = 9
"""Digits of ``max_age`` that count: as many seconds are longer than any session."""

Query = Mapping[str, str]


@dataclass(frozen=True)
class AuthorizationRequest:
    """An authorization request that was checked.

    ``scopes`` are those that were asked for, or else all of the client. ``challenge`` is ``code_challenge``,
    ``max_age`` in seconds. The others have the names of their parameters; None stands for one that was not sent, or
    that does not count: ``prompt``, ``resource``, ``acr_values`` and ``max_age`` are managed login's alone.
    """

    client_id: str
    redirect_uri: str
    response_type: str
    scopes: tuple[str, ...]
    state: str | None = None
    nonce: str | None = None
    challenge: str | None = None
    resource: str | None = None
    prompt: frozenset[str] = frozenset()
    login_hint: str | None = None
    identity_provider: str | None = None
    idp_identifier: str | None = None
    acr_values: str | None = None
    max_age: int | None = None


def providers(client: AppClient) -> tuple[str, ...]:
    """SupportedIdentityProviders: by which providers users of an app client sign in."""
    return tuple(client.settings.get("SupportedIdentityProviders") or ())


def redirect_uri(client: AppClient, query: Query) -> str:
    """The redirect URI of a request, which must be registered to the letter.

    A request without one is good where the client has a single identity provider: it is then DefaultRedirectURI, or the
    only callback URL.
    """
    callbacks: Collection[str] = client.settings.get("CallbackURLs") or ()
    given = query.get("redirect_uri")
    if not given and len(providers(client)) == 1:
        default: str | None = client.settings.get("DefaultRedirectURI")
        if default is not None:
            return default
        if len(callbacks) == 1:
            return next(iter(callbacks))
    if not given or given not in callbacks:
        raise errors.REDIRECT_MISMATCH()
    return given


def check_client(client: AppClient) -> None:
    """Raise unless an app client takes part in OAuth 2.0: it has the flows switched on, and an identity provider."""
    if not client.settings["AllowedOAuthFlowsUserPoolClient"] or not providers(client):
        raise errors.CLIENT_WITHOUT_OAUTH()


def read(client: AppClient, redirect: str, query: Query, *, managed: bool) -> AuthorizationRequest:
    """Check a request whose redirect URI is known, in AWS's order.

    ``managed`` says that the pages are those of managed login.
    """
    response_type = query.get("response_type", "")
    if response_type not in _FLOWS:
        raise errors.AUTHORIZATION_REQUEST_INVALID()
    challenge = _challenge(query) if response_type == CODE else None  # the implicit grant has no use for it
    if _FLOWS[response_type] not in (client.settings.get("AllowedOAuthFlows") or ()):
        raise errors.GRANT_NOT_ALLOWED()
    allowed = scopes.allowed(client)
    requested = tuple(dict.fromkeys((query.get("scope") or "").split())) or allowed
    if any(scope not in allowed for scope in requested):
        raise errors.SCOPE_INVALID()
    return AuthorizationRequest(
        client_id=client.id,
        redirect_uri=redirect,
        response_type=response_type,
        scopes=requested,
        state=query.get("state"),
        nonce=query.get("nonce"),
        challenge=challenge,
        login_hint=query.get("login_hint"),
        identity_provider=query.get("identity_provider") or None,
        idp_identifier=query.get("idp_identifier") or None,
        **(_of_managed_login(query) if managed else {}),
    )


def _challenge(query: Query) -> str | None:
    challenge, method = query.get("code_challenge"), query.get("code_challenge_method")
    if bool(challenge) != bool(method) or (challenge and method != pkce.METHOD):
        raise errors.AUTHORIZATION_REQUEST_INVALID()
    return challenge or None


def _of_managed_login(query: Query) -> dict[str, Any]:
    """The parameters that the classic hosted UI does not know."""
    prompt = frozenset((query.get("prompt") or "").split())
    if "none" in prompt and len(prompt) > 1:
        raise errors.AUTHORIZATION_REQUEST_INVALID()
    resource, max_age = query.get("resource") or None, query.get("max_age") or None
    if resource is not None:
        resources.check(resource)
    if max_age is not None and not (max_age.isascii() and max_age.isdigit()):
        raise errors.AUTHORIZATION_REQUEST_INVALID()
    return {
        "prompt": prompt,
        "resource": resource,
        "acr_values": query.get("acr_values") or None,
        "max_age": None if max_age is None else int(max_age[:_DIGITS]),
    }
