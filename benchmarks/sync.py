"""Cognito Sync: updates against the floor, and listings that cost what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito

from . import floor
from .measure import Row, Sample, Subject, call_by_call, in_turns, repeated

_SERVICE = "cognito-sync"
_TOUCHED = 20
_FEW, _MANY = 16, 1024
_UPDATE = f"UpdateRecords of {_TOUCHED} records"
_NEWEST = f"the newest changes of {_MANY:,} records"


def _update(quick: bool) -> Iterable[Row]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        dataset = _dataset(cognito)
        ours = floor.plain_client(_SERVICE)
        answer = {"Records": _patch(ours, dataset, 0, _TOUCHED)}
        theirs = floor.client({"UpdateRecords": answer}, service=_SERVICE)
        token = ours.list_records(**dataset)["SyncSessionToken"]

        def updating(client: Any) -> Callable[[], object]:
            counts = iter(range(1, 1_000_000))
            return lambda: client.update_records(
                **dataset, SyncSessionToken=token, RecordPatches=_patches(next(counts), _TOUCHED)
            )

        taken = call_by_call(20 if quick else 100, updating(ours), updating(theirs), after=cognito.calls.clear)
    yield Row(_UPDATE, "floor", 1.5, taken)


def _newest(quick: bool) -> Iterable[Row]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        many, few = _listing(cognito, _MANY), _listing(cognito, _FEW)
        yield Row(_NEWEST, f"of {_FEW}", 1.3, in_turns(10 if quick else 40, many, few))


def _listing(cognito: Cognito, records: int) -> Sample:
    """Without botocore, whose share would make the ratio smaller."""
    dataset = _dataset(cognito)
    client = floor.plain_client(_SERVICE)
    _patch(client, dataset, 0, records)
    _patch(client, dataset, 1, _FEW // 2)
    asked: dict[str, Any] = {**dataset, "LastSyncCount": 1}
    return repeated(lambda: cognito.call("ListRecords", service=_SERVICE, **asked), cognito.world.calls.clear)


def _dataset(cognito: Cognito) -> dict[str, Any]:
    pool = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
    return {"IdentityPoolId": pool.id, "IdentityId": pool.guest().id, "DatasetName": "settings"}


def _patch(client: Any, dataset: dict[str, Any], count: int, records: int) -> list[dict[str, Any]]:
    token = client.list_records(**dataset)["SyncSessionToken"]
    answer = client.update_records(**dataset, SyncSessionToken=token, RecordPatches=_patches(count, records))
    changed: list[dict[str, Any]] = answer["Records"]
    return changed


def _patches(count: int, records: int) -> list[dict[str, Any]]:
    return [
        {"Op": "replace", "Key": f"setting-{number}", "Value": f"value {count}", "SyncCount": count}
        for number in range(records)
    ]


SUBJECTS = (Subject((_UPDATE,), _update), Subject((_NEWEST,), _newest))
