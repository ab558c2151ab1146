"""A request whose page is rendered, without a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp import CLIENTS, POOLS, AppClient, Domain, domains_of
from pytest_cognito.http.messages import Response
from pytest_cognito.web.rendering.html import render
from pytest_cognito.web.rendering.page import Page
from pytest_cognito.world import World


@dataclass(frozen=True)
class Context:
    """What rendering asks of a request."""

    world: World = field(default_factory=World)
    domain: Domain | None = None
    client_record: AppClient | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    csrf_token: str = "a-token"
    base: str = ""


def domain(version: int = 1, pool_id: str = "us-east-1_none") -> Domain:
    return Domain("example", pool_id, "us-east-1", "0" * 12, version, "d.cloudfront.net", False, {}, None)


def rendered(page: Page, context: Context | None = None) -> str:
    """The HTML of a page; that of the classic hosted UI unless the context has another domain."""
    return body(render(context or Context(), page))


def read(page: Page, context: Context | None = None) -> BeautifulSoup:
    """The elements of a page, as a browser reads it."""
    return BeautifulSoup(rendered(page, context), "html5lib")


def element(soup: BeautifulSoup, selector: str) -> Tag:
    """The one element that a selector of CSS finds."""
    [found] = soup.select(selector)
    return found


def code(tag: Tag) -> str:
    """What is in a style sheet or in a script."""
    return str(tag.string or "")


def body(response: Response) -> str:
    return response.body.decode()


def of_client(cognito: Cognito, version: int, *, settings: Any = None, assets: Any = (), **values: Any) -> Context:
    """The context of a request about a client of a new pool whose domain has a version, with a style of its own."""
    pool = cognito.create_user_pool()
    client = pool.create_client()
    pool.call("CreateUserPoolDomain", Domain=f"d{pool.id[-9:].lower()}", ManagedLoginVersion=version)
    if settings is not None or assets:
        pool.call("CreateManagedLoginBranding", ClientId=client.id, Settings=settings or {}, Assets=list(assets))
    record, of_pool = cognito.world.store[CLIENTS].get(client.id), cognito.world.store[POOLS].get(pool.id)
    assert record is not None
    assert of_pool is not None
    [found] = domains_of(cognito.world, of_pool)
    return Context(cognito.world, found, record, **values)
