"""What tells one world from another: the pools in it."""

from __future__ import annotations

from typing import Any

import boto3


def pool_names(**where: Any) -> list[str]:
    client = boto3.client("cognito-idp", **where)
    return [pool["Name"] for pool in client.list_user_pools(MaxResults=60)["UserPools"]]


def create(name: str, **where: Any) -> None:
    boto3.client("cognito-idp", **where).create_user_pool(PoolName=name)
