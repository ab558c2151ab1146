"""Signature Version 4: the credentials of a request's signature, its region and its service. It is not verified."""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_cognito.aws.caller import Signer
from pytest_cognito.http.messages import Request, form

# The credential scope has a region in AWS4-HMAC-SHA256, and none in AWS4-ECDSA-P256-SHA256 (multi-Region signing).
_CREDENTIAL = re.compile(
    r"(?P<access_key>[^/]+)/\d{8}(?:/(?P<region>[a-z0-9-]+))?/(?P<service>[a-z0-9-]+)/aws4_request"
)
_IN_HEADER = re.compile(r"AWS4-[A-Z0-9-]+\s+(?:.*,\s*)?Credential=(?P<credential>[^,\s]+)", re.DOTALL)


class Signature(NamedTuple):
    """The signer of a request, and the region and service of the credential scope."""

    signer: Signer
    region: str | None
    service: str


def signature(request: Request) -> Signature | None:
    """The signature of a request, from its ``Authorization`` header or, if it is presigned, from its query string.

    None for an unsigned request. The signature can't be verified, because the secret access key is not known.
    """
    query = dict(form(request.query)) if request.query else {}
    in_header = _IN_HEADER.match(request.headers.get("authorization", ""))
    credential = in_header["credential"] if in_header else query.get("X-Amz-Credential", "")
    found = _CREDENTIAL.fullmatch(credential)
    if found is None:
        return None
    token = request.headers.get("x-amz-security-token") or query.get("X-Amz-Security-Token")
    return Signature(Signer(found["access_key"], token), found["region"], found["service"])
