"""amazon-cognito-identity-js and Amplify against the server, where this machine has Node."""

from __future__ import annotations

import json

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import custom, devices, mfa, node

BY_SMS = ["SMS_MFA"]


@pytest.fixture(scope="module")
def program() -> str:
    return node.program()


@pytest.fixture
def given(server: Server, world: World) -> str:
    """A pool that tracks devices, with ann, who signs in with a code by SMS, and with a custom challenge."""
    pool = devices.make_pool(Cognito(world), devices.BY_OPT_IN)
    mfa.configure(pool, "OPTIONAL", mfa.SMS_MFA, mfa.TOTP)
    custom.set_functions(pool)
    ann = pool.create_user("ann", attributes=mfa.ADDRESSES)
    mfa.turn_on(pool, mfa.SMS_MFA, username="ann")
    names = {"endpoint": server.endpoint_url, "pool": pool.id, "client": pool.client.id}
    return json.dumps({**names, "password": ann.password})


def test_amazon_cognito_identity_js(program: str, given: str, world: World) -> None:
    """A device is remembered and used, refreshed, used after a custom challenge, forgotten; then a software token."""
    said = node.run(program, "identity_js.mjs", given)

    assert said["asked"] == [BY_SMS, [], ["CUSTOM_CHALLENGE"], BY_SMS, ["SOFTWARE_TOKEN_MFA"]]
    assert (said["necessary"], said["devices"]) == (True, 1)
    assert said["same"] == [True, True, True]
    assert said["other"] == [True, True]
    refused = [call for call in world.calls if call.error is not None]
    assert [str(call.error) for call in refused] == ["ResourceNotFoundException: Device does not exist."]


@pytest.mark.needs("GetTokensFromRefreshToken")
def test_amplify(program: str, given: str, world: World) -> None:
    """A device is remembered and used, refreshed, used after a custom challenge, and forgotten."""
    said = node.run(program, "amplify.mjs", given)

    by_sms = ["CONFIRM_SIGN_IN_WITH_SMS_CODE"]
    assert said["asked"] == [by_sms, [], ["CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE"], by_sms]
    assert said["devices"] == 1
    assert said["same"] == [True, True, True, True, False]
    assert not [call for call in world.calls if call.error is not None]
