"""How many datasets, records and bytes there can be; what is refused leaves everything as it was."""

from __future__ import annotations

import pytest

from tests.support.refusals import Refusal
from tests.support.synchronized import Device, removed, replaced

MEBIBYTE = 1024 * 1024
TOO_MANY_DATASETS = Refusal("LimitExceededException", "An identity can have at most 20 datasets.")
TOO_MANY_RECORDS = Refusal("LimitExceededException", "A dataset can have at most 1024 records.")
TOO_LARGE = Refusal("LimitExceededException", "The size of a dataset can be at most 1048576 bytes.")


def numbers(device: Device) -> tuple[int, int, int]:
    described = device.client.describe_dataset(**device.named)["Dataset"]
    return described["NumRecords"], described["DataStorage"], device.list()["DatasetSyncCount"]


def test_the_number_of_datasets(device: Device) -> None:
    for number in range(20):
        device.of(f"set-{number}").put(a="1")
    one_more = device.of("one-more")

    assert one_more.refused(*replaced({"a": "1"})) == TOO_MANY_DATASETS
    assert not one_more.list()["DatasetExists"]
    device.of("set-3").put(1, a="2")
    device.client.delete_dataset(**device.of("set-3").named)
    one_more.put(a="1")
    assert device.of("set-3").refused(*replaced({"a": "1"})) == TOO_MANY_DATASETS


def test_the_number_of_records(device: Device) -> None:
    device.put(**{f"k{number}": "1" for number in range(1024)})
    before = numbers(device)

    assert device.refused(*replaced({"new": "1"})) == TOO_MANY_RECORDS
    assert device.refused(*replaced({"k0": "2"}, 1), *replaced({"new": "1"})) == TOO_MANY_RECORDS
    assert numbers(device) == before
    device.patch(*removed(["k7"], 1), *replaced({"new": "1"}))
    assert numbers(device)[0] == 1024


@pytest.mark.parametrize("letter", ["x", "ß"])
def test_the_size_of_a_dataset(device: Device, letter: str) -> None:
    """In bytes of UTF-8, keys included."""
    half = letter * (MEBIBYTE // 2 // len(letter.encode()) - 10)
    device.put(a=half, b=half)
    before = numbers(device)
    room = MEBIBYTE - before[1]

    assert device.refused(*replaced({"c": "x" * room})) == TOO_LARGE
    assert device.refused(*replaced({"a": half + "x" * (room + 1)}, 1)) == TOO_LARGE
    assert numbers(device) == before
    device.put(c="x" * (room - 1))
    assert numbers(device) == (3, MEBIBYTE, 2)


@pytest.mark.parametrize(("key", "value"), [("", "1"), ("k" * 1025, "1"), ("k", "v" * 1048576)])
def test_the_length_of_keys_and_values(device: Device, key: str, value: str) -> None:
    assert device.refused(*replaced({key: value})).code == "InvalidParameterException"
    assert not device.list()["DatasetExists"]


def test_the_longest_key_and_value(device: Device) -> None:
    device.put(**{"k" * 1024: "1"})
    device.of("other").put(k="v" * 1048575)

    assert numbers(device)[:2] == (1, 1025)
    assert numbers(device.of("other"))[:2] == (1, MEBIBYTE)
