"""SECRET_HASH: how a confidential app client proves on each call that it knows its secret."""

from __future__ import annotations

import base64
import hmac

from .. import errors
from ..records import AppClient


def compute(secret: str, username: str, client_id: str) -> str:
    """Base64 of the HMAC-SHA256 of user name and client id, with the client's secret as key."""
    return base64.b64encode(hmac.digest(_utf8(secret), _utf8(username + client_id), "sha256")).decode()


def verify(client: AppClient, username: str, given: str | None) -> None:
    """Raise NotAuthorizedException unless a call carries the hash that this client needs, and none if it needs none.

    The user name counts as the caller wrote it in this call. Any of the client's secrets will do.
    """
    if not client.secrets:
        if given is not None:
            raise errors.SECRET_HASH_WRONG(client_id=client.id)
        return
    if given is None:
        raise errors.SECRET_HASH_MISSING(client_id=client.id)
    expected = (compute(secret.value, username, client.id) for secret in client.secrets)
    if not any(hmac.compare_digest(_utf8(one), _utf8(given)) for one in expected):
        raise errors.SECRET_HASH_WRONG(client_id=client.id)


def _utf8(text: str) -> bytes:
    """The bytes of a text from a JSON document, where half of a surrogate pair may stand alone."""
    return text.encode("utf-8", "surrogatepass")
