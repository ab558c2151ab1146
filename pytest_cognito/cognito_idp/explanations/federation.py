"""Explanations of what goes wrong in a sign-in by an identity provider, of which an application learns a few words."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import (
    IDENTITY_PROVIDERS,
    POOLS,
    PROVIDER_VISITS,
    IdentityProvider,
    ProviderVisit,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.providers import saml_requests
from pytest_cognito.kernel.text import first_few, plain

_OPENID = ("oidc_issuer", "client_id", "jwks_uri")
_ENDPOINTS = ("token_url", "attributes_url", "jwks_uri", "client_id", "attributes_request_method")


def way_back(details: CallDetails) -> Iterator[str]:
    """Why a browser that comes back from a provider is not taken for the one that was sent there."""
    visit = _visit(details)
    if visit is None:
        yield "Cognito has sent no browser to a provider with this state"
    elif visit.returned:
        yield f"the browser that was sent to {plain(visit.provider)} with this state has come back already"
    elif details.call.operation.partition(" ")[2] not in visit.callback_url:
        yield f"the browser that was sent to {plain(visit.provider)} is to come back to {visit.callback_url}"
    else:
        yield (
            f"the request lacks the cookie csrf-state of the browser that was sent to {plain(visit.provider)}: it is "
            f"another browser, or was sent to a provider once more meanwhile"
        )


def openid(details: CallDetails) -> Iterator[str]:
    """What a provider's ID tokens must be: issuer, audience, keys; and the scopes that are asked for."""
    provider = _provider(details)
    if provider is not None:
        yield _told(provider, _OPENID)
        if "openid" not in provider.details.get("authorize_scopes", ""):
            yield f"authorize_scopes of {plain(provider.name)}: {plain(provider.details.get('authorize_scopes', ''))}"


def endpoints(details: CallDetails) -> Iterator[str]:
    """Where a provider is asked, and as which client. The requests are in the log, if it is a simulated one."""
    provider, visit = _provider(details), _visit(details)
    if provider is not None:
        yield _told(provider, _ENDPOINTS)
    if visit is not None:
        yield f"redirect_uri of the code: {visit.callback_url}"


def saml(details: CallDetails) -> Iterator[str]:
    """What a response of SAML must name."""
    provider, pool = _provider(details), _pool(details)
    if provider is None or pool is None:
        return
    switches = [
        f"{name} {provider.details[name]}" for name in ("IDPInit", "EncryptedResponses") if name in provider.details
    ]
    listed = [f"issuer {plain(provider.entity_id or 'any')}", *switches]
    yield f"{plain(provider.name)} ({provider.type}): {', '.join(listed)}"
    visit = _visit(details)
    request = "" if visit is None else f", InResponseTo {visit.request_id}, Recipient {visit.callback_url}"
    yield f"a response must have: Audience {saml_requests.audience(pool.id)}{request}"


def mapping(details: CallDetails) -> Iterator[str]:
    """How a provider's claims become attributes, and which of these the pool requires or does not let change."""
    provider, pool = _provider(details), _pool(details)
    if provider is None or pool is None:
        return
    pairs = (f"{plain(name)}={plain(claim)}" for name, claim in provider.mapping.items())
    yield f"AttributeMapping of {plain(provider.name)}: {first_few(pairs) or 'none'}"
    required = [name for name, each in pool.schema_by_name.items() if each.get("Required") and name != "sub"]
    fixed = [name for name, each in pool.schema_by_name.items() if not each["Mutable"] and name != "sub"]
    for what, names in (("requires", required), ("does not let change", fixed)):
        if names:
            yield f"{pool.id} {what}: {first_few(map(plain, names))}"


def initiated(details: CallDetails) -> Iterator[str]:
    """What a sign-in needs that a SAML provider has initiated."""
    relayed = _relayed(details)
    if relayed:
        yield f"RelayState names: {first_few(f'{plain(name)}={plain(value)}' for name, value in relayed.items())}"
    provider = _provider(details)
    if provider is not None:
        yield f"IDPInit of {plain(provider.name)} ({provider.type}): {provider.details.get('IDPInit', 'false')}"
    if details.client is not None:
        names = details.client.settings.get("SupportedIdentityProviders") or ()
        yield f"SupportedIdentityProviders of {details.client.id}, all of SAML: {first_few(map(plain, names))}"


def _visit(details: CallDetails) -> ProviderVisit | None:
    state = details.parameter("state") or details.parameter("RelayState")
    return details.table(PROVIDER_VISITS).get(state) if state else None


def _relayed(details: CallDetails) -> dict[str, str]:
    """The application's request in the RelayState of a sign-in that the provider has initiated."""
    return dict(parse_qsl(details.parameter("RelayState") or ""))


def _provider(details: CallDetails) -> IdentityProvider | None:
    """The provider that a request is about, if it is known."""
    providers = details.table(IDENTITY_PROVIDERS)
    visit = _visit(details)
    if visit is not None:
        return providers.get((visit.pool_id, visit.provider))
    name = _relayed(details).get("identity_provider") or details.parameter("identity_provider")
    found = [each for each in providers if each.name == name]
    return found[0] if len(found) == 1 else None


def _pool(details: CallDetails) -> UserPool | None:
    provider = _provider(details)
    return None if provider is None else details.table(POOLS).get(provider.pool_id)


def _told(provider: IdentityProvider, names: tuple[str, ...]) -> str:
    """A provider with some of its details."""
    known = (f"{name} {plain(provider.details[name])}" for name in names if provider.details.get(name))
    return f"{plain(provider.name)} ({provider.type}): {', '.join(known)}"
