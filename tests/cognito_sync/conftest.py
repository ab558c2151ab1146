"""What the tests of Cognito Sync share."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, Identity, IdentityPool
from tests.support.synchronized import Device, developer_of, device_of, pool_of_guests


@pytest.fixture
def guests(cognito: Cognito) -> IdentityPool:
    """An identity pool with roles for guests and for users."""
    return pool_of_guests(cognito)


@pytest.fixture
def guest(guests: IdentityPool) -> Identity:
    return guests.guest()


@pytest.fixture
def device(guest: Identity) -> Device:
    """A device of the guest, with the guest's credentials."""
    return device_of(guest)


@pytest.fixture
def developer(guest: Identity) -> Device:
    """What the pool's developer does with the data of the guest."""
    return developer_of(guest)
