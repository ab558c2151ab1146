"""The formats of images, by the bytes that they begin with."""

from __future__ import annotations

import re

ICO = "ICO"
JPEG = "JPEG"
PNG = "PNG"
SVG = "SVG"
WEBP = "WEBP"

_SIGNATURES = {
    PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    JPEG: re.compile(rb"\xff\xd8\xff"),
    ICO: re.compile(rb"\x00\x00\x01\x00"),
    WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    # An XML document: perhaps a byte order mark, a declaration, comments and a document type, and then the element.
    SVG: re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?[^>]*>|<!--.*?-->|<![^>-][^>]*>)*+<(?:\w+:)?svg[\s>/]", re.DOTALL),
}


def format_of(image: bytes) -> str | None:
    """The format of an image; ``None`` if it is none of those that login pages show."""
    return next((name for name, signature in _SIGNATURES.items() if signature.match(image)), None)
