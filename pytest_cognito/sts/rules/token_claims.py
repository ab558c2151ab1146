"""What a web identity token says of a session beside its user: tags, source identity, and roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws import patterns
from pytest_cognito.iam import Refused
from pytest_cognito.kernel.text import cut
from pytest_cognito.sts import errors
from pytest_cognito.sts.rules.tags import SessionTags

TAGS = "https://aws.amazon.com/tags"
SOURCE_IDENTITY = "https://aws.amazon.com/source_identity"
ROLES = "https://aws.amazon.com/roles"
_PRINCIPAL_TAGS, _TRANSITIVE = "principal_tags", "transitive_tag_keys"
_MOST_TAGS, _LONGEST_KEY, _LONGEST_VALUE = 50, 128, 256
_IN_TAGS = patterns.matcher(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")
_SOURCE = re.compile(r"(?!aws:)[\w+=,.@-]{2,256}", re.ASCII)


def session_tags(claims: Mapping[str, Any]) -> SessionTags:
    """The session tags of a token, as one claim or flattened; raise for what can't be tags.

    ``https://aws.amazon.com/tags`` has ``principal_tags``, with a list of one value for each key, and
    ``transitive_tag_keys``. Flattened, each tag is a claim ``https://aws.amazon.com/tags/principal_tags/<key>``.
    """
    if not any(name.startswith(TAGS) for name in claims):
        return SessionTags()
    nested = claims.get(TAGS, {})
    if not isinstance(nested, dict):
        raise _invalid(TAGS)
    start = f"{TAGS}/{_PRINCIPAL_TAGS}/"
    flat = {name.removeprefix(start): value for name, value in claims.items() if name.startswith(start)}
    listed = nested.get(_PRINCIPAL_TAGS, {})
    transitive = nested.get(_TRANSITIVE, claims.get(f"{TAGS}/{_TRANSITIVE}", []))
    if not isinstance(listed, dict) or not isinstance(transitive, list) or not _are_texts(transitive):
        raise _invalid(TAGS)
    tags = {key: _value(value) for key, value in {**listed, **flat}.items()}
    return checked(tags, tuple(transitive), TAGS)


def checked(tags: Mapping[str, str], transitive: tuple[str, ...], origin: str) -> SessionTags:
    """Session tags within their limits; raise for others. ``origin`` is the claim or the attribute that has them."""
    lowered = {key.lower() for key in tags}
    if len(lowered) < len(tags):
        raise errors.TAG_KEYS_REPEATED()
    for key, value in tags.items():
        if not 0 < len(key) <= _LONGEST_KEY or len(value) > _LONGEST_VALUE:
            raise _invalid(origin) from Refused(f"a key or a value is too long in the session tag {cut(repr(key))}")
        if not _IN_TAGS(key + value):
            wrong = "".join(sorted({each for each in key + value if not _IN_TAGS(each)}))
            raise _invalid(origin) from Refused(f"tags can't have {wrong!r}, which is in the session tag {key!r}")
    if any(key.lower() not in lowered for key in transitive) or len(tags) > _MOST_TAGS:
        raise _invalid(origin)
    return SessionTags(tags, transitive)


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(each, str) for each in values)


def _value(value: object) -> str:
    """The value of a tag: a text, or a list of one."""
    found = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(found, str):
        raise _invalid(TAGS)
    return found


def source_identity(claims: Mapping[str, Any]) -> str | None:
    """The source identity of a token."""
    value = claims.get(SOURCE_IDENTITY)
    if value is not None and (not isinstance(value, str) or _SOURCE.fullmatch(value) is None):
        raise _invalid(SOURCE_IDENTITY)
    return value


def names_role(claims: Mapping[str, Any], role_arn: str) -> bool:
    """Whether a token names a role; raise if it names others alone."""
    value = claims.get(ROLES)
    if value is None:
        return False
    roles = value.split(";") if isinstance(value, str) else value
    if not isinstance(roles, list):
        raise _invalid(ROLES)
    if role_arn not in (each.strip() for each in roles if isinstance(each, str)):
        raise errors.TOKEN_OF_ANOTHER_ROLE()
    return True


def _invalid(claim: str) -> Exception:
    return errors.TOKEN_CLAIM_INVALID(claim=claim)
