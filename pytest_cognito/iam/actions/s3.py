"""What a table can't describe of S3: what is copied, and tags of objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pytest_cognito.iam.actions import keys as condition_keys
from pytest_cognito.iam.actions.lookups import Lookups
from pytest_cognito.iam.policies.requests import Keys


def with_source(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters with ``Source``: the bucket, the key and the version in CopySource, which may be a text.

    ``notes/a/b.txt?versionId=3``; the bucket may be an access point:
    ``arn:aws:s3:us-east-1:123456789012:accesspoint/readers/object/a/b.txt``.
    """
    source = parameters.get("CopySource")
    if not isinstance(source, str):
        return {**parameters, "Source": source} if source else parameters
    path, _, version = source.partition("?versionId=")
    path = unquote(path).removeprefix("/")
    separator = "/object/" if path.startswith("arn:") else "/"
    bucket, _, key = path.partition(separator)
    return {**parameters, "Source": {"Bucket": bucket, "Key": key, "VersionId": version}}


def keys(operation: str, action: str, parameters: Mapping[str, Any], lookups: Lookups) -> Keys:  # noqa: ARG001
    """Tags that an object gets are conditions under names of their own, with the header or with PutObjectTagging."""
    tagging = parameters.get("Tagging")
    if "Object" not in action or not tagging:
        return {}
    place = "Tagging" if isinstance(tagging, str) else "Tagging.TagSet"
    return {
        key.replace("aws:RequestTag/", "s3:RequestObjectTag/").replace("aws:TagKeys", "s3:RequestObjectTagKeys"): value
        for key, value in condition_keys.of_tags((place,), parameters)
    }
