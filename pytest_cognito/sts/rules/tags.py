"""Session tags: of two keys that differ in case only, there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pytest_cognito.iam import Keys
from pytest_cognito.sts import errors

_RESERVED = "aws:"


@dataclass(frozen=True, slots=True)
class SessionTags:
    """The tags of a session, and the keys of those that chained sessions inherit."""

    tags: Mapping[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()


def requested(tags: Sequence[Mapping[str, str]], transitive: Sequence[str]) -> SessionTags:
    """What a request asks for by Tags and TransitiveTagKeys."""
    lowered = [tag["Key"].lower() for tag in tags]
    if any(key.startswith(_RESERVED) for key in lowered):
        raise errors.TAG_KEY_RESERVED()
    if len(set(lowered)) < len(lowered):
        raise errors.TAG_KEYS_REPEATED()
    if any(key.lower() not in lowered for key in transitive):
        raise errors.TRANSITIVE_NOT_REQUESTED()
    return SessionTags({tag["Key"]: tag["Value"] for tag in tags}, tuple(transitive))


def chained(own: SessionTags, calling: SessionTags) -> SessionTags:
    """The tags of a session that asks for its own ones and is begun by another: it inherits the transitive ones."""
    fixed = {key.lower() for key in calling.transitive}
    if any(key.lower() in fixed for key in own.transitive):
        raise errors.TRANSITIVE_CONFLICT()
    if any(key.lower() in fixed for key in own.tags):
        raise errors.TAG_KEY_INHERITED()
    return SessionTags({**inherited(calling), **own.tags}, (*calling.transitive, *own.transitive))


def inherited(calling: SessionTags) -> dict[str, str]:
    """The tags that sessions inherit which a session begins."""
    keys = {key.lower() for key in calling.transitive}
    return {key: value for key, value in calling.tags.items() if key.lower() in keys}


def overlaid(below: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Tags of a role or a user with those of a session, which win."""
    keys = {key.lower() for key in above}
    return {**{key: value for key, value in below.items() if key.lower() not in keys}, **above}


def request_keys(asked: SessionTags) -> Keys:
    """The condition keys of a request that passes tags."""
    keys: dict[str, str | tuple[str, ...]] = {f"aws:RequestTag/{key}": value for key, value in asked.tags.items()}
    if asked.tags:
        keys["aws:TagKeys"] = tuple(asked.tags)
    if asked.transitive:
        keys["sts:TransitiveTagKeys"] = asked.transitive
    return keys


def keys_of(prefix: str, tags: Mapping[str, str]) -> dict[str, str]:
    """The condition keys of tags: ``aws:PrincipalTag/team``."""
    return {f"{prefix}/{key}": value for key, value in tags.items()}
