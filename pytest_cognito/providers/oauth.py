"""A simulated provider of OAuth 2.0: authorization endpoint, token endpoint, and who an access token is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import answers, clients, users
from pytest_cognito.providers.answers import Refused
from pytest_cognito.providers.clients import Client, OAuthError
from pytest_cognito.providers.grants import CODE_LIFETIME, Asked, Grant, Grants
from pytest_cognito.providers.provider import Provider
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit
from pytest_cognito.world import World

CLIENT_ID = CLIENT_SECRET = "pytest"
"""The credentials of made-up ProviderDetails."""
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[\x21-\x7e]+")
_CHALLENGES = ("S256", "plain")


class OAuthProvider(Provider):
    """A provider of OAuth 2.0. Any application may ask it, until a test names those that may by `add_client`."""

    scopes: ClassVar[frozenset[str] | None] = None
    """The scopes that there are; None for any."""
    scope_separator: ClassVar[str] = r" +"
    default_scopes: ClassVar[str]
    """Those of Cognito's made-up ProviderDetails."""
    needs_scope: ClassVar[bool] = True
    response_modes: ClassVar[tuple[str, ...]] = ("query",)
    tells_users_of_errors: ClassVar[bool] = False
    """Whether an error of the application's request is shown on a page, instead of sent to the application."""
    cancelled: ClassVar[Mapping[str, str]] = {"error": "access_denied"}
    redirect_suffix: ClassVar[str] = ""
    access_token_lifetime: ClassVar[int] = 3600
    access_token_prefix: ClassVar[str] = ""

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self._clients: dict[str, Client] = {}
        self._grants = Grants()

    def inherited_by(self, world: World) -> OAuthProvider:
        """See `Provider`."""
        twin = super().inherited_by(world)
        twin._grants = self._grants.__copy__()
        return twin

    def details(self, **details: str) -> dict[str, str]:
        """See `Provider`."""
        made_up = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "authorize_scopes": self.default_scopes}
        return {**made_up, **details}

    def add_client(
        self, id: str, secret: str | None = None, *, redirect_uris: tuple[str, ...] | list[str] = ()
    ) -> None:
        """Add an application. From then on others are refused, but Cognito with what its ProviderDetails say.

        Its ``secret`` is asked for at the token endpoint, unless it has none. Without ``redirect_uris`` it may use any.
        """
        if not id:
            raise UsageError(f'id is the client id, a string such as "app"; not {id!r}')
        if isinstance(redirect_uris, str):
            raise UsageError(f'redirect_uris takes a list: write redirect_uris=["{redirect_uris}"]')
        self._clients[id] = Client(id, secret, tuple(redirect_uris))

    def introduce(self, details: Mapping[str, str]) -> None:
        """Learn Cognito's credentials from ProviderDetails. A client that a test has added stays as it is."""
        client_id = details.get("client_id", "")
        known = self._clients.get(client_id)
        if client_id and (known is None or known.introduced):
            self._clients[client_id] = Client(
                client_id,
                details.get("client_secret") or None,
                introduced=True,
                team_id=details.get("team_id"),
                key_id=details.get("key_id"),
                private_key=details.get("private_key"),
            )

    # The authorization endpoint

    def _authorize(self, visit: Visit) -> Response:
        """The page on which the user signs in, or what comes of it: a code or an error for the application."""
        asked = self._asked(visit)
        if self._is_denied(visit.form):
            return self._redirect(asked, self.cancelled)
        if visit.method == "GET":
            return self._page(asked)
        try:
            user = users.chosen(visit.form, self._users)
        except users.NotUnderstood as error:
            return self._page(asked, visit.form, str(error))
        now = self.world.clock.timestamp()
        grant = Grant(asked, user, now, now + CODE_LIFETIME, self._is_first(asked, user))
        code = self._new_code()
        self._grants.codes[code] = grant
        return self._redirect(asked, {"code": code, **self._added_to_code(grant)})

    def _page(self, asked: Asked, entered: Mapping[str, str] | None = None, error: str = "") -> Response:
        return users.page(self.title, asked.client_id, self.users, entered=entered, hint=asked.hint, error=error)

    def _asked(self, visit: Visit) -> Asked:
        """The request, if the provider accepts it. The query string has it, also when the page's form is posted."""
        query = visit.query
        client_id, redirect_uri = query.get("client_id"), query.get("redirect_uri")
        if not client_id:
            raise self._shown(clients.CLIENT_ID_MISSING)
        client = self._clients.get(client_id)
        if client is None and any(not each.introduced for each in self._clients.values()):
            raise self._shown(clients.CLIENT_UNKNOWN)
        if not redirect_uri:
            raise self._shown(clients.REDIRECT_URI_MISSING)
        allowed = client.redirect_uris if client else ()
        if (allowed and redirect_uri not in allowed) or not _URI.fullmatch(redirect_uri):
            raise self._shown(clients.REDIRECT_URI_UNKNOWN)
        asked = Asked(
            client_id=client_id,
            redirect_uri=redirect_uri,
            scopes=tuple(scope for scope in re.split(self.scope_separator, query.get("scope", "")) if scope),
            state=query.get("state"),
            nonce=query.get("nonce"),
            response_mode=query.get("response_mode", "query"),
            challenge=query.get("code_challenge"),
            challenge_method=query.get("code_challenge_method", "plain"),
            offline=query.get("access_type") == "offline" or "offline_access" in query.get("scope", "").split(),
            hint=query.get("login_hint", ""),
        )
        error = self._problem(asked, query)
        if error is not None:
            raise self._shown(error) if self.tells_users_of_errors else self._refused(asked, error)
        return asked

    def _problem(self, asked: Asked, query: Mapping[str, str]) -> OAuthError | None:
        """What is wrong with a request of a known client, if anything is."""
        response_type = query.get("response_type")
        problems = {
            clients.RESPONSE_MODE_UNKNOWN: asked.response_mode not in self.response_modes,
            clients.RESPONSE_TYPE_MISSING: not response_type,
            clients.RESPONSE_TYPE_UNKNOWN: response_type != "code",
            clients.CHALLENGE_UNKNOWN: asked.challenge is not None and asked.challenge_method not in _CHALLENGES,
            clients.SCOPE_MISSING: self.needs_scope and not asked.scopes,
            clients.SCOPE_UNKNOWN: self.scopes is not None and not self.scopes.issuperset(asked.scopes),
            clients.LOGIN_REQUIRED: query.get("prompt") == "none",
        }
        return next((error for error, found in problems.items() if found), None)

    def _added_to_code(self, _grant: Grant) -> dict[str, str]:
        """What the provider sends to the application beside the code."""
        return {}

    def _is_first(self, asked: Asked, user: ProviderUser) -> bool:
        """Whether the user has never before allowed the client anything."""
        known = (*self._grants.codes.values(), *self._grants.access.values(), *self._grants.refresh.values())
        return not any((each.asked.client_id, each.user.sub) == (asked.client_id, user.sub) for each in known)

    def _redirect(self, asked: Asked, parameters: Mapping[str, str]) -> Response:
        fields = {**parameters, **({} if asked.state is None else {"state": asked.state})}
        if asked.response_mode == "form_post":
            return answers.forward(asked.redirect_uri, fields)
        in_fragment = asked.response_mode == "fragment"
        return answers.redirect(asked.redirect_uri, fields, fragment=in_fragment, suffix=self.redirect_suffix)

    def _refused(self, asked: Asked, error: OAuthError) -> Refused:
        mode = asked if asked.response_mode in self.response_modes else Asked("", asked.redirect_uri, state=asked.state)
        return Refused(self._redirect(mode, {"error": error.code, "error_description": error.description}))

    def _shown(self, error: OAuthError) -> Refused:
        return Refused(answers.error_page(self.title, error.code, error.description, error.status))

    # The token endpoint

    def _exchange(self, visit: Visit) -> Response:
        """Tokens for a code or a refresh token of an authenticated client."""
        client_id, secret = visit.client_credentials()
        self._authenticate(client_id or "", secret)
        grant_type = visit.parameters.get("grant_type", self.default_grant_type)
        if grant_type == "authorization_code":
            grant, is_refresh = self._redeemed(visit, client_id or ""), False
        elif grant_type == "refresh_token":
            grant, is_refresh = self._refreshed(visit, client_id or ""), True
        else:
            raise self._token_error(clients.GRANT_TYPE_UNKNOWN)
        return answers.json_response(self._tokens(grant, is_refresh=is_refresh))

    default_grant_type: ClassVar[str] = ""

    def _authenticate(self, client_id: str, secret: str | None) -> None:
        """Raise unless the secret is that of the client. What a client that nobody has named sends is not looked at."""
        client = self._clients.get(client_id)
        if client is None:
            is_known = bool(client_id) and all(each.introduced for each in self._clients.values())
        else:
            is_known = self._knows(client, secret)
        if not is_known:
            raise self._token_error(clients.CLIENT_REFUSED)

    def _knows(self, client: Client, secret: str | None) -> bool:
        """Whether a secret is that of a client."""
        return client.secret is None or client.secret == secret

    def _token_error(self, error: OAuthError) -> Refused:
        """The response of the token endpoint for an error."""
        return Refused(
            answers.json_response({"error": error.code, "error_description": error.description}, error.status)
        )

    def _redeemed(self, visit: Visit, client_id: str) -> Grant:
        """What a code is for, which is used up even if the request has another fault."""
        grant = self._grants.codes.pop(visit.parameters.get("code", ""), None)
        if grant is None or grant.asked.client_id != client_id:
            raise self._token_error(clients.CODE_REFUSED)
        if grant.expires <= self.world.clock.timestamp():
            raise self._token_error(clients.CODE_EXPIRED)
        if visit.parameters.get("redirect_uri") != grant.asked.redirect_uri:
            raise self._token_error(clients.REDIRECT_URI_DIFFERS)
        if not grant.is_proven_by(visit.parameters.get("code_verifier")):
            raise self._token_error(clients.VERIFIER_REFUSED)
        return grant

    def _refreshed(self, visit: Visit, client_id: str) -> Grant:
        grant = self._grants.refresh.get(visit.parameters.get("refresh_token", ""))
        if grant is None or grant.asked.client_id != client_id:
            raise self._token_error(clients.REFRESH_TOKEN_REFUSED)
        return grant

    def _tokens(self, grant: Grant, *, is_refresh: bool) -> dict[str, Any]:
        """The answer of the token endpoint."""
        raise NotImplementedError

    # Access tokens

    def _new_code(self) -> str:
        return self.world.ids.text(40)

    def new_access_token(self, grant: Grant, lifetime: int | None = None) -> str:
        """An access token that this provider knows; it has expired already if ``lifetime`` is below zero."""
        now = self.world.clock.timestamp()
        token = self.access_token_prefix + self.world.ids.text(64)
        expires = now + (self.access_token_lifetime if lifetime is None else lifetime)
        self._grants.add_access(token, grant.until(expires), now)
        return token

    def _new_refresh_token(self, grant: Grant) -> str:
        """A refresh token, which does not expire."""
        token = self.world.ids.text(64)
        self._grants.refresh[token] = grant
        return token

    def _grant_of(self, token: str | None) -> Grant | None:
        """What an access token is for; None if it is not known or has expired."""
        grant = self._grants.access.get(token or "")
        return None if grant is None or grant.expires <= self.world.clock.timestamp() else grant
