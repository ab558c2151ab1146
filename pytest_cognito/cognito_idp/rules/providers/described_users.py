"""The user whom an OpenID Connect or social provider describes: in an ID token, and by its userInfo endpoint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import IdentityProvider
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.cognito_idp.rules.providers.provider_details import TYPES

Claims = Mapping[str, Any]
_PERSON_VALUES = ("value", "displayName", "formattedValue", "url", "text")
"""The members of an entry of Google's People API that tell what it is about."""


def external_user(
    provider: IdentityProvider, token_response: Claims, id_token: Claims, user_info: Claims
) -> ExternalUser:
    """A user from what a provider has said. Raises if it does not say who they are, or speaks of two users."""
    claim = TYPES[provider.type].subject or ""
    subject = id_token.get(claim) if id_token else user_info.get(claim)
    if not isinstance(subject, str | int) or isinstance(subject, bool) or subject == "":
        raise errors.PROVIDER_SUBJECT_MISSING(provider=provider.name, claim=claim)
    if id_token and provider.type == "OIDC" and user_info and user_info.get(claim) != subject:
        raise errors.USER_INFO_SUBJECT(subject=user_info.get(claim))
    told = _SHAPES.get(provider.type, dict)(user_info)
    return ExternalUser(str(subject), dict(id_token), told, dict(token_response))


def apple_user(text: str | None) -> dict[str, str]:
    """The name in the form field ``user``, which Apple sends with the first sign-in of a user alone.

    The field comes by the browser, so nothing else of it is taken: the ID token has what Apple vouches for.
    """
    try:
        sent = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    name = sent.get("name") if isinstance(sent, dict) else None
    if not isinstance(name, dict):
        return {}
    parts = {part: name[part] for part in ("firstName", "lastName") if isinstance(name.get(part), str)}
    return {**parts, "name": " ".join(filter(None, parts.values()))} if parts else {}


def _person(user_info: Claims) -> dict[str, Any]:
    """The fields of a person, each as its primary entry tells it: ``phoneNumbers`` as a phone number."""
    return {name: _primary(value) if isinstance(value, list) else value for name, value in user_info.items()}


def _primary(entries: list[Any]) -> str | None:
    found = [entry for entry in entries if isinstance(entry, dict)]
    marked = (entry for entry in found if (entry.get("metadata") or {}).get("primary") is True)
    entry = next(marked, found[0] if found else {})
    date = entry.get("date")
    if isinstance(date, dict):
        return "-".join(f"{date[part]:02d}" for part in ("year", "month", "day") if isinstance(date.get(part), int))
    return next((entry[name] for name in _PERSON_VALUES if isinstance(entry.get(name), str)), None)


def _flat(user_info: Claims) -> dict[str, Any]:
    """Facebook's claims, of which objects, such as ``picture``, are mapped as JSON."""
    return {
        name: json.dumps(value, separators=(",", ":")) if isinstance(value, dict) else value
        for name, value in user_info.items()
    }


_SHAPES = {"Google": _person, "Facebook": _flat}
