"""The secret of an app client, and ``SECRET_HASH``, which proves that the caller knows the secret of the app client."""

from __future__ import annotations

import base64
import hmac

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient


def compute_secret_hash(secret: str, username: str, client_id: str) -> str:
    """Base64 of the HMAC-SHA256 of user name and client id, keyed with the client's secret."""
    return base64.b64encode(hmac.digest(_utf8(secret), _utf8(username + client_id), "sha256")).decode()


def verify(client: AppClient, username: str, secret_hash: str | None) -> None:
    """Raise NotAuthorizedException for a wrong or missing hash, or for a hash if the client has no secret.

    ``username`` is the user name exactly as in the request. The hash may use any of the client's secrets.
    """
    if not client.secrets:
        if secret_hash is not None:
            raise errors.SECRET_HASH_WRONG(client_id=client.id)
        return
    if secret_hash is None:
        raise errors.SECRET_HASH_MISSING(client_id=client.id)
    expected = (compute_secret_hash(secret.value, username, client.id) for secret in client.secrets)
    if not any(hmac.compare_digest(_utf8(hash_), _utf8(secret_hash)) for hash_ in expected):
        raise errors.SECRET_HASH_WRONG(client_id=client.id)


def is_secret_of(client: AppClient, given: str | None) -> bool:
    """Whether a request has one of the client's secrets, or none for a client without."""
    if given is None:
        return not client.secrets
    return any(hmac.compare_digest(_utf8(secret.value), _utf8(given)) for secret in client.secrets)


def _utf8(text: str) -> bytes:
    """Encode a string from a JSON document, which may have lone surrogates."""
    return text.encode("utf-8", "surrogatepass")
