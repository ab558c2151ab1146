"""Operations on terms documents, to which the sign-up page of managed login links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import POOLS, TERMS, Terms, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context

Links = Mapping[str, str]

_PAGE = 60


@operation
def create_terms(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str,
    terms_name: str,
    terms_source: str,
    enforcement: str,
    links: Links | None = None,
) -> Response:
    """Create the terms of use or the privacy policy of an app client: an address for each of some languages."""
    pool = lookup.pool(context, user_pool_id)
    client = lookup.client(context, pool, client_id)
    tiers.check_terms(pool)
    _check_links(links or {})
    terms = context.table(TERMS)
    if terms.find("name", (client.id, terms_name)) is not None:
        raise errors.TERMS_EXIST(name=terms_name, client_id=client.id)
    if terms.number_owned(POOLS, pool.id) >= quotas.TERMS_OF_POOL:
        raise errors.TERMS_LIMIT()
    now = context.now()
    new = Terms(
        id=context.world.ids.uuid(),
        pool_id=pool.id,
        client_id=client.id,
        name=terms_name,
        source=terms_source,
        enforcement=enforcement,
        links=links or {},
        created=now,
        modified=now,
        number=context.world.store.serial(),
    )
    terms.put(new)
    return {"Terms": _described(new)}


@operation
def describe_terms(context: Context, *, terms_id: str, user_pool_id: str) -> Response:
    """Get terms documents by their id."""
    return {"Terms": _described(_terms(context, lookup.pool(context, user_pool_id), terms_id))}


@operation
def describe_terms_by_client(context: Context, *, client_id: str, user_pool_id: str, terms_name: str) -> Response:
    """Get the terms documents with a name of an app client."""
    client = lookup.client(context, lookup.pool(context, user_pool_id), client_id)
    found = context.table(TERMS).find("name", (client.id, terms_name))
    if found is None:
        raise errors.TERMS_OF_CLIENT_NOT_FOUND(name=terms_name, client_id=client.id)
    return {"Terms": _described(found)}


@operation
def list_terms(
    context: Context, *, user_pool_id: str, max_results: int | None = None, next_token: str | None = None
) -> Response:
    """List the terms documents of a pool, oldest first, without their links."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(TERMS).page("pool", pool.id, after),
        max_results or _PAGE,
        next_token,
        f"ListTerms {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Terms": [_listed(terms) for terms in found], "NextToken": token}


@operation
def update_terms(
    context: Context,
    *,
    terms_id: str,
    user_pool_id: str,
    terms_name: str | None = None,
    terms_source: str | None = None,
    enforcement: str | None = None,
    links: Links | None = None,
) -> Response:
    """Change terms documents. What the request leaves out stays; links are replaced as a whole."""
    pool = lookup.pool(context, user_pool_id)
    terms = _terms(context, pool, terms_id)
    tiers.check_terms(pool)
    if links is not None:
        _check_links(links)
    table, name = context.table(TERMS), terms_name or terms.name
    if name != terms.name and table.find("name", (terms.client_id, name)) is not None:
        raise errors.TERMS_EXIST(name=name, client_id=terms.client_id)
    changed = replace(
        terms,
        name=name,
        source=terms_source or terms.source,
        enforcement=enforcement or terms.enforcement,
        links=links or terms.links,
        modified=context.now(),
    )
    table.put(changed)
    return {"Terms": _described(changed)}


@operation
def delete_terms(context: Context, *, terms_id: str, user_pool_id: str) -> Response:
    """Delete terms documents."""
    terms = _terms(context, lookup.pool(context, user_pool_id), terms_id)
    context.table(TERMS).delete(terms.id)
    return {}


def _terms(context: Context, pool: UserPool, terms_id: str) -> Terms:
    found = context.table(TERMS).get(terms_id.lower())
    if found is None or found.pool_id != pool.id:
        raise errors.TERMS_NOT_FOUND(terms_id=terms_id)
    return found


def _check_links(links: Links) -> None:
    """Raise without any link, and for one that is not the address of a page."""
    if not links:
        raise errors.TERMS_WITHOUT_LINKS()
    for language, link in links.items():
        if not _is_address(link):
            raise errors.TERMS_LINK_INVALID(language=language)


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _described(terms: Terms) -> dict[str, Any]:
    return {
        **_listed(terms),
        "UserPoolId": terms.pool_id,
        "ClientId": terms.client_id,
        "TermsSource": terms.source,
        "Links": terms.links,
    }


def _listed(terms: Terms) -> dict[str, Any]:
    return {
        "TermsId": terms.id,
        "TermsName": terms.name,
        "Enforcement": terms.enforcement,
        "CreationDate": terms.created,
        "LastModifiedDate": terms.modified,
    }
