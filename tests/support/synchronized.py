"""A device of an identity: a client of Cognito Sync with the identity's credentials, or the developer's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import Session, get_session

from pytest_cognito import Cognito, Credentials, Identity, IdentityPool
from pytest_cognito.aws.model import loader
from tests.support.refusals import Refusal, invalid_parameter, not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_sync import CognitoSyncClient
    from types_boto3_cognito_sync.type_defs import ListRecordsResponseTypeDef, RecordPatchTypeDef, RecordTypeDef

WRONG_CREDENTIALS = not_authorized("These credentials are not valid for accessing this resource")
TOKEN_INVALID = invalid_parameter("SyncSessionToken not valid for these inputs")
EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def conflict(key: str, server: int, client: int) -> Refusal:
    return Refusal("ResourceConflictException", f"Current SyncCount for: {key} is: {server} not: {client}")


def no_sync_count(count: int) -> Refusal:
    return invalid_parameter(f"No such SyncCount: {count} exists for this Dataset")


def replaced(values: Mapping[str, str], count: int = 0) -> list[RecordPatchTypeDef]:
    return [{"Op": "replace", "Key": key, "Value": value, "SyncCount": count} for key, value in values.items()]


def removed(keys: Iterable[str], count: int) -> list[RecordPatchTypeDef]:
    return [{"Op": "remove", "Key": key, "SyncCount": count} for key in keys]


def values(answer: Mapping[str, Any]) -> dict[str, str | None]:
    """The values of the records of an answer by key; None for one that was removed."""
    return {record["Key"]: record.get("Value") for record in answer["Records"]}


class Device:
    """A client that synchronizes a dataset, ``game`` unless another one is named."""

    def __init__(self, pool_id: str, identity_id: str, client: CognitoSyncClient, dataset: str = "game") -> None:
        self.client = client
        self.pool_id = pool_id
        self.identity_id = identity_id
        self.dataset = dataset

    @property
    def identity(self) -> dict[str, Any]:
        """The members of a request that name the identity."""
        return {"IdentityPoolId": self.pool_id, "IdentityId": self.identity_id}

    @property
    def named(self) -> dict[str, Any]:
        """The members of a request that name the dataset."""
        return {**self.identity, "DatasetName": self.dataset}

    def of(self, dataset: str) -> Device:
        """The same device with another dataset."""
        return Device(self.pool_id, self.identity_id, self.client, dataset)

    def list(self, after: int = 0, **members: Any) -> ListRecordsResponseTypeDef:
        return self.client.list_records(**self.named, LastSyncCount=after, **members)

    def token(self) -> str:
        return self.list()["SyncSessionToken"]

    def patch(self, *patches: RecordPatchTypeDef, **members: Any) -> Sequence[RecordTypeDef]:
        """Update records, with a new token unless one is given."""
        return self.client.update_records(**self._update(patches, members))["Records"]

    def refused(self, *patches: RecordPatchTypeDef, **members: Any) -> Refusal:
        """The error that an update ends in."""
        return refusal(self.client.update_records, **self._update(patches, members))

    def put(self, count: int = 0, /, **values: str) -> Sequence[RecordTypeDef]:
        """Replace records that all have the same sync count."""
        return self.patch(*replaced(values, count))

    def _update(self, patches: Iterable[RecordPatchTypeDef], members: dict[str, Any]) -> dict[str, Any]:
        token = members.pop("SyncSessionToken", None) or self.token()
        return {**self.named, "SyncSessionToken": token, "RecordPatches": list(patches), **members}


def pool_of_guests(cognito: Cognito, **settings: Any) -> IdentityPool:
    """An identity pool whose guests may do all that AWS lets guests do, and users of the developer's everything."""
    pool = cognito.create_identity_pool(
        AllowUnauthenticatedIdentities=True, DeveloperProviderName="login.example.com", **settings
    )
    guests = pool.create_role(f"guests-{pool.id[-12:]}", [EVERYTHING], guests=True)
    pool.set_roles(unauthenticated=guests, authenticated=pool.create_role(f"users-{pool.id[-12:]}", [EVERYTHING]))
    return pool


def device_of(identity: Identity, dataset: str = "game", **options: Any) -> Device:
    """A device with an identity's own credentials, whose client leaves it to AWS to refuse a request."""
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
    return Device(identity.pool.id, identity.id, client_of(identity.credentials(), config=config, **options), dataset)


def developer_of(identity: Identity, dataset: str = "game", **options: Any) -> Device:
    """The same with the developer's credentials."""
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    client = _session().create_client("cognito-sync", region_name=identity.pool.region, **keys, **options)
    return Device(identity.pool.id, identity.id, client, dataset)


def client_of(credentials: Credentials, **options: Any) -> CognitoSyncClient:
    """A client with temporary credentials."""
    client: CognitoSyncClient = _session().create_client(
        "cognito-sync",
        region_name=credentials.region,
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
        **options,
    )
    return client


@cache
def _session() -> Any:
    """A session whose clients cost little: the service models are loaded once."""
    session: Session = get_session()
    session.register_component("data_loader", loader())
    return session
