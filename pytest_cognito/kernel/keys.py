"""RSA signing keys: made when first needed, kept for the process, shared out to the pools of each world.

Making a key takes tens of milliseconds, far longer than anything else here, and verifiers cache a pool's JWKS by URL
for the life of the process. Hence: a world hands its n-th pool the n-th pair of the process, two pools of one world
never share a pair, and a pool id that comes back has the pair it had. Pools whose id was pinned draw from a reserve of
their own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_BITS = 2048
_PADDING = padding.PKCS1v15()
_SHA256 = hashes.SHA256()


class SigningKey:
    """One RSA key of a pool."""

    def __init__(self, private: rsa.RSAPrivateKey) -> None:
        self.private = private
        self.public = private.public_key()

    def sign(self, data: bytes) -> bytes:
        """The RS256 signature of ``data`` (RFC 7518 section 3.3)."""
        return self.private.sign(data, _PADDING, _SHA256)

    @cached_property
    def kid(self) -> str:
        """The key id: 44 characters, the base64 form of 32 bytes that depend on nothing but the key."""
        return base64.b64encode(hashlib.sha256(_integer(self.public.public_numbers().n)).digest()).decode()

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The public key as Cognito's JWKS lists it."""
        numbers = self.public.public_numbers()
        return {
            "alg": "RS256",
            "e": _base64url(_integer(numbers.e)),
            "kid": self.kid,
            "kty": "RSA",
            "n": _base64url(_integer(numbers.n)),
            "use": "sig",
        }


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The two keys of a pool: one signs ID tokens, the other access tokens."""

    id: SigningKey
    access: SigningKey

    def find(self, kid: str) -> SigningKey | None:
        return next((key for key in (self.id, self.access) if key.kid == kid), None)


class KeyStore:
    """The keys of this process, in numbered pairs, optionally kept in a directory between processes."""

    def __init__(self) -> None:
        self.directory: Path | None = None
        self._pairs: dict[str, KeyPair] = {}
        self._saml: dict[str, SigningKey] = {}
        self._begun: set[str] = set()
        self._lock = threading.Lock()

    def pair(self, name: str) -> KeyPair:
        """The pair of this name: from memory, from the directory, or made now."""
        found = self._pairs.get(name)
        if found is None:
            with self._lock:
                found = self._pairs.get(name)
                if found is None:
                    found = self._pairs[name] = KeyPair(self._key(f"{name}-id"), self._key(f"{name}-access"))
        return found

    def prepare(self, name: str) -> None:
        """Begin with the pair of this name, once: another thread makes it while this one goes on."""
        with self._lock:
            begun = name in self._begun
            self._begun.add(name)
        if not begun:
            threading.Thread(target=self.pair, args=(name,), name="pytest-cognito keys").start()

    def unlock(self) -> None:
        """In a forked process nobody is left who could unlock what another thread held when the process was forked."""
        self._lock = threading.Lock()

    def saml(self, name: str) -> SigningKey:
        """The key that goes with the pair of this name and signs SAML requests; few pools need it."""
        with self._lock:
            if name not in self._saml:
                self._saml[name] = self._key(f"{name}-saml")
            return self._saml[name]

    def _key(self, name: str) -> SigningKey:
        if self.directory is None:
            return SigningKey(_generate())
        path = self.directory / f"{name}.json"
        if path.exists():
            return SigningKey(_load(path.read_text()))
        private = _generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another process may be at the same: a rename is atomic, so that whoever reads finds a whole key.
        partial = path.with_suffix(f".{os.getpid()}.{id(private):x}.partial")
        partial.write_text(_dump(private))
        partial.replace(path)
        return SigningKey(private)


STORE = KeyStore()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=STORE.unlock)

_FIRST = "pair-0"


class KeyRing:
    """Which pool of a world has which pair."""

    _before: ClassVar[dict[str, str]] = {}  # pool id -> name of the pair it had in an earlier world of this process

    def __init__(self, parent: KeyRing | None = None) -> None:
        self._names: dict[str, str] = dict(parent._names) if parent else {}
        self._lock = threading.Lock()
        STORE.prepare(_FIRST)

    def pair(self, pool_id: str, *, pinned: bool = False) -> KeyPair:
        """The keys that sign a pool's tokens."""
        return STORE.pair(self._name(pool_id, pinned))

    def saml(self, pool_id: str, *, pinned: bool = False) -> SigningKey:
        """The key that signs a pool's SAML requests."""
        return STORE.saml(self._name(pool_id, pinned))

    def _name(self, pool_id: str, pinned: bool) -> str:
        name = self._names.get(pool_id)
        if name is None:
            with self._lock:
                name = self._names.setdefault(pool_id, self._choose(pool_id, pinned))
                self._before[pool_id] = name
        return name

    def _choose(self, pool_id: str, pinned: bool) -> str:
        if pinned:
            # A pinned id is used by many tests: its pair is its own, whatever else was made in between.
            return f"pinned-{hashlib.sha256(pool_id.encode()).hexdigest()[:16]}"
        taken = set(self._names.values())
        before = self._before.get(pool_id)
        if before is not None and before not in taken:
            return before
        return next(name for n in range(len(taken) + 1) if (name := f"pair-{n}") not in taken)


def _generate() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS)


def _load(text: str) -> rsa.RSAPrivateKey:
    numbers = json.loads(text)
    public = rsa.RSAPublicNumbers(numbers.pop("e"), numbers.pop("n"))
    # The full check of a key that this library wrote itself would take as long as making another.
    return rsa.RSAPrivateNumbers(**numbers, public_numbers=public).private_key(unsafe_skip_rsa_key_validation=True)


def _dump(key: rsa.RSAPrivateKey) -> str:
    """The numbers of RFC 8017 section 3.2. What PEM needs takes longer to import than all of this module."""
    numbers = key.private_numbers()
    kept = {name: getattr(numbers, name) for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp")}
    return json.dumps({"n": numbers.public_numbers.n, "e": numbers.public_numbers.e, **kept})


def _integer(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
