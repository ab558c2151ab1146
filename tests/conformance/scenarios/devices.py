"""Devices: by their user and by administrators."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import PASSWORD, a_client, a_pool, a_user, scenario, tokens_of
from tests.conformance.transport import Transport

NO_DEVICE = "ResourceNotFoundException"
NOT_TRACKED = "InvalidUserPoolConfigurationException"
UNKNOWN = "us-east-1_00000000-0000-4000-8000-000000000000"
TRACKING = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}
VERIFIER = {"PasswordVerifier": "AQIDBA==", "Salt": "BQYHCA=="}
STATUS: dict[str, Any] = {"DeviceRememberedStatus": "remembered"}


@scenario
def a_users_devices(transport: Transport) -> None:
    pool = a_pool(transport, DeviceConfiguration=TRACKING)
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    result = tokens_of(transport, client)
    key = result["NewDeviceMetadata"]["DeviceKey"]
    me = {"AccessToken": result["AccessToken"]}
    unknown = {**me, "DeviceKey": UNKNOWN}
    confirmation = {**me, "DeviceKey": key, "DeviceSecretVerifierConfig": VERIFIER, "DeviceName": "phone"}
    transport.refused("ConfirmDevice", "InvalidParameterException", **{**confirmation, "DeviceKey": UNKNOWN})
    transport.call("ConfirmDevice", **confirmation)
    transport.refused("ConfirmDevice", "DeviceKeyExistsException", **confirmation)
    transport.call("UpdateDeviceStatus", **me, DeviceKey=key, **STATUS)
    transport.refused("UpdateDeviceStatus", NO_DEVICE, **unknown, **STATUS)
    transport.call("GetDevice", **me, DeviceKey=key)
    transport.refused("GetDevice", NO_DEVICE, **unknown)
    transport.call("ListDevices", **me)
    transport.refused("ListDevices", "InvalidParameterException", **me, PaginationToken="none")
    known = {"USERNAME": "alice", "PASSWORD": PASSWORD, "DEVICE_KEY": key}
    flow = {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH"}
    transport.call("InitiateAuth", **flow, AuthParameters=known)
    transport.refused("InitiateAuth", NO_DEVICE, **flow, AuthParameters={**known, "DEVICE_KEY": UNKNOWN})
    transport.call("ForgetDevice", **me, DeviceKey=key)
    transport.refused("ForgetDevice", NO_DEVICE, **me, DeviceKey=key)


@scenario
def devices_by_administrators(transport: Transport) -> None:
    pool = a_pool(transport, DeviceConfiguration=TRACKING)
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    device = {"DeviceKey": tokens_of(transport, client)["NewDeviceMetadata"]["DeviceKey"]}
    tokens_of(transport, client)
    user = {"UserPoolId": pool, "Username": "alice"}
    listed = transport.call("AdminListDevices", **user, Limit=1)
    transport.call("AdminListDevices", **user, Limit=1, PaginationToken=listed["PaginationToken"])
    transport.refused("AdminListDevices", NO_DEVICE, UserPoolId=pool, Username="nobody")
    transport.call("AdminGetDevice", **user, **device)
    transport.call("AdminUpdateDeviceStatus", **user, **device, **STATUS)
    transport.call("AdminForgetDevice", **user, **device)
    transport.refused("AdminForgetDevice", NO_DEVICE, **user, **device)
    transport.refused("AdminGetDevice", NO_DEVICE, **user, **device)
    transport.call("UpdateUserPool", UserPoolId=pool)
    transport.refused("AdminUpdateDeviceStatus", NOT_TRACKED, **user, **device, **STATUS)
