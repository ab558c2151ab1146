"""The metadata of SAML providers: given in a file, published by a test, or retrieved from a URL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, IdentityProvider, UserPool
from pytest_cognito.cognito_idp.rules.providers import provider_details
from pytest_cognito.federation import addresses, asking
from pytest_cognito.federation.documents import Metadata, saml_metadata
from pytest_cognito.world import Context, World

_KEPT = dt.timedelta(hours=6)
_READ = ("SSORedirectBindingURI", "SLORedirectBindingURI")
"""The details that come from the metadata."""


def for_request(context: Context, pool: UserPool, details: Mapping[str, str] | None) -> Mapping[str, str]:
    """The documents that tell of a provider which a request creates or updates, by URL.

    Metadata that nobody publishes are retrieved, but only from where the answer comes out of this process or this
    machine: without it, they are retrieved before the first sign-in. The step is left meanwhile.
    """
    world = context.world
    url = (details or {}).get("MetadataURL")
    if not url or url in world.documents or not addresses.can_have_metadata(url) or not asking.is_answered_here(url):
        return world.documents
    with world.store.outside():
        text = _retrieved(world, url)
    lookup.check_still_there(context, pool)
    return {**world.documents, url: text}


def current(context: Context, pool: UserPool, provider: IdentityProvider) -> tuple[IdentityProvider, Metadata]:
    """A SAML provider as its metadata describe it now, and these. Raises if they can't be retrieved.

    Those from a URL are kept for six hours; a document that a test has published counts at once. The step is left while
    they are retrieved.
    """
    url = provider.details.get("MetadataURL", "")
    text = provider.details.get("MetadataFile") or context.world.documents.get(url)
    if text is None and _is_fresh(provider, context.now()):
        text = provider.metadata
    if text is None:
        with context.world.store.outside():
            text = _retrieved(context.world, url)
        lookup.check_still_there(context, pool)
        provider = lookup.identity_provider(context, pool, provider.name)
        provider = _kept(context, replace(provider, metadata=text, retrieved=context.now()))
    metadata = saml_metadata(text)
    return _kept(context, _described(provider, {url: text})), metadata


def _is_fresh(provider: IdentityProvider, now: dt.datetime) -> bool:
    return provider.retrieved is not None and now < provider.retrieved + _KEPT


def _described(provider: IdentityProvider, documents: Mapping[str, str]) -> IdentityProvider:
    """A provider with the details that its metadata give."""
    given = {name: value for name, value in provider.details.items() if name not in _READ}
    details = provider_details.complete(provider.type, given, documents)
    return replace(provider, details=details, entity_id=provider_details.entity_id(details, documents))


def _kept(context: Context, provider: IdentityProvider) -> IdentityProvider:
    """A provider, which takes the place of the one that is there, if they differ."""
    table = context.table(IDENTITY_PROVIDERS)
    if table.get((provider.pool_id, provider.name)) != provider:
        table.put(provider)
    return provider


def _retrieved(world: World, url: str) -> str:
    """The document at a URL."""
    failed = partial(errors.METADATA_NOT_RETRIEVED, url=url)
    response = asking.ask(world, "GET", url, timed_out=failed, unreachable=failed)
    if response.status_code != 200:
        raise failed()
    # XML says itself which encoding it has; without a word of it, it is UTF-8.
    return response.content.decode("utf-8", "replace")
