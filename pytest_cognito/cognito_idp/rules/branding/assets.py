"""The images of a managed login style."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.branding import images

Asset = Mapping[str, Any]

MAX_REQUEST = 2 * 1024 * 1024
"""How large a request with images may be, in bytes."""
_ONLY = {"FAVICON_ICO": images.ICO, "FAVICON_SVG": images.SVG}
_SCRIPTS = (b"<script", b"javascript:", b"<foreignobject", b"onload=", b"onclick=")


def merged(present: Iterable[Asset], requested: Iterable[Asset]) -> tuple[Asset, ...]:
    """The images of a style after a request, which replaces those of the same category, color mode and resource.

    An image that is there already may come without its bytes.
    """
    assets = {_key(asset): asset for asset in present}
    for asset in requested:
        complete = {**assets.get(_key(asset), {}), **asset}
        _check(complete)
        assets[_key(asset)] = complete
    return tuple(assets.values())


def encoded_size(assets: Iterable[Asset]) -> int:
    """The size of images in a request, in which their bytes are in Base64."""
    return sum(len(base64.b64encode(asset.get("Bytes") or b"")) for asset in assets)


def _key(asset: Asset) -> tuple[str, str, str | None]:
    return asset["Category"], asset["ColorMode"], asset.get("ResourceId")


def _check(asset: Asset) -> None:
    """Raise for an image without bytes, of another format than its extension, or not of the format for its place."""
    category, extension = asset["Category"], asset["Extension"]
    if not asset.get("Bytes"):
        raise errors.ASSET_WITHOUT_BYTES(category=category)
    if _ONLY.get(category, extension) != extension:
        raise errors.ASSET_EXTENSION(category=category, extension=extension)
    if images.format_of(asset["Bytes"]) != extension:
        raise errors.ASSET_FORMAT(category=category, extension=extension)
    if extension == images.SVG and any(script in asset["Bytes"].lower() for script in _SCRIPTS):
        raise errors.ASSET_WITH_SCRIPT(category=category)
