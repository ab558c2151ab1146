"""The beginnings of images of every format that login pages show: enough to tell what they are."""

from __future__ import annotations

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 16
ICO = b"\0\0\1\0\1\0" + b"\0" * 16
SVG = b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'
WEBP = b"RIFF\x1a\0\0\0WEBPVP8 " + b"\0" * 16
