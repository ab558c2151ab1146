"""``DcrConfiguration``: dynamic client registration, by which applications register app clients of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Configuration = Mapping[str, Any]

_MEMBER = "DcrConfiguration"
_ENABLED = "Enabled"


def complete(request: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Configuration]:
    """The configuration of a request, which is on unless the request turns it off, or else that of the pool, if any.

    Without grant types or scopes AWS's own apply.
    """
    given: Configuration | None = request.get(_MEMBER)
    if given is not None:
        return {_MEMBER: {"EnableStatus": _ENABLED, "OpenDcrEnabled": False, **given}}
    return {_MEMBER: kept[_MEMBER]} if _MEMBER in kept else {}


def is_on(settings: Mapping[str, Any]) -> bool:
    """Whether applications can register app clients of a pool."""
    return _MEMBER in settings and bool(settings[_MEMBER]["EnableStatus"] == _ENABLED)
