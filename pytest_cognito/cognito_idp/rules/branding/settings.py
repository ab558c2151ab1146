"""The ``Settings`` document of a managed login style: its validation, and merging two documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.branding.default_settings import SETTINGS

Document = Mapping[str, Any]

_COLOR = re.compile(r"[0-9a-fA-F]{8}")


def check(document: Document) -> None:
    """Raise for a document with unknown parts, with a value of another type than the default, or with no color.

    The parts are ``categories``, ``componentClasses``, ``components`` and those inside them. What is inside a part may
    have members that no default has.
    """
    _check_type("settings", document, SETTINGS)
    for group, parts in document.items():
        known = SETTINGS.get(group)
        if known is None:
            raise errors.BRANDING_SETTING_UNKNOWN(path=group)
        _check_type(group, parts, known)
        for name, part in parts.items():
            if name not in known:
                raise errors.BRANDING_SETTING_UNKNOWN(path=f"{group}.{name}")
            _check_value(f"{group}.{name}", part, known[name])


def merged(below: Document, above: Document) -> dict[str, Any]:
    """Two documents in one; where both have a value that is no object, that of ``above``."""
    result = dict(below)
    for name, value in above.items():
        old = result.get(name)
        result[name] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result


def complete(document: Document | None) -> dict[str, Any]:
    """A document with Cognito's own values for what it leaves out."""
    return merged(SETTINGS, document or {})


def _check_value(path: str, value: Any, default: Any) -> None:
    if default is not None:
        _check_type(path, value, default)
    if isinstance(value, Mapping):
        known = default if isinstance(default, Mapping) else {}
        for name, inner in value.items():
            _check_value(f"{path}.{name}", inner, known.get(name))
    elif _is_color(path) and not (isinstance(value, str) and _COLOR.fullmatch(value)):
        raise errors.BRANDING_COLOR_INVALID(path=path)


def _check_type(path: str, value: Any, default: Any) -> None:
    """Raise unless a value is of the JSON type of the default."""
    if _json_type(value) is not _json_type(default):
        raise errors.BRANDING_SETTING_TYPE(path=path)


def _json_type(value: Any) -> type:
    for kind in (bool, str, Mapping, list):
        if isinstance(value, kind):
            return kind
    return float if isinstance(value, int | float) else type(None)


def _is_color(path: str) -> bool:
    return path.rpartition(".")[2].lower().endswith("color")
