"""What the tests of user pools share. A file whose tests need another kind of pool overrides `pool` alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from pytest_cognito.cognito import Cognito, Tokens, User, UserPool
from tests.support import custom, mfa
from tests.support.app import Answer, App, MakeApp

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A user pool with an app client for password sign-in, and with alice."""
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def alice(pool: UserPool) -> User:
    return pool.user("alice")


@pytest.fixture
def tokens(alice: User) -> Tokens:
    """The tokens of alice, fresh from a sign-in."""
    return alice.sign_in()


@pytest.fixture
def app(cognito_idp: CognitoIdentityProviderClient, pool: UserPool) -> App:
    """`pool` and its app client."""
    return App(cognito_idp, pool)


@pytest.fixture
def signed_in(app: App) -> Answer:
    """The AuthenticationResult of a sign-in of alice."""
    return app.sign_in()


@pytest.fixture
def hiding(app: App) -> App:
    """`pool` and an app client that hides which users exist."""
    return app.with_client(PreventUserExistenceErrors="ENABLED")


@pytest.fixture
def confidential(app: App) -> App:
    """`pool` and an app client with a secret."""
    return app.with_client(GenerateSecret=True)


@pytest.fixture
def make_app(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> MakeApp:
    """Makes another user pool with an app client: ``make_app({"GenerateSecret": True}, AliasAttributes=["email"])``."""

    def make(client: Mapping[str, Any] | None = None, **settings: Any) -> App:
        pool = cognito.create_user_pool(**settings)
        return App(cognito_idp, pool, pool.create_client(**(client or {})))

    return make


@pytest.fixture
def custom_pool(cognito: Cognito) -> UserPool:
    """A pool with the functions of custom authentication, and alice."""
    return custom.make_pool(cognito)


@pytest.fixture
def mfa_pool(cognito: Cognito) -> UserPool:
    """A pool where MFA is optional, by every factor, and alice, who has turned none on."""
    pool = mfa.make_pool(cognito, "OPTIONAL", *mfa.FACTORS)
    pool.create_user("alice", attributes=mfa.ADDRESSES)
    return pool


@pytest.fixture
def make_mfa_app(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> mfa.MakeMfaApp:
    """Makes another pool with second factors: ``make_mfa_app("ON", "SMS_MFA", AliasAttributes=["email"])``."""
    return lambda mode, *factors, **settings: App(cognito_idp, mfa.make_pool(cognito, mode, *factors, **settings))


@pytest.fixture
def time_stands_still() -> Iterator[None]:
    """The machine's time stops; Cognito's moves only as the test advances its clock."""
    with time_machine.travel(1_800_000_000, tick=False):
        yield
