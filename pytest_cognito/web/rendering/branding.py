"""What a customization or a style changes of the pages: style sheets, images, and what is where."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pytest_cognito.cognito_idp import (
    Branding,
    ManagedLook,
    UICustomization,
    branding_of,
    managed_look,
    terms_links,
    ui_customization,
)
from pytest_cognito.web.rendering import languages, texts
from pytest_cognito.web.rendering.context import RenderingContext, has_managed_login, pool_id_of
from pytest_cognito.web.rendering.page import Link, ProviderButton
from pytest_cognito.web.rendering.style_variables import MODES, css_variables

_T = TypeVar("_T")
_PNG = b"\x89PNG"
_TYPES = {
    "ICO": "image/x-icon",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "SVG": "image/svg+xml",
    "WEBP": "image/webp",
}
_PLACES = ("START", "CENTER", "END")
_REMEMBERED = 32


@dataclass(frozen=True)
class ClassicStyle:
    """What a customization changes in the classic hosted UI. ``logo`` is a ``data:`` URL, or empty."""

    css: str = ""
    logo: str = ""


@dataclass(frozen=True)
class Picture:
    """An image as ``data:`` URLs; ``dark`` is that for dark mode, where it is another one."""

    url: str
    dark: str = ""


@dataclass(frozen=True)
class ManagedStyle:
    """What a style changes in managed login.

    ``css`` sets the custom properties of the style sheet, ``layout`` are classes of the body. ``pictures`` are images
    by category, ``icons`` those of identity providers by their resource ids. ``shown`` says what is shown at all.
    ``order`` names the identity providers whose buttons come first.
    """

    css: str
    layout: str
    pictures: Mapping[str, Picture]
    icons: Mapping[str, Picture]
    shown: frozenset[str]
    providers_first: bool
    order: tuple[str, ...] = ()

    def in_order(self, buttons: Sequence[ProviderButton]) -> list[ProviderButton]:
        """The buttons of identity providers: those of ``order``, and then the others as they are."""
        places = {name: place for place, name in enumerate(self.order)}
        return sorted(buttons, key=lambda button: places.get(button.name, len(places)))


@dataclass(frozen=True, eq=False, slots=True)
class _Same(Generic[_T]):
    """A value as the key of a cache by its identity: records have members that can't be hashed."""

    value: _T

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def classic_style(context: RenderingContext) -> ClassicStyle:
    """The style of a client's pages in the classic hosted UI."""
    pool_id, client = pool_id_of(context), context.client_record
    found = ui_customization(context.world, pool_id, client.id if client else None) if pool_id else None
    return _classic(_Same(found))


def managed_style(context: RenderingContext) -> ManagedStyle:
    """The style of a client's pages in managed login."""
    client = context.client_record
    return _managed(_Same(branding_of(context.world, client.id) if client else None))


def is_available(context: RenderingContext) -> bool:
    """Whether the client has pages. In managed login a client without a style has none.

    AWS shows "Login pages unavailable" for it.
    """
    client = context.client_record
    return not has_managed_login(context) or client is None or branding_of(context.world, client.id) is not None


def terms(context: RenderingContext) -> tuple[Link, ...]:
    """The links to the terms documents of the client for `Page.terms`. They are there in managed login, if both are."""
    client = context.client_record
    if client is None or not has_managed_login(context):
        return ()
    found = terms_links(context.world, client.id, languages.language_of(context))
    return () if found is None else (Link(texts.TERMS_OF_USE, found[0]), Link(texts.PRIVACY_POLICY, found[1]))


def plain_css(css: str) -> str:
    """A style sheet that can't end its element: ``<`` is written as the escape that style sheets have for it.

    Line ends and characters that a parser of HTML replaces are as it leaves them, for the digest to agree.
    """
    text = css.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.replace("<", "\\3c ")


@lru_cache(_REMEMBERED)
def _classic(key: _Same[UICustomization | None]) -> ClassicStyle:
    found = key.value
    if found is None:
        return ClassicStyle()
    logo = ""
    if found.image:
        logo = _data_url("PNG" if found.image.startswith(_PNG) else "JPEG", found.image)
    return ClassicStyle(plain_css(found.css or ""), logo)


@lru_cache(_REMEMBERED)
def _managed(key: _Same[Branding | None]) -> ManagedStyle:
    look = managed_look(key.value)
    categories, components = look.settings["categories"], look.settings["components"]
    modes = MODES.get(categories["global"]["colorSchemeMode"], MODES["LIGHT"])
    pictures = {
        category: picture
        for category in {asset["Category"] for asset in look.assets}
        if (picture := _picture([asset for asset in look.assets if asset["Category"] == category], modes))
    }
    icons = [asset for asset in look.assets if asset["Category"] == "IDP_BUTTON_ICON" and asset.get("ResourceId")]
    names = {str(asset["ResourceId"]) for asset in icons}
    return ManagedStyle(
        css=css_variables(look.settings, modes, _backgrounds(look, pictures)),
        layout=_layout(categories, components),
        pictures=pictures,
        icons={
            name: picture
            for name in names
            if (picture := _picture([icon for icon in icons if icon["ResourceId"] == name], modes))
        },
        shown=_shown(look.settings),
        providers_first=_providers_first(categories["auth"]["authMethodOrder"]),
        order=tuple(name for name in categories["auth"]["federation"]["order"] if isinstance(name, str)),
    )


def _backgrounds(look: ManagedLook, pictures: Mapping[str, Picture]) -> dict[str, Picture]:
    """The background images that are shown, by the custom property of each."""
    components = look.settings["components"]
    places = {
        "page-image": ("PAGE_BACKGROUND", components["pageBackground"]["image"]),
        "form-image": ("FORM_BACKGROUND", components["form"]["backgroundImage"]),
        "header-image": ("PAGE_HEADER_BACKGROUND", components["pageHeader"]["backgroundImage"]),
        "footer-image": ("PAGE_FOOTER_BACKGROUND", components["pageFooter"]["backgroundImage"]),
    }
    return {
        name: pictures[category]
        for name, (category, setting) in places.items()
        if setting["enabled"] and category in pictures
    }


def _layout(categories: Mapping[str, Any], components: Mapping[str, Any]) -> str:
    """The classes of the body: where the form is, how dense it is, and where logos are."""
    location, logo = categories["form"]["location"], components["form"]["logo"]
    chosen = {
        "form": _one_of(location["horizontal"], _PLACES, "CENTER"),
        "form-vertical": _one_of(location["vertical"], ("TOP", "CENTER", "BOTTOM"), "CENTER"),
        "density": _one_of(categories["global"]["spacingDensity"], ("REGULAR", "COMPACT"), "REGULAR"),
        "logo": _one_of(logo["location"], _PLACES, "CENTER"),
        "logo-vertical": _one_of(logo["position"], ("TOP", "BOTTOM"), "TOP"),
        "logo-inclusion": _one_of(logo["formInclusion"], ("IN", "OUT"), "IN"),
        "header-logo": _one_of(components["pageHeader"]["logo"]["location"], _PLACES, "START"),
        "footer-logo": _one_of(components["pageFooter"]["logo"]["location"], _PLACES, "START"),
    }
    classes = [f"{name}-{value.lower()}" for name, value in chosen.items()]
    if not components["pageBackground"]["image"]["enabled"]:
        classes.append("plain-background")
    return " ".join(classes)


def _shown(settings: Mapping[str, Any]) -> frozenset[str]:
    categories, classes, components = settings["categories"], settings["componentClasses"], settings["components"]
    switches = {
        "header": categories["global"]["pageHeader"]["enabled"],
        "footer": categories["global"]["pageFooter"]["enabled"],
        "graphics": categories["form"]["displayGraphics"],
        "languages": categories["form"]["languageSelector"]["enabled"],
        "icons": classes["idpButtons"]["icons"]["enabled"],
        "form-logo": components["form"]["logo"]["enabled"],
        "header-logo": components["pageHeader"]["logo"]["enabled"],
        "footer-logo": components["pageFooter"]["logo"]["enabled"],
    }
    favicons = {f"favicon-{kind}" for kind in components["favicon"]["enabledTypes"] if kind in ("ICO", "SVG")}
    return frozenset(favicons | {name for name, on in switches.items() if on})


def _providers_first(order: Sequence[Any]) -> bool:
    """Whether the buttons of identity providers are above the form, as they are by default."""
    methods = [method.get("type") for group in order for method in group]
    if "FEDERATED" not in methods or "USERNAME_PASSWORD" not in methods:
        return True
    return methods.index("FEDERATED") < methods.index("USERNAME_PASSWORD")


def _picture(assets: Sequence[Mapping[str, Any]], modes: Sequence[str]) -> Picture | None:
    """An image for the color modes that a page has; one for all modes serves where a mode has none of its own."""
    by_mode = {asset["ColorMode"]: _data_url(asset["Extension"], asset["Bytes"]) for asset in assets}
    urls = [by_mode.get(mode.upper()) or by_mode.get("DYNAMIC", "") for mode in modes]
    first = next((url for url in urls if url), None)
    return Picture(first, urls[-1] if urls[-1] != first else "") if first else None


def _data_url(extension: str, image: bytes) -> str:
    return f"data:{_TYPES[extension]};base64,{base64.b64encode(image).decode()}"


def _one_of(value: Any, allowed: Sequence[str], default: str) -> str:
    """A setting whose values Cognito does not check when it is set."""
    return value if isinstance(value, str) and re.fullmatch("|".join(allowed), value) else default
