"""Sign-out at a domain: which session ends, and where the browser goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import browser_sessions
from pytest_cognito.cognito_idp.records import Domain
from pytest_cognito.cognito_idp.rules.clients import scopes
from pytest_cognito.cognito_idp.web import authorization, clients
from pytest_cognito.world import Context


class SignedOut(NamedTuple):
    """Where the browser goes: to a ``location`` of the application, or to the sign-in page with the request's query.

    That page gets the ``scope``, if it is not None. ``region`` is that of the pool.
    """

    region: str
    location: str | None = None
    scope: str | None = None


def sign_out(context: Context, domain: Domain | None, query: Mapping[str, str], token: str | None) -> SignedOut | None:
    """End the session of the browser's cookie; None for a request without a known app client, which ends nothing.

    ``logout_uri`` must be registered to the letter. With ``redirect_uri`` and ``response_type`` in its place the user
    is asked to sign in again.
    """
    found = clients.find_client(context, domain, query.get("client_id"))
    if found is None:
        return None
    pool, client = found
    browser_sessions.end(context, token)
    context.commit()
    target = query.get("logout_uri")
    if target is not None:
        registered = client.settings.get("LogoutURLs") or ()
        return SignedOut(pool.region, location=target if target in registered else None)
    if query.get("redirect_uri") and query.get("response_type"):
        missing = not query.get("scope")
        return SignedOut(pool.region, scope=" ".join(scopes.allowed(client)) if missing else None)
    if authorization.has_managed_login(context, domain, pool):
        raise errors.LOGOUT_WITHOUT_TARGET()
    return SignedOut(pool.region)
