"""The page behind the link of a verification e-mail: opening it confirms the user."""

from __future__ import annotations

import html
from collections.abc import Mapping

from ..aws.errors import AWSError
from ..cognito_idp import lookup
from ..cognito_idp.flows import confirmation
from ..cognito_idp.tables import CLIENTS, POOLS
from ..world import World

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body>
</html>
"""
_PARAMETERS = ("client_id", "user_name", "confirmation_code")


def page(world: World, query: Mapping[str, str]) -> tuple[int, str]:
    """Confirm the user whom the link names, and the page (status and HTML) that says so or why not."""
    missing = [name for name in _PARAMETERS if not query.get(name)]
    if missing:
        return _error(f"Required String parameter '{missing[0]}' is not present")
    try:
        _confirm(world, query["client_id"], query["user_name"], query["confirmation_code"])
    except AWSError as error:
        return _error(error.message)
    return 200, _PAGE.format(title="Confirmed", text="Your registration has been confirmed!")


def _confirm(world: World, client_id: str, username: str, code: str) -> None:
    client = world.store[CLIENTS].get(client_id)
    pool = world.store[POOLS].get(client.pool_id) if client else None
    with world.step("Confirm_With_Link_GET", pool.region if pool else None) as context:
        found, of = lookup.client_and_pool(context, client_id)
        confirmation.by_code(context, of, found, username, code)


def _error(text: str) -> tuple[int, str]:
    return 400, _PAGE.format(title="An error was encountered with the requested page.", text=html.escape(text))
