"""Pools, app clients and their secrets."""

from __future__ import annotations

from tests.conformance.scenarios.common import CALLBACK, NO_POOL, NOWHERE, a_client, a_pool, scenario, scenario_with
from tests.conformance.transport import Transport


@scenario
def pools(transport: Transport) -> None:
    tags = {"team": "identity", "größe": "naïve €"}
    pool = a_pool(
        transport,
        UserPoolTags=tags,
        Policies={"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
        Schema=[{"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1"}}],
        EmailVerificationMessage="Ihr Code: {####} – grüße",
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    )
    a_pool(transport, PoolName="other")
    described = transport.call("DescribeUserPool", UserPoolId=pool)["UserPool"]
    listed = transport.call("ListUserPools", MaxResults=1)
    transport.call("ListUserPools", MaxResults=1, NextToken=listed["NextToken"])
    transport.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"], UserPoolTags=tags)
    transport.call(
        "AddCustomAttributes", UserPoolId=pool, CustomAttributes=[{"Name": "a", "AttributeDataType": "String"}]
    )
    transport.call("GetSigningCertificate", UserPoolId=pool)
    transport.call("ListTagsForResource", ResourceArn=described["Arn"])
    transport.call("TagResource", ResourceArn=described["Arn"], Tags={"stage": "test"})
    transport.call("UntagResource", ResourceArn=described["Arn"], TagKeys=["team"])
    transport.refused("TagResource", "InvalidParameterException", ResourceArn=described["Arn"], Tags={"aws:x": "y"})
    transport.refused("GetSigningCertificate", NO_POOL, UserPoolId=NOWHERE)
    transport.call("GetUserPoolMfaConfig", UserPoolId=pool)
    transport.call("CreateUserPoolDomain", UserPoolId=pool, Domain="both-transports")
    transport.call("DescribeUserPoolDomain", Domain="both-transports")
    transport.call("DescribeUserPoolDomain", Domain="nowhere")
    transport.call("UpdateUserPoolDomain", UserPoolId=pool, Domain="both-transports", ManagedLoginVersion=1)
    transport.call("DeleteUserPoolDomain", UserPoolId=pool, Domain="both-transports")
    transport.call("DeleteUserPool", UserPoolId=pool)
    transport.refused("DescribeUserPool", NO_POOL, UserPoolId=pool)
    transport.refused("ListUserPools", "InvalidParameterException", MaxResults=61)
    transport.refused("CreateUserPool", "InvalidParameterException", PoolName="ö" * 200)


@scenario
def clients(transport: Transport) -> None:
    pool = a_pool(transport)
    client = a_client(transport, pool, GenerateSecret=True, CallbackURLs=[CALLBACK], RefreshTokenValidity=3)["ClientId"]
    a_client(transport, pool, ClientName="other")
    where = {"UserPoolId": pool, "ClientId": client}
    transport.call("DescribeUserPoolClient", **where)
    listed = transport.call("ListUserPoolClients", UserPoolId=pool, MaxResults=1)
    transport.call("ListUserPoolClients", UserPoolId=pool, MaxResults=1, NextToken=listed["NextToken"])
    transport.call("UpdateUserPoolClient", **where, ClientName="renamed", PreventUserExistenceErrors="ENABLED")
    transport.call("DeleteUserPoolClient", **where)
    transport.refused("DescribeUserPoolClient", NO_POOL, **where)
    transport.refused("CreateUserPoolClient", NO_POOL, UserPoolId=NOWHERE, ClientName="client")


@scenario_with("AddUserPoolClientSecret")
def client_secrets(transport: Transport) -> None:
    pool = a_pool(transport)
    where = {"UserPoolId": pool, "ClientId": a_client(transport, pool, GenerateSecret=True)["ClientId"]}
    added = transport.call("AddUserPoolClientSecret", **where)["ClientSecretDescriptor"]
    transport.refused("AddUserPoolClientSecret", "LimitExceededException", **where)
    transport.call("ListUserPoolClientSecrets", **where)
    transport.call("DeleteUserPoolClientSecret", **where, ClientSecretId=added["ClientSecretId"])
