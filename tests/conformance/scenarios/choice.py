"""Choice-based sign-in, users without a password, and the factors that a user has."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import (
    NO_POOL,
    NOWHERE,
    PASSWORD,
    a_client,
    a_pool,
    a_user,
    code_for,
    scenario,
    scenario_with,
)
from tests.conformance.transport import Transport

POLICIES = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
EMAIL = [{"Name": "email", "Value": "alice@example.com"}]


def a_choosing_client(transport: Transport) -> tuple[str, str]:
    """A pool with codes as first factors, and a client of it."""
    pool = a_pool(transport, Policies=POLICIES)
    return pool, a_client(transport, pool, ExplicitAuthFlows=["ALLOW_USER_AUTH"])["ClientId"]


def begin(client: str, **parameters: str) -> dict[str, Any]:
    given = {"USERNAME": "alice", **parameters}
    return {"ClientId": client, "AuthFlow": "USER_AUTH", "AuthParameters": given}


@scenario
def chosen_factors(transport: Transport) -> None:
    pool, client = a_choosing_client(transport)
    a_user(transport, pool)
    asked = transport.call("InitiateAuth", **begin(client))
    answer = {"ClientId": client, "ChallengeName": "SELECT_CHALLENGE", "Session": asked["Session"]}
    responses = {"USERNAME": "alice", "ANSWER": "WEB_AUTHN"}
    transport.refused("RespondToAuthChallenge", "InvalidParameterException", **answer, ChallengeResponses=responses)
    responses = {"USERNAME": "alice", "ANSWER": "EMAIL_OTP"}
    code = transport.call("RespondToAuthChallenge", **answer, ChallengeResponses=responses)
    answer = {"ClientId": client, "ChallengeName": "EMAIL_OTP", "Session": code["Session"]}
    responses = {"USERNAME": "alice", "EMAIL_OTP_CODE": "no"}
    transport.refused("RespondToAuthChallenge", "CodeMismatchException", **answer, ChallengeResponses=responses)
    responses = {"USERNAME": "alice", "EMAIL_OTP_CODE": code_for(transport)}
    transport.call("RespondToAuthChallenge", **answer, ChallengeResponses=responses)
    by_password = begin(client, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    transport.call("AdminInitiateAuth", UserPoolId=pool, **by_password)
    by_password = begin(client, PREFERRED_CHALLENGE="PASSWORD", PASSWORD="wrong")
    transport.refused("InitiateAuth", "NotAuthorizedException", **by_password)


@scenario
def signed_up_without_a_password(transport: Transport) -> None:
    pool, client = a_choosing_client(transport)
    first = transport.call("SignUp", ClientId=client, Username="alice", Password="", UserAttributes=EMAIL)["Session"]
    confirm = {"ClientId": client, "Username": "alice", "ConfirmationCode": code_for(transport)}
    transport.refused("ConfirmSignUp", "NotAuthorizedException", **confirm, Session="A" * 30)
    second = transport.call("ConfirmSignUp", **confirm, Session=first)["Session"]
    signed_in = transport.call("InitiateAuth", ClientId=client, AuthFlow="USER_AUTH", Session=second)
    used = {"ClientId": client, "AuthFlow": "USER_AUTH", "Session": second}
    transport.refused("InitiateAuth", "NotAuthorizedException", **used)
    token = signed_in["AuthenticationResult"]["AccessToken"]
    transport.call("ChangePassword", AccessToken=token, ProposedPassword=PASSWORD)
    transport.call("AdminCreateUser", UserPoolId=pool, Username="bob", TemporaryPassword="", UserAttributes=EMAIL)


@scenario_with("AdminGetUserAuthFactors", "AdminDeleteSoftwareToken")
def factors_of_users(transport: Transport) -> None:
    pool = a_pool(transport, Policies=POLICIES)
    a_user(transport, pool)
    user = {"UserPoolId": pool, "Username": "alice"}
    transport.call("AdminGetUserAuthFactors", **user)
    transport.call("AdminDeleteSoftwareToken", **user)
    for operation in ("AdminGetUserAuthFactors", "AdminDeleteSoftwareToken"):
        transport.refused(operation, "UserNotFoundException", UserPoolId=pool, Username="nobody")
        transport.refused(operation, NO_POOL, UserPoolId=NOWHERE, Username="alice")
