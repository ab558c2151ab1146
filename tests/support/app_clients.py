"""App clients, made and described through boto3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito.cognito import UserPool
from tests.support.app import Answer

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


SCHEMA = [
    {"Name": "tenant", "AttributeDataType": "String"},
    {"Name": "level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": True},
    {"Name": "email", "Required": True},
]


def create(idp: CognitoIdentityProviderClient, pool: UserPool, **settings: Any) -> Answer:
    """The client that CreateUserPoolClient gives."""
    return {**idp.create_user_pool_client(UserPoolId=pool.id, ClientName="web", **settings)["UserPoolClient"]}


def describe(idp: CognitoIdentityProviderClient, pool: UserPool, client_id: str) -> Answer:
    """The client that DescribeUserPoolClient gives."""
    return {**idp.describe_user_pool_client(UserPoolId=pool.id, ClientId=client_id)["UserPoolClient"]}
