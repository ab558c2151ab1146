"""Session tracking."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_client, a_pool, a_user, scenario_with, tokens_of
from tests.conformance.transport import Transport

ABSENT = "tkn" + "0" * 25


@scenario_with("ListUserSessions", "SetUserPoolSessionConfiguration")
def user_sessions(transport: Transport) -> None:
    pool = a_pool(transport)
    client = {"UserPoolId": pool, "ClientId": a_client(transport, pool)["ClientId"]}
    user = {"UserPoolId": pool, "Username": "alice"}
    a_user(transport, pool)
    transport.refused("AdminListUserSessions", "OperationNotEnabledException", **user)
    refused: dict[str, Any] = {**client, "SSOSession": {"MaxValidityMinutes": 5}}
    transport.refused("SetUserPoolClientSessionConfiguration", "InvalidParameterException", **refused)
    tracking: dict[str, Any] = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 3}}
    transport.call("SetUserPoolSessionConfiguration", UserPoolId=pool, **tracking)
    transport.refused("SetUserPoolSessionConfiguration", NO_POOL, UserPoolId=NOWHERE, **tracking)
    transport.call("GetUserPoolSessionConfiguration", UserPoolId=pool)
    transport.refused("GetUserPoolSessionConfiguration", NO_POOL, UserPoolId=NOWHERE)
    transport.call("SetUserPoolClientSessionConfiguration", **refused)
    transport.call("GetUserPoolClientSessionConfiguration", **client)
    missing = {**client, "ClientId": "0" * 26}
    transport.refused("GetUserPoolClientSessionConfiguration", NO_POOL, **missing)

    lost, kept = (tokens_of(transport, client["ClientId"]) for _ in range(2))
    me = {"AccessToken": kept["AccessToken"]}
    transport.call("ListUserSessions", **me)
    transport.refused("ListUserSessions", "NotAuthorizedException", AccessToken="e30.e30.e30")
    first, second = (each["SessionId"] for each in transport.call("AdminListUserSessions", **user)["Sessions"])
    transport.refused("RevokeUserSession", "InvalidParameterException", **me, SessionId=second)
    transport.call("RevokeUserSession", **me, SessionId=first)
    transport.refused("GetUser", "NotAuthorizedException", AccessToken=lost["AccessToken"])
    transport.refused("AdminRevokeUserSession", "ResourceNotFoundException", **user, SessionId=ABSENT)
    transport.call("AdminRevokeUserSession", **user, SessionId=second, RevokeAssociatedSessions="LINKED")
