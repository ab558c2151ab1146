"""Bulk publishes of all datasets of an identity pool to its stream."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.cognito_identity import POOLS
from pytest_cognito.state.schema import Schema

ONCE_IN = dt.timedelta(hours=24)
"""How long after a bulk publish that succeeded there may be no other."""
TAKES_AT_MOST = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BulkPublish:
    """The last bulk publish of an identity pool.

    ``outcome`` is the BulkPublishStatus that it ends in, ``failure`` FailureMessage if that is ``FAILED``. All is in
    the stream at once, but AWS takes its time: it is in progress until it was looked at once, ``seen``, or a minute has
    passed.
    """

    pool_id: str
    started: dt.datetime
    outcome: str = "SUCCEEDED"
    failure: str | None = None
    seen: bool = False

    def status_at(self, now: dt.datetime) -> str:
        """BulkPublishStatus at a moment."""
        return self.outcome if self.seen or now >= self.started + TAKES_AT_MOST else "IN_PROGRESS"


BULK_PUBLISHES: Schema[BulkPublish] = Schema(
    "cognito-sync/bulk-publishes",
    key=lambda publish: publish.pool_id,
    owners={POOLS: lambda publish: publish.pool_id},
)
