"""The scalars that every AppSync schema has, ``AWSDateTime`` and its kin, and what they take."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import re
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

_ZONE = r"(?:Z|[+-]\d\d:\d\d(?::\d\d)?)"
_DATE = re.compile(rf"(?P<date>-?\d{{4}}-\d\d-\d\d)(?P<zone>{_ZONE})?")
_TIME = re.compile(rf"(?P<time>\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?)(?P<zone>{_ZONE})?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
# With or without a country code; without one it is of North America.
_PHONE = re.compile(r"\+[1-9](?:[ -]?\d){6,14}|(?:1[ -]?)?(?:\(?[2-9]\d{2}\)?)[ -]?\d{3}[ -]?\d{4}")
_MAX_INT = 2**63


class Scalar(NamedTuple):
    """A scalar: what makes a value of it, or raises ``ValueError``, and what AppSync calls such a value in errors."""

    check: Callable[[Any], Any]
    called: str


def _date(value: Any) -> str:
    found = _matched(_DATE, value)
    dt.date.fromisoformat(found["date"])
    _zone(found["zone"])
    return found[0]


def _time(value: Any) -> str:
    found = _matched(_TIME, value)
    _clock(found["time"])
    _zone(found["zone"])
    return found[0]


def _date_time(value: Any) -> str:
    text = _text(value)
    date, separator, time = text.partition("T")
    found = _matched(_TIME, time)
    if not separator or found["zone"] is None:
        raise ValueError(text)
    dt.date.fromisoformat(_matched(re.compile(r"\d{4}-\d\d-\d\d"), date)[0])
    _clock(found["time"])
    _zone(found["zone"])
    return text


def _timestamp(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or abs(value) >= _MAX_INT:
        raise ValueError(value)
    return int(value)


def _email(value: Any) -> str:
    text = _matched(_EMAIL, value)[0]
    if parseaddr(text)[1] != text:
        raise ValueError(text)
    return text


def _url(value: Any) -> str:
    text = _text(value)
    parts = urlsplit(text)
    if not parts.scheme or not (parts.netloc or parts.path) or "//" in parts.path or re.search(r"\s", text):
        raise ValueError(text)
    return text


def _phone(value: Any) -> str:
    return _matched(_PHONE, value)[0]


def _address(value: Any) -> str:
    text = _text(value)
    ipaddress.ip_interface(text)  # with or without a prefix: 123.45.67.89/16
    return text


def _json_in(value: Any) -> Any:
    """What resolvers get for the text that a query has."""
    return json.loads(_text(value), parse_constant=_refuse_constant)


def _json_out(value: Any) -> str:
    """The text that a response has: that of a resolver, or of what a resolver has returned."""
    if isinstance(value, str):
        _json_in(value)
        return value
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _matched(pattern: re.Pattern[str], value: Any) -> re.Match[str]:
    found = pattern.fullmatch(_text(value))
    if found is None:
        raise ValueError(value)
    return found


def _clock(text: str) -> None:
    whole, _, _ = text.partition(".")  # Python reads six digits of a second, AppSync nine
    dt.time.fromisoformat(whole)


def _zone(text: str | None) -> None:
    if text is not None and text != "Z":
        dt.time.fromisoformat(text[1:])


SCALARS = {
    "AWSDate": Scalar(_date, "Date"),
    "AWSTime": Scalar(_time, "Time"),
    "AWSDateTime": Scalar(_date_time, "DateTime"),
    "AWSTimestamp": Scalar(_timestamp, "Timestamp"),
    "AWSEmail": Scalar(_email, "Email"),
    "AWSJSON": Scalar(_json_in, "JSON"),
    "AWSPhone": Scalar(_phone, "Phone"),
    "AWSURL": Scalar(_url, "URL"),
    "AWSIPAddress": Scalar(_address, "IPAddress"),
}
"""The scalars by name, as queries have them. ``AWSJSON`` has another form in responses."""

IN_RESPONSES: dict[str, Callable[[Any], Any]] = {
    name: _json_out if name == "AWSJSON" else scalar.check for name, scalar in SCALARS.items()
}
"""What makes the value that a response has, by the name of the scalar."""
