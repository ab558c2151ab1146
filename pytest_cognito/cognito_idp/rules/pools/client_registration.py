"""``DcrConfiguration``: dynamic client registration, by which applications register app clients of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors

Configuration = Mapping[str, Any]

MEMBER = "DcrConfiguration"
_ENABLED = "Enabled"
_FLOWS = {"authorization_code": "code", "client_credentials": "client_credentials"}
_WITHOUT_FLOW = frozenset({"refresh_token", "implicit"})
"""Grant types of the metadata that are accepted, and need no flow or are ignored."""
_METHODS = ("client_secret_basic", "client_secret_post", "none")
ALWAYS = frozenset({"openid", "email", "phone", "profile"})
"""The scopes that registered clients may have whatever AllowedScopes says."""


class Wanted(NamedTuple):
    """What the metadata of a client ask for. ``flows`` are AllowedOAuthFlows, ``method`` how it authenticates."""

    name: str
    redirect_uris: tuple[str, ...]
    grant_types: tuple[str, ...]
    flows: tuple[str, ...]
    scopes: tuple[str, ...]
    method: str


def complete(request: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Configuration]:
    """The configuration of a request, which is on unless the request turns it off, or else that of the pool, if any.

    Without grant types or scopes AWS's own apply.
    """
    given: Configuration | None = request.get(MEMBER)
    if given is not None:
        return {MEMBER: {"EnableStatus": _ENABLED, "OpenDcrEnabled": False, **given}}
    return {MEMBER: kept[MEMBER]} if MEMBER in kept else {}


def is_on(settings: Mapping[str, Any]) -> bool:
    """Whether applications can register app clients of a pool."""
    return MEMBER in settings and bool(settings[MEMBER]["EnableStatus"] == _ENABLED)


def wanted(configuration: Configuration, metadata: Mapping[str, Any], *, is_open: bool) -> Wanted:
    """Read the metadata of a client (RFC 7591, section 2), and raise for what the pool does not let it have."""
    member, default = ("OpenDcrGrantTypes", ["code"]) if is_open else ("AuthenticatedGrantTypes", [*_FLOWS.values()])
    allowed = configuration.get(member, default)
    grant_types = _strings(metadata, "grant_types") or ("authorization_code",)
    for grant_type in grant_types:
        if grant_type not in _WITHOUT_FLOW and _FLOWS.get(grant_type) not in allowed:
            raise errors.REGISTRATION_METADATA_INVALID(reason=f"The grant type {grant_type} is not allowed.")
    flows = tuple(_FLOWS[grant_type] for grant_type in grant_types if grant_type in _FLOWS)
    method = metadata.get("token_endpoint_auth_method", _METHODS[0])
    if method not in _METHODS or not flows:
        raise errors.REGISTRATION_METADATA_INVALID(reason="The client has no grant type or authentication method.")
    name = metadata.get("client_name") or "DCR"
    if not isinstance(name, str):
        raise errors.REGISTRATION_METADATA_INVALID(reason="client_name must be a string.")
    scopes = _scopes(configuration, metadata, flows)
    return Wanted(name, _strings(metadata, "redirect_uris"), grant_types, flows, scopes, str(method))


def _scopes(configuration: Configuration, metadata: Mapping[str, Any], flows: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes that are asked for; without any, all that a client with these grants can have."""
    text = metadata.get("scope") or ""
    if not isinstance(text, str):
        raise errors.REGISTRATION_METADATA_INVALID(reason="scope must be a string.")
    extra = [scope for scope in configuration.get("AllowedScopes") or () if scope != "aws.cognito/dcr/register"]
    requested = tuple(dict.fromkeys(text.split()))
    for scope in requested:
        if scope not in ALWAYS and scope not in extra:
            raise errors.REGISTRATION_METADATA_INVALID(reason=f"The scope {scope} is not allowed.")
    if requested:
        return requested
    return tuple(extra) if "client_credentials" in flows else (*sorted(ALWAYS), *extra)


def _strings(metadata: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = metadata.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise errors.REGISTRATION_METADATA_INVALID(reason=f"{name} must be a list of strings.")
    return tuple(values)
