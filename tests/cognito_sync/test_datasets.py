"""ListDatasets, DescribeDataset and DeleteDataset, and what is left of a deleted dataset."""

from __future__ import annotations

import datetime as dt

from pytest_cognito import Cognito
from tests.support.refusals import Refusal, invalid_parameter, refusal
from tests.support.synchronized import Device, conflict, removed, replaced, values


def no_dataset(name: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Dataset '{name}' not found.")


def test_what_a_dataset_is_like(cognito: Cognito, device: Device) -> None:
    now = cognito.clock.freeze(cognito.clock.now().replace(microsecond=123_000))
    device.put(level="7", größe="ß")
    cognito.clock.advance(minutes=30)
    device.put(1, level="10")

    described = device.client.describe_dataset(**device.named)["Dataset"]
    assert described == {
        "IdentityId": device.identity_id,
        "DatasetName": "game",
        "CreationDate": now,
        "LastModifiedDate": now + dt.timedelta(minutes=30),
        "LastModifiedBy": device.identity_id,
        "DataStorage": len("level10") + len("größeß".encode()),
        "NumRecords": 2,
    }
    assert device.client.list_datasets(**device.identity)["Datasets"] == [described]


def test_removed_records_take_no_room(device: Device) -> None:
    device.put(a="12345", b="1")
    device.patch(*removed(["a"], 1), *removed(["never"], 0))

    described = device.client.describe_dataset(**device.named)["Dataset"]
    assert (described["NumRecords"], described["DataStorage"]) == (1, 2)


def test_a_dataset_that_is_not_there(device: Device) -> None:
    assert refusal(device.client.describe_dataset, **device.named) == no_dataset("game")
    assert refusal(device.client.delete_dataset, **device.named) == no_dataset("game")


def test_a_deleted_dataset(device: Device) -> None:
    device.put(a="1")
    described = device.client.describe_dataset(**device.named)["Dataset"]

    assert device.client.delete_dataset(**device.named)["Dataset"] == described
    assert refusal(device.client.describe_dataset, **device.named) == no_dataset("game")
    assert refusal(device.client.delete_dataset, **device.named) == no_dataset("game")
    assert device.client.list_datasets(**device.identity)["Datasets"] == []


def test_who_has_seen_a_deleted_dataset_is_told(device: Device) -> None:
    device.put(a="1")
    device.client.delete_dataset(**device.named)

    seen, new = device.list(after=1), device.list()
    assert seen["DatasetDeletedAfterRequestedSyncCount"]
    assert not new["DatasetDeletedAfterRequestedSyncCount"]
    for answer in (seen, new):
        assert (answer["DatasetExists"], answer["Records"], answer["DatasetSyncCount"]) == (False, [], 0)
        assert "LastModifiedBy" not in answer


def test_a_dataset_that_is_made_anew_counts_on(device: Device) -> None:
    device.put(a="1", b="1")
    device.put(1, a="2")
    device.client.delete_dataset(**device.named)

    assert device.refused(*replaced({"a": "3"}, 2)) == conflict("a", 0, 2)
    assert device.put(a="3")[0]["SyncCount"] == 3
    assert device.list(after=2)["DatasetDeletedAfterRequestedSyncCount"]
    since = device.list(after=3)
    assert (since["DatasetDeletedAfterRequestedSyncCount"], since["DatasetExists"]) == (False, True)
    assert values(device.list()) == {"a": "3"}


def test_the_token_of_a_session_outlasts_a_deletion(device: Device) -> None:
    """The sync counts decide: what the device still knows of the dataset is a conflict."""
    device.put(a="1")
    token = device.token()
    device.client.delete_dataset(**device.named)

    assert device.refused(*replaced({"a": "2"}, 1), SyncSessionToken=token) == conflict("a", 0, 1)
    assert device.patch(*replaced({"a": "2"}), SyncSessionToken=token)


def test_names_of_datasets(device: Device) -> None:
    odd = device.of("a_b-c.d:E9")
    odd.put(a="1")

    assert odd.client.describe_dataset(**odd.named)["Dataset"]["DatasetName"] == "a_b-c.d:E9"
    for name in ("größe", "a b", "x" * 129):
        refused = refusal(device.client.list_records, **device.identity, DatasetName=name)
        assert refused.code == "InvalidParameterException"
        assert "at 'datasetName' failed to satisfy constraint" in refused.message


def test_datasets_are_listed_by_pages(device: Device) -> None:
    names = [f"set-{number}" for number in range(5)]
    for name in reversed(names):
        device.of(name).put(a="1")

    listed, token, pages = [], None, 0
    while token is not None or not pages:
        more: dict[str, str] = {"NextToken": token} if token else {}
        page = device.client.list_datasets(**device.identity, MaxResults=2, **more)
        assert page["Count"] == len(page["Datasets"])
        listed += [dataset["DatasetName"] for dataset in page["Datasets"]]
        token, pages = page.get("NextToken"), pages + 1
    assert (listed, pages) == (names, 3)


def test_records_are_listed_by_pages(device: Device) -> None:
    device.put(**{f"k{number}": "1" for number in range(5)})
    device.put(1, k3="2", k1="2")

    first = device.list(MaxResults=2)
    rest = device.list(MaxResults=3, NextToken=first["NextToken"], SyncSessionToken=first["SyncSessionToken"])
    assert [list(values(page)) for page in (first, rest)] == [["k0", "k2"], ["k4", "k1", "k3"]]
    assert (first["Count"], rest["Count"]) == (2, 3)
    assert "NextToken" not in rest


def test_what_changes_between_pages_comes_at_the_end(device: Device) -> None:
    device.put(a="1", b="1", c="1")
    first = device.list(MaxResults=2)
    device.put(1, a="2")

    assert values(device.list(NextToken=first["NextToken"])) == {"c": "1", "a": "2"}


def test_sizes_and_tokens_of_pages(device: Device) -> None:
    device.put(a="1", b="1")
    token = device.list(MaxResults=1)["NextToken"]
    invalid = invalid_parameter("Invalid pagination token.")
    client = device.client

    assert refusal(client.list_records, **device.of("other").named, NextToken=token) == invalid
    assert refusal(client.list_records, **device.named, NextToken="nonsense") == invalid
    assert refusal(client.list_datasets, **device.identity, NextToken=token) == invalid
    for call, members in ((client.list_records, device.named), (client.list_datasets, device.identity)):
        assert refusal(call, **members, MaxResults=0) == invalid_parameter("MaxResults must be greater than 0: 0")
