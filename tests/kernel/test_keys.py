"""Keys: two for each pool, never shared between pools of a world, and the same again for a pool that comes back."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from pytest_cognito.kernel import keys
from pytest_cognito.kernel.keys import KeyRing, KeyStore

MADE = [rsa.generate_private_key(public_exponent=65537, key_size=1024) for _ in range(12)]


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> KeyStore:
    """A store of its own, with small keys that are made already."""
    supply = iter(MADE)
    store = KeyStore()
    monkeypatch.setattr(keys, "STORE", store)
    monkeypatch.setattr(keys, "_generate", lambda: next(supply))
    monkeypatch.setattr(KeyRing, "_before", {})
    monkeypatch.setattr(store, "prepare", lambda name: None)
    return store


def kids(ring: KeyRing, pool: str, **options: bool) -> set[str]:
    pair = ring.pair(pool, **options)
    return {pair.id.kid, pair.access.kid}


def test_pools_of_one_world_share_no_key() -> None:
    ring = KeyRing()
    assert len(kids(ring, "pool-a") | kids(ring, "pool-b") | kids(ring, "pool-c", pinned=True)) == 6


def test_a_pool_keeps_its_keys() -> None:
    ring = KeyRing()
    assert kids(ring, "pool-a") == kids(ring, "pool-a")


def test_the_first_pools_of_two_worlds_take_the_same_pair() -> None:
    assert kids(KeyRing(), "pool-a") == kids(KeyRing(), "pool-b")


def test_a_pool_that_comes_back_has_the_keys_it_had() -> None:
    """Verifiers cache a pool's keys by URL for the life of the process."""
    first = KeyRing()
    kids(first, "pool-a")
    had = kids(first, "pool-b")
    assert kids(KeyRing(), "pool-b") == had


def test_a_pinned_pool_has_the_same_keys_in_every_world() -> None:
    had = kids(KeyRing(), "pinned", pinned=True)
    other = KeyRing()
    for number in range(3):
        kids(other, f"pool-{number}")
    assert kids(other, "pinned", pinned=True) == had


def test_a_world_of_a_seeded_one_knows_its_pools() -> None:
    parent = KeyRing()
    kids(parent, "pool-a")
    had = kids(parent, "pool-b")
    child = KeyRing(parent)
    assert kids(child, "pool-b") == had
    assert kids(child, "pool-c").isdisjoint(had | kids(child, "pool-a"))


def test_keys_are_found_by_id() -> None:
    pair = KeyRing().pair("pool-a")
    assert pair.find(pair.access.kid) is pair.access
    assert pair.find(pair.id.kid) is pair.id
    assert pair.find("another") is None


def test_keys_are_kept_in_a_directory(tmp_path: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.directory = tmp_path / "keys"
    had = store.pair("pair-0")
    again = KeyStore()
    again.directory = store.directory
    monkeypatch.setattr(keys, "_generate", lambda: pytest.fail("a key was made anew"))
    assert again.pair("pair-0").id.kid == had.id.kid
    assert again.pair("pair-0").access.sign(b"data") == had.access.sign(b"data")
    assert sorted(path.stem for path in store.directory.iterdir()) == ["pair-0-access", "pair-0-id"]


def test_many_threads_make_a_pair_once(store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    supply = iter(MADE)

    def generate() -> rsa.RSAPrivateKey:
        time.sleep(0.01)
        return next(supply)

    monkeypatch.setattr(keys, "_generate", generate)
    ring, found = KeyRing(), []
    threads = [threading.Thread(target=lambda: found.append(ring.pair("pool-a"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 16
    assert all(pair is found[0] for pair in found)
