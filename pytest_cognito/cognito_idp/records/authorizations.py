"""What the authorization server remembers: authorization codes, browser sessions, and sign-ins between two pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.clients import CLIENTS
from pytest_cognito.cognito_idp.records.grants import Grant
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """An authorization code of OAuth 2.0, for the client and the redirect URI of the request.

    ``grant`` is what its redemption stores, ``changes`` are those that PreTokenGeneration has made (`Changes` of the
    trigger), ``challenge`` is the ``code_challenge`` (S256). ``sso`` is the id of the SSO session that it came through,
    if the pool tracks sessions. ``redeemed`` is the id of the request that has redeemed it: it can't be used again.
    """

    code: str = field(repr=False)
    client_id: str
    grant: Grant
    redirect_uri: str
    expires: dt.datetime
    changes: object
    challenge: str | None = None
    nonce: str | None = None
    sso: str | None = None
    redeemed: str | None = None


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """A sign-in at a domain, which the cookie ``cognito`` of a browser continues. It does not get longer by its use.

    ``provider`` is ``COGNITO`` or the identity provider by which the user has signed in, ``client_id`` the app client
    at which they did. ``methods`` are what the sign-in has proven. ``sso`` is the id of the SSO session that session
    tracking remembers, if the pool has it on: then the app client that the session is to be used for says for how long
    it is good, and the cookie lasts until ``expires``. ``level`` is that
    of `Authenticated`, ``saml`` the user's session at a SAML provider.
    """

    token: str = field(repr=False)
    pool_id: str
    client_id: str
    user: str
    provider: str
    authenticated: dt.datetime
    expires: dt.datetime
    methods: tuple[str, ...] = ()
    sso: str | None = None
    level: int | None = None
    saml: object = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PageState:
    """A sign-in at a domain that waits for the next page of the user; a cookie finds it.

    ``session`` is the ``Session`` string of the challenge that waits, ``challenge`` its ChallengeName, ``role`` its
    role and ``parameters`` its ChallengeParameters, ``available`` are AvailableChallenges. ``chosen`` says that the
    user has chosen this challenge, and may choose another one. ``secret`` is that of the software token which is to be
    set up. An attempt that is not finished by ``expires`` is cancelled.

    Without a challenge, the user named ``username`` is to be confirmed before they sign in.
    """

    token: str = field(repr=False)
    pool_id: str
    client_id: str
    username: str
    expires: dt.datetime
    session: str | None = field(default=None, repr=False)
    challenge: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    available: tuple[str, ...] = ()
    role: str = ""
    chosen: bool = False
    secret: str | None = field(default=None, repr=False)


AUTHORIZATION_CODES: Schema[AuthorizationCode] = Schema(
    "cognito-idp/authorization-codes",
    key=lambda code: code.code,
    owners={
        USERS: lambda code: (code.grant.pool_id, code.grant.user),
        CLIENTS: lambda code: code.client_id,
    },
    expires=lambda code: code.expires + RETENTION,
)
BROWSER_SESSIONS: Schema[BrowserSession] = Schema(
    "cognito-idp/browser-sessions",
    key=lambda session: session.token,
    unique={"sso": lambda session: [] if session.sso is None else [session.sso]},
    owners={
        POOLS: lambda session: session.pool_id,
        USERS: lambda session: (session.pool_id, session.user),
    },
    expires=lambda session: session.expires,
)
PAGE_STATES: Schema[PageState] = Schema(
    "cognito-idp/page-states",
    key=lambda state: state.token,
    owners={POOLS: lambda state: state.pool_id, CLIENTS: lambda state: state.client_id},
    expires=lambda state: state.expires + RETENTION,
)
