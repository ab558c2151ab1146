"""Access tokens that say nothing by themselves: who they are about, the provider tells."""

from __future__ import annotations

from typing import Any

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers.grants import Asked, Grant
from pytest_cognito.providers.oauth import CLIENT_ID, OAuthProvider
from pytest_cognito.providers.users import ProviderUser


class AccessToken(str):
    """An access token that a provider knows: a string, which makes invalid ones of itself.

    ``claims`` are the id and what else the provider says of the user, under the provider's names.
    """

    __slots__ = ("_grant", "_provider", "claims")

    _provider: OpaqueProvider
    _grant: Grant
    claims: dict[str, Any]

    @property
    def login(self) -> str:
        """The key of Logins of identity pools for tokens of the provider: ``graph.facebook.com``."""
        return self._provider.login

    @classmethod
    def issue(cls, provider: OpaqueProvider, grant: Grant, lifetime: int | None = None) -> AccessToken:
        """A token that the provider knows; see `OAuthProvider.new_access_token`."""
        return cls._made(provider.new_access_token(grant, lifetime), provider, grant)

    @classmethod
    def _made(cls, text: str, provider: OpaqueProvider, grant: Grant) -> AccessToken:
        token = cls(text)
        token._provider, token._grant = provider, grant
        token.claims = provider.profile(grant.user, provider.all_scopes)
        return token

    def expired(self) -> AccessToken:
        """A token for the same user and client that expired an hour ago."""
        return self.issue(self._provider, self._grant, -3600)

    def wrong_audience(self, audience: str = "another-client") -> AccessToken:
        """A valid token for the same user and another client."""
        if audience == self._grant.asked.client_id:
            raise UsageError(f"{audience!r} is the client that the token is for: leave it out, or name another")
        asked = Asked(audience, "", self._grant.asked.scopes)
        return self.issue(self._provider, Grant(asked, self._grant.user, self._grant.allowed_at, 0))

    def tampered(self) -> AccessToken:
        """The same token with another end, which the provider does not know."""
        end = "A" if self[-1] != "A" else "B"
        return self._made(f"{self[:-1]}{end}", self._provider, self._grant)


class OpaqueProvider(OAuthProvider):
    """A provider that issues no ID tokens."""

    all_scopes: tuple[str, ...]

    def token(self, sub: str, email: str | None = None, *, audience: str = CLIENT_ID, **claims: Any) -> AccessToken:
        """An access token in one line: ``token("1", email="a@example.com", audience="<client id>", name="Ann")``.

        What is left out is that of the user who was added with this ``sub``.
        """
        user = self._described(sub, email, claims)
        asked = Asked(audience, "", self.all_scopes)
        return AccessToken.issue(self, Grant(asked, user, self.world.clock.timestamp(), 0))

    def profile(self, user: ProviderUser, scopes: tuple[str, ...]) -> dict[str, Any]:
        """What the provider says of a user to a client with some scopes."""
        raise NotImplementedError
