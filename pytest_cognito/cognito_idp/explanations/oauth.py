"""Explanations of the errors of a domain's OAuth 2.0 endpoints, which at AWS say little more than a code."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.records import AUTHORIZATION_CODES, GRANTS, USERS, AppClient, AuthorizationCode
from pytest_cognito.cognito_idp.rules.clients import client_settings, scopes, secret_hash
from pytest_cognito.cognito_idp.rules.oauth import pkce, scoped_attributes
from pytest_cognito.kernel.text import first_few, plain

_REQUIRED = {
    "authorization_code": ("code", "redirect_uri"),
    "refresh_token": ("refresh_token",),
}


def callbacks(details: CallDetails) -> Iterator[str]:
    """The registered callback URLs, beside the one that was sent."""
    if details.client is not None:
        registered = details.client.settings.get("CallbackURLs") or ()
        yield f"CallbackURLs of {details.client.id}: {first_few(map(plain, registered)) or 'none'}"
        yield f"the request has: {plain(details.parameter('redirect_uri') or 'none')}"


def takes_part(details: CallDetails) -> Iterator[str]:
    """What an app client needs for OAuth 2.0."""
    if details.client is not None:
        settings = details.client.settings
        yield (
            f"{details.client.id}: AllowedOAuthFlowsUserPoolClient={settings['AllowedOAuthFlowsUserPoolClient']}, "
            f"SupportedIdentityProviders={list(settings.get('SupportedIdentityProviders') or ())}"
        )


def providers(details: CallDetails) -> Iterator[str]:
    """The identity providers of the app client."""
    if details.client is not None:
        names = details.client.settings.get("SupportedIdentityProviders") or ()
        yield f"SupportedIdentityProviders of {details.client.id}: {first_few(map(plain, names)) or 'none'}"


def grants(details: CallDetails) -> Iterator[str]:
    """The grants of the app client, and for a refresh the flow that it needs."""
    client = details.client
    if client is None:
        return
    if details.parameter("grant_type") == "refresh_token":
        flows = sorted(client_settings.allowed_flows(client))
        yield f"{client.id} may not refresh tokens: its ExplicitAuthFlows are {', '.join(flows) or 'none'}"
        return
    flows = list(client.settings.get("AllowedOAuthFlows") or ())
    switched = (
        "" if client.settings["AllowedOAuthFlowsUserPoolClient"] else ", and AllowedOAuthFlowsUserPoolClient is off"
    )
    yield f"AllowedOAuthFlows of {client.id}: {', '.join(flows) or 'none'}{switched}"


def requested_scopes(details: CallDetails) -> Iterator[str]:
    """The scopes that the app client may ask for, and those of the request that are not among them."""
    client = details.client
    if client is None:
        return
    allowed = scopes.allowed(client)
    refused = [scope for scope in (details.parameter("scope") or "").split() if scope not in allowed]
    yield f"AllowedOAuthScopes of {client.id}: {first_few(map(plain, allowed)) or 'none'}"
    if refused:
        yield f"the request has others: {first_few(map(plain, refused))}"
    if details.pool is not None:
        known = client_scopes.custom_scopes(details.context, details.pool)
        gone = [scope for scope in refused if "/" in scope and scope not in known]
        if gone:
            yield f"no resource server has {first_few(map(plain, gone))}"


def authentication(details: CallDetails) -> Iterator[str]:
    """Whether the app client has a secret, and what the request has sent for it."""
    client = details.client
    if client is None:
        return
    sent = details.parameter("client_secret")
    if not client.secrets:
        yield f"{client.id} has no secret: send its client_id alone, and no header Authorization"
    elif not sent:
        yield f"{client.id} has a secret, which the request does not send or which is wrong"
    elif not secret_hash.is_secret_of(client, sent):
        yield f"{client.id} has another secret than the request sends"
    if details.pool is not None and secret_hash.is_secret_of(client, sent):
        domains = first_few(domain.name for domain in lookup.domains(details.context, details.pool))
        yield f"{client.id} is a client of {details.pool.id}, whose domain is {domains or 'none'}: no other knows it"


def missing_parameters(details: CallDetails) -> Iterator[str]:
    """The parameters that a request to the token endpoint lacks. A body that is no form has none."""
    grant_type = details.parameter("grant_type")
    required = ("client_id", "grant_type", *_REQUIRED.get(grant_type or "", ()))
    missing = [name for name in required if not details.parameter(name)]
    if missing:
        yield f"the request lacks {', '.join(missing)}; a body is read if it is application/x-www-form-urlencoded"


def code(details: CallDetails) -> Iterator[str]:
    """Why an authorization code is not good: used, expired, for another client, redirect URI or verifier."""
    if details.parameter("grant_type") != "authorization_code":
        return
    found = details.table(AUTHORIZATION_CODES).get(details.parameter("code"))
    if found is None:
        yield "no sign-in here has given this code, or its user or app client is deleted"
        return
    client = details.client
    if client is not None and found.client_id != client.id:
        yield f"the code was given to {found.client_id}; the request is of {client.id}"
    elif found.redeemed not in (None, details.call.request_id):
        yield "the code was used by an earlier request, and is good once"
    elif found.expires <= details.now:
        yield f"the code is good for five minutes: {details.until(found.expires)}"
    else:
        yield from _wrong_use(details, client, found)


def _wrong_use(details: CallDetails, client: AppClient | None, found: AuthorizationCode) -> Iterator[str]:
    """What is wrong with the request for a code that was good, and is used up by it."""
    uri, verifier = details.parameter("redirect_uri"), details.parameter("code_verifier")
    if uri != found.redirect_uri:
        asked = plain(found.redirect_uri)
        yield f"the code was asked for with redirect_uri {asked}; the request has {plain(uri or 'none')}"
    elif found.challenge is not None and not verifier:
        yield "the code was asked for with a code_challenge; the request has no code_verifier"
    elif found.challenge is not None and not pkce.proves(verifier or "", found.challenge):
        yield "the code_verifier of the request is not the one of the code_challenge"
    elif client is not None and details.pool is not None:
        readable = client_settings.readable(client, details.pool)
        if not scoped_attributes.are_readable(found.grant.scopes, readable):
            yield f"the scopes ask for attributes that are not among ReadAttributes of {client.id}, with …_verified"
    user = details.table(USERS).get((found.grant.pool_id, found.grant.user))
    if user is not None and not user.enabled:
        yield f"{plain(user.username)} is disabled"


def refreshed(details: CallDetails) -> Iterator[str]:
    """Whose refresh token it is whose user can't have new tokens."""
    token = details.parameter("refresh_token")
    grant = details.table(GRANTS).find("token", token) if token else None
    user = details.table(USERS).get((grant.pool_id, grant.user)) if grant else None
    if user is not None and not user.enabled:
        yield f"{plain(user.username)} is disabled"


def revocation(details: CallDetails) -> Iterator[str]:
    """Whether the app client revokes tokens."""
    if details.client is not None and not details.client.revocation:
        yield f"EnableTokenRevocation of {details.client.id} is off"
    elif not details.parameter("token"):
        yield "the request has no token"


def sign_out_urls(details: CallDetails) -> Iterator[str]:
    """The registered sign-out URLs."""
    if details.client is not None:
        registered = details.client.settings.get("LogoutURLs") or ()
        urls = first_few(map(plain, registered)) or "none"
        yield f"LogoutURLs of {details.client.id}: {urls}; the request names none"
