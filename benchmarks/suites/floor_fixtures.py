"""The plugin's fixtures, as far as the tests need them, on a client whose calls a do-nothing handler answers."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import floor

_POOL_ID = "us-east-1_000000000"
_DATE = "2026-01-01T00:00:00Z"
_ATTRIBUTES = [{"Name": "email", "Value": "alice@example.com"}]
_ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "CreateUserPool": {"UserPool": {"Id": _POOL_ID, "Name": "pytest"}},
    "CreateUserPoolClient": {"UserPoolClient": {"UserPoolId": _POOL_ID, "ClientId": "0" * 26}},
    "AdminCreateUser": {"User": {"Username": "alice", "Attributes": _ATTRIBUTES, "UserCreateDate": _DATE}},
    "AdminSetUserPassword": {},
    "InitiateAuth": {"AuthenticationResult": {"AccessToken": "access", "IdToken": "id", "RefreshToken": "refresh"}},
}


@pytest.fixture(scope="session")
def floor_client() -> Any:
    return floor.client(_ANSWERS)


@pytest.fixture
def cognito(floor_client: Any) -> Any:
    return floor_client


@pytest.fixture
def cognito_idp(cognito: Any) -> Any:
    return cognito


@pytest.fixture
def cognito_user_pool(cognito: Any) -> SimpleNamespace:
    made = cognito.create_user_pool(PoolName="pytest", AutoVerifiedAttributes=["email"])["UserPool"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(UserPoolId=made["Id"], ClientName="pytest", ExplicitAuthFlows=flows)
    return SimpleNamespace(id=made["Id"], client=SimpleNamespace(id=client["UserPoolClient"]["ClientId"]))


@pytest.fixture
def cognito_app_client(cognito_user_pool: SimpleNamespace) -> Any:
    return cognito_user_pool.client


@pytest.fixture
def cognito_user(cognito: Any, cognito_user_pool: SimpleNamespace) -> SimpleNamespace:
    user = {"UserPoolId": cognito_user_pool.id, "Username": "alice"}
    cognito.admin_create_user(**user, UserAttributes=_ATTRIBUTES, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**user, Password="Correct-horse-7", Permanent=True)
    return SimpleNamespace(username="alice", password="Correct-horse-7")
