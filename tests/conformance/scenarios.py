"""What is asked through each door: every operation, answered at least once and, where it can fail, refused.

A new operation is added to the scenario of its noun; a test tells of one that was forgotten.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import struct
from collections.abc import Callable
from typing import Any

from tests.conformance.doors import Door

PASSWORD = "Correct-horse-7"
NOWHERE = "us-east-1_Nowhere00"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
NO_POOL = "ResourceNotFoundException"
CALLBACK = "https://app.example.com/callback"

Scenario = Callable[[Door], None]
SCENARIOS: list[Scenario] = []


def scenario(function: Scenario) -> Scenario:
    SCENARIOS.append(function)
    return function


def a_pool(door: Door, **settings: Any) -> str:
    settings = {"PoolName": "pool", "AutoVerifiedAttributes": ["email"], **settings}
    return str(door.call("CreateUserPool", **settings)["UserPool"]["Id"])


def a_client(door: Door, pool: str, **settings: Any) -> dict[str, Any]:
    settings = {"ClientName": "client", "ExplicitAuthFlows": FLOWS, **settings}
    client: dict[str, Any] = door.call("CreateUserPoolClient", UserPoolId=pool, **settings)["UserPoolClient"]
    return client


def a_user(door: Door, pool: str, name: str = "alice") -> None:
    email = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    door.call("AdminCreateUser", UserPoolId=pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS")
    door.call("AdminSetUserPassword", UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)


def tokens_of(door: Door, client: str, name: str = "alice") -> dict[str, Any]:
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    answer = door.call("InitiateAuth", ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
    tokens: dict[str, Any] = answer["AuthenticationResult"]
    return tokens


def code_for(door: Door, name: str = "alice") -> str:
    return str(door.outbox.last(to=f"{name}@example.com").code)


def totp(secret: str, moment: dt.datetime) -> str:
    """The code of an authenticator app (RFC 6238)."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    place = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


@scenario
def pools(door: Door) -> None:
    tags = {"team": "identity", "größe": "naïve €"}
    pool = a_pool(
        door,
        UserPoolTags=tags,
        Policies={"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
        Schema=[{"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1"}}],
        EmailVerificationMessage="Ihr Code: {####} – grüße",
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    )
    a_pool(door, PoolName="other")
    described = door.call("DescribeUserPool", UserPoolId=pool)["UserPool"]
    listed = door.call("ListUserPools", MaxResults=1)
    door.call("ListUserPools", MaxResults=1, NextToken=listed["NextToken"])
    door.call("UpdateUserPool", UserPoolId=pool, AutoVerifiedAttributes=["email"], UserPoolTags=tags)
    door.call("AddCustomAttributes", UserPoolId=pool, CustomAttributes=[{"Name": "a", "AttributeDataType": "String"}])
    door.call("GetSigningCertificate", UserPoolId=pool)
    door.call("ListTagsForResource", ResourceArn=described["Arn"])
    door.call("TagResource", ResourceArn=described["Arn"], Tags={"stage": "test"})
    door.call("UntagResource", ResourceArn=described["Arn"], TagKeys=["team"])
    door.refused("TagResource", "InvalidParameterException", ResourceArn=described["Arn"], Tags={"aws:x": "y"})
    door.refused("GetSigningCertificate", NO_POOL, UserPoolId=NOWHERE)
    door.call("GetUserPoolMfaConfig", UserPoolId=pool)
    door.call("CreateUserPoolDomain", UserPoolId=pool, Domain="both-doors")
    door.call("DescribeUserPoolDomain", Domain="both-doors")
    door.call("DescribeUserPoolDomain", Domain="nowhere")
    door.call("UpdateUserPoolDomain", UserPoolId=pool, Domain="both-doors", ManagedLoginVersion=1)
    door.call("DeleteUserPoolDomain", UserPoolId=pool, Domain="both-doors")
    door.call("DeleteUserPool", UserPoolId=pool)
    door.refused("DescribeUserPool", NO_POOL, UserPoolId=pool)
    door.refused("ListUserPools", "InvalidParameterException", MaxResults=61)
    door.refused("CreateUserPool", "InvalidParameterException", PoolName="ö" * 200)


@scenario
def clients(door: Door) -> None:
    pool = a_pool(door)
    client = a_client(door, pool, GenerateSecret=True, CallbackURLs=[CALLBACK], RefreshTokenValidity=3)["ClientId"]
    a_client(door, pool, ClientName="other")
    where = {"UserPoolId": pool, "ClientId": client}
    door.call("DescribeUserPoolClient", **where)
    listed = door.call("ListUserPoolClients", UserPoolId=pool, MaxResults=1)
    door.call("ListUserPoolClients", UserPoolId=pool, MaxResults=1, NextToken=listed["NextToken"])
    door.call("UpdateUserPoolClient", **where, ClientName="renamed", PreventUserExistenceErrors="ENABLED")
    added = door.call("AddUserPoolClientSecret", **where)["ClientSecretDescriptor"]
    door.refused("AddUserPoolClientSecret", "LimitExceededException", **where)
    door.call("ListUserPoolClientSecrets", **where)
    door.call("DeleteUserPoolClientSecret", **where, ClientSecretId=added["ClientSecretId"])
    door.call("DeleteUserPoolClient", **where)
    door.refused("DescribeUserPoolClient", NO_POOL, **where)
    door.refused("CreateUserPoolClient", NO_POOL, UserPoolId=NOWHERE, ClientName="client")


@scenario
def groups(door: Door) -> None:
    pool = a_pool(door)
    a_user(door, pool)
    group = {"UserPoolId": pool, "GroupName": "Grüße"}
    user = {"UserPoolId": pool, "Username": "alice"}
    door.call("CreateGroup", **group, Description="a group", Precedence=3)
    door.call("CreateGroup", UserPoolId=pool, GroupName="readers")
    door.refused("CreateGroup", "GroupExistsException", **group)
    door.call("GetGroup", **group)
    door.call("UpdateGroup", **group, Precedence=1)
    listed = door.call("ListGroups", UserPoolId=pool, Limit=1)
    door.call("ListGroups", UserPoolId=pool, Limit=1, NextToken=listed["NextToken"])
    door.call("AdminAddUserToGroup", **group, Username="alice")
    door.call("ListUsersInGroup", **group)
    door.call("AdminListGroupsForUser", **user)
    door.call("AdminRemoveUserFromGroup", **group, Username="alice")
    door.call("DeleteGroup", **group)
    door.refused("GetGroup", NO_POOL, **group)


@scenario
def users(door: Door) -> None:
    pool = a_pool(door)
    user = {"UserPoolId": pool, "Username": "alice"}
    email = [{"Name": "email", "Value": "alice@example.com"}]
    door.call("AdminCreateUser", **user, UserAttributes=email, TemporaryPassword=PASSWORD)
    a_user(door, pool, "bob")
    door.refused("AdminCreateUser", "UsernameExistsException", **user)
    door.call("AdminGetUser", **user)
    door.refused("AdminGetUser", "UserNotFoundException", UserPoolId=pool, Username="nobody")
    door.call("ListUsers", UserPoolId=pool, Filter='email ^= "alice"', AttributesToGet=["email"])
    listed = door.call("ListUsers", UserPoolId=pool, Limit=1)
    door.call("ListUsers", UserPoolId=pool, Limit=1, PaginationToken=listed["PaginationToken"])
    name = [{"Name": "name", "Value": "Älice €"}]
    door.call("AdminUpdateUserAttributes", **user, UserAttributes=name)
    door.call("AdminDeleteUserAttributes", **user, UserAttributeNames=["name"])
    door.call("AdminDisableUser", **user)
    door.call("AdminEnableUser", **user)
    door.call("AdminSetUserSettings", **user, MFAOptions=[])
    door.call("AdminResetUserPassword", UserPoolId=pool, Username="bob")
    door.call("AdminUserGlobalSignOut", **user)
    door.call("AdminDeleteUser", **user)
    door.refused("AdminDeleteUser", "UserNotFoundException", **user)


@scenario
def sign_up(door: Door) -> None:
    client = a_client(door, a_pool(door))["ClientId"]
    user = {"ClientId": client, "Username": "alice"}
    email = [{"Name": "email", "Value": "alice@example.com"}]
    door.refused("SignUp", "InvalidPasswordException", **user, Password="short")
    door.call("SignUp", **user, Password=PASSWORD, UserAttributes=email)
    door.refused("SignUp", "UsernameExistsException", **user, Password=PASSWORD)
    door.refused("ConfirmSignUp", "CodeMismatchException", **user, ConfirmationCode="no")
    door.call("ResendConfirmationCode", **user)
    door.call("ConfirmSignUp", **user, ConfirmationCode=code_for(door))
    door.call("ForgotPassword", **user)
    door.call("ConfirmForgotPassword", **user, ConfirmationCode=code_for(door), Password="Another-horse-8")
    door.refused("InitiateAuth", "NotAuthorizedException", **by_password(client))


@scenario
def confirmed_by_an_administrator(door: Door) -> None:
    pool = a_pool(door)
    door.call("SignUp", ClientId=a_client(door, pool)["ClientId"], Username="alice", Password=PASSWORD)
    door.call("AdminConfirmSignUp", UserPoolId=pool, Username="alice")
    door.refused("AdminConfirmSignUp", "NotAuthorizedException", UserPoolId=pool, Username="alice")


def by_password(client: str, name: str = "alice") -> dict[str, Any]:
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    return {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}


@scenario
def sign_in(door: Door) -> None:
    pool = a_pool(door)
    client = a_client(door, pool)["ClientId"]
    for name in ("alice", "bob"):
        door.call("AdminCreateUser", UserPoolId=pool, Username=name, TemporaryPassword=PASSWORD)
    challenge = door.call("InitiateAuth", **by_password(client))
    answers = {"USERNAME": "alice", "NEW_PASSWORD": "Another-horse-8"}
    answer = {"ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"]}
    door.call("RespondToAuthChallenge", **answer, ChallengeResponses=answers)
    door.refused("RespondToAuthChallenge", "NotAuthorizedException", **answer, ChallengeResponses=answers)
    admin = {"UserPoolId": pool, **by_password(client, "bob"), "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    challenge = door.call("AdminInitiateAuth", **admin)
    answer = {"ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"]}
    answers = {"USERNAME": "bob", "NEW_PASSWORD": "Another-horse-8"}
    door.call("AdminRespondToAuthChallenge", UserPoolId=pool, **answer, ChallengeResponses=answers)
    door.refused("InitiateAuth", NO_POOL, **by_password("0" * 26))


@scenario
def signed_in(door: Door) -> None:
    pool = a_pool(door)
    client = a_client(door, pool)["ClientId"]
    a_user(door, pool)
    tokens = tokens_of(door, client)
    me = {"AccessToken": tokens["AccessToken"]}
    door.call("GetUser", **me)
    door.call("GetUserAuthFactors", **me)
    door.call("UpdateUserAttributes", **me, UserAttributes=[{"Name": "email", "Value": "alice@example.com"}])
    door.call("GetUserAttributeVerificationCode", **me, AttributeName="email")
    door.refused("VerifyUserAttribute", "CodeMismatchException", **me, AttributeName="email", Code="no")
    door.call("VerifyUserAttribute", **me, AttributeName="email", Code=code_for(door))
    door.call("UpdateUserAttributes", **me, UserAttributes=[{"Name": "name", "Value": "Alice"}])
    door.call("DeleteUserAttributes", **me, UserAttributeNames=["name"])
    door.call("SetUserSettings", **me, MFAOptions=[])
    door.call("ChangePassword", **me, PreviousPassword=PASSWORD, ProposedPassword="Another-horse-8")
    door.call("ChangePassword", **me, PreviousPassword="Another-horse-8", ProposedPassword=PASSWORD)
    door.refused("GetUser", "NotAuthorizedException", AccessToken="e30.e30.e30")
    refresh = {"REFRESH_TOKEN": tokens["RefreshToken"]}
    door.call("InitiateAuth", ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=refresh)
    door.call("RevokeToken", Token=tokens["RefreshToken"], ClientId=client)
    door.call("GlobalSignOut", AccessToken=tokens_of(door, client)["AccessToken"])
    me = {"AccessToken": tokens_of(door, client)["AccessToken"]}
    door.call("DeleteUser", **me)
    door.refused("GetUser", "UserNotFoundException", **me)


@scenario
def rotated_refresh_tokens(door: Door) -> None:
    pool = a_pool(door)
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    flows = ["ALLOW_USER_PASSWORD_AUTH"]
    client = a_client(door, pool, RefreshTokenRotation=rotation, ExplicitAuthFlows=flows)["ClientId"]
    a_user(door, pool)
    first = tokens_of(door, client)["RefreshToken"]
    door.call("GetTokensFromRefreshToken", RefreshToken=first, ClientId=client)
    door.refused("GetTokensFromRefreshToken", "RefreshTokenReuseException", RefreshToken=first, ClientId=client)


@scenario
def second_factor(door: Door) -> None:
    pool = a_pool(door)
    door.call(
        "SetUserPoolMfaConfig",
        UserPoolId=pool,
        SoftwareTokenMfaConfiguration={"Enabled": True},
        MfaConfiguration="OPTIONAL",
    )
    client = a_client(door, pool)["ClientId"]
    a_user(door, pool)
    me = {"AccessToken": tokens_of(door, client)["AccessToken"]}
    secret = door.call("AssociateSoftwareToken", **me)["SecretCode"]
    door.refused("VerifySoftwareToken", "EnableSoftwareTokenMFAException", **me, UserCode="000000")
    door.call("VerifySoftwareToken", **me, UserCode=totp(secret, door.cognito.clock.now()))
    preference: dict[str, Any] = {"SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
    door.call("SetUserMFAPreference", **me, **preference)
    door.call("AdminSetUserMFAPreference", UserPoolId=pool, Username="alice", **preference)
    challenge = door.call("InitiateAuth", **by_password(client))
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
