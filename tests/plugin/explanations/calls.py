"""The calls that are made to fail."""

from __future__ import annotations

from typing import Any

from pytest_cognito import Cognito
from pytest_cognito.cognito import UserPool


def sign_in(pool: UserPool, username: str = "alice", password: str = "wrong") -> dict[str, Any]:
    return Cognito(pool.world).call(
        "InitiateAuth",
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=pool.client.id,
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )


def sign_up(pool: UserPool, username: str = "bob", password: str = "Passw0rd!", **more: str) -> dict[str, Any]:
    values = {"email": f"{username}@example.com", **more}
    attributes = [{"Name": name, "Value": value} for name, value in values.items()]
    return Cognito(pool.world).call(
        "SignUp", ClientId=pool.client.id, Username=username, Password=password, UserAttributes=attributes
    )


def confirm(pool: UserPool, username: str = "bob", code: str = "1") -> dict[str, Any]:
    return Cognito(pool.world).call("ConfirmSignUp", ClientId=pool.client.id, Username=username, ConfirmationCode=code)


def refresh(pool: UserPool, token: str | None) -> dict[str, Any]:
    return Cognito(pool.world).call(
        "InitiateAuth",
        AuthFlow="REFRESH_TOKEN_AUTH",
        ClientId=pool.client.id,
        AuthParameters={"REFRESH_TOKEN": token},
    )
