"""Two devices of an identity, whose updates, deletions and listings interleave, against a simple model of a dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, Identity
from tests.support.refusals import refusal
from tests.support.synchronized import Device, conflict, device_of, removed, replaced

KEYS = ("a", "b", "ß")
DATASETS = ("game", "other")


@dataclass
class Dataset:
    """A dataset as the documentation has it: ``records`` are the sync count and the value by key."""

    exists: bool = False
    count: int = 0
    deleted_at: int = 0
    records: dict[str, tuple[int, str | None]] = field(default_factory=dict)

    def update(self, patches: list[dict[str, Any]]) -> tuple[str, int, int] | None:
        """Make the changes of patches, or return what is wrong with the first that doesn't fit."""
        for patch in patches:
            current = self.records.get(patch["Key"], (0, None))[0]
            if current != patch["SyncCount"]:
                return patch["Key"], current, patch["SyncCount"]
        if patches:
            self.exists, self.count = True, self.count + 1
            self.records |= {patch["Key"]: (self.count, patch.get("Value")) for patch in patches}
        return None

    def delete(self) -> None:
        self.exists, self.deleted_at, self.records = False, self.count, {}

    def listed(self, after: int) -> dict[str, tuple[int, str | None]]:
        return {key: record for key, record in self.records.items() if record[0] > after}

    def usage(self) -> tuple[int, int]:
        values = {key: value for key, (_, value) in self.records.items() if value is not None}
        return len(values), sum(len((key + value).encode()) for key, value in values.items())


@dataclass
class Known:
    """What a device knows of a dataset: the sync counts of records, and the one that it lists after."""

    counts: dict[str, int] = field(default_factory=dict)
    last: int = 0


class Pair:
    """Two devices, and the model beside them."""

    def __init__(self, *devices: Device) -> None:
        self.devices = devices
        self.model = {name: Dataset() for name in DATASETS}
        self.known = {(name, number): Known() for name in DATASETS for number in range(2)}

    def list(self, number: int, name: str, size: int) -> None:
        device, model, known = self.devices[number].of(name), self.model[name], self.known[name, number]
        pages = [device.list(after=known.last, MaxResults=size)]
        while "NextToken" in pages[-1]:
            pages.append(device.list(after=known.last, MaxResults=size, NextToken=pages[-1]["NextToken"]))
        records = [record for page in pages for record in page["Records"]]
        found = {record["Key"]: (record["SyncCount"], record.get("Value")) for record in records}
        assert found == model.listed(known.last)
        assert [record["SyncCount"] for record in records] == sorted(record["SyncCount"] for record in records)
        assert all(page["Count"] == len(page["Records"]) <= size for page in pages)
        answer = pages[0]
        assert answer["DatasetExists"] == model.exists
        assert answer["DatasetSyncCount"] == (model.count if model.exists else 0)
        assert answer["DatasetDeletedAfterRequestedSyncCount"] == (0 < known.last <= model.deleted_at)
        if answer["DatasetDeletedAfterRequestedSyncCount"]:
            self.known[name, number] = Known()
            return
        known.counts |= {key: count for key, (count, _) in found.items()}
        known.last = answer["DatasetSyncCount"]

    def update(self, number: int, name: str, changes: dict[str, str | None]) -> None:
        """With the sync counts that the device knows, which may be stale."""
        device, counts = self.devices[number].of(name), self.known[name, number].counts
        patches: list[Any] = []
        for key, value in changes.items():
            count = counts.get(key, 0)
            patches += removed([key], count) if value is None else replaced({key: value}, count)
        wrong = self.model[name].update(patches)
        if wrong is not None:
            assert device.refused(*patches) == conflict(*wrong)
            return
        records = device.patch(*patches)
        assert {(each["Key"], each["SyncCount"], each.get("Value")) for each in records} == {
            (key, self.model[name].count, value) for key, value in changes.items()
        }
        counts |= {each["Key"]: each["SyncCount"] for each in records}

    def delete(self, number: int, name: str) -> None:
        device, model = self.devices[number].of(name), self.model[name]
        if not model.exists:
            assert refusal(device.client.delete_dataset, **device.named).code == "ResourceNotFoundException"
            return
        deleted = device.client.delete_dataset(**device.named)["Dataset"]
        assert (deleted["NumRecords"], deleted["DataStorage"]) == model.usage()
        model.delete()

    def check_usage(self) -> None:
        device: Device = self.devices[0]
        usage = device.client.describe_identity_usage(**device.identity)["IdentityUsage"]
        assert usage["DataStorage"] == sum(model.usage()[1] for model in self.model.values())
        assert usage["DatasetCount"] == sum(model.exists for model in self.model.values())


WHO = {"number": st.integers(0, 1), "name": st.sampled_from(DATASETS)}
CHANGES = st.dictionaries(st.sampled_from(KEYS), st.none() | st.sampled_from(["", "1", "größer"]), max_size=3)
STEPS = st.one_of(
    st.fixed_dictionaries({"what": st.just("list"), **WHO, "size": st.integers(1, 3)}),
    st.fixed_dictionaries({"what": st.just("update"), **WHO, "changes": CHANGES}),
    st.fixed_dictionaries({"what": st.just("delete"), **WHO}),
)


def test_interleaved_edits(cognito: Cognito, device: Device, guest: Identity) -> None:
    other = device_of(guest)

    @settings(max_examples=settings().max_examples // 2)
    @given(st.lists(STEPS, min_size=2, max_size=20))
    def check(steps: list[dict[str, Any]]) -> None:
        with cognito.world.store.rolled_back():
            pair = Pair(device, other)
            for step in steps:
                getattr(pair, step["what"])(**{name: value for name, value in step.items() if name != "what"})
            pair.check_usage()
        cognito.calls.clear()

    check()
