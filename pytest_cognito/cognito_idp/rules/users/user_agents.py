"""Describing the device of a user by the user agent of their app, as ``Chrome 125, Windows 10``."""

from __future__ import annotations

import re
from typing import NamedTuple

UNKNOWN = "unknown"
_LONGEST = 1024


class _Sign(NamedTuple):
    """A name, and the pattern by which a user agent shows it. A group of the pattern is the major version."""

    name: str
    pattern: re.Pattern[str]


def _signs(*signs: tuple[str, str]) -> tuple[_Sign, ...]:
    return tuple(_Sign(name, re.compile(pattern)) for name, pattern in signs)


# Browsers name those that they are compatible with: the most particular name comes first.
_APPS = _signs(
    ("Edge", r"\bEdg(?:e|A|iOS)?/(\d+)"),
    ("Opera", r"\bOPR/(\d+)"),
    ("Chrome", r"\b(?:Chrome|CriOS)/(\d+)"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/(\d+)"),
    ("Safari", r"\bVersion/(\d+)\S* .*\bSafari/"),
    ("Amplify", r"\baws-amplify/(\d+)"),
    ("AWS SDK for JavaScript", r"\baws-sdk-js/(\d+)"),
    ("AWS CLI", r"\baws-cli/(\d+)"),
    ("Boto3", r"\bBoto3/(\d+)"),
    ("aiobotocore", r"\baiobotocore/(\d+)"),
    ("Botocore", r"\bBotocore/(\d+)"),
)
_SYSTEMS = _signs(
    ("Windows", r"\bWindows NT (\d+)"),
    ("iOS", r"\b(?:iPhone|CPU) OS (\d+)"),
    ("Android", r"\bAndroid (\d+)"),
    ("Mac OS X", r"\bMac OS X (\d+)"),
    ("Chrome OS", r"\bCrOS \w+ (\d+)"),
    ("Windows", r"\bos/windows"),
    ("Mac OS X", r"\bos/macos"),
    ("Linux", r"\b(?:[Ll]inux)\b"),
)


def describe(user_agent: str) -> str:
    """The app and the operating system of a user agent, each with its major version; ``unknown`` if neither is known.

    The form is that of ``DeviceName`` in the log of a user's sign-ins, for what AWS has an example.
    """
    found = [text for signs in (_APPS, _SYSTEMS) if (text := _first(signs, user_agent[:_LONGEST]))]
    return ", ".join(found) or UNKNOWN


def _first(signs: tuple[_Sign, ...], user_agent: str) -> str | None:
    for name, pattern in signs:
        match = pattern.search(user_agent)
        if match:
            return " ".join((name, *match.groups()))
    return None
