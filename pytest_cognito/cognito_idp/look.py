"""How the pages of an app client look: its customization, its style of managed login, its terms documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_idp.records import (
    ALL_CLIENTS,
    BRANDINGS,
    TERMS,
    UI_CUSTOMIZATIONS,
    Branding,
    UICustomization,
)
from pytest_cognito.cognito_idp.rules.branding import settings
from pytest_cognito.world import World

_TERMS_OF_USE, _PRIVACY_POLICY = "terms-of-use", "privacy-policy"
_DEFAULT = "cognito:default"
_NAMES = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "id": "bahasa-indonesia",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "nl": "dutch",
    "pt-BR": "portuguese-brazil",
    "zh-CN": "chinese-simplified",
    "zh-TW": "chinese-traditional",
}
"""The names of languages in terms documents, by the codes that the parameter ``lang`` has."""


@dataclass(frozen=True, slots=True)
class ManagedLook:
    """A style of managed login: all settings, with Cognito's own where nothing was customized, and the images."""

    settings: Mapping[str, Any] = field(default_factory=lambda: settings.complete(None))
    assets: tuple[Mapping[str, Any], ...] = ()


def ui_customization(world: World, pool_id: str, client_id: str | None) -> UICustomization | None:
    """The customization of an app client's pages in the classic hosted UI, or else that of all clients of the pool."""
    table = world.store[UI_CUSTOMIZATIONS]
    own = table.get((pool_id, client_id)) if client_id else None
    return own or table.get((pool_id, ALL_CLIENTS))


def branding_of(world: World, client_id: str) -> Branding | None:
    """The style of an app client in managed login. Without one, AWS shows "Login pages unavailable"."""
    return world.store[BRANDINGS].find("client", client_id)


def managed_look(branding: Branding | None) -> ManagedLook:
    """What a style comes to; without one, and with Cognito's own values, it is Cognito's own."""
    if branding is None:
        return ManagedLook()
    return ManagedLook(settings.complete(branding.settings), branding.assets)


def terms_links(world: World, client_id: str, language: str) -> tuple[str, str] | None:
    """The addresses of an app client's terms of use and privacy policy in a language; ``None`` if one of them lacks.

    A document that has no address for the language is shown in its default language.
    """
    table = world.store[TERMS]
    use, privacy = (table.find("name", (client_id, name)) for name in (_TERMS_OF_USE, _PRIVACY_POLICY))
    if use is None or privacy is None:
        return None
    key = f"cognito:{_NAMES[language]}"
    addresses = tuple(terms.links.get(key) or terms.links.get(_DEFAULT) for terms in (use, privacy))
    return (addresses[0], addresses[1]) if addresses[0] and addresses[1] else None
