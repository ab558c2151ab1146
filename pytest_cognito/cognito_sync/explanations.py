"""Explanations of errors of Cognito Sync from the stored records, for the reports of failed tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito_identity import IDENTITIES, POOLS
from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.cognito_sync.flows.access import own_data
from pytest_cognito.cognito_sync.records import DATASETS, SYNC_SESSIONS, Dataset
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.text import first_few, plain
from pytest_cognito.world import Context, World

Explainer = Callable[[Context, Call], Iterator[str]]


def explain(world: World, call: Call) -> tuple[str, ...]:
    """Lines that explain the error of a call; none if there is no explainer for it."""
    kind = call.error.kind if isinstance(call.error, AWSError) else None
    explainer = None if kind is None else EXPLAINERS.get(kind)
    if explainer is None:
        return ()
    return world.step(call, lambda context: tuple(explainer(context, call)))


def _credentials(context: Context, call: Call) -> Iterator[str]:
    own = own_data(context)
    if own is None:
        yield "the call was signed with a developer's credentials: only an identity itself may make it"
    elif "IdentityId" in call.parameters:
        yield f"the call was signed with the credentials of {own[1]}, which reach the data of that identity alone"
    else:
        yield f"the call was signed with the credentials of {own[1]}: only a developer may make it"


def _forbidden(context: Context, call: Call) -> Iterator[str]:
    pool_id, identity_id = call.parameters["IdentityPoolId"], call.parameters["IdentityId"]
    pool, identity = context.table(POOLS).get(pool_id), context.table(IDENTITIES).get(identity_id)
    if pool is None:
        yield f"there is no identity pool {pool_id}"
    elif pool.region != context.region:
        yield f"the identity pool is in {pool.region}, and the call went to {context.region}"
    elif identity is None:
        yield f"there is no identity {identity_id}"
    elif identity.pool_id != pool_id:
        yield f"the identity is of the identity pool {identity.pool_id}"
    else:
        yield "the identity was merged into another, which has its logins and datasets now"


def _session(context: Context, call: Call) -> Iterator[str]:
    session = context.table(SYNC_SESSIONS).get(call.parameters["SyncSessionToken"])
    if session is None:
        yield "no ListRecords has given this token"
        return
    if session.dataset != call.parameters["DatasetName"]:
        yield f"the token is of the dataset {session.dataset}"
    if session.identity_id != call.parameters["IdentityId"]:
        yield f"the token is of the identity {session.identity_id}"
    if session.expires <= context.now():
        yield f"the token expired at {session.expires:%Y-%m-%d %H:%M:%S} UTC: ListRecords gives a new one"


def _conflict(context: Context, call: Call) -> Iterator[str]:
    dataset = _dataset(context, call)
    records = dataset.records if dataset is not None else {}
    deleted = dataset is not None and dataset.deleted_at is not None
    for patch in call.parameters["RecordPatches"]:
        record = records.get(patch["Key"])
        if record is not None and record.sync_count != patch["SyncCount"]:
            done = "removed" if record.value is None else "changed"
            when = f"at sync count {record.sync_count}, {record.modified:%Y-%m-%d %H:%M:%S} UTC"
            yield f"{plain(record.key)} was last {done} {when}, by {record.modified_by}"
        elif record is None and patch["SyncCount"] and not deleted:
            yield f"there is no record {plain(patch['Key'])}: a new one has the sync count 0"
    if dataset is not None and dataset.deleted_at is not None:
        yield f"the dataset was deleted at sync count {dataset.deleted_at}, with all records of then"


def _sync_count(context: Context, call: Call) -> Iterator[str]:
    dataset = _dataset(context, call)
    if dataset is None:
        yield "there is no dataset of this name, which is an empty one at sync count 0"
    else:
        yield f"the sync count of the dataset is {dataset.sync_count}"


def _existing(context: Context, call: Call) -> Iterator[str]:
    datasets = context.table(DATASETS).page("identity", call.parameters["IdentityId"])
    names = first_few([dataset.name for _, dataset in datasets])
    yield f"the identity has the datasets {names}" if names else "the identity has no datasets"


def _dataset(context: Context, call: Call) -> Dataset | None:
    return lookup.find_dataset(context, call.parameters["IdentityId"], call.parameters["DatasetName"])


EXPLAINERS: Mapping[ErrorText, Explainer] = {
    errors.IDENTITY_FORBIDDEN: _forbidden,
    errors.WRONG_CREDENTIALS: _credentials,
    errors.SESSION_TOKEN_INVALID: _session,
    errors.SYNC_COUNT_CONFLICT: _conflict,
    errors.NO_SUCH_SYNC_COUNT: _sync_count,
    errors.DATASET_NOT_FOUND: _existing,
}
