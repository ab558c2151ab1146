"""What a statement is about: actions, resources and principals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pytest_cognito.iam.policies.requests import Principal
from pytest_cognito.iam.policies.wildcards import Pattern, Values, assembled, compiled, pieces

_ARN_PARTS = 6
_WILD = re.compile(r"[*?]")
_ACCOUNT = re.compile(r"(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?")
_UNIQUE_ID = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,124}")


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions, whose case does not matter: by name, by what stands before a single ``*`` at the end, and by pattern."""

    names: frozenset[str]
    beginnings: tuple[str, ...]
    patterns: tuple[Pattern, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Actions:
        folded = [text.lower() for text in texts]
        beginnings = [text[:-1] for text in folded if text.endswith("*") and not _WILD.search(text[:-1])]
        patterns = (compiled(text, variables=False) for text in folded if _WILD.search(text[:-1]) or text.endswith("?"))
        return cls(frozenset(folded), tuple(beginnings), tuple(patterns))

    def match(self, action: str) -> bool:
        """Whether an action, in lower case, is one of them."""
        if action in self.names or action.startswith(self.beginnings):
            return True
        for pattern in self.patterns:  # noqa: SIM110  # twice as fast as any()
            if pattern.matches(action, {}):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource, or those of a pattern.

    The sixth part of an ARN is what stands after its fifth colon. In it, and at the end of each other part, ``*``
    matches colons, too; elsewhere neither ``*`` nor ``?`` does. Where that makes a difference, ``head`` matches what
    stands before the sixth part, which is ``tail``.
    """

    pattern: Pattern
    head: re.Pattern[str] | None
    tail: Pattern | None

    @classmethod
    def of(cls, text: str, *, variables: bool, completed: bool = True) -> Resource:
        """The resource that a text names. An ARN with fewer parts than six is ``completed`` with ``*``."""
        parts = text.split(":", _ARN_PARTS - 1)
        if completed and parts[0] == "arn":
            parts += ["*"] * (_ARN_PARTS - len(parts))
        first, last = parts[: _ARN_PARTS - 1], parts[_ARN_PARTS - 1 :]
        before = pieces(":".join(first) + ":" * len(last), variables=False, wildcards=True)
        after = pieces(last[0], variables=variables, wildcards=True) if last else ()
        bounded = any("?" in part or "*" in part[:-1] for part in first)
        head = re.compile(":".join(map(_segment, first)) + ":" * len(last)) if bounded else None
        return cls(assembled(text, before + after), head, assembled(text, after) if last else None)

    def matches(self, resource: str, values: Values) -> bool:
        if not self.pattern.matches(resource, values):
            return False
        return self.head is None or self._matches_by_parts(self.head, resource, values)

    def _matches_by_parts(self, head: re.Pattern[str], resource: str, values: Values) -> bool:
        if self.tail is None:
            return head.fullmatch(resource) is not None
        ends = [index + 1 for index, character in enumerate(resource) if character == ":"]
        return any(head.fullmatch(resource, 0, end) and self.tail.matches(resource[end:], values) for end in ends)


def _segment(text: str) -> str:
    """The regular expression of one of the first five parts of an ARN."""
    inner, last = (text[:-1], ".*") if text.endswith("*") else (text, "")
    return "".join({"*": "[^:]*", "?": "[^:]"}.get(character, re.escape(character)) for character in inner) + last


class Named(IntEnum):
    """How a policy names a principal; the higher, the more closely."""

    NOT = 0
    ACCOUNT = 1
    """By the account, which has to allow it, too, by a policy of its own."""
    GENERALLY = 2
    """By the role of the session, or among all."""
    DIRECTLY = 3
    """By the user or the session."""


def named(listed: Iterable[tuple[str, str]], principal: Principal) -> Named:
    """How closely the Principal element of a statement names someone."""
    return max((_names(kind, value, principal) for kind, value in listed), default=Named.NOT)


def _names(kind: str, value: str, principal: Principal) -> Named:
    if kind == "AWS":
        return _names_arn(value, principal)
    given = principal.federated if kind == "Federated" else (principal.service,) if kind == "Service" else ()
    return Named.DIRECTLY if value in given else Named.NOT


def _names_arn(value: str, principal: Principal) -> Named:
    if value == "*":
        return Named.GENERALLY
    if account := _ACCOUNT.fullmatch(value):
        return Named.ACCOUNT if account[1] == principal.account else Named.NOT
    if _UNIQUE_ID.fullmatch(value):
        return _names_id(value, principal)
    if value == principal.arn:
        return Named.DIRECTLY
    return Named.GENERALLY if value == principal.role_arn else Named.NOT


def _names_id(value: str, principal: Principal) -> Named:
    """By the unique id, which stands for a user or a role in a saved policy."""
    if value == principal.user_id:
        return Named.DIRECTLY
    return Named.GENERALLY if principal.user_id.startswith(f"{value}:") else Named.NOT


def spared(listed: Iterable[tuple[str, str]], principal: Principal) -> bool:
    """Whether the NotPrincipal element of a statement names someone: wholly, by account, role and session alike."""
    listed = tuple(listed)
    if ("AWS", "*") in listed:
        return True
    if principal.federated or principal.service:
        return named(listed, principal) is not Named.NOT
    if not principal.account:
        return False
    given = {value for kind, value in listed if kind == "AWS"}
    accounts = {found[1] for value in given if (found := _ACCOUNT.fullmatch(value))}
    arns = set() if principal.is_root else {principal.arn, principal.role_arn or principal.arn}
    return principal.account in accounts and arns <= given
