"""A pool with a domain, a public app client, and alice."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito
from tests.support.hosted import OAUTH, PREFIX, Hosted, has_managed_login

ALICE = {"email": "alice@example.com", "phone_number": "+15550100", "name": "Alice", "custom:team": "red"}


@pytest.fixture
def hosted(cognito: Cognito) -> Hosted:
    """The classic hosted UI."""
    pool = cognito.create_user_pool(Schema=[{"Name": "team", "AttributeDataType": "String", "Mutable": True}])
    pool.call("CreateUserPoolDomain", Domain=PREFIX)
    pool.create_user("alice", attributes=ALICE)
    return Hosted(pool, pool.create_client(**OAUTH))


@pytest.fixture
def managed(hosted: Hosted) -> Hosted:
    """Managed login."""
    return has_managed_login(hosted)
