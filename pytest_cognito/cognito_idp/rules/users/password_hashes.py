"""Imported hashes of passwords: which are well-formed and within the bounds, and whether a password has a hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from typing import NamedTuple

from pytest_cognito.kernel.errors import UsageError

_BCRYPT_BYTES = 72
"""How many bytes of a password bcrypt looks at."""
_BASE64 = r"[A-Za-z0-9+/.]+={0,2}"


class _Algorithm(NamedTuple):
    """The form of a hash, the highest values of its numbers in the order of the form, and how a password is checked."""

    form: re.Pattern[str]
    bounds: tuple[int, ...]
    verify: Callable[[re.Match[str], bytes], bool]


def is_valid(algorithm: str, hashed: str) -> bool:
    """Whether a hash has the form of an algorithm, within the bounds of its cost."""
    form, bounds, _ = _ALGORITHMS[algorithm]
    found = form.fullmatch(hashed)
    if found is None:
        return False
    costs = [int(found[f"cost{number}"]) for number in range(len(bounds))]
    if any(not 0 < cost <= bound for cost, bound in zip(costs, bounds, strict=True)):
        return False
    return algorithm != "SCRYPT" or (costs[0] > 1 and costs[0] & (costs[0] - 1) == 0)


def matches(hashed: str, password: str) -> bool:
    """Whether a password has a valid hash, whose form tells the algorithm.

    Raises `UsageError` if the library that computes it is not installed.
    """
    for form, _, verify in _ALGORITHMS.values():
        found = form.fullmatch(hashed)
        if found is not None:
            return verify(found, password.encode())
    raise ValueError("no algorithm has hashes of this form")


def _bcrypt(found: re.Match[str], password: bytes) -> bool:
    try:
        import bcrypt
    except ModuleNotFoundError:
        raise _missing("bcrypt", "BCRYPT") from None
    return bool(bcrypt.checkpw(password[:_BCRYPT_BYTES], found[0].encode()))


def _scrypt(found: re.Match[str], password: bytes) -> bool:
    cost, size, parallel = (int(found[f"cost{number}"]) for number in range(3))
    expected = bytes.fromhex(found["hash"])
    computed = hashlib.scrypt(
        password,
        salt=bytes.fromhex(found["salt"]),
        n=cost,
        r=size,
        p=parallel,
        maxmem=256 * cost * size,
        dklen=len(expected),
    )
    return hmac.compare_digest(computed, expected)


def _argon2id(found: re.Match[str], password: bytes) -> bool:
    try:
        from argon2 import exceptions, low_level
    except ModuleNotFoundError:
        raise _missing("argon2-cffi", "ARGON2ID") from None
    try:
        return bool(low_level.verify_secret(found[0].encode(), password, low_level.Type.ID))
    except exceptions.VerifyMismatchError:
        return False


def _pbkdf2(found: re.Match[str], password: bytes) -> bool:
    expected = _from_base64(found["hash"])
    iterations = int(found["cost0"])
    computed = hashlib.pbkdf2_hmac("sha256", password, _from_base64(found["salt"]), iterations, len(expected))
    return hmac.compare_digest(computed, expected)


def _from_base64(text: str) -> bytes:
    """Decode Base64, also in the form in which these hashes are usual: with a dot for the plus, without padding."""
    bare = text.rstrip("=").replace(".", "+")
    return base64.b64decode(bare + "=" * (-len(bare) % 4))


def _missing(library: str, algorithm: str) -> UsageError:
    return UsageError(
        f'a password with a hash of {algorithm} is checked by the library {library}: install "pytest-cognito[hashes]"'
    )


_ALGORITHMS = {
    "BCRYPT": _Algorithm(re.compile(r"\$2[abxy]\$(?P<cost0>[0-9]{2})\$[./A-Za-z0-9]{53}"), (12,), _bcrypt),
    "SCRYPT": _Algorithm(
        re.compile(
            r"(?P<cost0>[0-9]{1,9})\$(?P<cost1>[0-9]{1,9})\$(?P<cost2>[0-9]{1,9})"
            r"\$(?P<salt>(?:[0-9a-fA-F]{2})+)\$(?P<hash>(?:[0-9a-fA-F]{2})+)"
        ),
        (65536, 8, 1),
        _scrypt,
    ),
    "ARGON2ID": _Algorithm(
        re.compile(
            r"\$argon2id\$v=(?:16|19)\$m=(?P<cost0>[0-9]{1,9}),t=(?P<cost1>[0-9]{1,9}),p=(?P<cost2>[0-9]{1,9})"
            rf"\${_BASE64}\${_BASE64}"
        ),
        (19456, 2, 1),
        _argon2id,
    ),
    "PBKDF2_SHA256": _Algorithm(
        re.compile(rf"\$pbkdf2-sha256\$(?P<cost0>[0-9]{{1,9}})\$(?P<salt>{_BASE64})\$(?P<hash>{_BASE64})"),
        (600_000,),
        _pbkdf2,
    ),
}
