"""A device that a test holds, and that signs in with it."""

from __future__ import annotations

import pytest

from pytest_cognito import AWSError, Cognito, Outbox, UsageError, User, UserPool
from tests.support import devices, mfa


@pytest.fixture
def alice(cognito: Cognito) -> User:
    return devices.make_pool(cognito).user("alice")


@pytest.mark.parametrize("flow", ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
def test_a_remembered_device_signs_in_without_a_code(alice: User, cognito_outbox: Outbox, flow: str) -> None:
    client = alice.pool.create_client(ExplicitAuthFlows=[flow], GenerateSecret=True)
    phone = alice.remember_device("phone", client=client)
    sent = len(list(cognito_outbox))

    assert alice.sign_in(client=client, device=phone).claims["device_key"] == phone.key
    assert len(list(cognito_outbox)) == sent
    assert phone.secret not in repr(phone)


def test_the_user_agrees_to_it_where_the_pool_asks(cognito: Cognito) -> None:
    alice = devices.make_pool(cognito, devices.BY_OPT_IN).user("alice")

    assert alice.remember_device().remembered


def test_a_device_that_does_not_stand_in_for_a_code(alice: User, cognito_outbox: Outbox) -> None:
    phone = alice.remember_device()
    alice.pool.call(
        "AdminUpdateDeviceStatus", Username="alice", DeviceKey=phone.key, DeviceRememberedStatus="not_remembered"
    )
    sent = len(list(cognito_outbox))

    assert not phone.remembered
    assert alice.sign_in(device=phone).claims["device_key"] == phone.key
    assert len(list(cognito_outbox)) == sent + 1


def test_a_forgotten_device(alice: User) -> None:
    phone = alice.remember_device()
    phone.forget()

    with pytest.raises(AWSError, match="Device does not exist"):
        alice.sign_in(device=phone)


def test_a_pool_that_does_not_track_devices(cognito: Cognito) -> None:
    pool: UserPool = mfa.make_pool(cognito, "OPTIONAL", mfa.TOTP)
    alice = pool.create_user("alice")

    with pytest.raises(UsageError, match="give it DeviceConfiguration="):
        alice.remember_device()
    with pytest.raises(UsageError, match=r"device takes what alice\.remember_device\(\) gives"):
        alice.sign_in(device="phone")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="client takes an app client"):
        alice.remember_device(client="app")  # type: ignore[arg-type]
