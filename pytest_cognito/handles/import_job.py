"""A job that imports users from a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pytest_cognito import cognito_idp
from pytest_cognito.handles import arguments
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

if TYPE_CHECKING:
    from pytest_cognito.handles.user_pool import UserPool

Rows = Iterable[Mapping[str, str]]
_ROLE = "arn:aws:iam::{account}:role/service-role/Cognito-UserImport-Role"
_EXAMPLE = '[{"cognito:username": "ann", "email": "ann@example.com"}]'
_VERIFIABLE = ("email", "phone_number")


class ImportJob:
    """An import job of a user pool, whoever has created it. Reading it does not make it go on, unlike the API."""

    def __init__(self, pool: UserPool, id: str) -> None:
        self.pool = pool
        self.id = id

    @property
    def status(self) -> str:
        """``Status``: ``Created``, ``Pending``, ``InProgress``, ``Succeeded`` …"""
        return self._record.status_at(self.pool.world.clock.now())

    @property
    def imported(self) -> int:
        """``ImportedUsers``."""
        return self._record.imported

    @property
    def skipped(self) -> int:
        """``SkippedUsers``: how many there were already."""
        return self._record.skipped

    @property
    def failed(self) -> int:
        """``FailedUsers``."""
        return self._record.failed

    @property
    def message(self) -> str | None:
        """``CompletionMessage``, once the job is at its end."""
        return self._record.message

    @property
    def log(self) -> list[str]:
        """What AWS writes to CloudWatch Logs, a line for each row: ``[SKIPPED] Line Number 2 - The user …``."""
        return list(self._record.log)

    def finish(self) -> ImportJob:
        """Let a job that was started go on to its end at once."""
        with self.pool.world.handle_step("finish", self.pool.region) as context:
            cognito_idp.finish_import(context, self.pool.id, self.id)
        return self

    @property
    def _record(self) -> cognito_idp.UserImportJob:
        with self.pool.world.handle_step("import_job", self.pool.region) as context:
            return cognito_idp.import_job(context, self.pool.id, self.id)

    def __repr__(self) -> str:
        return f"<ImportJob {self.id} of {self.pool.id}>"


def run(pool: UserPool, csv: str | bytes | Rows, algorithm: str | None) -> ImportJob:
    """Create a job, give it a file, and let it run to its end."""
    if not isinstance(csv, Iterable):
        raise UsageError(f"import_users takes a CSV file, or its rows as dicts: {_EXAMPLE}; not {csv!r}")
    account = pool.world.account_id
    data = csv.encode() if isinstance(csv, str) else csv if isinstance(csv, bytes) else _file(pool, csv, algorithm)
    settings = {"JobName": "pytest", "CloudWatchLogsRoleArn": _ROLE.format(account=account)}
    if algorithm is not None:
        settings["PasswordHashingAlgorithm"] = algorithm
    job = ImportJob(pool, pool.call("CreateUserImportJob", pins=None, **settings)["UserImportJob"]["JobId"])
    with pool.world.handle_step("import_users", pool.region) as context:
        cognito_idp.give_import_file(context, pool.id, job.id, data)
    pool.call("StartUserImportJob", JobId=job.id)
    return job.finish()


def _file(pool: UserPool, rows: Rows, algorithm: str | None) -> bytes:
    """The file with these rows. An address is verified unless the row says something else."""
    columns = pool.call("GetCSVHeader")["CSVHeader"] + ([] if algorithm is None else ["password_hash"])
    lines = [cognito_idp.csv_line(columns)]
    for row in rows:
        if not arguments.is_mapping(row):
            raise UsageError(f"import_users takes a CSV file, or its rows as dicts: {_EXAMPLE}; not {row!r}")
        for name, value in row.items():
            _check(columns, name, value)
        verified = {f"{name}_verified": "true" for name in _VERIFIABLE if row.get(name)}
        complete = {**verified, **row}
        lines.append(cognito_idp.csv_line([complete.get(name, "") for name in columns]))
    return "\n".join(lines).encode()


def _check(columns: list[str], name: str, value: object) -> None:
    if name == "password_hash" and name not in columns:
        raise UsageError('say which algorithm the hashes are of: import_users(…, algorithm="BCRYPT")')
    if name not in columns:
        meant = next((column for column in columns if column.endswith(f":{name}")), name)
        raise UsageError(f"the CSV file has no column {name!r}: {suggestion(meant, columns)}")
    if not isinstance(value, str):
        instead = "leave it out" if value is None else f'write "{str(value).lower()}"'
        raise UsageError(f"values of a CSV file are strings, and {name} is {value!r}: {instead}")
