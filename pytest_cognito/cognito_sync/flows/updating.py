"""UpdateRecords from the patches of a client to what is stored, and what follows from that."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_cognito.cognito_sync import errors, lookup
from pytest_cognito.cognito_sync.flows import access as permission
from pytest_cognito.cognito_sync.flows import events, push, storing, streams
from pytest_cognito.cognito_sync.flows.access import Access
from pytest_cognito.cognito_sync.records import Dataset, Record
from pytest_cognito.cognito_sync.rules.patches import Patch, with_values
from pytest_cognito.world import Context


def update(
    context: Context, access: Access, name: str, patches: Sequence[Patch], device_id: str | None
) -> list[Record]:
    """Make the changes of an identity's device, or of the developer, in a dataset. Returns the records as they are now.

    All of them are made or none: the sync count of each patch must be the one that its record has. The function of the
    sync trigger, which runs for identities only, may change what is stored. Streams and other devices are told of it
    afterwards.
    """
    dataset = _checked(context, access, name, patches)
    if access.by_identity:
        wanted = {patch.key: patch.value for patch in patches}
        values = events.run(context, access.pool, access.identity.id, name, wanted)
        if values is not wanted:  # a function has run, and others may have changed the world meanwhile
            access = permission.again(context, access)
            dataset = _checked(context, access, name, patches)
            patches = with_values(patches, values)
    if not patches:
        return []
    dataset, changed = storing.store(context, dataset, patches, access.modified_by)
    streams.publish(context, access.pool.id, dataset, changed, "replace")
    push.notify(context, dataset, device_id)
    return changed


def delete(context: Context, access: Access, name: str) -> Dataset:
    """Delete a dataset. Returns what it was."""
    dataset = lookup.dataset(context, access.identity.id, name)
    storing.delete(context, dataset, access.modified_by)
    streams.publish(context, access.pool.id, dataset, [], "remove")
    push.notify(context, dataset, None)
    return dataset


def _checked(context: Context, access: Access, name: str, patches: Sequence[Patch]) -> Dataset:
    """The dataset that patches are for, or an empty one, if the client knows the records as they are."""
    identity_id = access.identity.id
    dataset = lookup.find_dataset(context, identity_id, name)
    if dataset is None:
        now = context.now()
        dataset = Dataset(identity_id, name, access.pool.id, now, now, access.modified_by)
    if patches and not dataset.exists:
        storing.check_room(context, identity_id)
    for patch in patches:
        record = dataset.records.get(patch.key)
        current = 0 if record is None else record.sync_count
        if current != patch.sync_count:
            raise errors.SYNC_COUNT_CONFLICT(key=patch.key, server=current, client=patch.sync_count)
    return dataset
