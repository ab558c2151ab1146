"""What a test without fixtures does to have somebody signed in."""

from __future__ import annotations

from typing import Any

_PASSWORD = "Correct-horse-7"


def set_up_and_sign_in(client: Any) -> str:
    """Make a pool, an app client and a confirmed user, sign the user in, and give the access token."""
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
    client.admin_set_user_password(UserPoolId=pool_id, Username="alice", Password=_PASSWORD, Permanent=True)
    answer = client.initiate_auth(
        ClientId=app_client["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": _PASSWORD},
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token
