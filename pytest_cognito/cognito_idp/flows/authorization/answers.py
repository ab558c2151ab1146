"""The answer to an authorization request: the redirect to the application, with a code or with tokens."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import codes
from pytest_cognito.cognito_idp.flows.clients import client_scopes
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.records import USERS, AppClient, Grant, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.oauth import redirects
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import TOKEN, AuthorizationRequest
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.world import Context

SOURCE = "HostedAuth"
"""The source of PreTokenGeneration for the tokens of a sign-in at a domain."""


class Authenticated(NamedTuple):
    """A user who is signed in at a domain: by which provider, when, and with what proof (see `Grant`).

    ``event_id`` is the id of the authentication event, if threat protection watches the sign-in; ``sso`` is the id of
    the SSO session, if the pool tracks sessions. ``level`` is the authentication level that an identity provider
    vouches for, 0 for none; by default it is the one that the methods reach.
    """

    user: User
    provider: str
    authenticated: dt.datetime
    methods: tuple[str, ...] = ()
    event_id: str | None = None
    sso: str | None = None
    level: int | None = None

    @property
    def reached(self) -> int:
        """The authentication level of the sign-in, 1 to 4, or 0."""
        return acr.level_of(self.methods) if self.level is None else self.level


def redirect(
    context: Context, pool: UserPool, client: AppClient, request: AuthorizationRequest, who: Authenticated
) -> str:
    """Where the browser is sent to for a user who is signed in. PreTokenGeneration runs before a code is issued."""
    grant = issuing.new_grant(
        context,
        pool,
        client,
        who.user,
        request.scopes,
        authenticated=who.authenticated,
        methods=who.methods,
        acr=_reached(pool, request, who),
        event_id=who.event_id,
        hosted=True,
        resource=request.resource,
        stored=request.response_type == TOKEN,
    )
    granted = client_scopes.granted(context, pool, grant)
    issuance = Issuance(pool, client, who.user, grant, SOURCE, scopes=granted, nonce=request.nonce)
    if request.response_type == TOKEN:
        return _with_tokens(context, request, issuance, who.sso)
    changes = issuing.changes_of(context, issuance)
    check_usable(context, who.user)
    code = codes.issue(context, request, grant, changes, who.sso)
    return redirects.with_query(request.redirect_uri, {"code": code, "state": request.state})


def _reached(pool: UserPool, request: AuthorizationRequest, who: Authenticated) -> str | None:
    """The claim ``acr``: the name of the level that the sign-in has reached, empty for none, None if not asked for."""
    names = pool.settings["AcrConfiguration"]
    if not acr.levels_named(names, request.acr_values or ""):
        return None
    return acr.name_of(names, who.reached) or ""


def check_usable(context: Context, user: User) -> User:
    """Read a user again, after a function that may have changed them; raise if they are disabled or deleted."""
    found = context.table(USERS).get((user.pool_id, user.key))
    if found is None or found.sub != user.sub:
        raise errors.USER_NOT_FOUND()
    if not found.enabled:
        raise errors.USER_DISABLED()
    return found


def _with_tokens(context: Context, request: AuthorizationRequest, issuance: Issuance, sso: str | None) -> str:
    """The redirect of the implicit grant. It gives no refresh token."""
    issued = issuing.issue(context, issuance)
    check_usable(context, issuance.user)
    grant: Grant = issuance.grant
    user_sessions.begin(context, issuance.pool, issuance.client, grant, sso)
    parameters = {
        "access_token": issued.access_token,
        "id_token": issued.id_token if issued.openid else None,
        "token_type": "Bearer",
        "expires_in": str(issued.expires_in),
        "state": request.state,
    }
    return redirects.with_fragment(request.redirect_uri, parameters)
