"""Fetching the metadata document of a client whose ``client_id`` is an address, before what is asked for is done."""

from __future__ import annotations

import json
import re

from pytest_cognito import cognito_idp
from pytest_cognito.web.context import RequestContext

_SCHEME = "https://"
_PATIENCE = 5
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")


def fetch(context: RequestContext, client_id: str | None) -> None:
    """Fetch the document of a client, if a policy is for its address and no copy is kept.

    What the world publishes at the address goes before a request to it. A document that is not there, or is no JSON
    object, describes no client.
    """
    if client_id is None or not client_id.startswith(_SCHEME):
        return
    if not context.step(cognito_idp.lacks_client_document, context.domain, client_id):
        return
    published = context.world.documents.get(client_id)
    text, max_age = (published, None) if published is not None else _get(client_id)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(document, dict):
        context.step(cognito_idp.keep_client_document, context.domain, client_id, document, max_age)


def _get(url: str) -> tuple[str, int | None]:
    """What is at an address, and how long it asks to be kept, in seconds."""
    import requests

    try:
        response = requests.get(url, timeout=_PATIENCE, allow_redirects=False)
    except requests.RequestException:
        return "", None
    asked = _MAX_AGE.search(response.headers.get("cache-control", ""))
    return (response.text if response.ok else ""), int(asked[1]) if asked else None
