"""What is asked through each transport: every operation, answered at least once and, where it can fail, refused.

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

from tests.conformance.transport import Transport
from tests.support import installed

PASSWORD = "Correct-horse-7"
NOWHERE = "us-east-1_Nowhere00"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
NO_POOL = "ResourceNotFoundException"
CALLBACK = "https://app.example.com/callback"

Scenario = Callable[[Transport], None]
SCENARIOS: list[Scenario] = []


def scenario(function: Scenario) -> Scenario:
    SCENARIOS.append(function)
    return function


def scenario_with(*names: str) -> Callable[[Scenario], Scenario]:
    """A scenario of what older models lack: without these operations and members there is none."""
    return (lambda function: function) if installed.lacks(*names) else scenario


def a_pool(transport: Transport, **settings: Any) -> str:
    settings = {"PoolName": "pool", "AutoVerifiedAttributes": ["email"], **settings}
    return str(transport.call("CreateUserPool", **settings)["UserPool"]["Id"])


def a_client(transport: Transport, pool: str, **settings: Any) -> dict[str, Any]:
    settings = {"ClientName": "client", "ExplicitAuthFlows": FLOWS, **settings}
    client: dict[str, Any] = transport.call("CreateUserPoolClient", UserPoolId=pool, **settings)["UserPoolClient"]
    return client


def a_user(transport: Transport, pool: str, name: str = "alice") -> None:
    email = [{"Name": "email", "Value": f"{name}@example.com"}, {"Name": "email_verified", "Value": "true"}]
    transport.call("AdminCreateUser", UserPoolId=pool, Username=name, UserAttributes=email, MessageAction="SUPPRESS")
    transport.call("AdminSetUserPassword", UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)


def tokens_of(transport: Transport, client: str, name: str = "alice") -> dict[str, Any]:
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    answer = transport.call("InitiateAuth", ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
    tokens: dict[str, Any] = answer["AuthenticationResult"]
    return tokens


def code_for(transport: Transport, name: str = "alice") -> str:
    return str(transport.outbox.last(to=f"{name}@example.com").code)


def totp(secret: str, moment: dt.datetime) -> str:
    """The code of an authenticator app (RFC 6238)."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    place = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


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


@scenario
def groups(transport: Transport) -> None:
    pool = a_pool(transport)
    a_user(transport, pool)
    group = {"UserPoolId": pool, "GroupName": "Grüße"}
    user = {"UserPoolId": pool, "Username": "alice"}
    transport.call("CreateGroup", **group, Description="a group", Precedence=3)
    transport.call("CreateGroup", UserPoolId=pool, GroupName="readers")
    transport.refused("CreateGroup", "GroupExistsException", **group)
    transport.call("GetGroup", **group)
    transport.call("UpdateGroup", **group, Precedence=1)
    listed = transport.call("ListGroups", UserPoolId=pool, Limit=1)
    transport.call("ListGroups", UserPoolId=pool, Limit=1, NextToken=listed["NextToken"])
    transport.call("AdminAddUserToGroup", **group, Username="alice")
    transport.call("ListUsersInGroup", **group)
    transport.call("AdminListGroupsForUser", **user)
    transport.call("AdminRemoveUserFromGroup", **group, Username="alice")
    transport.call("DeleteGroup", **group)
    transport.refused("GetGroup", NO_POOL, **group)


@scenario
def users(transport: Transport) -> None:
    pool = a_pool(transport)
    user = {"UserPoolId": pool, "Username": "alice"}
    email = [{"Name": "email", "Value": "alice@example.com"}]
    transport.call("AdminCreateUser", **user, UserAttributes=email, TemporaryPassword=PASSWORD)
    a_user(transport, pool, "bob")
    transport.refused("AdminCreateUser", "UsernameExistsException", **user)
    transport.call("AdminGetUser", **user)
    transport.refused("AdminGetUser", "UserNotFoundException", UserPoolId=pool, Username="nobody")
    transport.call("ListUsers", UserPoolId=pool, Filter='email ^= "alice"', AttributesToGet=["email"])
    listed = transport.call("ListUsers", UserPoolId=pool, Limit=1)
    transport.call("ListUsers", UserPoolId=pool, Limit=1, PaginationToken=listed["PaginationToken"])
    name = [{"Name": "name", "Value": "Älice €"}]
    transport.call("AdminUpdateUserAttributes", **user, UserAttributes=name)
    transport.call("AdminDeleteUserAttributes", **user, UserAttributeNames=["name"])
    transport.call("AdminDisableUser", **user)
    transport.call("AdminEnableUser", **user)
    transport.call("AdminSetUserSettings", **user, MFAOptions=[])
    transport.call("AdminResetUserPassword", UserPoolId=pool, Username="bob")
    transport.call("AdminUserGlobalSignOut", **user)
    transport.call("AdminDeleteUser", **user)
    transport.refused("AdminDeleteUser", "UserNotFoundException", **user)


@scenario
def sign_up(transport: Transport) -> None:
    client = a_client(transport, a_pool(transport))["ClientId"]
    user = {"ClientId": client, "Username": "alice"}
    email = [{"Name": "email", "Value": "alice@example.com"}]
    transport.refused("SignUp", "InvalidPasswordException", **user, Password="short")
    transport.call("SignUp", **user, Password=PASSWORD, UserAttributes=email)
    transport.refused("SignUp", "UsernameExistsException", **user, Password=PASSWORD)
    transport.refused("ConfirmSignUp", "CodeMismatchException", **user, ConfirmationCode="no")
    transport.call("ResendConfirmationCode", **user)
    transport.call("ConfirmSignUp", **user, ConfirmationCode=code_for(transport))
    transport.call("ForgotPassword", **user)
    transport.call("ConfirmForgotPassword", **user, ConfirmationCode=code_for(transport), Password="Another-horse-8")
    transport.refused("InitiateAuth", "NotAuthorizedException", **by_password(client))


@scenario
def confirmed_by_an_administrator(transport: Transport) -> None:
    pool = a_pool(transport)
    transport.call("SignUp", ClientId=a_client(transport, pool)["ClientId"], Username="alice", Password=PASSWORD)
    transport.call("AdminConfirmSignUp", UserPoolId=pool, Username="alice")
    transport.refused("AdminConfirmSignUp", "NotAuthorizedException", UserPoolId=pool, Username="alice")


def by_password(client: str, name: str = "alice") -> dict[str, Any]:
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    return {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}


@scenario
def sign_in(transport: Transport) -> None:
    pool = a_pool(transport)
    client = a_client(transport, pool)["ClientId"]
    for name in ("alice", "bob"):
        transport.call("AdminCreateUser", UserPoolId=pool, Username=name, TemporaryPassword=PASSWORD)
    challenge = transport.call("InitiateAuth", **by_password(client))
    answers = {"USERNAME": "alice", "NEW_PASSWORD": "Another-horse-8"}
    answer = {"ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"]}
    transport.call("RespondToAuthChallenge", **answer, ChallengeResponses=answers)
    transport.refused("RespondToAuthChallenge", "NotAuthorizedException", **answer, ChallengeResponses=answers)
    admin = {"UserPoolId": pool, **by_password(client, "bob"), "AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    challenge = transport.call("AdminInitiateAuth", **admin)
    answer = {"ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"]}
    answers = {"USERNAME": "bob", "NEW_PASSWORD": "Another-horse-8"}
    transport.call("AdminRespondToAuthChallenge", UserPoolId=pool, **answer, ChallengeResponses=answers)
    transport.refused("InitiateAuth", NO_POOL, **by_password("0" * 26))


@scenario
def signed_in(transport: Transport) -> None:
    pool = a_pool(transport)
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    tokens = tokens_of(transport, client)
    me = {"AccessToken": tokens["AccessToken"]}
    transport.call("GetUser", **me)
    transport.call("GetUserAuthFactors", **me)
    transport.call("UpdateUserAttributes", **me, UserAttributes=[{"Name": "email", "Value": "alice@example.com"}])
    transport.call("GetUserAttributeVerificationCode", **me, AttributeName="email")
    transport.refused("VerifyUserAttribute", "CodeMismatchException", **me, AttributeName="email", Code="no")
    transport.call("VerifyUserAttribute", **me, AttributeName="email", Code=code_for(transport))
    transport.call("UpdateUserAttributes", **me, UserAttributes=[{"Name": "name", "Value": "Alice"}])
    transport.call("DeleteUserAttributes", **me, UserAttributeNames=["name"])
    transport.call("SetUserSettings", **me, MFAOptions=[])
    transport.call("ChangePassword", **me, PreviousPassword=PASSWORD, ProposedPassword="Another-horse-8")
    transport.call("ChangePassword", **me, PreviousPassword="Another-horse-8", ProposedPassword=PASSWORD)
    transport.refused("GetUser", "NotAuthorizedException", AccessToken="e30.e30.e30")
    refresh = {"REFRESH_TOKEN": tokens["RefreshToken"]}
    transport.call("InitiateAuth", ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=refresh)
    transport.call("RevokeToken", Token=tokens["RefreshToken"], ClientId=client)
    transport.call("GlobalSignOut", AccessToken=tokens_of(transport, client)["AccessToken"])
    me = {"AccessToken": tokens_of(transport, client)["AccessToken"]}
    transport.call("DeleteUser", **me)
    transport.refused("GetUser", "UserNotFoundException", **me)


@scenario_with("GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation")
def rotated_refresh_tokens(transport: Transport) -> None:
    pool = a_pool(transport)
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    flows = ["ALLOW_USER_PASSWORD_AUTH"]
    client = a_client(transport, pool, RefreshTokenRotation=rotation, ExplicitAuthFlows=flows)["ClientId"]
    a_user(transport, pool)
    first = tokens_of(transport, client)["RefreshToken"]
    transport.call("GetTokensFromRefreshToken", RefreshToken=first, ClientId=client)
    transport.refused("GetTokensFromRefreshToken", "RefreshTokenReuseException", RefreshToken=first, ClientId=client)


@scenario
def second_factor(transport: Transport) -> None:
    pool = a_pool(transport)
    transport.call(
        "SetUserPoolMfaConfig",
        UserPoolId=pool,
        SoftwareTokenMfaConfiguration={"Enabled": True},
        MfaConfiguration="OPTIONAL",
    )
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    me = {"AccessToken": tokens_of(transport, client)["AccessToken"]}
    secret = transport.call("AssociateSoftwareToken", **me)["SecretCode"]
    transport.refused("VerifySoftwareToken", "EnableSoftwareTokenMFAException", **me, UserCode="000000")
    transport.call("VerifySoftwareToken", **me, UserCode=totp(secret, transport.cognito.clock.now()))
    preference: dict[str, Any] = {"SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": True}}
    transport.call("SetUserMFAPreference", **me, **preference)
    transport.call("AdminSetUserMFAPreference", UserPoolId=pool, Username="alice", **preference)
    challenge = transport.call("InitiateAuth", **by_password(client))
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
