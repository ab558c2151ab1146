"""Operations on jobs that import users from a CSV file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.pools import recovery
from pytest_cognito.cognito_idp.flows.users import importing
from pytest_cognito.cognito_idp.records import POOLS, USER_IMPORT_JOBS, UserImportJob, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.imports import csv_file, upload_address
from pytest_cognito.world import Context

_PAGE = 50
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")
_ID_LENGTH, _TOKEN_LENGTH, _SIGNATURE_LENGTH = 10, 320, 64


@operation
def get_csv_header(context: Context, *, user_pool_id: str) -> Response:
    """Get the columns that the CSV file of an import job must have."""
    pool = lookup.pool(context, user_pool_id)
    return {"UserPoolId": pool.id, "CSVHeader": csv_file.header(pool)}


@operation
def create_user_import_job(
    context: Context,
    *,
    job_name: str,
    user_pool_id: str,
    cloud_watch_logs_role_arn: str,
    password_hashing_algorithm: str | None = None,
) -> Response:
    """Create an import job, with an address to which the CSV file can be uploaded within 15 minutes."""
    pool = lookup.pool(context, user_pool_id)
    if _ROLE.fullmatch(cloud_watch_logs_role_arn) is None:
        raise errors.IMPORT_ROLE_INVALID(role=cloud_watch_logs_role_arn)
    recovery.check_none_active(context, pool)
    if context.table(USER_IMPORT_JOBS).count("pool", pool.id) >= quotas.IMPORT_JOBS:
        raise errors.IMPORT_JOB_LIMIT()
    ids = context.world.ids
    job = UserImportJob(
        pool_id=pool.id,
        id=f"import-{ids.text(_ID_LENGTH)}",
        name=job_name,
        role=cloud_watch_logs_role_arn,
        algorithm=password_hashing_algorithm,
        token=ids.text(_TOKEN_LENGTH),
        signature=ids.hexadecimal(_SIGNATURE_LENGTH),
        created=context.now(),
        number=context.world.store.serial(),
    )
    context.table(USER_IMPORT_JOBS).put(job)
    return _described(context, pool, job)


@operation
def describe_user_import_job(context: Context, *, user_pool_id: str, job_id: str) -> Response:
    """Get the status of an import job, and how many users it has imported, skipped and failed to import.

    A job that was started goes on: InProgress at the first look, with the first half of the users, then at its end.
    """
    pool = lookup.pool(context, user_pool_id)
    return _described(context, pool, importing.look_at(context, pool, _find(context, pool, job_id)))


@operation
def list_user_import_jobs(
    context: Context, *, user_pool_id: str, max_results: int, pagination_token: str | None = None
) -> Response:
    """List the import jobs of a pool, newest first. Those that were started go on, as if they were described."""
    pool = lookup.pool(context, user_pool_id)
    found, token = page(
        lambda after: context.table(USER_IMPORT_JOBS).page("pool", pool.id, after),
        min(max_results, _PAGE),
        pagination_token,
        f"ListUserImportJobs {pool.id}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    jobs = [_job(context, pool, importing.look_at(context, pool, job)) for job in found]
    return {"UserImportJobs": jobs, "PaginationToken": token}


@operation
def start_user_import_job(context: Context, *, user_pool_id: str, job_id: str) -> Response:
    """Start an import job whose CSV file was uploaded. Its status is Pending; see DescribeUserImportJob."""
    pool = lookup.pool(context, user_pool_id)
    job = _find(context, pool, job_id)
    status = job.status_at(context.now())
    if status != "Created":
        raise errors.IMPORT_NOT_STARTABLE(job_id=job.id, status=status)
    if job.file is None:
        raise errors.IMPORT_WITHOUT_FILE(job_id=job.id)
    if not pool.auto_verified:
        raise errors.IMPORT_WITHOUT_VERIFICATION()
    recovery.check_none_active(context, pool)
    _check_alone(context)
    job = replace(job, status="Pending", started=context.now())
    context.table(USER_IMPORT_JOBS).put(job)
    return _described(context, pool, job)


@operation
def stop_user_import_job(context: Context, *, user_pool_id: str, job_id: str) -> Response:
    """Stop an import job that is Pending or InProgress. The users that it has imported stay."""
    pool = lookup.pool(context, user_pool_id)
    job = importing.settled(context, pool, _find(context, pool, job_id))
    status = job.status_at(context.now())
    if status not in ("Pending", "InProgress"):
        raise errors.IMPORT_NOT_STOPPABLE(job_id=job.id, status=status)
    job = replace(job, status="Stopping")
    context.table(USER_IMPORT_JOBS).put(job)
    return _described(context, pool, job)


def _find(context: Context, pool: UserPool, job_id: str) -> UserImportJob:
    job = context.table(USER_IMPORT_JOBS).get((pool.id, job_id))
    if job is None:
        raise errors.IMPORT_JOB_NOT_FOUND(job_id=job_id)
    return job


def _check_alone(context: Context) -> None:
    """Raise if a job is running in a pool of the account."""
    pools = {job.pool_id: context.table(POOLS).get(job.pool_id) for job in context.table(USER_IMPORT_JOBS)}
    for pool in pools.values():
        other = None if pool is None or pool.account != context.account else importing.running(context, pool)
        if other is not None:
            raise errors.IMPORT_RUNS_ALREADY(job_id=other.id)


def _described(context: Context, pool: UserPool, job: UserImportJob) -> Response:
    return {"UserImportJob": _job(context, pool, job)}


def _job(context: Context, pool: UserPool, job: UserImportJob) -> dict[str, Any]:
    status = job.status_at(context.now())
    expired = status == "Expired"
    return {
        "JobName": job.name,
        "JobId": job.id,
        "UserPoolId": job.pool_id,
        "PreSignedUrl": upload_address.url(pool, job, context.origin),
        "CreationDate": job.created,
        "StartDate": job.started,
        "CompletionDate": job.expires if expired else job.completed,
        "Status": status,
        "CloudWatchLogsRoleArn": job.role,
        "ImportedUsers": job.imported,
        "SkippedUsers": job.skipped,
        "FailedUsers": job.failed,
        "CompletionMessage": importing.EXPIRED if expired else job.message,
        "PasswordHashingAlgorithm": job.algorithm,
    }
