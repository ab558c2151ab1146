"""Datasets of Cognito Sync, as a developer sees them."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import scenario
from tests.conformance.scenarios.identity_pools import INVALID, NOT_FOUND, NOTHING, an_identity_pool
from tests.conformance.transport import Transport

SYNC: dict[str, Any] = {"service": "cognito-sync"}
NOBODY = "us-east-1:00000000-0000-4000-8000-00000000dead"
DENIED = "NotAuthorizedException"


def _guest(transport: Transport) -> dict[str, str]:
    pool = an_identity_pool(transport)
    return {**pool, **_identity(transport, pool)}


def _identity(transport: Transport, pool: dict[str, str]) -> dict[str, str]:
    answer = transport.call("GetId", service="cognito-identity", **pool)
    return {"IdentityId": answer["IdentityId"]}


def _patch(key: str, value: str, count: int = 0) -> dict[str, Any]:
    return {"Op": "replace", "Key": key, "Value": value, "SyncCount": count, "DeviceLastModifiedDate": 1_700_000_000.25}


@scenario
def records_of_a_dataset(transport: Transport) -> None:
    guest = _guest(transport)
    game = {**guest, "DatasetName": "game.1:a-B_c"}
    token = transport.call("ListRecords", **SYNC, **game)["SyncSessionToken"]
    update = {**SYNC, **game, "SyncSessionToken": token}
    new = [_patch("größe", "7 €"), _patch("b", "")]
    transport.call("UpdateRecords", **update, RecordPatches=new, ClientContext="phone", DeviceId="d")
    transport.refused("UpdateRecords", "ResourceConflictException", **update, RecordPatches=new)
    transport.refused("UpdateRecords", INVALID, **{**update, "SyncSessionToken": "nonsense"}, RecordPatches=new)
    many = [_patch(f"k{number}", "1") for number in range(1023)]
    transport.refused("UpdateRecords", "LimitExceededException", **update, RecordPatches=many)
    transport.refused("UpdateRecords", NOT_FOUND, **{**update, "IdentityId": NOBODY}, RecordPatches=new)
    transport.call("UpdateRecords", **update, RecordPatches=[{"Op": "remove", "Key": "b", "SyncCount": 1}])
    transport.call("ListRecords", **SYNC, **game, LastSyncCount=1, SyncSessionToken=token)
    first = transport.call("ListRecords", **SYNC, **game, MaxResults=1)
    transport.call("ListRecords", **SYNC, **game, MaxResults=1, NextToken=first["NextToken"])
    transport.refused("ListRecords", INVALID, **SYNC, **game, LastSyncCount=3)
    transport.refused("ListRecords", DENIED, **SYNC, **{**game, "IdentityId": NOBODY})


@scenario
def datasets_of_an_identity(transport: Transport) -> None:
    guest = _guest(transport)
    game = {**guest, "DatasetName": "game"}
    token = transport.call("ListRecords", **SYNC, **game)["SyncSessionToken"]
    transport.call("UpdateRecords", **SYNC, **game, SyncSessionToken=token, RecordPatches=[_patch("a", "ß")])
    transport.call("ListDatasets", **SYNC, **guest, MaxResults=5)
    transport.refused("ListDatasets", INVALID, **SYNC, **guest, NextToken="x")
    transport.call("DescribeDataset", **SYNC, **game)
    usage = transport.call("DescribeIdentityUsage", **SYNC, **guest)["IdentityUsage"]
    assert (usage["DatasetCount"], usage["DataStorage"]) == (1, 3)
    transport.refused("DescribeIdentityUsage", NOT_FOUND, **SYNC, **{**guest, "IdentityId": NOBODY})
    transport.call("DeleteDataset", **SYNC, **game)
    transport.refused("DeleteDataset", NOT_FOUND, **SYNC, **game)
    transport.refused("DescribeDataset", NOT_FOUND, **SYNC, **game)
    transport.call("ListRecords", **SYNC, **game, LastSyncCount=1)


@scenario
def usage_of_identity_pools(transport: Transport) -> None:
    guest = _guest(transport)
    transport.call("DescribeIdentityPoolUsage", **SYNC, IdentityPoolId=guest["IdentityPoolId"])
    transport.refused("DescribeIdentityPoolUsage", NOT_FOUND, **SYNC, IdentityPoolId=NOTHING)
    an_identity_pool(transport)
    first = transport.call("ListIdentityPoolUsage", **SYNC, MaxResults=1)
    transport.call("ListIdentityPoolUsage", **SYNC, NextToken=first["NextToken"])
    transport.refused("ListIdentityPoolUsage", INVALID, **SYNC, MaxResults=-3)
