"""``/_cognito/``: the pools that there are, and the app clients, users and providers of user pools, without secrets."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from typing import Any

from pytest_cognito.cognito_idp import AppClient, Contents, Domain, User, UserPool, contents_of, every_pool
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.server import html_page, identity_overview
from pytest_cognito.web.addresses import domain_url
from pytest_cognito.web.sign_in_url import redirect_uri_of, response_type_of, sign_in_url
from pytest_cognito.world import World

_MOST_USERS = 500
_PAGE = "/_cognito/pools/"


def index(request: Request, world: World) -> Response:
    """All pools."""
    pools, identity_pools = every_pool(world), identity_overview.every_pool(world)
    return html_page.respond(
        request,
        lambda: _index_page(pools, identity_pools),
        lambda: {"UserPools": [_pool(pool) for pool in pools], "IdentityPools": identity_pools},
    )


def pool(request: Request, world: World, pool_id: str) -> Response | None:
    """What there is in a pool; None if there is no such pool."""
    contents = contents_of(world, pool_id, _MOST_USERS)
    if contents is None:
        return None
    described = _described(world, request, contents)
    return html_page.respond(request, lambda: _pool_page(described), lambda: described)


def _pool(pool: UserPool) -> dict[str, Any]:
    return {"Id": pool.id, "Name": pool.name, "Region": pool.region, "Href": f"{_PAGE}{pool.id}"}


def _described(world: World, request: Request, contents: Contents) -> dict[str, Any]:
    """A pool in the words of the API, and where its pages are on this server."""
    urls = {domain.host: _url(world, request, domain) for domain in contents.domains}
    return {
        **_pool(contents.pool),
        "Domains": [{"Domain": domain.name, "Url": urls[domain.host]} for domain in contents.domains],
        "Clients": [_client(client, contents, next(iter(urls.values()), None)) for client in contents.clients],
        "IdentityProviders": [
            {"ProviderName": provider.name, "ProviderType": provider.type} for provider in contents.providers
        ],
        "Groups": [group.name for group in contents.groups],
        "UserCount": contents.user_count,
        "Users": [_user(user, groups) for user, groups in contents.users],
    }


def _url(world: World, request: Request, domain: Domain) -> str:
    """The address of a domain for a browser, which resolves names below ``localhost``."""
    return domain_url(world, request.origin, domain, by_path=False)


def _client(client: AppClient, contents: Contents, url: str | None) -> dict[str, Any]:
    links = {} if url is None else dict(_sign_in_urls(client, contents, url))
    return {"ClientId": client.id, "ClientName": client.name, "SignInUrls": links}


def _sign_in_urls(client: AppClient, contents: Contents, url: str) -> Iterator[tuple[str, str]]:
    """The addresses at which users of a client sign in: of the page with all ways, and of each identity provider."""
    redirect_uri, response_type = redirect_uri_of(client), response_type_of(client)
    if redirect_uri is None or response_type is None:
        return
    parameters = {"response_type": response_type, "redirect_uri": redirect_uri}
    yield "sign in", sign_in_url(url, client.id, parameters)
    there = {provider.name for provider in contents.providers}
    for name in client.settings.get("SupportedIdentityProviders") or ():
        if name in there:
            yield name, sign_in_url(url, client.id, {**parameters, "identity_provider": name})


def _user(user: User, groups: list[str]) -> dict[str, Any]:
    return {
        "Username": user.username,
        "UserStatus": user.status,
        "Enabled": user.enabled,
        "UserCreateDate": user.created.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "Groups": groups,
        "Attributes": dict(user.attributes),
    }


def _index_page(pools: list[UserPool], identity_pools: list[dict[str, Any]]) -> str:
    rows = [(_link(_PAGE + pool.id, pool.name), html.escape(pool.id), html.escape(pool.region)) for pool in pools]
    table = html_page.table(("user pool", "id", "region"), rows, "There is no user pool yet.")
    lead = '<p>What was sent is in the <a href="/_cognito/outbox">outbox</a>.</p>\n'
    others = f"<h1>Identity pools</h1>\n{identity_overview.table(identity_pools)}"
    return html_page.document("Amazon Cognito", "User pools", lead + table + others)


def _pool_page(described: dict[str, Any]) -> str:
    name = html.escape(described["Name"])
    hidden = described["UserCount"] - len(described["Users"])
    parts = [
        f'<p><code>{html.escape(described["Id"])}</code> · <a href="/_cognito/">all user pools</a></p>\n',
        "<h2>Domains</h2>\n",
        html_page.table(("domain", "address"), [*map(_domain_row, described["Domains"])], "It has no domain."),
        "<h2>App clients</h2>\n",
        html_page.table(("name", "id", "pages"), [*map(_client_row, described["Clients"])], "It has no app client."),
        "<h2>Identity providers</h2>\n",
        html_page.table(("name", "type"), [*map(_provider_row, described["IdentityProviders"])], "It has none."),
        "<h2>Groups</h2>\n",
        html_page.table(("name",), [(html.escape(group),) for group in described["Groups"]], "It has no groups."),
        "<h2>Users</h2>\n",
        html_page.table(("user", "status", "groups", "attributes"), [*map(_user_row, described["Users"])], "Nobody."),
        f"<p>… and {hidden} more</p>\n" if hidden else "",
    ]
    return html_page.document(f"{name} – Amazon Cognito", name, "".join(parts))


def _domain_row(domain: dict[str, Any]) -> tuple[str, ...]:
    return html.escape(domain["Domain"]), html.escape(domain["Url"])


def _client_row(client: dict[str, Any]) -> tuple[str, ...]:
    links = " · ".join(_link(url, name) for name, url in client["SignInUrls"].items())
    return html.escape(client["ClientName"]), f"<code>{client['ClientId']}</code>", links


def _provider_row(provider: dict[str, Any]) -> tuple[str, ...]:
    return html.escape(provider["ProviderName"]), html.escape(provider["ProviderType"])


def _user_row(user: dict[str, Any]) -> tuple[str, ...]:
    attributes = "".join(f"<div>{html.escape(f'{name}: {value}')}</div>" for name, value in user["Attributes"].items())
    status = user["UserStatus"] if user["Enabled"] else f"{user['UserStatus']}, disabled"
    return html.escape(user["Username"]), status, html.escape(", ".join(user["Groups"])), attributes


def _link(url: str, text: str) -> str:
    return f'<a href="{html.escape(url)}">{html.escape(text)}</a>'
