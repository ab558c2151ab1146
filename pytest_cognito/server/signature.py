"""Signatures (Signature Version 4) as far as they are looked at: that there is one, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..aws.errors import AWSError, ErrorText
from ..aws.http import Request
from ..aws.model import form, operation_model

# AWS4-HMAC-SHA256 names a region in the scope; AWS4-ECDSA-P256-SHA256, which is good for several, does not.
_CREDENTIAL = re.compile(r"[^/]+/\d{8}(?:/(?P<region>[a-z0-9-]+))?/(?P<service>[a-z0-9-]+)/aws4_request")
_IN_HEADER = re.compile(r"AWS4-[A-Z0-9-]+\s+(?:.*,\s*)?Credential=(?P<credential>[^,\s]+)", re.DOTALL)

_MISSING = ErrorText("MissingAuthenticationTokenException", "Missing Authentication Token")
_MISSING_BY_SERVICE: Mapping[str, ErrorText] = {
    "sts": ErrorText("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a signature says it is for."""

    region: str | None
    service: str


def scope(request: Request) -> Scope | None:
    """The scope of a request's signature, which is in a header or, if it was signed in advance, in the query string.

    None for a request that is not signed. Whether the signature is right can't be told: the secret is not known.
    """
    found = _CREDENTIAL.fullmatch(_credential(request))
    return None if found is None else Scope(found["region"], found["service"])


def missing(service: str, operation: str) -> AWSError | None:
    """The error for a request of this operation without a signature, or None if it needs none."""
    if operation_model(service, operation).auth_type == "none":
        return None
    return _MISSING_BY_SERVICE.get(service, _MISSING)()


def _credential(request: Request) -> str:
    found = _IN_HEADER.match(request.headers.get("authorization", ""))
    if found is not None:
        return found["credential"]
    return dict(form(request.query)).get("X-Amz-Credential", "") if request.query else ""
