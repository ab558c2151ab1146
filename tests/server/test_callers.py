"""Who signed a call that comes over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito import active
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import clients
from tests.support.refusals import refusal

from .loopback import PASSWORD, Wire

KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}


@pytest.fixture(autouse=True)
def let_through() -> Iterator[None]:
    """These clients go to the server, not to the mock of the process."""
    with active.let_through():
        yield


def client(server: Server, **options: Any) -> Any:
    return clients.client("cognito-idp", region_name="us-east-1", endpoint_url=server.endpoint_url, **options)


def caller_of(world: World) -> Caller:
    caller = world.calls[-1].caller
    assert caller is not None
    return caller


@pytest.mark.parametrize("token", [None, "a+token/="])
def test_a_call_knows_who_signed_it(server: Server, world: World, token: str | None) -> None:
    client(server, **KEYS, aws_session_token=token).list_user_pools(MaxResults=1)

    assert (caller_of(world).access_key, caller_of(world).session_token) == ("AKIDEXAMPLE", token)


def test_a_client_that_signs_nothing_is_refused_what_needs_a_signature(server: Server, world: World) -> None:
    unsigned = client(server, config=Config(signature_version=UNSIGNED))

    assert refusal(unsigned.create_user_pool, PoolName="app") == (
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    )
    signed = client(server, **KEYS)
    assert signed.list_user_pools(MaxResults=1)["UserPools"] == []


@pytest.mark.parametrize("unsigned", [True, False], ids=["unsigned", "with credentials"])
def test_nobody_signs_what_needs_no_signature(server: Server, world: World, unsigned: bool) -> None:
    admin = client(server, **KEYS)
    pool = admin.create_user_pool(PoolName="app")["UserPool"]["Id"]
    app = admin.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    admin.admin_create_user(UserPoolId=pool, Username="ann", MessageAction="SUPPRESS")
    admin.admin_set_user_password(UserPoolId=pool, Username="ann", Password=PASSWORD, Permanent=True)
    caller = client(server, config=Config(signature_version=UNSIGNED)) if unsigned else admin

    answer = caller.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD}
    )

    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"
    assert (world.calls[-1].operation, world.calls[-1].caller) == ("InitiateAuth", None)


def test_a_signature_on_what_needs_none_is_the_caller_s_all_the_same(wire: Wire, world: World) -> None:
    wire.call("GetUser", b'{"AccessToken":"nonsense"}', sign=True)

    assert (caller_of(world).access_key, caller_of(world).session_token) == ("AKIDEXAMPLE", None)
