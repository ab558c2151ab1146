"""What scenarios are made of: pools, clients and users, and the list of all scenarios."""

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


def by_password(client: str, name: str = "alice") -> dict[str, Any]:
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    return {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
