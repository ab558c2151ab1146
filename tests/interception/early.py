"""Clients and sessions that are older than any mock, and what tells whether one is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


EARLY = boto3.client("cognito-idp", region_name="us-east-1", aws_access_key_id="early", aws_secret_access_key="early")
EARLY_SESSION = boto3.Session(aws_access_key_id="early", aws_secret_access_key="early", region_name="us-east-1")


def answers(client: CognitoIdentityProviderClient) -> bool:
    """Whether a client is answered, and errors are the ones that it models."""
    made = client.create_user_pool(PoolName="here")["UserPool"]["Id"]
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_user_pool(UserPoolId=f"{made}x")
    return client.describe_user_pool(UserPoolId=made)["UserPool"]["Name"] == "here"
