"""AttributeMapping: which attributes of a user pool get which claims of an identity provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.cognito_idp.rules.providers.provider_details import TYPES

USERNAME = "username"
"""The member of a mapping that names the claim with the id of the user. It is no attribute."""

_NOT_MAPPED = frozenset({"sub", "identities"})


def complete(pool: UserPool, provider_type: str, request: Mapping[str, str]) -> dict[str, str]:
    """The mapping of a provider, with the claim that identifies a user. Raises for attributes that can't be mapped."""
    known = {USERNAME, *pool.schema_by_name} - _NOT_MAPPED
    invalid = [name for name in request if name not in known]
    if invalid:
        raise errors.MAPPING_INVALID(names=", ".join(invalid))
    subject = TYPES[provider_type].subject
    return dict(request) if subject is None else {USERNAME: subject, **request}


def mapped(mapping: Mapping[str, str], claims: Mapping[str, Any]) -> dict[str, str]:
    """The attributes of the pool that the claims give a value, which is empty for an empty claim."""
    return {
        attribute: text(claims[claim])
        for attribute, claim in mapping.items()
        if attribute != USERNAME and claims.get(claim) is not None
    }


def text(value: Any) -> str:
    """The value of a claim as that of an attribute: ``true`` for True, ``[a,b]`` for several values, each encoded."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{','.join(quote_plus(text(item), safe='*').replace('~', '%7E') for item in value)}]"
    if isinstance(value, Mapping):
        return str(value.get("formatted", ""))
    return str(value)
