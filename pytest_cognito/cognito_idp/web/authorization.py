"""The authorization endpoint and the sign-in page: authorization requests, sessions of browsers, sign-in.

The functions take the context of a step. ``query`` are the parameters of the request. Errors of `client_of_request` are
shown on a page of the domain, those of `authorization_request` go to the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization import answers, browser_sessions, sign_in
from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.flows.authorization.sign_in import HostedSignIn, Step
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, AppClient, Domain, PageState, UserPool
from pytest_cognito.cognito_idp.regions import region_of
from pytest_cognito.cognito_idp.rules.oauth import authorization_requests
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.world import Context

Query = Mapping[str, str]


class ClientOfRequest(NamedTuple):
    """The pool, the app client and the redirect URI of an authorization request."""

    pool: UserPool
    client: AppClient
    redirect_uri: str


def find_client(context: Context, domain: Domain | None, client_id: str | None) -> tuple[UserPool, AppClient] | None:
    """The pool and the app client of a request, which must be of the domain's pool.

    ``domain`` is None on the local server, which serves all pools: the region is then that of the client's pool.
    """
    if not client_id:
        return None
    if domain is None:
        context.region = context.call.region = region_of(context.world, {"ClientId": client_id}) or context.region
    client = lookup.find_client(context, client_id)
    if client is None or (domain is not None and domain.pool_id != client.pool_id):
        return None
    return lookup.pool(context, client.pool_id), client


def client_of_request(context: Context, domain: Domain | None, query: Query) -> ClientOfRequest:
    """What an authorization request is for, before anything may be sent to its redirect URI."""
    known = find_client(context, domain, query.get("client_id"))
    if known is None:
        raise errors.CLIENT_UNKNOWN()
    pool, client = known
    redirect_uri = authorization_requests.redirect_uri(client, query)
    authorization_requests.check_client(client)
    return ClientOfRequest(pool, client, redirect_uri)


def authorization_request(context: Context, found: ClientOfRequest, query: Query) -> AuthorizationRequest:
    """An authorization request that was checked."""
    custom = client_scopes.custom_scopes(context, found.pool)
    return authorization_requests.read(found.client, found.redirect_uri, query, custom)


def provider_of_request(context: Context, found: ClientOfRequest, request: AuthorizationRequest) -> str | None:
    """The provider that a request names by ``identity_provider`` or ``idp_identifier``; None if it names none."""
    named = request.identity_provider
    if request.idp_identifier is not None:
        providers = context.table(IDENTITY_PROVIDERS)
        provider = providers.find("identifier", (found.pool.id, request.idp_identifier))
        named = provider.name if provider else ""
    if named is not None and named not in authorization_requests.providers(found.client):
        raise errors.LOGIN_OPTION_NOT_AVAILABLE()
    return named


def continue_session(
    context: Context, found: ClientOfRequest, request: AuthorizationRequest, token: str | None
) -> str | None:
    """Where the browser goes whose cookie has a session that is good for the request; None if there is none."""
    session = browser_sessions.find(context, found.pool, token)
    if session is None or session.provider not in authorization_requests.providers(found.client):
        return None
    wanted = request.identity_provider
    who = browser_sessions.authenticated(context, session) if wanted in (None, session.provider) else None
    return None if who is None else answers.redirect(context, found.pool, found.client, request, who)


def begin_sign_in(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    flow: str,
    parameters: Mapping[str, str],
    context_data: Mapping[str, Any],
) -> Step:
    """Begin a sign-in with the AuthParameters of a flow."""
    return HostedSignIn(context, found.pool, found.client, request, context_data).begin(flow, parameters)


def waiting_sign_in(context: Context, found: ClientOfRequest, token: str | None) -> PageState:
    """The sign-in that waits for the answer to a challenge, by the cookie of the browser."""
    return sign_in.waiting(context, found.client, token)


def answer_challenge(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    state: PageState,
    responses: Mapping[str, str],
    context_data: Mapping[str, Any],
    challenge: str | None = None,
) -> Step:
    """Answer the challenge of a sign-in that waits with ChallengeResponses, by default under its own ChallengeName."""
    attempt = HostedSignIn(context, found.pool, found.client, request, context_data)
    return attempt.answer(state, responses, challenge)


def authorize_user(context: Context, domain: Domain | None, query: Query, username: str) -> str:
    """Where the browser of a user who is signed in would be sent to by an authorization request.

    Errors that go to the application are raised, too.
    """
    found = client_of_request(context, domain, query)
    request = authorization_request(context, found, query)
    user = answers.check_usable(context, lookup.user(context, found.pool, username))
    who = Authenticated(user, authorization_requests.LOCAL, context.now())
    return answers.redirect(context, found.pool, found.client, request, who)


def end_session(context: Context, token: str | None) -> None:
    """End the session of a browser's cookie."""
    browser_sessions.end(context, token)
