"""Jobs that import users from a CSV file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.pools import POOLS
from pytest_cognito.state.schema import Schema

IMPORT_STARTABLE_FOR = dt.timedelta(hours=24)
"""How long after its creation an import job can be started."""


@dataclass(frozen=True, slots=True)
class UserImportJob:
    """An import job. ``status`` is that of the API, except that an expired job is still ``Created`` (see `status_at`).

    ``role`` is CloudWatchLogsRoleArn, ``algorithm`` PasswordHashingAlgorithm. ``token`` and ``signature`` are of the
    address for the upload, ``file`` is what was uploaded last. ``rows`` is the number of rows that are done; for each
    of them ``log`` has a line. ``number`` orders the jobs by creation.
    """

    pool_id: str
    id: str
    name: str
    role: str
    algorithm: str | None
    token: str = field(repr=False)
    signature: str = field(repr=False)
    created: dt.datetime
    number: int
    status: str = "Created"
    started: dt.datetime | None = None
    completed: dt.datetime | None = None
    message: str | None = None
    file: bytes | None = field(default=None, repr=False)
    rows: int = 0
    imported: int = 0
    skipped: int = 0
    failed: int = 0
    log: tuple[str, ...] = field(default=(), repr=False)

    @property
    def expires(self) -> dt.datetime:
        """From when on the job can't be started any more."""
        return self.created + IMPORT_STARTABLE_FOR

    def status_at(self, now: dt.datetime) -> str:
        """The ``Status`` of the API."""
        return "Expired" if self.status == "Created" and now >= self.expires else self.status


USER_IMPORT_JOBS: Schema[UserImportJob] = Schema(
    "cognito-idp/user-import-jobs",
    key=lambda job: (job.pool_id, job.id),
    ordered={"pool": lambda job: [(job.pool_id, -job.number)]},
    owners={POOLS: lambda job: job.pool_id},
)
