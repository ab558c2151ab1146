"""The policies of resources that another mock in the process has: those of moto's buckets."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

from pytest_cognito.iam import NamedPolicy, Wanted, parse

_BUCKETS = "arn:aws:s3:::"
_NAME = "bucket policy of {bucket}"


def resource_policies(wanted: Wanted) -> tuple[NamedPolicy, ...]:
    """The policies of the resource that a call is about."""
    if not wanted.resource.startswith(_BUCKETS):
        return ()
    bucket = wanted.resource.removeprefix(_BUCKETS).partition("/")[0]
    document = _policy_of_bucket(bucket)
    return () if document is None else (_parsed(bucket, document),)


def _policy_of_bucket(bucket: str) -> str | bytes | None:
    """What PutBucketPolicy has given to moto. A call of GetBucketPolicy would take as long as the call that is asked
    about.
    """
    models: Any = sys.modules.get("moto.s3.models")
    if models is None:
        return None
    backends = models.s3_backends
    if bucket not in backends.bucket_accounts:
        return None
    partition, account = backends.bucket_accounts[bucket]
    document: str | bytes | None = backends[account][partition].buckets[bucket].policy
    return document


@lru_cache(maxsize=128)
def _parsed(bucket: str, document: str | bytes) -> NamedPolicy:
    text = document.decode() if isinstance(document, bytes) else document
    return NamedPolicy(_NAME.format(bucket=bucket), parse(text, resource=True))
