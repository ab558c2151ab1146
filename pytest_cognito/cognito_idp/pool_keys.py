"""The signing keys of a user pool."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.world import World

ID = "id"
ACCESS = "access"
SAML = "saml"


class KeyPair(NamedTuple):
    """The two keys that sign a pool's tokens: one for ID tokens, the other for access tokens."""

    id: SigningKey
    access: SigningKey

    def find(self, kid: str) -> SigningKey | None:
        """The key with a key id, if the pool has it."""
        return next((key for key in (self.id, self.access) if key.kid == kid), None)


def keys_of(world: World, pool: UserPool) -> KeyPair:
    """The keys that sign a pool's tokens."""
    return KeyPair(_key(world, pool, ID), _key(world, pool, ACCESS))


def saml_key(world: World, pool: UserPool) -> SigningKey:
    """The key that signs a pool's SAML requests."""
    return _key(world, pool, SAML)


def saml_encryption_key(world: World, pool: UserPool, provider: str) -> SigningKey:
    """The key that decrypts the responses of a pool's SAML provider. Each provider has its own."""
    return _key(world, pool, f"{SAML}-{hashlib.sha256(provider.encode()).hexdigest()[:16]}")


def _key(world: World, pool: UserPool, use: str) -> SigningKey:
    return world.keys.key(pool.id, use, pinned=pool.pinned)
