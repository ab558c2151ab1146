"""The simulated providers of a world. Asked for twice, a provider is the same object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.providers.amazon import Amazon
    from pytest_cognito.providers.apple import Apple
    from pytest_cognito.providers.facebook import Facebook
    from pytest_cognito.providers.google import Google
    from pytest_cognito.providers.oauth import OAuthProvider
    from pytest_cognito.providers.oidc import OIDC
    from pytest_cognito.providers.saml import SAML
    from pytest_cognito.providers.twitter import Twitter


def google(world: World) -> Google:
    """Google, which answers at its hosts from now on."""
    from pytest_cognito.providers.google import ISSUER, Google
    from pytest_cognito.providers.registry import provider

    return provider(world, Google, ISSUER)


def facebook(world: World) -> Facebook:
    """Facebook, which answers at its hosts from now on."""
    from pytest_cognito.providers.facebook import URL, Facebook
    from pytest_cognito.providers.registry import provider

    return provider(world, Facebook, URL)


def amazon(world: World) -> Amazon:
    """Login with Amazon, which answers at its hosts from now on."""
    from pytest_cognito.providers.amazon import URL, Amazon
    from pytest_cognito.providers.registry import provider

    return provider(world, Amazon, URL)


def apple(world: World) -> Apple:
    """Sign in with Apple, which answers at its host from now on."""
    from pytest_cognito.providers.apple import ISSUER, Apple
    from pytest_cognito.providers.registry import provider

    return provider(world, Apple, ISSUER)


def twitter(world: World) -> Twitter:
    """Twitter, which answers at its host from now on."""
    from pytest_cognito.providers.registry import provider
    from pytest_cognito.providers.twitter import URL, Twitter

    return provider(world, Twitter, URL)


def oidc(world: World, issuer: str) -> OIDC:
    """A provider of OpenID Connect, which answers below its issuer from now on."""
    from pytest_cognito.providers.oidc import OIDC
    from pytest_cognito.providers.registry import check_url, provider

    check_url("issuer", issuer)
    return provider(world, OIDC, issuer)


def saml(world: World, entity_id: str) -> SAML:
    """A SAML provider, which answers below its entity id from now on."""
    from pytest_cognito.providers.registry import check_url, provider
    from pytest_cognito.providers.saml import SAML

    check_url("entity_id", entity_id)
    return provider(world, SAML, entity_id)


def social(world: World, provider_type: str) -> OAuthProvider | None:
    """The social provider of a ProviderType, which answers at its hosts from now on; None for another type."""
    makers = {"Google": google, "Facebook": facebook, "LoginWithAmazon": amazon, "SignInWithApple": apple}
    maker = makers.get(provider_type)
    return None if maker is None else maker(world)


def ensure(world: World, provider_type: str, details: Mapping[str, str]) -> None:
    """Let the provider that ProviderDetails name know Cognito's credentials, before Cognito sends a user there.

    A social provider answers at its hosts from now on, but where a test has a site of its own. A provider of OpenID
    Connect has to be made by the test. One of SAML learns nothing here.
    """
    from pytest_cognito.providers.oidc import OIDC
    from pytest_cognito.providers.registry import Registry

    found: OAuthProvider | None
    if provider_type == "OIDC":
        found = Registry.of(world).find(OIDC, details.get("oidc_issuer", ""))
    else:
        found = social(world, provider_type)
    if found is not None:
        found.introduce(details)
