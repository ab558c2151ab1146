"""An identity pool whose datasets are pushed to devices and published to a stream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_cognito.cognito import Cognito
from pytest_cognito.handles.identity import Identity
from pytest_cognito.http import hosts
from tests.support.clients import client

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sync"
"""A role that nobody has made, which is taken to be right."""
GOOGLE = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/GCM/notes"
APPLE = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/APNS/notes"
SANDBOX = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/APNS_SANDBOX/notes"
AMAZON = f"arn:aws:sns:us-east-1:{ACCOUNT}:app/ADM/notes"
APPLICATIONS = {"GCM": GOOGLE, "APNS": APPLE, "APNS_SANDBOX": SANDBOX, "ADM": AMAZON}
PUSH: dict[str, Any] = {"ApplicationArns": [*APPLICATIONS.values()], "RoleArn": ROLE}
STREAM = "changes"
STREAMS: dict[str, Any] = {"StreamName": STREAM, "RoleArn": ROLE, "StreamingStatus": "ENABLED"}
PRINCIPAL = hosts.service_principal("cognito-sync")
WRONG_CREDENTIALS = (
    "NotAuthorizedException",
    "These credentials are not valid for accessing this resource",
)


def trust(pool_arn: str, principal: str = PRINCIPAL) -> dict[str, Any]:
    """The trust policy of a role for Cognito Sync, for one pool."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": principal},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}, "ArnLike": {"aws:SourceArn": pool_arn}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def allow(action: str, resource: str = "*") -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}


class Publishing:
    """A pool, the developer's client ``developer``, and one identity with a client ``app`` for its credentials."""

    def __init__(self, cognito: Cognito, role: str = "guests") -> None:
        self.cognito = cognito
        self.pool = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True)
        self.pool.set_roles(unauthenticated=self.pool.create_role(role, guests=True))
        self.developer: CognitoSyncClient = client("cognito-sync")
        self.identity = self.pool.guest()
        self.app = self.client_of(self.identity)

    def client_of(self, identity: Identity) -> CognitoSyncClient:
        return identity.credentials().session().client("cognito-sync")

    @property
    def ids(self) -> Any:
        """The pool and the identity in parameters."""
        return {"IdentityPoolId": self.pool.id, "IdentityId": self.identity.id}

    @property
    def dataset(self) -> Any:
        return {**self.ids, "DatasetName": "notes"}

    def configure(self, **members: Any) -> None:
        self.developer.set_identity_pool_configuration(IdentityPoolId=self.pool.id, **members)

    def streams(self) -> Any:
        """What the pool's CognitoStreams is, if anything."""
        answer = self.developer.get_identity_pool_configuration(IdentityPoolId=self.pool.id)
        return answer.get("CognitoStreams")

    def write(self, key: str, value: str | None, *, device: str = "", dataset: str = "notes") -> Any:
        """Replace or remove a record as a device of the identity does."""
        where = {**self.ids, "DatasetName": dataset}
        listed = self.app.list_records(**where)
        known = {record["Key"]: record["SyncCount"] for record in listed["Records"]}
        patch: Any = {"Op": "remove" if value is None else "replace", "Key": key, "SyncCount": known.get(key, 0)}
        if value is not None:
            patch["Value"] = value
        named = {"DeviceId": device} if device else {}
        return self.app.update_records(
            **where, RecordPatches=[patch], SyncSessionToken=listed["SyncSessionToken"], **named
        )["Records"]

    def register(self, token: str, platform: Any = "GCM") -> str:
        return self.app.register_device(**self.ids, Platform=platform, Token=token)["DeviceId"]

    def subscriber(self, token: str, platform: Any = "GCM") -> str:
        """The id of a device that has subscribed to the dataset, which there is by then."""
        device = self.register(token, platform)
        self.app.subscribe_to_dataset(**self.dataset, DeviceId=device)
        return device

    def pushed(self, token: str) -> list[Any]:
        """The bodies of the notifications that a device got."""
        return [json.loads(message.body) for message in self.cognito.outbox.to(token)]
