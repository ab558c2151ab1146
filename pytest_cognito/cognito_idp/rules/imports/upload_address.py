"""The address to which the CSV file of an import job is uploaded: an address of S3, signed beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import UserImportJob, UserPool
from pytest_cognito.http import hosts

METHOD = "PUT"
ENCRYPTION = ("x-amz-server-side-encryption", "aws:kms")
"""The header that the upload must have, and its value."""
LIFETIME = dt.timedelta(seconds=899)
_KEY_ID = "ASIACOGNITOUSERIMPRT"


def url(pool: UserPool, job: UserImportJob, origin: str) -> str:
    """The address: at AWS, or on the loopback server that the call came to, if there is an ``origin``."""
    return f"{origin or f'https://{hosts.import_bucket(pool.region)}'}{path(pool, job)}?{urlencode(_query(pool, job))}"


def path(pool: UserPool, job: UserImportJob) -> str:
    return f"/{pool.account}/{pool.id}/{job.id}"


def check(
    pool: UserPool,
    job: UserImportJob,
    method: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    now: dt.datetime,
) -> None:
    """Raise the error of S3 if a request for the path of a job is not what was signed, or comes too late."""
    name, value = ENCRYPTION
    if method != METHOD or dict(query) != _query(pool, job) or headers.get(name) != value:
        raise errors.UPLOAD_SIGNATURE()
    if now >= expiry(job):
        raise errors.UPLOAD_EXPIRED()


def expiry(job: UserImportJob) -> dt.datetime:
    """When the address expires."""
    return job.created.replace(microsecond=0) + LIFETIME


def _query(pool: UserPool, job: UserImportJob) -> dict[str, str]:
    return {
        "X-Amz-Security-Token": job.token,
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": f"{job.created:%Y%m%dT%H%M%SZ}",
        "X-Amz-SignedHeaders": f"host;{ENCRYPTION[0]}",
        "X-Amz-Expires": str(int(LIFETIME.total_seconds())),
        "X-Amz-Credential": f"{_KEY_ID}/{job.created:%Y%m%d}/{pool.region}/s3/aws4_request",
        "X-Amz-Signature": job.signature,
    }
