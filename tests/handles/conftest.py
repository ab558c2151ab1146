"""The time of these tests, a site whose pages they write, and two devices of a user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from pytest_cognito import Cognito, SyncDevice, UserPool
from tests.support import written_pages
from tests.support.device_settings import put
from tests.support.web_sites import BACK, HOST, WrittenSite, register

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"


@pytest.fixture
def time_stands_still() -> Iterator[None]:
    """The machine's time stops; Cognito's moves only as the test advances its clock."""
    with time_machine.travel(1_800_000_000, tick=False):
        yield


@pytest.fixture
def site(cognito: Cognito, cognito_user_pool: UserPool) -> WrittenSite:
    """A site that answers for a domain of the pool; it begins with a sign-in page, which signs anybody in."""
    cognito_user_pool.call("CreateUserPoolDomain", Domain=HOST, CustomDomainConfig={"CertificateArn": CERTIFICATE})
    return register(cognito, HOST, {"GET /login": written_pages.classic_sign_in(), "POST /login": BACK})


@pytest.fixture
def phone(cognito_sync_device: SyncDevice) -> SyncDevice:
    return cognito_sync_device


@pytest.fixture
def tablet(phone: SyncDevice) -> SyncDevice:
    return phone.identity.sync_device()


@pytest.fixture
def conflicting(phone: SyncDevice, tablet: SyncDevice, cognito: Cognito) -> SyncDevice:
    """The tablet, which has changed the theme before the phone did, and has not synchronized since then."""
    put(phone, theme="dark", size="12")
    tablet.dataset("settings").synchronize()
    tablet.dataset("settings")["theme"] = "red"
    cognito.clock.advance(minutes=1)
    put(phone, theme="blue")
    return tablet
