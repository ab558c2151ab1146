"""Sessions of roles, as an application has them."""

from __future__ import annotations

from typing import Any

import boto3

from pytest_cognito import Cognito
from tests.support.clients import client

REGION = "us-east-1"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    """A policy of one statement, which allows something. ``more`` is, for instance, its ``Condition``."""
    return policy({"Effect": "Allow", "Action": action, "Resource": resource, **more})


def assume(cognito: Cognito, *policies: dict[str, Any], name: str = "app") -> boto3.Session:
    """A session of a new role with these policies, which the developer has assumed: its name is ``ann``."""
    role = cognito.create_role(name, trust=TRUST, policies=list(policies))
    sts = client("sts", region_name=REGION)
    return session(sts.assume_role(RoleArn=role.arn, RoleSessionName="ann")["Credentials"])


def session(credentials: dict[str, Any], **replaced: str) -> boto3.Session:
    """A session with credentials, as STS answers them. Some may be ``replaced``."""
    given = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }
    return boto3.Session(region_name=REGION, **{**given, **replaced})
