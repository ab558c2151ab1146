"""The attributes of assertions that are meant for AWS itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_NAMES = "https://aws.amazon.com/SAML/Attributes/"


def attributes(
    roles: Sequence[str],
    provider: str,
    *,
    session_name: str,
    tags: Mapping[str, str],
    transitive_tags: Sequence[str],
    source_identity: str | None,
    duration: int | None,
) -> dict[str, str | list[str]]:
    """The attributes that say which roles a user may assume, and how their session is named and tagged."""
    optional = {
        f"{_NAMES}TransitiveTagKeys": list(transitive_tags),
        f"{_NAMES}SourceIdentity": source_identity,
        f"{_NAMES}SessionDuration": None if duration is None else str(duration),
    }
    return {
        f"{_NAMES}Role": [f"{role},{provider}" for role in roles],
        f"{_NAMES}RoleSessionName": session_name,
        **{f"{_NAMES}PrincipalTag:{key}": value for key, value in tags.items()},
        **{name: value for name, value in optional.items() if value},
    }
