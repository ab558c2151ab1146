"""Sign-in by identity providers for the package ``web``: to a provider, back from it, and the end of its sessions.

The functions take the context of a step, but `ask_provider`, which must not be called within one.
"""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization import browser_sessions, providers
from pytest_cognito.cognito_idp.flows.authorization.sign_in import Finished
from pytest_cognito.cognito_idp.flows.federation import oauth, saml
from pytest_cognito.cognito_idp.flows.federation.saml import Initiated
from pytest_cognito.cognito_idp.records import (
    IDENTITY_PROVIDERS,
    PROVIDER_VISITS,
    Domain,
    IdentityProvider,
    ProviderVisit,
    UserPool,
)
from pytest_cognito.cognito_idp.regions import region_of
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.federation.saml_assertions import SamlSession
from pytest_cognito.world import Context, World

SAML = providers.SAML


class ComingBack(NamedTuple):
    """A browser that comes back from a provider, and what is remembered of it. It may come too ``late``."""

    provider: IdentityProvider
    visit: ProviderVisit
    late: bool = False


def find_provider(context: Context, pool: UserPool, name: str) -> IdentityProvider:
    """An identity provider of a pool."""
    return lookup.identity_provider(context, pool, name)


def send_to_provider(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    provider: IdentityProvider,
    *,
    callback_url: str,
    query: str,
    prompt: str | None,
) -> tuple[str, ProviderVisit]:
    """The address to which a browser is sent for a sign-in, and what remembers it."""
    return providers.send(
        context,
        found.pool,
        found.client,
        provider,
        request,
        callback_url=callback_url,
        query=query,
        prompt=prompt,
    )


def coming_back(context: Context, domain: Domain | None, state: str | None, path: str) -> ComingBack:
    """The browser that comes back with a state, which is good once, to the page of the domain with this path."""
    visit = context.table(PROVIDER_VISITS).get(state)
    if visit is None or (domain is not None and domain.pool_id != visit.pool_id):
        raise errors.PROVIDER_STATE_UNKNOWN()
    if domain is None:
        context.region = context.call.region = region_of(context.world, {"UserPoolId": visit.pool_id}) or context.region
    provider = context.table(IDENTITY_PROVIDERS).get((visit.pool_id, visit.provider))
    if provider is None:
        raise errors.PROVIDER_STATE_UNKNOWN()
    providers.coming_back(context, visit, path)
    return ComingBack(provider, visit, late=visit.expires <= context.now())


def ask_provider(world: World, back: ComingBack, parameters: dict[str, str]) -> ExternalUser:
    """The user whom a provider of OAuth 2.0 has authenticated, by the parameters with which the browser comes back."""
    code = oauth.check_callback(parameters)
    return oauth.redeem(
        world,
        back.provider,
        code,
        callback_url=back.visit.callback_url,
        nonce=back.visit.nonce,
        apple_user=parameters.get("user"),
    )


def finish_federated_sign_in(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    provider: IdentityProvider,
    external: ExternalUser,
) -> Finished:
    """Sign in a user whom a provider has authenticated."""
    return providers.finish(context, found.pool, found.client, request, provider, external)


def finish_saml_sign_in(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    provider: IdentityProvider,
    response: str,
    *,
    consumer_urls: tuple[str, ...],
    request_id: str | None,
) -> Finished:
    """Sign in the user of a SAML response. ``request_id`` is None for a sign-in that the provider has initiated."""
    signed_in = saml.verify_response(
        context, found.pool, provider, response, consumer_urls=consumer_urls, request_id=request_id
    )
    return providers.finish_saml(context, found.pool, found.client, request, provider, signed_in)


def initiated_sign_in(context: Context, domain: Domain | None, relay_state: str, response: str) -> Initiated:
    """The SAML provider that has initiated a sign-in, and the request that ``RelayState`` stands for."""
    if domain is None:
        raise errors.SAML_UNSOLICITED()
    pool = lookup.pool(context, domain.pool_id)
    initiated = saml.initiated_by(context, pool, relay_state, response)
    client = lookup.find_client(context, initiated.parameters["client_id"])
    if client is not None:
        saml.check_initiated(context, pool, client)
    return initiated


def send_to_sign_out(
    context: Context, domain: Domain | None, token: str | None, *, callback_url: str, query: str
) -> tuple[str, ProviderVisit] | None:
    """The address at the SAML provider where the user of a browser's session signs out, too, and what remembers it.

    None if there is no session, or nothing to sign out of. ``query`` is that of the request to ``/logout``.
    """
    session = browser_sessions.by_token(context, token)
    if session is None or not isinstance(session.saml, SamlSession):
        return None
    if domain is not None and domain.pool_id != session.pool_id:
        return None
    provider = context.table(IDENTITY_PROVIDERS).get((session.pool_id, session.provider))
    if provider is None or not saml.wants_sign_out(provider):
        return None
    pool = lookup.pool(context, session.pool_id)
    return providers.send_to_sign_out(
        context, pool, provider, session.saml, callback_url=callback_url, client_id=session.client_id, query=query
    )


def verify_sign_out(context: Context, back: ComingBack, response: str, addresses: tuple[str, ...]) -> None:
    """Raise unless a SAML provider says, to one of the ``addresses``, that the user has signed out there."""
    pool = lookup.pool(context, back.visit.pool_id)
    saml.verify_sign_out(
        context,
        pool,
        back.provider,
        response,
        request_id=back.visit.request_id or "",
        addresses=addresses,
    )


def saml_error(error: AWSError) -> AWSError:
    """An error of a sign-in by SAML as an application gets it."""
    return saml.as_saml_error(error)
