"""A pool that meets the conditions for a replica, and what a region sees of it."""

from __future__ import annotations

from typing import Any

import boto3

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App

SECONDARY = "eu-west-1"
KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
CONDITIONS: dict[str, Any] = {
    "KeyConfiguration": {"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": KEY},
    "IssuerConfiguration": {"Type": "UPDATED"},
}


def make_pool(cognito: Cognito, **settings: Any) -> UserPool:
    """A pool with alice that may have a replica."""
    pool = cognito.create_user_pool(**CONDITIONS, **settings)
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def replicate(app: App, status: str | None = "ACTIVE", **more: Any) -> App:
    """Create a replica with this status, and give the pool as an application in the secondary region has it."""
    app.call("create_user_pool_replica", UserPoolId=app.pool_id, RegionName=SECONDARY, **more)
    if status is not None:
        app.call("update_user_pool_replica", UserPoolId=app.pool_id, RegionName=SECONDARY, Status=status)
    return in_region(app, SECONDARY)


def in_region(app: App, region: str) -> App:
    return App(boto3.client("cognito-idp", region_name=region), app.pool, app.client)
