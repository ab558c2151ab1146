"""The Secure Remote Password protocol as Cognito uses it: the computations of the server.

Group and hash are those of RFC 3526 (3072 bits) and SHA-256; numbers are hashed in the signed big-endian form of Java's
BigInteger. ``identity`` is the concatenation of the pool id after ``_`` and ``USER_ID_FOR_SRP``.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import re

N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2
K = int("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6", 16)
_INFO = b"Caldera Derived Key\x01"
_DIGITS = re.compile(r"[0-9a-fA-F]+")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIMESTAMP = re.compile(
    rf"(?:{'|'.join(_DAYS)}) ({'|'.join(_MONTHS)}) "
    r"([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) (?:UTC|GMT) ([0-9]{4})",
    re.ASCII | re.IGNORECASE,
)


def verifier(identity: str, password: str, salt: str) -> int:
    """The password verifier ``v``. ``salt`` is in hexadecimal digits."""
    return pow(G, secret_exponent(identity, password, salt), N)


def public_value(private: int, password_verifier: int) -> int:
    """The server's public value ``B``."""
    return (K * password_verifier + pow(G, private, N)) % N


def key(client_public: int, server_public: int, private: int, password_verifier: int) -> bytes:
    """The session key as the server derives it: 16 bytes."""
    u = scrambler(client_public, server_public)
    return derived_key(u, pow(client_public * pow(password_verifier, u, N) % N, private, N))


def secret_exponent(identity: str, password: str, salt: str) -> int:
    """The exponent ``x`` of the password verifier. ``salt`` is in hexadecimal digits."""
    inner = hashlib.sha256(f"{identity}:{password}".encode()).digest()
    return _number(java_bytes(int(salt, 16)) + inner)


def scrambler(client_public: int, server_public: int) -> int:
    """The number ``u`` that both sides compute from the public values."""
    return _number(java_bytes(client_public) + java_bytes(server_public))


def derived_key(u: int, shared: int) -> bytes:
    """The session key from the number ``S`` that both sides share."""
    extracted = hmac.digest(java_bytes(u), java_bytes(shared), "sha256")
    return hmac.digest(extracted, _INFO, "sha256")[:16]


def signature(derived_key: bytes, identity: str, secret_block: bytes, timestamp: str) -> bytes:
    """The bytes of ``PASSWORD_CLAIM_SIGNATURE``: the proof that the client knows the key."""
    message = identity.encode() + secret_block + timestamp.encode()
    return hmac.digest(derived_key, message, "sha256")


def hexadecimal(number: int) -> str:
    """The hexadecimal digits of a number, without leading zeros.

    Some clients hash the digits as they are and others the number that they parse from them: so both agree.
    """
    return f"{number:x}"


def parse_client_public(digits: str) -> int | None:
    """Parse the client's public value ``A``; ``None`` if it is no hexadecimal number."""
    return int(digits, 16) if _DIGITS.fullmatch(digits) else None


def parse_signature(text: str) -> bytes | None:
    """The bytes of a ``PASSWORD_CLAIM_SIGNATURE``; ``None`` if it is not in Base64. Padding can be left out."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return None


def canonical_timestamp(timestamp: str) -> str | None:
    """A ``TIMESTAMP`` as it is signed: ``Tue May 7 00:09:40 UTC 2024``; ``None`` if it is malformed.

    It may be sent in other forms: with names in any case, a day of two digits, GMT, or the wrong day of the week.
    """
    found = _TIMESTAMP.fullmatch(timestamp)
    if found is None:
        return None
    month, *numbers = found.groups()
    day, hour, minute, second, year = map(int, numbers)
    try:
        when = dt.datetime(year, _MONTHS.index(month.capitalize()) + 1, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return None
    return format_timestamp(when)


def format_timestamp(when: dt.datetime) -> str:
    """A time in UTC as it is signed."""
    # Not by strftime, whose names depend on the locale.
    date = f"{_DAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when.day}"
    return f"{date} {when:%H:%M:%S} UTC {when.year:04d}"


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


def java_bytes(number: int) -> bytes:
    """The two's complement of a number >= 0: with a leading zero byte if the highest bit is set."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")
