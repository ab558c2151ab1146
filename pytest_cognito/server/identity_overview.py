"""``/_cognito/identity-pools/``: the identities of a pool and the roles that they get."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any, Final

from pytest_cognito.cognito_identity import IDENTITIES, LOGINS, POOLS, Identity, IdentityPool
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.server import html_page
from pytest_cognito.world import World

PAGE: Final = "/_cognito/identity-pools/"
_MOST_IDENTITIES = 500


def every_pool(world: World) -> list[dict[str, Any]]:
    """The identity pools of all regions, oldest first in each, in short."""
    pools = sorted(world.store[POOLS], key=lambda pool: (pool.region, pool.created))
    return [_in_short(pool) for pool in pools]


def pool(request: Request, world: World, pool_id: str) -> Response | None:
    """What there is in an identity pool; None if there is no such pool."""
    found = world.store[POOLS].get(pool_id)
    if found is None:
        return None
    described = _described(world, found)
    return html_page.respond(request, lambda: _page(described), lambda: described)


def table(pools: list[dict[str, Any]]) -> str:
    """The identity pools as a table of HTML, with links to their pages."""
    rows = [
        (f'<a href="{html.escape(each["Href"])}">{html.escape(each["Name"])}</a>', html.escape(each["Id"]))
        for each in pools
    ]
    return html_page.table(("identity pool", "id"), rows, "There is no identity pool yet.")


def _in_short(pool: IdentityPool) -> dict[str, Any]:
    return {"Id": pool.id, "Name": pool.name, "Region": pool.region, "Href": f"{PAGE}{pool.id}"}


def _described(world: World, pool: IdentityPool) -> dict[str, Any]:
    identities = sorted(world.store[IDENTITIES].owned(POOLS, pool.id), key=lambda identity: identity.created)
    return {
        **_in_short(pool),
        "Roles": dict(pool.roles),
        "RoleMappings": list(pool.role_mappings),
        "IdentityCount": len(identities),
        "Identities": [_identity(world, identity) for identity in identities[:_MOST_IDENTITIES]],
    }


def _identity(world: World, identity: Identity) -> dict[str, Any]:
    logins = sorted(world.store[LOGINS].owned(IDENTITIES, identity.id), key=lambda login: login.number)
    return {
        "IdentityId": identity.id,
        "Enabled": not identity.disabled,
        "CreationDate": identity.created.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "Logins": [{"Provider": login.provider, "User": login.subject} for login in logins],
    }


def _page(described: dict[str, Any]) -> str:
    name = html.escape(described["Name"])
    hidden = described["IdentityCount"] - len(described["Identities"])
    roles = [(html.escape(kind), html.escape(arn)) for kind, arn in described["Roles"].items()]
    mappings = [("mapping", html.escape(provider)) for provider in described["RoleMappings"]]
    parts = [
        f'<p><code>{html.escape(described["Id"])}</code> · <a href="/_cognito/">all pools</a></p>\n',
        "<h2>Roles</h2>\n",
        html_page.table(("for", "role"), [*roles, *mappings], "It has no roles."),
        "<h2>Identities</h2>\n",
        html_page.table(("identity", "users"), [*map(_row, described["Identities"])], "Nobody."),
        f"<p>… and {hidden} more</p>\n" if hidden else "",
    ]
    return html_page.document(f"{name} – Amazon Cognito", name, "".join(parts))


def _row(identity: dict[str, Any]) -> tuple[str, ...]:
    users = [html.escape(f"{login['Provider']}: {login['User']}") for login in identity["Logins"]]
    shown = "".join(f"<div>{user}</div>" for user in users) or "a guest"
    return html.escape(identity["IdentityId"]), shown if identity["Enabled"] else "disabled"
