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
from pytest_cognito.cognito_idp.flows.sign_in import choice
from pytest_cognito.cognito_idp.flows.users import identities
from pytest_cognito.cognito_idp.records import (
    BRANDINGS,
    IDENTITY_PROVIDERS,
    LOCAL,
    AppClient,
    Domain,
    PageState,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.factors import acr, step_up
from pytest_cognito.cognito_idp.rules.oauth import authorization_requests
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.rules.providers import oauth_requests
from pytest_cognito.cognito_idp.web import clients
from pytest_cognito.world import Context

Query = Mapping[str, str]


class ClientOfRequest(NamedTuple):
    """The pool, the app client and the redirect URI of an authorization request.

    ``managed`` says that the pages are those of managed login, ``styled`` that the client has what these need: a style.
    """

    pool: UserPool
    client: AppClient
    redirect_uri: str
    managed: bool = False
    styled: bool = True


def client_of_request(context: Context, domain: Domain | None, query: Query) -> ClientOfRequest:
    """What an authorization request is for, before anything may be sent to its redirect URI."""
    known = clients.find_client(context, domain, query.get("client_id"))
    if known is None:
        raise errors.CLIENT_UNKNOWN()
    pool, client = known
    redirect_uri = authorization_requests.redirect_uri(client, query)
    authorization_requests.check_client(client)
    managed = has_managed_login(context, domain, pool)
    styled = not managed or context.table(BRANDINGS).find("client", client.id) is not None
    return ClientOfRequest(pool, client, redirect_uri, managed, styled)


def has_managed_login(context: Context, domain: Domain | None, pool: UserPool) -> bool:
    """Whether the pages of a domain, or else those of the pool's domain, are those of managed login."""
    shown = [domain] if domain is not None else lookup.domains(context, pool)
    return any(one.has_managed_login for one in shown)


def authorization_request(found: ClientOfRequest, query: Query) -> AuthorizationRequest:
    """An authorization request that was checked."""
    return authorization_requests.read(found.client, found.redirect_uri, query, managed=found.managed)


def provider_of_request(context: Context, found: ClientOfRequest, request: AuthorizationRequest) -> str | None:
    """The provider that a request names by ``identity_provider`` or ``idp_identifier``, or the only one of the client.

    None if the user is to choose.
    """
    named = request.identity_provider
    if request.idp_identifier is not None:
        providers = context.table(IDENTITY_PROVIDERS)
        provider = providers.find("identifier", (found.pool.id, request.idp_identifier))
        named = provider.name if provider else ""
    supported = authorization_requests.providers(found.client)
    if named is not None and named not in supported:
        raise errors.LOGIN_OPTION_NOT_AVAILABLE()
    return supported[0] if named is None and len(supported) == 1 else named


def continue_session(
    context: Context, found: ClientOfRequest, request: AuthorizationRequest, token: str | None
) -> str | None:
    """Where the browser goes whose cookie has a session that is good for the request; None if there is none.

    A session of another app client of the pool is good if this client has the provider by which the user signed in.
    """
    who = _signed_in(context, found, request, token)
    if who is None or not _reaches(context, found.pool, request, who):
        return None
    return answers.redirect(context, found.pool, found.client, request, who)


def step_up_session(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    token: str | None,
    context_data: Mapping[str, Any],
) -> Step | None:
    """Go on from the browser's session to the level that a request asks for, if a second factor is what it lacks."""
    who = _signed_in(context, found, request, token) if request.acr_values else None
    if who is None or who.provider != LOCAL or acr.PASSWORD not in who.methods:
        return None
    attempt = HostedSignIn(context, found.pool, found.client, request, context_data, who)
    return attempt.begin("USER_AUTH", {"USERNAME": who.user.username})


def _signed_in(
    context: Context, found: ClientOfRequest, request: AuthorizationRequest, token: str | None
) -> Authenticated | None:
    """The user of the browser's session, if it is not too old, and of a provider that is good for the request."""
    session = browser_sessions.find(context, found.pool, found.client, token)
    if session is None or session.provider not in authorization_requests.providers(found.client):
        return None
    if provider_of_request(context, found, request) not in (None, session.provider):
        return None
    age = int(context.now().timestamp()) - int(session.authenticated.timestamp())  # as of auth_time, in seconds
    if request.max_age is not None and age > request.max_age:
        return None
    return browser_sessions.authenticated(context, session)


def _reaches(context: Context, pool: UserPool, request: AuthorizationRequest, who: Authenticated) -> bool:
    """Whether a sign-in has reached the first of the requested levels that the user can reach."""
    levels = acr.levels_named(pool.settings["AcrConfiguration"], request.acr_values or "")
    methods = choice.methods_of(context, pool, who.user) if levels else []
    for level in levels:
        if who.reached >= level:
            return True
        if step_up.can_reach(pool, who.user, level, who.methods, methods):
            return False
    return not levels


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


def authorize_user(
    context: Context, domain: Domain | None, query: Query, username: str, methods: tuple[str, ...] | None
) -> str:
    """Where the browser of a user who is signed in would be sent to by an authorization request.

    They are signed in by a provider of the app client, by the one that the request names if it does. ``methods`` are
    what they have proven, as in the claim ``amr``; None for a password, or the word of the provider. Errors that go to
    the application are raised, too.
    """
    found = client_of_request(context, domain, query)
    request = authorization_request(found, query)
    user = answers.check_usable(context, lookup.user(context, found.pool, username))
    wanted = provider_of_request(context, found, request)
    offered = authorization_requests.providers(found.client) if wanted is None else (wanted,)
    by = next((name for name in _providers_of(context, user) if name in offered), None)
    if by is None:
        raise errors.LOGIN_OPTION_NOT_AVAILABLE()
    if methods is None:
        methods = (acr.PASSWORD if by == LOCAL else oauth_requests.FEDERATED,)
    who = Authenticated(user, by, context.now(), methods)
    return answers.redirect(context, found.pool, found.client, request, who)


def _providers_of(context: Context, user: User) -> list[str]:
    """The providers by which a user can sign in: the pool itself, and those of their identities."""
    local = [LOCAL] if user.provider is None or user.status != "EXTERNAL_PROVIDER" else []
    return [*local, *(identity.provider for identity in identities.of_user(context, user))]
