"""Authentication of app clients at the endpoints that applications call, by a secret or, without one, by nothing."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient, Domain, UserPool
from pytest_cognito.cognito_idp.rules.clients import secret_hash
from pytest_cognito.cognito_idp.web import clients
from pytest_cognito.world import Context


class Credentials(NamedTuple):
    """How the client of a request says who it is: its id, and its secret if it has sent one.

    ``conflict`` says that the header and the parameters name two.
    """

    client_id: str | None
    secret: str | None
    conflict: bool = False


def authenticated_client(
    context: Context, domain: Domain | None, credentials: Credentials
) -> tuple[UserPool, AppClient]:
    """The app client, which must give one of its secrets if it has any, and none otherwise."""
    if not credentials.client_id or credentials.conflict:
        raise errors.TOKEN_REQUEST_INVALID()
    found = clients.find_client(context, domain, credentials.client_id)
    if found is None:
        raise errors.CLIENT_INVALID()
    pool, client = found
    if not secret_hash.is_secret_of(client, credentials.secret or None):
        raise errors.CLIENT_INVALID()
    return pool, client
