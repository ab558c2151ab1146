"""Uploads of the CSV files of import jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import POOLS, USER_IMPORT_JOBS
from pytest_cognito.cognito_idp.rules.imports import upload_address
from pytest_cognito.http.hosts import Host
from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World


def receive_import_file(
    world: World, call: Call, host: Host | None, path: Mapping[str, str], query: Mapping[str, str], request: Request
) -> None:
    """Keep the CSV file of an import job that was uploaded to the job's address; raise the error of S3 for another one.

    ``path`` has the ``account``, the ``pool_id`` and the ``job_id`` of the address. A later file replaces it.
    """

    def receive(context: Context) -> None:
        pool = context.table(POOLS).get(path["pool_id"])
        job = context.table(USER_IMPORT_JOBS).get((path["pool_id"], path["job_id"]))
        there = pool is not None and path["account"] == pool.account and (host is None or host.region == pool.region)
        if pool is None or job is None or not there:
            raise errors.UPLOAD_SIGNATURE()
        upload_address.check(pool, job, request.method, query, request.headers, context.now())
        if job.completed is None:  # S3 would take it, and nobody would read it
            context.table(USER_IMPORT_JOBS).put(replace(job, file=request.body))

    world.step(call, receive)
