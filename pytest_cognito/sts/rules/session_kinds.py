"""Which operations of STS the credentials of a session may call, by how the session was begun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

USER: Final = "GetSessionToken"
FEDERATED: Final = "GetFederationToken"
REGIONAL: Final = frozenset(("AssumeRoot", "GetScopedCredentials", "GetWebIdentityToken"))
"""The operations that the global endpoint does not have."""

_LONG_TERM_ONLY: Final = frozenset((USER, FEDERATED))
_SCOPING: Final = frozenset(("GetCallerIdentity", "GetDelegatedAccessToken", "GetScopedCredentials"))
_ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    USER: _SCOPING | {"AssumeRole", "GetWebIdentityToken"},
    FEDERATED: _SCOPING,
}


def may_call(kind: str, operation: str) -> bool:
    """Whether a session may call an operation. ``kind`` is the operation that has begun it."""
    allowed = _ALLOWED.get(kind)
    return operation in allowed if allowed is not None else operation not in _LONG_TERM_ONLY
