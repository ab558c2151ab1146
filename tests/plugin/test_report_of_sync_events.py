"""What a failing test shows of the function of a SyncTrigger."""

from __future__ import annotations

import pytest

from .conftest import Run
from .sections import section

TEST = """
import boto3


def test_it(cognito, cognito_identity_pool):
    @cognito_identity_pool.on("SyncTrigger")
    def audit(event, context):
        {body}

    alice = cognito.pools[0].create_user("alice")
    identity = cognito_identity_pool.identity_of(alice)
    sync = identity.credentials().session().client("cognito-sync")
    dataset = dict(IdentityPoolId=cognito_identity_pool.id, IdentityId=identity.id, DatasetName="preferences")
    token = sync.list_records(**dataset)["SyncSessionToken"]
    patches = [dict(Op="replace", Key=key, Value="dark", SyncCount=0) for key in ("theme", "password")]
    sync.update_records(**dataset, SyncSessionToken=token, RecordPatches=patches)
    assert False
"""
CHANGES = 'event["datasetRecords"]["{}"]["newValue"] = "light"; return event'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (CHANGES.format("theme"), "trigger SyncTrigger changed theme.newValue=light"),
        (CHANGES.format("password"), "trigger SyncTrigger changed password.newValue=***"),
        ("raise ValueError('not today')", "trigger SyncTrigger raised ValueError: not today"),
        ("return event | {'version': 1}", "trigger SyncTrigger returned the event with another version"),
    ],
)
def test_what_a_function_did(run: Run, body: str, told: str) -> None:
    assert told in section(run, TEST.format(body=body))
