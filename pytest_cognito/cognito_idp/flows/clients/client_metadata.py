"""Client ID metadata documents: what Cognito keeps of the documents that clients name as their ``client_id``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import CIMD_POLICIES, CLIENT_METADATA, CIMDPolicy, ClientMetadata, UserPool
from pytest_cognito.cognito_idp.rules.clients import metadata_urls
from pytest_cognito.world import Context

Document = Mapping[str, Any]

_SHORTEST, _LONGEST = 86_400, 31_556_952
"""The bounds of the time for which a document asks itself to be kept, in seconds."""


def policy_for(context: Context, pool: UserPool, url: str) -> CIMDPolicy | None:
    """The policy, the oldest if there are several, with a pattern that an address fits."""
    policies = context.table(CIMD_POLICIES).page("pool", pool.id)
    return next((policy for _, policy in policies if metadata_urls.fits(url, policy.patterns)), None)


def cache(
    context: Context, policy: CIMDPolicy, url: str, document: Document, max_age: int | None = None
) -> ClientMetadata:
    """Keep the document that was found at an address, as long as the policy says.

    ``max_age`` is what the response asks for (``Cache-Control``, in seconds). Between a day and a year it takes the
    place of the policy's duration.
    """
    own = max_age is not None and _SHORTEST <= max_age <= _LONGEST
    duration = dt.timedelta(seconds=max_age if own and max_age is not None else policy.cache_duration)
    now = context.now()
    metadata = ClientMetadata(policy.pool_id, policy.id, url, document, cached=now, expires=now + duration)
    context.table(CLIENT_METADATA).put(metadata)
    return metadata


def find(context: Context, policy: CIMDPolicy, url: str) -> ClientMetadata | None:
    """What is kept of an address; ``None`` without a document that is still valid."""
    found = context.table(CLIENT_METADATA).get((policy.id, url))
    return found if found is not None and is_cached(context, found) else None


def is_cached(context: Context, metadata: ClientMetadata) -> bool:
    return metadata.expires is not None and context.now() < metadata.expires


def refresh(context: Context, policy: CIMDPolicy, url: str) -> None:
    """Get the document of an address again; raise if none is kept.

    The document that was kept stands for the one that is there now.
    """
    kept = _kept(context, policy, url)
    cache(context, policy, url, kept.document or {})


def invalidate(context: Context, policy: CIMDPolicy, url: str) -> None:
    """Forget the document of an address, but not the address; raise if none is kept."""
    forgotten = replace(_kept(context, policy, url), document=None, cached=None, expires=None)
    context.table(CLIENT_METADATA).put(forgotten)


def _kept(context: Context, policy: CIMDPolicy, url: str) -> ClientMetadata:
    found = find(context, policy, url)
    if found is None:
        raise errors.CIMD_URL_NOT_CACHED(url=url)
    return found
