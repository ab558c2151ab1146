"""A world with something of everything in it, and what there is to name in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import boto3

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito
from pytest_cognito.world import World

from .shapes import SAMPLES

PASSWORD = "Correct-horse-7"
ANOTHER_PASSWORD = "Another-horse-8"
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Prepared:
    """A world, and for each pool in it the values that lead somewhere, by the member of a request that they go into."""

    world: World
    names: Sequence[Names]


def prepare() -> Prepared:
    """Two pools with clients, groups, users in every state, tokens, a session, and codes on their way."""
    with mock_cognito(seed="prepared") as cognito:
        for arn in SAMPLES:
            cognito.world.functions.register(arn, lambda event, context: event)
        return Prepared(cognito.world, [_plain_pool(cognito), _email_pool(cognito)])


def _plain_pool(cognito: Cognito) -> Names:
    pool = cognito.create_user_pool(
        PoolName="plain",
        AutoVerifiedAttributes=["email"],
        AliasAttributes=["email"],
        Schema=[{"Name": "level", "AttributeDataType": "String", "Mutable": True}],
    )
    return _fill(cognito, pool.id, "bob")


def _email_pool(cognito: Cognito) -> Names:
    pool = cognito.create_user_pool(PoolName="by email", UsernameAttributes=["email"], AutoVerifiedAttributes=["email"])
    return _fill(cognito, pool.id, "dave@example.com")


def _fill(cognito: Cognito, pool_id: str, invited: str) -> Names:
    idp: Any = boto3.client("cognito-idp")
    open_client = _client(idp, pool_id, GenerateSecret=False)
    by_email = invited != "bob"
    alice, carol = ("alice@example.com", "carol@example.com") if by_email else ("alice", "carol")
    for group in ("admins", "readers"):
        idp.create_group(UserPoolId=pool_id, GroupName=group)
    email = [{"Name": "email", "Value": "alice@example.com"}]
    idp.sign_up(ClientId=open_client, Username=alice, Password=PASSWORD, UserAttributes=email)
    code = cognito.outbox.last(to="alice@example.com").code
    idp.confirm_sign_up(ClientId=open_client, Username=alice, ConfirmationCode=code)
    idp.admin_add_user_to_group(UserPoolId=pool_id, Username=alice, GroupName="admins")
    email = [{"Name": "email", "Value": "carol@example.com"}]
    idp.sign_up(ClientId=open_client, Username=carol, Password=PASSWORD, UserAttributes=email)
    email = [{"Name": "email", "Value": "dave@example.com"}]
    idp.admin_create_user(UserPoolId=pool_id, Username=invited, TemporaryPassword=PASSWORD, UserAttributes=email)
    tokens = _sign_in(idp, open_client, alice)["AuthenticationResult"]
    idp.forgot_password(ClientId=open_client, Username=alice)
    reset = cognito.outbox.last(to="alice@example.com").code
    names = {
        "UserPoolId": [pool_id],
        "ResourceArn": [idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Arn"]],
        "ClientId": [open_client, open_client, _client(idp, pool_id, GenerateSecret=True)],
        "Username": [alice, carol, invited],
        "GroupName": ["admins", "readers"],
        "AccessToken": [tokens["AccessToken"]],
        "RefreshToken": [tokens["RefreshToken"]],
        "Session": [_sign_in(idp, open_client, invited)["Session"]],
        "ConfirmationCode": [cognito.outbox.last(to="carol@example.com").code, reset],
    }
    return {**names, **_under_other_names(names)}


def _under_other_names(names: Names) -> Names:
    return {
        "Token": names["RefreshToken"],
        "Code": names["ConfirmationCode"],
        "ChallengeName": ["NEW_PASSWORD_REQUIRED"],
        "AttributeName": ["email", "phone_number", "custom:level"],
        "Password": [PASSWORD],
        "PreviousPassword": [PASSWORD],
        "ProposedPassword": [ANOTHER_PASSWORD],
        "TemporaryPassword": [ANOTHER_PASSWORD],
        "USERNAME": names["Username"],
        "PASSWORD": [PASSWORD],
        "NEW_PASSWORD": [ANOTHER_PASSWORD],
        "REFRESH_TOKEN": names["RefreshToken"],
    }


def _client(idp: Any, pool_id: str, **settings: Any) -> str:
    answer = idp.create_user_pool_client(UserPoolId=pool_id, ClientName="app", ExplicitAuthFlows=FLOWS, **settings)
    return answer["UserPoolClient"]["ClientId"]


def _sign_in(idp: Any, client_id: str, username: str) -> Any:
    given = {"USERNAME": username, "PASSWORD": PASSWORD}
    return idp.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
