"""What the tests of identity pools share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_identity import IDENTITIES, LOGINS, Identity, Login
from tests.support.identities import Identities
from tests.support.identity_pools import MakeIdentity

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient


@pytest.fixture
def identity_pool(cognito_identity: CognitoIdentityClient) -> str:
    """The id of an identity pool that admits guests and knows no provider."""
    pool = cognito_identity.create_identity_pool(IdentityPoolName="guests", AllowUnauthenticatedIdentities=True)
    return pool["IdentityPoolId"]


@pytest.fixture
def careless(cognito: Cognito) -> CognitoIdentityClient:
    """A client that sends whatever it is told to, and leaves it to Cognito to refuse it."""
    return boto3.client("cognito-identity", config=Config(parameter_validation=False))


@pytest.fixture
def elsewhere(cognito: Cognito) -> CognitoIdentityClient:
    """A client of another region."""
    return boto3.client("cognito-identity", region_name="eu-west-1")


@pytest.fixture
def make_identity(cognito: Cognito) -> MakeIdentity:
    """Puts an identity into a pool, with a login of each provider: ``make_identity(pool_id, "www.amazon.com")``.

    Without a provider it is a guest.
    """

    def make(pool_id: str, *providers: str, disabled: bool = False) -> str:
        with cognito.world.handle_step("identity", pool_id.partition(":")[0]) as context:
            identity_id = f"{context.region}:{context.world.ids.uuid()}"
            now = context.now()
            identity = Identity(identity_id, pool_id, not providers, disabled, created=now, modified=now)
            context.table(IDENTITIES).put(identity)
            for number, provider in enumerate(providers):
                login = Login(pool_id, provider, f"{identity_id}/{number}", identity_id, developer=False, number=number)
                context.table(LOGINS).put(login)
        return identity_id

    return make


@pytest.fixture
def tables(cognito: Cognito) -> Callable[[], dict[str, int]]:
    """How many records each table has; the empty ones are left out."""
    return lambda: {name: len(table) for name, table in cognito.world.store.tables().items() if len(table)}


@pytest.fixture
def identities(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> Identities:
    """An identity pool with alice and bob of a user pool, a developer provider, and guests."""
    return Identities(cognito, cognito_identity)
