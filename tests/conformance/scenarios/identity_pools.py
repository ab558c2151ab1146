"""Identity pools, their tags, roles and principal tags, and identities as the pool's developer sees them."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import scenario
from tests.conformance.transport import Transport

SERVICE = "cognito-identity"
NOTHING = "us-east-1:0123abcd-4567-49ab-8def-0123456789ab"
NOT_FOUND = "ResourceNotFoundException"
INVALID = "InvalidParameterException"
PROVIDER = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab0Cd1Ef2"
ROLE = "arn:aws:iam::123456789012:role/app"
SETTINGS: dict[str, Any] = {"IdentityPoolName": "our app", "AllowUnauthenticatedIdentities": True}
PROVIDERS: dict[str, Any] = {
    "AllowClassicFlow": True,
    "CognitoIdentityProviders": [{"ProviderName": PROVIDER, "ClientId": "abc", "ServerSideTokenCheck": False}],
    "SupportedLoginProviders": {"graph.facebook.com": "1234567890"},
    "DeveloperProviderName": "login.example.com",
    "IdentityPoolTags": {"größe": "ß"},
}


def an_identity_pool(transport: Transport, **settings: Any) -> dict[str, str]:
    answer = transport.call("CreateIdentityPool", service=SERVICE, **{**SETTINGS, **settings})
    return {"IdentityPoolId": answer["IdentityPoolId"]}


@scenario
def identity_pools(transport: Transport) -> None:
    pool = an_identity_pool(transport, **PROVIDERS)
    transport.refused("CreateIdentityPool", INVALID, service=SERVICE, **SETTINGS, CognitoIdentityProviders=[{}])
    transport.refused(
        "CreateIdentityPool", "ValidationException", service=SERVICE, **{**SETTINGS, "IdentityPoolName": "a/b"}
    )
    an_identity_pool(transport)
    transport.call("DescribeIdentityPool", service=SERVICE, **pool)
    listed = transport.call("ListIdentityPools", service=SERVICE, MaxResults=1)
    transport.call("ListIdentityPools", service=SERVICE, MaxResults=1, NextToken=listed["NextToken"])
    transport.refused("ListIdentityPools", INVALID, service=SERVICE, MaxResults=1, NextToken="nonsense")
    transport.call("UpdateIdentityPool", service=SERVICE, **pool, **SETTINGS)
    transport.refused("UpdateIdentityPool", INVALID, service=SERVICE, **pool, **SETTINGS, DeveloperProviderName="x")
    transport.call("DeleteIdentityPool", service=SERVICE, **pool)
    for operation in ("DescribeIdentityPool", "DeleteIdentityPool"):
        transport.refused(operation, NOT_FOUND, service=SERVICE, **pool)
    transport.refused("UpdateIdentityPool", NOT_FOUND, service=SERVICE, **pool, **SETTINGS)


@scenario
def tags_of_identity_pools(transport: Transport) -> None:
    pool_id = an_identity_pool(transport, **PROVIDERS)["IdentityPoolId"]
    arn = {"ResourceArn": f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool_id}"}
    transport.call("TagResource", service=SERVICE, **arn, Tags={"team": "ä"})
    transport.call("ListTagsForResource", service=SERVICE, **arn)
    transport.call("UntagResource", service=SERVICE, **arn, TagKeys=["team"])
    strange = {"ResourceArn": ROLE}
    transport.refused("TagResource", INVALID, service=SERVICE, **strange, Tags={"team": "a"})
    transport.refused("ListTagsForResource", INVALID, service=SERVICE, **strange)
    transport.refused("UntagResource", INVALID, service=SERVICE, **strange, TagKeys=["team"])


@scenario
def roles_of_identity_pools(transport: Transport) -> None:
    pool = an_identity_pool(transport, **PROVIDERS)
    transport.call("GetIdentityPoolRoles", service=SERVICE, **pool)
    rule = {"Claim": "email", "MatchType": "Contains", "Value": "@", "RoleARN": ROLE}
    mapping = {
        "Type": "Rules",
        "AmbiguousRoleResolution": "Deny",
        "RulesConfiguration": {"Rules": [rule]},
    }
    roles = {"Roles": {"authenticated": ROLE}, "RoleMappings": {f"{PROVIDER}:abc": mapping}}
    transport.call("SetIdentityPoolRoles", service=SERVICE, **pool, **roles)
    transport.call("GetIdentityPoolRoles", service=SERVICE, **pool)
    forbidden = {"Roles": {"authenticated": ROLE.replace("123456789012", "999999999999")}}
    transport.refused("SetIdentityPoolRoles", "NotAuthorizedException", service=SERVICE, **pool, **forbidden)
    transport.refused("GetIdentityPoolRoles", NOT_FOUND, service=SERVICE, IdentityPoolId=NOTHING)


@scenario
def principal_tags_of_identity_pools(transport: Transport) -> None:
    names = {**an_identity_pool(transport, **PROVIDERS), "IdentityProviderName": PROVIDER}
    tags = {"PrincipalTags": {"abteilung": "custom:department"}}
    transport.call("SetPrincipalTagAttributeMap", service=SERVICE, **names, **tags)
    transport.call("GetPrincipalTagAttributeMap", service=SERVICE, **names)
    other = {**names, "IdentityProviderName": "www.amazon.com"}
    transport.refused("SetPrincipalTagAttributeMap", INVALID, service=SERVICE, **other, UseDefaults=True)
    transport.refused("GetPrincipalTagAttributeMap", INVALID, service=SERVICE, **other)


@scenario
def identities_of_a_pool(transport: Transport) -> None:
    pool = an_identity_pool(transport)
    first, _ = (transport.call("GetId", service=SERVICE, **pool)["IdentityId"] for _ in range(2))
    transport.call("DescribeIdentity", service=SERVICE, IdentityId=first)
    listed = transport.call("ListIdentities", service=SERVICE, **pool, MaxResults=1)
    transport.call("ListIdentities", service=SERVICE, **pool, MaxResults=1, NextToken=listed["NextToken"])
    transport.call("DeleteIdentities", service=SERVICE, IdentityIdsToDelete=[first, NOTHING])
    transport.refused("DescribeIdentity", NOT_FOUND, service=SERVICE, IdentityId=first)
    transport.refused("ListIdentities", NOT_FOUND, service=SERVICE, IdentityPoolId=NOTHING, MaxResults=1)
    transport.refused("DeleteIdentities", "ValidationException", service=SERVICE, IdentityIdsToDelete=["nonsense"])
