"""Datasets of an identity in the prepared world, with devices, a stream, and the credentials of the identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.aws.caller import Signer
from pytest_cognito.cognito import Cognito

from .publishing import PUSH, STREAMS, Publishing
from .shapes import SAMPLES

Names = Mapping[str, Sequence[Any]]
IDENTITY_ONLY = frozenset(("RegisterDevice", "SubscribeToDataset", "UnsubscribeFromDataset"))
"""The operations that are refused to the developer."""


def make(cognito: Cognito) -> tuple[Names, Signer]:
    """What there is to name in requests to Cognito Sync, and whose credentials sign those of the identity."""
    sync = Publishing(cognito, "prepared-sync")
    sync.configure(PushSync=PUSH, CognitoStreams=STREAMS)
    sync.write("colour", "red")
    sync.write("size", "1", dataset="game")
    device = sync.subscriber("token")
    credentials = sync.identity.credentials()
    names: dict[str, Sequence[Any]] = {
        "IdentityPoolId": [sync.pool.id],
        "IdentityId": [sync.identity.id],
        "DatasetName": ["notes", "notes", "game", "new"],
        "DeviceId": [device],
        "LastSyncCount": [0, 1, 2],
        "SyncSessionToken": [_token(sync, "notes"), _token(sync, "new")],
        "RecordPatches": [
            [{"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 1}],
            [
                {"Op": "remove", "Key": "colour", "SyncCount": 1},
                {"Op": "replace", "Key": "new", "Value": "ß", "SyncCount": 0},
            ],
            [{"Op": "replace", "Key": "colour", "Value": "blue", "SyncCount": 0}],
        ],
        "PushSync": [PUSH, {}],
        "CognitoStreams": [STREAMS, {}],
        "Events": [{"SyncTrigger": SAMPLES[1]}, {"SyncTrigger": ""}],
    }
    return names, Signer(credentials.access_key_id, credentials.session_token)


def _token(sync: Publishing, dataset: str) -> str:
    return sync.app.list_records(**{**sync.dataset, "DatasetName": dataset})["SyncSessionToken"]
