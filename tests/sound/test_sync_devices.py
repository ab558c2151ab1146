"""Whatever two devices edit, delete and synchronize, in any order: both end with the same, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import SyncConflict, SyncDevice, mock_cognito

Step: TypeAlias = tuple[int, str, str, str]
"""The device, what it does, and the key and the value of an edit."""
NAME = "settings"
KEYS = ("a", "b", "c")


def longer(conflict: SyncConflict) -> str | None:
    return max(conflict.local or "", conflict.remote or "", key=lambda value: (len(value), value))


CONFLICTS = ("last_writer", "local", "remote", longer)
ACTIONS = ("put", "put", "put", "remove", "synchronize", "synchronize", "synchronize", "delete")
steps = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(ACTIONS), st.sampled_from(KEYS), st.sampled_from(("x", "yy", "zzz"))),
    max_size=14,
)


class Stored(NamedTuple):
    """A value on the server: when it came, and by which of all synchronizations."""

    value: str | None
    came: dt.datetime
    number: int


@dataclass
class Server:
    """What is on the server, and how often the dataset was deleted."""

    values: dict[str, Stored] = field(default_factory=dict)
    number: int = 0
    deletions: int = 0

    def take(self, edits: dict[str, str | None], now: dt.datetime) -> None:
        self.number += 1
        self.values.update({key: Stored(value, now, self.number) for key, value in edits.items()})


@dataclass
class Model:
    """What a device has: what it last saw of the server, and edits with their times. It knows no sync counts."""

    seen: dict[str, Stored] = field(default_factory=dict)
    edits: dict[str, tuple[str | None, dt.datetime]] = field(default_factory=dict)
    deletions: int = 0
    deleted: bool = False

    @property
    def values(self) -> dict[str, str]:
        now = {
            **{key: stored.value for key, stored in self.seen.items()},
            **{key: e[0] for key, e in self.edits.items()},
        }
        return {key: value for key, value in now.items() if value is not None}

    def edit(self, key: str, value: str | None, now: dt.datetime) -> None:
        if value is None and key not in self.values:
            return
        self.edits[key] = (value, now)
        if value is None and key not in self.seen:
            del self.edits[key]

    def delete(self) -> None:
        self.seen, self.edits, self.deleted = {}, {}, True

    def synchronize(self, server: Server, how: object, now: dt.datetime) -> None:
        if self.deleted and server.values:
            server.values, server.deletions = {}, server.deletions + 1
        elif self.deletions < server.deletions and self.seen:
            self.seen, self.edits = {}, {}
        sent = {}
        for key, (value, time) in self.edits.items():
            theirs = server.values.get(key)
            if theirs is None or theirs == self.seen.get(key):
                sent[key] = value
            elif value != theirs.value and (kept := resolved(how, value, time, theirs)) != theirs.value:
                sent[key] = kept
        server.take(sent, now)
        self.seen, self.edits = dict(server.values), {}
        self.deletions, self.deleted = server.deletions, False


def resolved(how: object, value: str | None, time: dt.datetime, theirs: Stored) -> str | None:
    if how == "last_writer":
        return theirs.value if theirs.came > time else value
    if how in ("local", "remote"):
        return value if how == "local" else theirs.value
    return max(value or "", theirs.value or "", key=lambda each: (len(each), each))


def act(device: SyncDevice, model: Model, server: Server, step: Step, how: object, now: dt.datetime) -> None:
    _, action, key, value = step
    dataset = device.dataset(NAME)
    if action == "put":
        dataset[key] = value
        model.edit(key, value, now)
    elif action == "remove":
        dataset.remove(key)
        model.edit(key, None, now)
    elif action == "delete":
        dataset.delete()
        model.delete()
    else:
        dataset.synchronize(how)  # type: ignore[arg-type]
        model.synchronize(server, how, now)
        assert dataset.edits == {}
    assert dict(dataset) == model.values


def test_two_devices() -> None:
    with time_machine.travel(1_800_000_000, tick=False), mock_cognito(seed="sync") as cognito:
        pool = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
        pool.set_roles(unauthenticated=pool.create_role("guests", guests=True))

        @settings(max_examples=40)
        @given(steps=steps, how=st.sampled_from(CONFLICTS), moving=st.booleans())
        def check(steps: list[Step], how: object, moving: bool) -> None:
            identity = pool.guest()
            devices, models, server = (identity.sync_device(), identity.sync_device()), (Model(), Model()), Server()
            for step in [*steps, *((device, "synchronize", "", "") for device in (0, 1, 0))]:
                if moving:
                    cognito.clock.advance(seconds=1)
                act(devices[step[0]], models[step[0]], server, step, how, cognito.clock.now())

            first, second = (device.dataset(NAME) for device in devices)
            kept = {key: stored.value for key, stored in server.values.items() if stored.value is not None}
            assert dict(first) == dict(second) == kept
            assert not first.synchronize()
            assert not second.synchronize()

        check()
