"""Sign-up, sign-in, and what a signed-in user can do."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import (
    NO_POOL,
    PASSWORD,
    a_client,
    a_pool,
    a_user,
    by_password,
    code_for,
    scenario,
    scenario_with,
    tokens_of,
    totp,
)
from tests.conformance.transport import Transport


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
