"""The policies of resources that another mock in the process has: those of moto's buckets."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

from pytest_cognito.iam import MalformedPolicy, NamedPolicy, parse
from pytest_cognito.kernel.errors import UsageError

_BUCKETS = "arn:aws:s3:::"
_NOT_ASKED = {
    "dynamodb": "table",
    "events": "event bus",
    "execute-api": "API",
    "kinesis": "stream",
    "kms": "key",
    "lambda": "function",
    "s3": "access point",
    "secretsmanager": "secret",
    "ses": "identity",
    "sns": "topic",
    "sqs": "queue",
}
"""What has policies of its own, by the service in its ARN."""
_NAME = "bucket policy of {bucket}"


def resource_policies(resource: str) -> tuple[NamedPolicy, ...]:
    """The policies of the resource with an ARN, those of them that are asked."""
    if not resource.startswith(_BUCKETS):
        return ()
    bucket = resource.removeprefix(_BUCKETS).partition("/")[0]
    document = _policy_of_bucket(bucket)
    return () if document is None else (_parsed(bucket, document),)


def unasked(resource: str) -> str:
    """What an explanation says of a resource whose policy is not asked and might allow a request; empty for others."""
    service = (resource.split(":", 5) + [""] * 3)[2]
    noun = _NOT_ASKED.get(service)
    if noun is None or resource.startswith(_BUCKETS):
        return ""
    return f"the policy of the {noun}, if it has one, was not looked at: only those of buckets are"


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
    name = _NAME.format(bucket=bucket)
    try:
        return NamedPolicy(name, parse(text, resource=True))
    except MalformedPolicy as error:
        raise UsageError(f"AWS refuses the {name}, which moto has: {error.advice}") from error
