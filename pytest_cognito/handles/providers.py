"""The simulated identity providers of a world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_cognito.providers import catalog

if TYPE_CHECKING:
    from pytest_cognito.providers.amazon import Amazon
    from pytest_cognito.providers.apple import Apple
    from pytest_cognito.providers.facebook import Facebook
    from pytest_cognito.providers.google import Google
    from pytest_cognito.providers.oidc import OIDC
    from pytest_cognito.providers.saml import SAML
    from pytest_cognito.providers.twitter import Twitter
    from pytest_cognito.world import World


class Providers:
    """The simulated identity providers, each of which answers at its real addresses once a test has asked for it.

    A provider is the same object each time.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def google(self) -> Google:
        """Google, at ``accounts.google.com`` and its other hosts."""
        return catalog.google(self._world)

    @property
    def facebook(self) -> Facebook:
        """Facebook, at ``www.facebook.com`` and ``graph.facebook.com``."""
        return catalog.facebook(self._world)

    @property
    def amazon(self) -> Amazon:
        """Login with Amazon, at ``www.amazon.com`` and ``api.amazon.com``."""
        return catalog.amazon(self._world)

    @property
    def apple(self) -> Apple:
        """Sign in with Apple, at ``appleid.apple.com``."""
        return catalog.apple(self._world)

    @property
    def twitter(self) -> Twitter:
        """Twitter, at ``api.twitter.com``: identity pools know it, user pools do not."""
        return catalog.twitter(self._world)

    def oidc(self, issuer: str) -> OIDC:
        """A provider of OpenID Connect: ``oidc("https://idp.example.com")``."""
        return catalog.oidc(self._world, issuer)

    def saml(self, entity_id: str) -> SAML:
        """A SAML provider: ``saml("https://idp.example.com")``. Its responses need the extra ``saml``."""
        return catalog.saml(self._world, entity_id)

    def __repr__(self) -> str:
        return "<Providers: google, facebook, amazon, apple, twitter, oidc(…), saml(…)>"
