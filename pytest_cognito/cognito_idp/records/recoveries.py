"""Point-in-time recoveries of user pools, and what they need: earlier versions of records, and the pause of writes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.cognito_idp.errors.recoveries import RECOVERY_ACTIVE
from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import HistorySchema, Lock, Schema, history_key

RECOVERY_PERIODS = {"ESSENTIALS": dt.timedelta(days=1), "PLUS": dt.timedelta(days=14)}
"""How far back a recovery can go, by feature plan."""
PREVIEW_LIFETIME = dt.timedelta(hours=24)
"""How long after its beginning a recovery can be started."""
RECOVERY_DURATION = dt.timedelta(minutes=1)
"""How long making a preview takes, and restoring, unless somebody looks at the recovery before."""
_KEPT = max(RECOVERY_PERIODS.values())


@dataclass(frozen=True, slots=True)
class EntityCounts:
    """How many entities of a type a recovery creates, updates and deletes."""

    created: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Recovery:
    """A recovery. ``status`` is the last one that it was put into; see `status_at`.

    ``restore_to`` is RestoreTimestamp, ``began`` TriggerTimestamp, ``started`` when the changes were applied, and
    ``preview`` the counts by entity. ``number`` orders the recoveries by beginning.
    """

    pool_id: str
    id: str
    restore_to: dt.datetime
    began: dt.datetime
    number: int
    preview: tuple[tuple[str, EntityCounts], ...] = ()
    status: str = "PREVIEW_GENERATING"
    started: dt.datetime | None = None

    def status_at(self, now: dt.datetime) -> str:
        """The ``RestoreStatus`` of the API: time alone ends making the preview, its validity, and restoring."""
        if self.status in ("PREVIEW_GENERATING", "PREVIEW_GENERATED"):
            if now >= self.began + PREVIEW_LIFETIME:
                return "PREVIEW_EXPIRED"
            return "PREVIEW_GENERATED" if now >= self.began + RECOVERY_DURATION else self.status
        if self.started is not None and now >= self.started + RECOVERY_DURATION:
            return "RESTORE_COMPLETED"
        return self.status


@dataclass(frozen=True, slots=True)
class WritePause:
    """The pause of writes in a pool until a time, because of a recovery."""

    pool_id: str
    until: dt.datetime


RECOVERIES: Schema[Recovery] = Schema(
    "cognito-idp/recoveries",
    key=lambda recovery: (recovery.pool_id, recovery.id),
    ordered={"pool": lambda recovery: [(recovery.pool_id, -recovery.number)]},
    owners={POOLS: lambda recovery: recovery.pool_id},
)
WRITE_PAUSES: Schema[WritePause] = Schema(
    "cognito-idp/write-pauses",
    key=lambda pause: pause.pool_id,
    owners={POOLS: lambda pause: pause.pool_id},
)
VERSIONS = HistorySchema(
    "cognito-idp/versions",
    key=history_key,
    owners={POOLS: lambda versions: versions.key[0]},
    # At the end of a day, so that records that are changed often have one expiry a day.
    expires=lambda versions: (
        versions.versions[-1].until.replace(hour=0, minute=0, second=0, microsecond=0) + _KEPT + dt.timedelta(days=1)
    ),
    kept=_KEPT,
)
"""Earlier versions of what a recovery restores: of tables whose keys begin with the id of the pool."""
WRITE_LOCK = Lock(
    WRITE_PAUSES, key=lambda record: record.pool_id, until=lambda pause: pause.until, error=RECOVERY_ACTIVE
)
