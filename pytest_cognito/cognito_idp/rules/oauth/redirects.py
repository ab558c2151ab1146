"""Redirect URIs with the parameters of a response."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode


def with_query(uri: str, parameters: Mapping[str, str | None]) -> str:
    """A URI with parameters in its query, after those that it has. A parameter that is None is left out."""
    return f"{uri}{'&' if '?' in uri else '?'}{_encoded(parameters)}"


def with_fragment(uri: str, parameters: Mapping[str, str | None]) -> str:
    """A URI with parameters in its fragment. A parameter that is None is left out."""
    return f"{uri}#{_encoded(parameters)}"


def _encoded(parameters: Mapping[str, str | None]) -> str:
    return urlencode({name: value for name, value in parameters.items() if value is not None})
