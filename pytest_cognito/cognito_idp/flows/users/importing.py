"""Import jobs: a job that was started goes on by a step each time that somebody looks at it.

The first look begins it and imports the first half of the rows, the second one imports the rest. So a test sees each
status on the way, and where a job is stopped. A minute after its start a job is through at the first look.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.users import accounts, import_log
from pytest_cognito.cognito_idp.records import POOLS, USER_IMPORT_JOBS, User, UserImportJob, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors, mfa
from pytest_cognito.cognito_idp.rules.users import attribute_rules
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from pytest_cognito.cognito_idp.rules.imports.csv_file import CSVFile
    from pytest_cognito.cognito_idp.rules.imports.rows import Row

SUCCEEDED = "Import Job Completed Successfully."
STOPPED = "The Import Job was stopped by the developer."
# AWS does not say how many are too many; that is known of jobs of which more than half of the rows were bad.
TOO_MANY_BAD_ROWS = "Too many users have failed or been skipped during the import."
EXPIRED = "The user import job has expired."
_RUNNING = ("Pending", "InProgress", "Stopping")
_LONGEST = dt.timedelta(minutes=1)


def look_at(context: Context, pool: UserPool, job: UserImportJob) -> UserImportJob:
    """The job after its next step, or after its last one if it was started a minute ago."""
    if job.status not in _RUNNING:
        return job
    finished = settled(context, pool, job)
    return _advanced(context, pool, job) if finished is job else finished


def finish(context: Context, pool: UserPool, job: UserImportJob) -> UserImportJob:
    """The job after its last step."""
    while job.status in _RUNNING:
        job = _advanced(context, pool, job)
    return job


def running(context: Context, pool: UserPool) -> UserImportJob | None:
    """The job of a pool that is running, if there is one."""
    jobs = context.table(USER_IMPORT_JOBS).owned(POOLS, pool.id)
    return next((job for job in jobs if settled(context, pool, job).status in _RUNNING), None)


def check_none_runs(context: Context, pool: UserPool) -> None:
    """Raise if users are being imported into a pool."""
    job = running(context, pool)
    if job is not None:
        raise errors.IMPORT_IN_PROGRESS(job_id=job.id)


def settled(context: Context, pool: UserPool, job: UserImportJob) -> UserImportJob:
    """The job; after its last step if it has had the time for that."""
    late = job.started is not None and context.now() - job.started >= _LONGEST
    return finish(context, pool, job) if late else job


def _advanced(context: Context, pool: UserPool, job: UserImportJob) -> UserImportJob:
    from pytest_cognito.cognito_idp.rules.imports import csv_file  # other operations ask only whether a job runs

    if job.status == "Stopping":
        job = _ended(context, job, "Stopped", STOPPED)
    else:
        try:
            job = _imported(context, pool, job, csv_file.read(pool, job.file or b"", job.algorithm))
        except AWSError as error:
            job = _ended(context, job, "Failed", error.message)
    context.table(USER_IMPORT_JOBS).put(job)
    if job.status not in _RUNNING:
        import_log.write(context, pool, job)
    return job


def _imported(context: Context, pool: UserPool, job: UserImportJob, file: CSVFile) -> UserImportJob:
    """The job after the first half of its rows, or after the rest of them."""
    if job.status == "Pending":
        import_log.begin(pool, job)
        return replace(_with_rows(context, pool, job, file, len(file.rows) // 2), status="InProgress")
    job = _with_rows(context, pool, job, file, len(file.rows))
    if job.failed + job.skipped > job.imported:
        return _ended(context, job, "Failed", TOO_MANY_BAD_ROWS)
    return _ended(context, job, "Succeeded", SUCCEEDED)


def _ended(context: Context, job: UserImportJob, status: str, message: str) -> UserImportJob:
    return replace(job, status=status, message=message, completed=context.now(), file=None)


def _with_rows(context: Context, pool: UserPool, job: UserImportJob, file: CSVFile, end: int) -> UserImportJob:
    """The job after the users of its next rows, up to one, have been made, or not."""
    from pytest_cognito.cognito_idp.rules.imports import rows

    imported, skipped, log = 0, 0, []
    for number, line in islice(file.rows, job.rows, end):
        label, text = "SUCCEEDED", "The import succeeded."
        try:
            _add(context, pool, rows.read(pool, file.columns, line, job.algorithm))
            imported += 1
        except AWSError as error:
            label, text = "FAILED", error.message.strip()
            if error.kind is errors.ROW_USER_EXISTS:
                label = error.code
                skipped += 1
        log.append(f"[{label}] Line Number {number} - {text}")
    return replace(
        job,
        rows=end,
        imported=job.imported + imported,
        skipped=job.skipped + skipped,
        failed=job.failed + len(log) - imported - skipped,
        log=(*job.log, *log),
    )


def _add(context: Context, pool: UserPool, row: Row) -> User:
    """Make the user of a row. No trigger runs and no message is sent."""
    complete = accounts.with_username_attribute(pool, row.username, row.attributes)
    attributes = attribute_rules.validate(pool, complete, by_admin=True)
    attribute_rules.check_required(pool, attributes)
    attribute_rules.check_verified_have_values(attributes)
    if lookup.find_user(context, pool, row.username) is not None:
        raise errors.ROW_USER_EXISTS()
    sub = accounts.draw_sub(context)
    user = accounts.new_user(context, pool, row.username, sub, attributes, status="RESET_REQUIRED", password=None)
    by_code = set(first_factors.available(pool, user, passkey=False)) - {first_factors.PASSWORD}
    if row.password_hash is not None or by_code:
        user = replace(user, status="CONFIRMED", password_hash=row.password_hash)
    if row.mfa and pool.mfa == "OPTIONAL" and attributes.get("phone_number"):
        user = replace(user, mfa=replace(user.mfa, enabled=(mfa.SMS,)))
    return accounts.add(context, pool, user)
