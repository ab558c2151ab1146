"""RSA signing keys: generated when first needed, kept for the process, and assigned to the owners in each world.

Generating a key takes tens of milliseconds, far longer than anything else in a test, and verifiers cache keys by URL
for the life of the process. So the keys of the process are kept in numbered slots, with one key for each use in each
slot. A world assigns its n-th owner (a user pool) the n-th slot; two owners of one world, or of two worlds of one test,
never share a slot, and an owner that had a slot in an earlier world gets the same one again. Owners with a pinned id
have slots of their own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from pytest_cognito.kernel import locks

_BITS = 2048
_PADDING = padding.PKCS1v15()
_SHA256 = hashes.SHA256()
_HASHES = {"RS256": _SHA256, "RS512": hashes.SHA512()}


class SigningKey:
    """One RSA key."""

    def __init__(self, private: rsa.RSAPrivateKey) -> None:
        self.private = private
        self.public = private.public_key()

    def sign(self, data: bytes, algorithm: str = "RS256") -> bytes:
        """The RS256 or RS512 signature of ``data`` (RFC 7518 section 3.3)."""
        return self.private.sign(data, _PADDING, _HASHES[algorithm])

    @cached_property
    def kid(self) -> str:
        """The key id: 44 characters, the base64 encoding of 32 bytes that depend on the key alone."""
        return base64.b64encode(hashlib.sha256(_integer(self.public.public_numbers().n)).digest()).decode()

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public key as a JWKS lists it (RFC 7517)."""
        numbers = self.public.public_numbers()
        return {
            "alg": "RS256",
            "e": base64url(_integer(numbers.e)),
            "kid": self.kid,
            "kty": "RSA",
            "n": base64url(_integer(numbers.n)),
            "use": "sig",
        }


class KeyStore:
    """The keys of this process by slot and use, optionally kept in a directory between processes."""

    def __init__(self) -> None:
        self.directory: Path | None = None
        self._keys: dict[str, SigningKey] = {}
        self._prepared: set[str] = set()
        self._lock = locks.lock()

    def key(self, slot: str, use: str) -> SigningKey:
        """The key of a slot for a use: from memory, from the directory, or newly generated."""
        name = f"{slot}-{use}"
        found = self._keys.get(name)
        if found is None:
            with self._lock:
                found = self._keys.get(name)
                if found is None:
                    found = self._keys[name] = self._load_or_generate(name)
        return found

    def prepare(self, slot: str, uses: tuple[str, ...]) -> None:
        """Generate the keys of a slot in another thread, unless that has been done before."""
        with self._lock:
            prepared = slot in self._prepared
            self._prepared.add(slot)
        if not prepared:
            threading.Thread(target=self._generate_all, args=(slot, uses), name="pytest-cognito keys").start()

    def _generate_all(self, slot: str, uses: tuple[str, ...]) -> None:
        for use in uses:
            self.key(slot, use)

    def _load_or_generate(self, name: str) -> SigningKey:
        if self.directory is None:
            return SigningKey(_generate())
        path = self.directory / f"{name}.json"
        if path.exists():
            return SigningKey(_load(path.read_text()))
        private = _generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another process may do the same at the same time: a rename is atomic, so a reader never sees a partial key.
        partial = path.with_suffix(f".{os.getpid()}.{id(private):x}.partial")
        partial.write_text(_dump(private))
        partial.replace(path)
        return SigningKey(private)


STORE = KeyStore()

_FIRST_SLOT = "pair-0"


class KeyRing:
    """The slots of a world by owner.

    ``taken`` are the slots that other worlds have, with their owners, and that no other owner gets. Rings that share
    this dict never assign the same slot to two owners.
    """

    _previous: ClassVar[dict[str, str]] = {}  # owner -> its slot in an earlier world of this process
    _lock: ClassVar[threading.RLock] = locks.lock()

    def __init__(self, slots: Mapping[str, str] | None = None, taken: dict[str, str] | None = None) -> None:
        self._slots: dict[str, str] = dict(slots or {})
        self._taken: dict[str, str] = {} if taken is None else taken
        self._taken.update((slot, owner) for owner, slot in self._slots.items())

    def prepare(self, *uses: str) -> None:
        """Generate the keys of the first slot for these uses in advance: most worlds need them."""
        STORE.prepare(_FIRST_SLOT, uses)

    def key(self, owner: str, use: str, *, pinned: bool = False) -> SigningKey:
        """The key of an owner for a use. ``pinned`` says whether the test chose the owner's id."""
        return STORE.key(self._slot(owner, pinned), use)

    def slots(self) -> dict[str, str]:
        """The slots assigned so far, by owner."""
        return dict(self._slots)

    def _slot(self, owner: str, pinned: bool) -> str:
        slot = self._slots.get(owner)
        if slot is None:
            with self._lock:
                slot = self._slots.get(owner) or self._choose(owner, pinned)
                self._slots[owner] = self._previous[owner] = slot
                self._taken[slot] = owner
        return slot

    def _choose(self, owner: str, pinned: bool) -> str:
        if pinned:
            # A pinned id is used in many tests: its keys must not depend on which pools were created before.
            return f"pinned-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"
        taken = {slot for slot, other in self._taken.items() if other != owner}.union(self._slots.values())
        previous = self._previous.get(owner)
        if previous is not None and previous not in taken:
            return previous
        return next(slot for n in range(len(taken) + 1) if (slot := f"pair-{n}") not in taken)


def _generate() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS)


def _load(text: str) -> rsa.RSAPrivateKey:
    numbers = json.loads(text)
    public = rsa.RSAPublicNumbers(numbers.pop("e"), numbers.pop("n"))
    # A full check of a key that this library wrote itself would take as long as generating another.
    return rsa.RSAPrivateNumbers(**numbers, public_numbers=public).private_key(unsafe_skip_rsa_key_validation=True)


def _dump(key: rsa.RSAPrivateKey) -> str:
    """The numbers of RFC 8017 section 3.2 as JSON: serialization as PEM would import much more of `cryptography`."""
    numbers = key.private_numbers()
    kept = {name: getattr(numbers, name) for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp")}
    return json.dumps({"n": numbers.public_numbers.n, "e": numbers.public_numbers.e, **kept})


def _integer(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def is_signed(key: SigningKey, token: str, algorithm: str = "RS256") -> bool:
    """Whether a JWT has a key's signature, whatever its header says."""
    signed, _, signature = token.rpartition(".")
    try:
        found = base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
        key.public.verify(found, signed.encode(), _PADDING, _HASHES[algorithm])
    except (ValueError, InvalidSignature):
        return False
    return True


def base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
