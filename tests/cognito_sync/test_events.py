"""SetCognitoEvents and GetCognitoEvents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_cognito import Cognito, IdentityPool
from pytest_cognito.cognito_sync import EVENTS
from tests.support.identities import no_pool
from tests.support.refusals import Refusal, invalid_parameter, refusal
from tests.support.sync_devices import of_guest
from tests.support.synchronized import WRONG_CREDENTIALS

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient

ARN = "arn:aws:lambda:us-east-1:123456789012:function:on-sync"


@pytest.fixture
def pool(cognito: Cognito) -> IdentityPool:
    return cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)


def events(client: CognitoSyncClient, pool: IdentityPool) -> dict[str, str]:
    return client.get_cognito_events(IdentityPoolId=pool.id)["Events"]


def test_a_fresh_pool_has_no_events(cognito_sync: CognitoSyncClient, pool: IdentityPool) -> None:
    assert events(cognito_sync, pool) == {}


@pytest.mark.parametrize("arn", [ARN, f"{ARN}:7", f"{ARN}:$LATEST", ARN.replace("arn:aws:", "arn:aws-us-gov:")])
def test_a_function_is_set_and_removed(cognito_sync: CognitoSyncClient, pool: IdentityPool, arn: str) -> None:
    assert EVENTS == ("SyncTrigger",)
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": arn})
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={})
    assert events(cognito_sync, pool) == {"SyncTrigger": arn}
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": ""})
    assert events(cognito_sync, pool) == {}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"OnSync": ARN}, invalid_parameter("Invalid event: OnSync")),
        ({"SyncTrigger": "on-sync"}, invalid_parameter("Invalid AWS Lambda function ARN: on-sync")),
        ({"SyncTrigger": ARN.replace("lambda", "sns")}, None),
    ],
)
def test_what_is_no_event_or_no_function_is_refused(
    cognito_sync: CognitoSyncClient, pool: IdentityPool, given: dict[str, str], refused: Refusal | None
) -> None:
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": ARN})
    found = refusal(cognito_sync.set_cognito_events, IdentityPoolId=pool.id, Events=given)
    assert found == (refused or invalid_parameter(f"Invalid AWS Lambda function ARN: {given['SyncTrigger']}"))
    assert events(cognito_sync, pool) == {"SyncTrigger": ARN}


def test_a_pool_has_one_event_at_most(cognito_sync: CognitoSyncClient, pool: IdentityPool) -> None:
    found = refusal(cognito_sync.set_cognito_events, IdentityPoolId=pool.id, Events={"SyncTrigger": ARN, "Other": ARN})
    assert found.code == "InvalidParameterException"
    assert events(cognito_sync, pool) == {}


def test_events_go_with_their_pool(cognito: Cognito, cognito_sync: CognitoSyncClient, pool: IdentityPool) -> None:
    cognito_sync.set_cognito_events(IdentityPoolId=pool.id, Events={"SyncTrigger": ARN})
    pool.call("DeleteIdentityPool")
    assert refusal(cognito_sync.get_cognito_events, IdentityPoolId=pool.id) == no_pool(pool.id)
    assert refusal(cognito_sync.set_cognito_events, IdentityPoolId=pool.id, Events={}) == no_pool(pool.id)
    again = cognito.create_identity_pool(id=pool.id)
    assert events(cognito_sync, again) == {}


def test_events_are_for_developers(pool: IdentityPool) -> None:
    client = of_guest(pool).client
    assert refusal(client.get_cognito_events, IdentityPoolId=pool.id) == WRONG_CREDENTIALS
    assert refusal(client.set_cognito_events, IdentityPoolId=pool.id, Events={}) == WRONG_CREDENTIALS
