"""What condition operators compare: the values that a policy names, each compiled once."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import ipaddress
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

from pytest_cognito.iam.policies.variables import segments
from pytest_cognito.iam.policies.wildcards import Pattern, Values, compiled

_NUMBER = re.compile(r"\s*[+-]?\d+(?:\.\d+)?\s*")
_MONTH = re.compile(r"\d{4}-\d\d")
_ARN_PARTS = 6

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


class Expected(Protocol):
    """A value of a condition."""

    def matches(self, value: str, values: Values, /) -> bool:
        """Whether a value of the request is the expected one. ``values`` has what variables stand for."""
        ...

    def shown(self, values: Values, /) -> str:
        """It, as an explanation shows it: with what variables stand for."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text, with or without wildcards."""

    pattern: Pattern

    def matches(self, value: str, values: Values) -> bool:
        return self.pattern.matches(value, values)

    def shown(self, values: Values) -> str:
        return _quoted(self.pattern, values)


@dataclass(frozen=True, slots=True)
class AnyCaseText:
    """Text whose case does not matter. It has no wildcards."""

    pattern: Pattern

    def matches(self, value: str, values: Values) -> bool:
        chunks = self.pattern.filled(values)
        return chunks is not None and "".join(map(str, chunks)).lower() == value.lower()

    def shown(self, values: Values) -> str:
        return _quoted(self.pattern, values)


@dataclass(frozen=True, slots=True)
class Arn:
    """An ARN each of whose six parts is matched alone."""

    parts: tuple[Pattern, ...]

    def matches(self, value: str, values: Values) -> bool:
        given = value.split(":", _ARN_PARTS - 1)
        if len(given) != len(self.parts):
            return False
        return all(pattern.matches(part, values) for pattern, part in zip(self.parts, given, strict=True))

    def shown(self, values: Values) -> str:
        return f'"{":".join(part.shown(values) for part in self.parts)}"{_absent(self.parts, values)}'


@dataclass(frozen=True, slots=True)
class Compared:
    """A value that is ordered, or another that is not text: ``read`` gives nothing for what is not one."""

    text: str
    read: Callable[[str], object | None]
    test: Callable[[object, object], bool]
    wanted: object | None

    def matches(self, value: str, _values: Values, /) -> bool:
        given = self.read(value)
        return given is not None and self.wanted is not None and self.test(given, self.wanted)

    def shown(self, _values: Values, /) -> str:
        return f'"{self.text}"' if self.wanted is not None else f'"{self.text}", which is no value for this operator'


def _quoted(pattern: Pattern, values: Values) -> str:
    return f'"{pattern.shown(values)}"{_absent((pattern,), values)}'


def _absent(patterns: tuple[Pattern, ...], values: Values) -> str:
    missing = [key for pattern in patterns for key in pattern.missing(values)]
    return f" ({', '.join(missing)}: absent from the request)" if missing else ""


def text(value: str, variables: bool) -> Expected:
    return Text(compiled(value, variables=variables, wildcards=False))


def any_case_text(value: str, variables: bool) -> Expected:
    return AnyCaseText(compiled(value, variables=variables, wildcards=False))


def like(value: str, variables: bool) -> Expected:
    return Text(compiled(value, variables=variables))


def arn(value: str, variables: bool) -> Expected:
    return Arn(tuple(compiled(part, variables=variables) for part in segments(value, _ARN_PARTS)))


def compared(
    read: Callable[[str], object | None], test: Callable[..., bool] = operator.eq
) -> Callable[[str, bool], Expected]:
    """What makes an expected value of text: variables are not replaced in it."""
    return lambda value, _variables: Compared(value, read, test, read(value))


def number(value: str) -> Decimal | None:
    return Decimal(value.strip()) if _NUMBER.fullmatch(value) else None


def moment(value: str) -> float | None:
    """Seconds since 1970 of a date of ISO 8601 in UTC, unless it has another offset, or of such seconds."""
    if number(value) is not None:
        return float(value)
    try:
        date = dt.datetime.fromisoformat(f"{value}-01" if _MONTH.fullmatch(value) else value)
    except ValueError:
        return None
    return (date if date.tzinfo else date.replace(tzinfo=dt.UTC)).timestamp()


def truth(value: str) -> str | None:
    return value.lower() if value.lower() in ("true", "false") else None


def octets(value: str) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def network(value: str) -> Network | None:
    """Addresses in CIDR notation. One address is a network of its own."""
    try:
        return ipaddress.ip_network(value, strict=False)
    except ValueError:
        return None


def within(given: Network, wanted: Network) -> bool:
    if isinstance(given, ipaddress.IPv4Network):
        return isinstance(wanted, ipaddress.IPv4Network) and given.subnet_of(wanted)
    return isinstance(wanted, ipaddress.IPv6Network) and given.subnet_of(wanted)
