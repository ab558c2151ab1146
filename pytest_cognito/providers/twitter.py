"""Simulated Twitter, as far as it tells whose an access token of OAuth 1.0a is."""

from __future__ import annotations

import hmac
from typing import Any, ClassVar, NamedTuple

from pytest_cognito.federation import oauth1
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import answers
from pytest_cognito.providers.provider import Endpoint, Endpoints, Provider
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit
from pytest_cognito.world import World

URL = "https://api.twitter.com"
APPLICATION = "pytest;pytest"
_CREDENTIALS = "api.twitter.com/1.1/account/verify_credentials.json"
_REFUSED = {"errors": [{"code": 89, "message": "Invalid or expired token."}]}


class _Known(NamedTuple):
    """A token that was issued: its secret, the application with its secret, and the user."""

    secret: str
    application: str
    user: ProviderUser


class TwitterToken(str):
    """``<token>;<secret>``, as identity pools take it, which makes invalid ones of itself."""

    __slots__ = ("_known", "_provider")

    _provider: Twitter
    _known: _Known

    def wrong_audience(self, application: str = "another;application") -> TwitterToken:
        """A valid token for the same user and another application."""
        return self._provider.issue(self._known.user, application)

    def tampered(self) -> TwitterToken:
        """The same token with another secret, by which no request is signed rightly."""
        text = f"{self.partition(';')[0]};{self._known.secret[::-1]}0"
        return self.of(text, self._provider, self._known)

    @classmethod
    def of(cls, text: str, provider: Twitter, known: _Known) -> TwitterToken:
        token = cls(text)
        token._provider, token._known = provider, known
        return token


class Twitter(Provider):
    """Twitter, which identity pools know. Its tokens do not expire."""

    provider_type = "Twitter"
    title = "Twitter"
    spoilt: ClassVar[tuple[str, ...]] = ()

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self._tokens: dict[str, _Known] = {}

    def token(self, sub: str, email: str | None = None, *, audience: str = APPLICATION, **claims: Any) -> TwitterToken:
        """A token in one line: ``token("7", audience="<consumer key>;<consumer secret>")``.

        ``audience`` is the application, as SupportedLoginProviders of an identity pool names it.
        """
        if audience.count(";") != 1:
            raise UsageError(f'audience is a consumer key and its secret, such as "key;secret"; not {audience!r}')
        return self.issue(self._described(sub, email, claims), audience)

    def issue(self, user: ProviderUser, application: str) -> TwitterToken:
        """A token for a user and an application."""
        name, secret = f"{user.sub}-{self.world.ids.text(40)}", self.world.ids.text(45)
        known = self._tokens[name] = _Known(secret, application, user)
        return TwitterToken.of(f"{name};{secret}", self, known)

    def details(self, **_details: str) -> dict[str, str]:
        """See `Provider`: user pools have no providers of this type."""
        raise UsageError("user pools don't know Twitter; identity pools do, by SupportedLoginProviders")

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        return {_CREDENTIALS: Endpoint("credentials", self._credentials)}

    def _credentials(self, visit: Visit) -> Response:
        """The user whose token and secret have signed the request."""
        given = oauth1.parameters_of(visit.request.headers.get("authorization", ""))
        known = self._tokens.get(given.get("oauth_token", ""))
        if known is None or not self._is_signed(visit, given, known):
            return answers.json_response(_REFUSED, 401)
        told = {name: value for name, value in known.user.claims.items() if name != "email"}
        user = {"id_str": known.user.sub, "screen_name": known.user.sub, **told}
        return answers.json_response({**user, "id": int(user["id_str"])} if known.user.sub.isdecimal() else user)

    def _is_signed(self, visit: Visit, given: dict[str, str], known: _Known) -> bool:
        key, _, key_secret = known.application.partition(";")
        sent = given.pop("oauth_signature", "")
        credentials = oauth1.Credentials(key, key_secret, given["oauth_token"], known.secret)
        url = f"https://{hosts.name_in_request(visit.request)}{visit.request.path}"
        right = oauth1.signature(visit.method, url, {**given, **visit.query}, credentials)
        return given.get("oauth_consumer_key") == key and hmac.compare_digest(right, sent)
