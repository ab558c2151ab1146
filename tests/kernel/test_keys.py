"""Keys: one for each use of an owner, never shared within a world, and the same again for an owner that comes back."""

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
    monkeypatch.setattr(KeyRing, "_previous", {})
    monkeypatch.setattr(store, "prepare", lambda slot, uses: None)
    return store


def kids(ring: KeyRing, pool: str, **options: bool) -> set[str]:
    return {ring.key(pool, use, **options).kid for use in ("id", "access")}


def test_pools_of_one_world_share_no_key() -> None:
    ring = KeyRing()
    assert len(kids(ring, "pool-a") | kids(ring, "pool-b") | kids(ring, "pool-c", pinned=True)) == 6


def test_a_pool_keeps_its_keys() -> None:
    ring = KeyRing()
    assert kids(ring, "pool-a") == kids(ring, "pool-a")


def test_the_first_pools_of_two_worlds_take_the_same_pair() -> None:
    assert kids(KeyRing(), "pool-a") == kids(KeyRing(), "pool-b")


def test_rings_that_share_what_is_taken_share_no_key_of_two_pools() -> None:
    taken: dict[str, str] = {}
    first, second = KeyRing(taken=taken), KeyRing(taken=taken)
    had = kids(first, "pool-a") | kids(first, "pool-b")
    assert kids(second, "pool-c").isdisjoint(had)
    assert kids(first, "pool-d").isdisjoint(had | kids(second, "pool-c"))
    assert kids(second, "pool-a") == kids(first, "pool-a")
    assert kids(KeyRing(), "pool-e") == kids(first, "pool-a")


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
    child = KeyRing(parent.slots())
    assert kids(child, "pool-b") == had
    assert kids(child, "pool-c").isdisjoint(had | kids(child, "pool-a"))


def test_a_key_more_of_an_owner_is_in_its_slot(store: KeyStore) -> None:
    ring = KeyRing()
    had = kids(ring, "pool-a")
    more = ring.key("pool-a", "saml")
    assert more.kid not in had
    assert more is store.key(ring.slots()["pool-a"], "saml")
    assert kids(ring, "pool-a") == had


def test_slots_that_were_handed_on_are_no_longer_the_ring_s() -> None:
    ring = KeyRing()
    kids(ring, "pool-a")
    slots = ring.slots()
    kids(ring, "pool-b")
    assert list(slots) == ["pool-a"]
    KeyRing(slots).key("pool-c", "id")
    assert list(slots) == ["pool-a"]


def test_keys_are_begun_with_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, str]] = []
    store, together = KeyStore(), threading.Event()

    def key(slot: str, use: str) -> None:
        made.append((slot, use))
        if use == "access":
            together.set()

    monkeypatch.setattr(store, "key", key)
    for _ in range(3):
        store.prepare("pair-0", ("id", "access"))
    assert together.wait(10)
    assert made == [("pair-0", "id"), ("pair-0", "access")]


def test_keys_are_kept_in_a_directory(tmp_path: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.directory = tmp_path / "keys"
    had = [store.key("pair-0", use) for use in ("id", "access")]
    again = KeyStore()
    again.directory = store.directory
    monkeypatch.setattr(keys, "_generate", lambda: pytest.fail("a key was made anew"))
    assert [again.key("pair-0", use).kid for use in ("id", "access")] == [key.kid for key in had]
    assert again.key("pair-0", "access").sign(b"data") == had[1].sign(b"data")
    assert sorted(path.stem for path in store.directory.iterdir()) == ["pair-0-access", "pair-0-id"]


def test_many_threads_make_a_key_once(store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    supply = iter(MADE)

    def generate() -> rsa.RSAPrivateKey:
        time.sleep(0.01)
        return next(supply)

    monkeypatch.setattr(keys, "_generate", generate)
    ring, found = KeyRing(), []
    threads = [threading.Thread(target=lambda: found.append(ring.key("pool-a", "id"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 16
    assert all(key is found[0] for key in found)
