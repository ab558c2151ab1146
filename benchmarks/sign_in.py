"""What a test without fixtures does to have somebody signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PASSWORD = "Correct-horse-7"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A confirmed user, and where."""

    pool_id: str
    client_id: str
    name: str


def set_up(client: Any) -> Somebody:
    """Make a pool, an app client and a confirmed user."""
    pool_id = client.create_user_pool(PoolName="benchmarks", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    app_client = client.create_user_pool_client(
        UserPoolId=pool_id, ClientName="benchmarks", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]
    client.admin_create_user(
        UserPoolId=pool_id,
        Username="alice",
        UserAttributes=[{"Name": "email", "Value": "alice@example.com"}],
        MessageAction="SUPPRESS",
    )
    client.admin_set_user_password(UserPoolId=pool_id, Username="alice", Password=PASSWORD, Permanent=True)
    return Somebody(pool_id, app_client["ClientId"], "alice")


def set_up_and_sign_in(client: Any) -> str:
    """Do that, sign the user in, and give the access token."""
    user = set_up(client)
    answer = client.initiate_auth(
        ClientId=user.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": user.name, "PASSWORD": PASSWORD},
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token
