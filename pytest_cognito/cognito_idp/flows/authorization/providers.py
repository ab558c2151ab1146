"""Sign-in at a domain by an identity provider: the way there, the way back, and the redirect to the application."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization import sign_in
from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.flows.authorization.sign_in import Finished
from pytest_cognito.cognito_idp.flows.federation import oauth, saml
from pytest_cognito.cognito_idp.flows.federation.saml import SamlSignIn
from pytest_cognito.cognito_idp.flows.users import federation
from pytest_cognito.cognito_idp.records import (
    BROWSER_SESSIONS,
    PROVIDER_VISITS,
    AppClient,
    IdentityProvider,
    ProviderVisit,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.rules.providers import oauth_requests
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.federation.saml_assertions import SamlSession
from pytest_cognito.world import Context

SAML = "SAML"
_VALIDITY = dt.timedelta(minutes=5)
_PREFIX = "H4sIAAAAAAAA"  # as the state of AWS begins
_STATE_BYTES = 90
_NONCE_BYTES = 128


def send(
    context: Context,
    pool: UserPool,
    client: AppClient,
    provider: IdentityProvider,
    request: AuthorizationRequest,
    *,
    callback_url: str,
    query: str,
    prompt: str | None,
) -> tuple[str, ProviderVisit]:
    """The address at a provider to which a browser is sent, and what remembers it.

    ``callback_url`` is the one of the pool's domain for this type of provider, ``query`` that of the application's
    request, whose ``prompt`` goes on to the provider.
    """
    state = _PREFIX + _draw(context, _STATE_BYTES)
    visit = ProviderVisit(state, pool.id, client.id, provider.name, query, callback_url, context.now() + _VALIDITY)
    if provider.type == SAML:
        force = "login" in request.prompt
        sent = saml.sign_in_request(context, pool, provider, consumer_url=callback_url, relay_state=state, force=force)
        url, visit = sent.url, replace(visit, request_id=sent.id)
    else:
        nonce = new_nonce(context) if provider.type in oauth_requests.WITH_ID_TOKEN else None
        url = oauth.authorization_url(
            context,
            pool,
            provider,
            callback_url=callback_url,
            state=state,
            nonce=nonce,
            login_hint=request.login_hint,
            prompt=prompt,
            acr_values=request.acr_values,
        )
        visit = replace(visit, nonce=nonce)
    context.table(PROVIDER_VISITS).put(visit)
    return url, visit


def coming_back(context: Context, visit: ProviderVisit, path: str) -> None:
    """Take note that a browser has come back, which it can do once; raise if it has, or should have gone elsewhere.

    ``path`` is the end of the address at which it is.
    """
    if visit.returned or not visit.callback_url.endswith(path):
        raise errors.PROVIDER_STATE_UNKNOWN()
    context.table(PROVIDER_VISITS).put(replace(visit, returned=True))


def finish(
    context: Context,
    pool: UserPool,
    client: AppClient,
    request: AuthorizationRequest,
    provider: IdentityProvider,
    external: ExternalUser,
) -> Finished:
    """Sign in the user whom a provider has authenticated, and answer the application's request.

    A request without ``nonce`` gets one of Cognito's in its first ID token.
    """
    lookup.check_still_there(context, pool, client.id)
    user = federation.sign_in(context, pool, client, provider, external)
    methods = tuple(oauth_requests.methods(external.id_token))
    level = oauth_requests.level_reached(provider, external.id_token)
    who = Authenticated(user, provider.name, context.now(), methods, level=level)
    if request.nonce is None:
        request = replace(request, nonce=new_nonce(context))
    return sign_in.finish(context, pool, client, request, who)


def finish_saml(
    context: Context,
    pool: UserPool,
    client: AppClient,
    request: AuthorizationRequest,
    provider: IdentityProvider,
    signed_in: SamlSignIn,
) -> Finished:
    """As `finish`, for a SAML provider, whose session is remembered: it ends when the user signs out of the pool."""
    finished = finish(context, pool, client, request, provider, signed_in.user)
    session = replace(finished.session, saml=signed_in.session)
    context.table(BROWSER_SESSIONS).put(session)
    return replace(finished, session=session)


def send_to_sign_out(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    session: SamlSession,
    *,
    callback_url: str,
    client_id: str,
    query: str,
) -> tuple[str, ProviderVisit]:
    """The address at a SAML provider where a user signs out, and what remembers it: as of `send`."""
    state = _PREFIX + _draw(context, _STATE_BYTES)
    sent = saml.sign_out_request(context, pool, provider, session, relay_state=state)
    expires = context.now() + _VALIDITY
    visit = ProviderVisit(state, pool.id, client_id, provider.name, query, callback_url, expires, request_id=sent.id)
    context.table(PROVIDER_VISITS).put(visit)
    return sent.url, visit


def new_nonce(context: Context) -> str:
    """A ``nonce`` of Cognito's."""
    return _draw(context, _NONCE_BYTES)


def _draw(context: Context, length: int) -> str:
    return base64.urlsafe_b64encode(context.world.ids.data(length)).decode().rstrip("=")
