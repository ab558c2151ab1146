"""Devices as real clients have them: pycognito, and AWS's scenario of MFA with tracked devices, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyotp
import pytest
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import SMSMFAChallengeException

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, devices, mfa
from tests.support.app import PASSWORD, App
from tests.support.codes import last_code
from tests.support.jwts import claims
from tests.support.srp import gives_tokens

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return devices.make_pool(cognito, devices.BY_OPT_IN)


def test_pycognito(app: App) -> None:
    """It confirms the device and agrees to remember it by requests of its own, without boto3."""
    keys = ["alice", PASSWORD, app.pool_id, app.client_id]
    client = AWSSRP(*keys, client=app.idp)
    with pytest.raises(SMSMFAChallengeException) as asked:
        client.authenticate_user()
    challenge = asked.value.get_tokens()
    tokens = app.respond(challenge, SMS_MFA_CODE=last_code(app.pool.world.outbox))
    answer, secret = client.confirm_device(tokens, "laptop")
    assert answer.json() == {"UserConfirmationNecessary": True}
    access_token = tokens["AuthenticationResult"]["AccessToken"]
    client.update_device_status(True, access_token, client.device_key)

    known = {"device_key": client.device_key, "device_group_key": client.device_group_key, "device_password": secret}
    again = AWSSRP(*keys, client=app.idp, **known).authenticate_user()
    assert gives_tokens(again)
    assert "NewDeviceMetadata" not in again["AuthenticationResult"]
    client.forget_device(access_token, client.device_key)
    with pytest.raises(app.idp.exceptions.ResourceNotFoundException, match="Device does not exist"):
        AWSSRP(*keys, client=app.idp, **known).authenticate_user()


def test_awss_scenario_of_mfa_with_devices(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> None:
    """Sign-up, an authenticator at the first sign-in, a tracked device, and a sign-in with that in place of a code."""
    pool = mfa.make_pool(cognito, "ON", mfa.TOTP, AutoVerifiedAttributes=["email"], DeviceConfiguration=devices.ALWAYS)
    pool.create_client(ExplicitAuthFlows=custom.FLOWS)
    app = App(cognito_idp, pool)
    app.sign_up("ann", {"email": "ann@example.com"})
    app.call("resend_confirmation_code", ClientId=app.client_id, Username="ann")
    app.confirm("ann", last_code(cognito.outbox, "ann@example.com"))
    assert [user["Username"] for user in app.users()] == ["ann"]

    setup = app.admin_initiate_auth(USERNAME="ann", PASSWORD=PASSWORD)
    assert setup["ChallengeName"] == "MFA_SETUP"
    associated = app.call("associate_software_token", Session=setup["Session"])
    authenticator = pyotp.TOTP(associated["SecretCode"])
    code = authenticator.at(cognito.clock.now())
    verified = app.call("verify_software_token", Session=associated["Session"], UserCode=code)
    assert verified["Status"] == "SUCCESS"

    cognito.clock.advance(seconds=30)
    challenge = app.admin_initiate_auth(USERNAME="ann", PASSWORD=PASSWORD)
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    code = authenticator.at(cognito.clock.now())
    result = app.admin_respond(challenge, "ann", SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    made = result["NewDeviceMetadata"]
    secret, verifier = generate_hash_device(made["DeviceGroupKey"], made["DeviceKey"])
    given = {"AccessToken": result["AccessToken"], "DeviceKey": made["DeviceKey"]}
    confirmed = app.call("confirm_device", **given, DeviceSecretVerifierConfig=verifier)
    assert confirmed == {"UserConfirmationNecessary": False}

    known = {"device_key": made["DeviceKey"], "device_group_key": made["DeviceGroupKey"], "device_password": secret}
    client = AWSSRP("ann", PASSWORD, app.pool_id, app.client_id, client=cognito_idp, **known)
    tokens = client.authenticate_user()["AuthenticationResult"]
    assert claims(tokens["AccessToken"])["device_key"] == made["DeviceKey"]
