"""Push sync, streams and bulk publishes of Cognito Sync."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import scenario
from tests.conformance.scenarios.identity_pools import INVALID, NOT_FOUND, NOTHING
from tests.conformance.transport import Transport
from tests.support.publishing import PUSH, STREAMS

SYNC: dict[str, Any] = {"service": "cognito-sync"}
DENIED = "NotAuthorizedException"


@scenario
def configurations_of_identity_pools(transport: Transport) -> None:
    pool = {"IdentityPoolId": transport.cognito.create_identity_pool().id}
    transport.call("GetIdentityPoolConfiguration", **SYNC, **pool)
    transport.call("SetIdentityPoolConfiguration", **SYNC, **pool, PushSync=PUSH, CognitoStreams=STREAMS)
    transport.call("GetIdentityPoolConfiguration", **SYNC, **pool)
    incomplete: Any = {"CognitoStreams": {"StreamingStatus": "ENABLED"}}
    transport.refused("SetIdentityPoolConfiguration", INVALID, **SYNC, **pool, **incomplete)
    for operation in ("GetIdentityPoolConfiguration", "SetIdentityPoolConfiguration"):
        transport.refused(operation, NOT_FOUND, **SYNC, IdentityPoolId=NOTHING)


@scenario
def bulk_publishes(transport: Transport) -> None:
    pool = {"IdentityPoolId": transport.cognito.create_identity_pool().id}
    transport.refused("BulkPublish", INVALID, **SYNC, **pool)
    transport.call("GetBulkPublishDetails", **SYNC, **pool)
    transport.call("SetIdentityPoolConfiguration", **SYNC, **pool, CognitoStreams=STREAMS)
    transport.call("BulkPublish", **SYNC, **pool)
    transport.refused("BulkPublish", "DuplicateRequestException", **SYNC, **pool)
    for _ in range(2):
        transport.call("GetBulkPublishDetails", **SYNC, **pool)
    transport.refused("BulkPublish", "AlreadyStreamedException", **SYNC, **pool)
    for operation in ("BulkPublish", "GetBulkPublishDetails"):
        transport.refused(operation, NOT_FOUND, **SYNC, IdentityPoolId=NOTHING)


@scenario
def devices_of_identities(transport: Transport) -> None:
    pool = transport.cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
    pool.set_roles(unauthenticated=pool.create_role("guests", guests=True))
    identity = pool.guest()
    app = transport.signed_by(identity.credentials())
    ids = {"IdentityPoolId": pool.id, "IdentityId": identity.id}
    device = {**ids, "Platform": "GCM", "Token": "größe"}
    app.refused("RegisterDevice", "InvalidConfigurationException", **SYNC, **device)
    transport.call("SetIdentityPoolConfiguration", **SYNC, IdentityPoolId=pool.id, PushSync=PUSH)
    transport.refused("RegisterDevice", DENIED, **SYNC, **device)
    registered = app.call("RegisterDevice", **SYNC, **device)

    dataset = {**ids, "DatasetName": "notes:1", **registered}
    for operation in ("SubscribeToDataset", "UnsubscribeFromDataset"):
        app.refused(operation, NOT_FOUND, **SYNC, **dataset)
    token = app.call("ListRecords", **SYNC, **ids, DatasetName="notes:1")["SyncSessionToken"]
    patch = {"Op": "replace", "Key": "größe", "Value": "ß", "SyncCount": 0}
    updated = {**ids, "DatasetName": "notes:1", "SyncSessionToken": token, "RecordPatches": [patch]}
    app.call("UpdateRecords", **SYNC, **updated)
    for operation in ("SubscribeToDataset", "UnsubscribeFromDataset"):
        app.call(operation, **SYNC, **dataset)
        transport.refused(operation, DENIED, **SYNC, **dataset)
        app.refused(operation, NOT_FOUND, **SYNC, **{**dataset, "DeviceId": "nothing"})
