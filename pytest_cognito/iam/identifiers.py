"""Ids of IAM: of access keys, which tell their account, and the unique ids of users and roles."""

from __future__ import annotations

import base64
import hashlib
import re

from pytest_cognito.world import Context

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_KEY_ID = re.compile(r"A[A-Z]{3}[A-Z2-7]{16}")
_RANDOM_BITS = 39  # below the 40 bits of the account; the bit above those says that there is one

_issued: set[str] = set()


def key_id(context: Context, prefix: str, account: str) -> str:
    """A new access key id: ``AKIA`` or ``ASIA`` and 16 characters, in which the account is encoded."""
    random = int.from_bytes(context.world.ids.data(5)) >> 1
    number = 1 << 79 | int(account) << _RANDOM_BITS | random
    key = prefix + base64.b32encode(number.to_bytes(10)).decode()
    _issued.add(key)
    return key


def was_issued(key: str) -> bool:
    """Whether a world of this process has issued an access key, if only one that is no more, or before a reset."""
    return key in _issued


def account_of_key(key: str) -> str | None:
    """The account that an access key id encodes; None for an id of another form."""
    if _KEY_ID.fullmatch(key) is None:
        return None
    number = int.from_bytes(base64.b32decode(key[4:]))
    account = number >> _RANDOM_BITS & (1 << 40) - 1
    return f"{account:012d}" if number >> 79 and account < 10**12 else None


def secret_key(context: Context) -> str:
    """A new secret access key: 40 characters of base64."""
    return base64.b64encode(context.world.ids.data(30)).decode()


def unique_id(context: Context, prefix: str) -> str:
    """A new unique id: ``AROA`` for a role or ``AIDA`` for a user, and 17 characters."""
    return prefix + context.world.ids.text(17, _BASE32)


def lasting_id(prefix: str, name: str) -> str:
    """The unique id of what no world has created, such as the test's own user: always the same for a name."""
    return prefix + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()[:17]
