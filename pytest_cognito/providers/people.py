"""Google's People API, as far as it tells of the user who signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pytest_cognito.http.messages import Response
from pytest_cognito.providers import answers

_PERSON = (
    "addresses ageRanges biographies birthdays calendarUrls clientData coverPhotos emailAddresses events externalIds "
    "genders imClients interests locales locations memberships metadata miscKeywords names nicknames occupations "
    "organizations phoneNumbers photos relations sipAddresses skills urls userDefined"
)
_FIELDS = frozenset(_PERSON.split())
_MASK_MISSING = (
    "personFields mask is required. Please specify one or more valid paths. Valid paths are documented at "
    "https://developers.google.com/people/api/rest/v1/people/get."
)
_MASK_INVALID = (
    'Invalid personFields mask path: "{path}". Valid paths are documented at '
    "https://developers.google.com/people/api/rest/v1/people/get."
)
_UNAUTHENTICATED = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
    "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def person(sub: str, claims: Mapping[str, Any], mask: str) -> Response:
    """The user, with the fields that the mask names, or the API's error. What is not known of them is left out."""
    wanted = [path for path in mask.split(",") if path]
    if not wanted:
        return _error(400, "INVALID_ARGUMENT", _MASK_MISSING)
    strange = next((path for path in wanted if path.partition(".")[0] not in _FIELDS), None)
    if strange is not None:
        return _error(400, "INVALID_ARGUMENT", _MASK_INVALID.format(path=strange))
    names = {path.partition(".")[0] for path in wanted}
    fields = {name: [value] for name, value in _known(sub, claims).items() if name in names}
    etag = hashlib.sha256(f"{sub}{sorted(fields)}".encode()).hexdigest()[:24]
    return answers.json_response({"resourceName": f"people/{sub}", "etag": f"%{etag}", **fields})


def unauthenticated() -> Response:
    """The error for an access token that is missing, not known or expired."""
    return _error(401, "UNAUTHENTICATED", _UNAUTHENTICATED)


def _known(sub: str, claims: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The first, and only, entry of each field."""
    metadata = {"primary": True, "source": {"type": "PROFILE", "id": sub}}
    fields: dict[str, dict[str, Any]] = {}
    names = {
        "displayName": claims.get("name"),
        "familyName": claims.get("family_name"),
        "givenName": claims.get("given_name"),
    }
    if any(names.values()):
        fields["names"] = {"metadata": metadata, **{name: value for name, value in names.items() if value}}
    if claims.get("email"):
        account = {**metadata, "verified": claims["email_verified"] is True}
        fields["emailAddresses"] = {"metadata": account, "value": claims["email"]}
    simple = {
        "photos": ("url", "picture"),
        "genders": ("value", "gender"),
        "locales": ("value", "locale"),
        "phoneNumbers": ("value", "phone_number"),
        "nicknames": ("value", "nickname"),
        "urls": ("value", "website"),
    }
    for field, (member, claim) in simple.items():
        if claims.get(claim):
            fields[field] = {"metadata": metadata, member: claims[claim]}
    year, _, rest = str(claims.get("birthdate") or "").partition("-")
    month, _, day = rest.partition("-")
    if year.isdigit() and month.isdigit() and day.isdigit():
        fields["birthdays"] = {"metadata": metadata, "date": {"year": int(year), "month": int(month), "day": int(day)}}
    return fields


def _error(code: int, status: str, message: str) -> Response:
    return answers.json_response({"error": {"code": code, "message": message, "status": status}}, code)
