"""What every test starts from: the template, deployed once, and the service configured by it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from notes_service.app import app
from notes_service.settings import REGION
from pytest_cognito import AppClient, Cognito, Stack, UserPool

TEMPLATE = Path(__file__).parents[1] / "template.yaml"
GLOBEX = "https://idp.globex.example"
SECRETS = {"notes/google": {"client_secret": "not-in-the-repository"}}

OLD_TABLE = "CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT UNIQUE, password TEXT, is_active BOOLEAN)"
OLD_USERS = [  # the password of both is tr0ubador
    (41, "old@acme.example", "pbkdf2_sha256$1000$seasalt$YW9Rln+LsrsudjY+cZuddXhwNVb53NMwPHzmqkAGKlU=", True),
    (42, "gone@acme.example", "pbkdf2_sha256$1000$pepper$E/andZ5CZ/4ihCAMGUsRhWGPS51LQ5R8AUgKjqHh+94=", False),
]

Deploy = Callable[[Cognito], Stack]


@pytest.fixture(scope="session")
def data_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service and the functions have their databases."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def deploy(data_directory: Path) -> Deploy:
    """Deploy the template. Globex, which the pool asks for its metadata, has its provider then."""

    def deploy(cognito: Cognito) -> Stack:
        cognito.providers.saml(GLOBEX)
        parameters = {"DataDirectory": data_directory}
        return cognito.deploy(TEMPLATE, name="notes", region=REGION, parameters=parameters, secrets=SECRETS)

    return deploy


@pytest.fixture(scope="session")
def cognito_seed(deploy: Deploy) -> Callable[[Cognito], Any]:
    return deploy


@pytest.fixture
def cognito_user_pool(cognito_stack: Stack) -> UserPool:
    return cognito_stack.user_pool()


@pytest.fixture
def cognito_app_client(cognito_stack: Stack) -> AppClient:
    return cognito_stack.client("WebClient")


@pytest.fixture
def old_users(data_directory: Path) -> Path:
    """The database that the old application left."""
    database = data_directory / "old.db"
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(OLD_TABLE)
        db.executemany("INSERT INTO user VALUES (?, ?, ?, ?)", OLD_USERS)
    return database


@pytest.fixture(autouse=True)
def environment(
    monkeypatch: pytest.MonkeyPatch, cognito_stack: Stack, data_directory: Path, old_users: Path
) -> Iterator[None]:
    """The service has the variables that it has on AWS, and empty notebooks."""
    for name, value in cognito_stack.environment("ApiFunction").items():
        monkeypatch.setenv(name, value)
    yield
    for database in data_directory.iterdir():
        database.unlink()


@pytest.fixture
def service() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def site_url() -> str:
    """Where the site is."""
    return "https://notes.example"


@pytest.fixture
def site_app_client(cognito_stack: Stack) -> AppClient:
    return cognito_stack.client("SiteClient")


@pytest.fixture
def header(cognito_user_pool: UserPool) -> Callable[[dict[str, Any]], dict[str, str]]:
    """The header of a user, by name."""
    return lambda user: cognito_user_pool.user(user["username"]).sign_in().auth_header


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    """A clock for all: for Cognito, for the service that verifies its tokens, and for the authenticator app."""
    with freeze_time("2030-01-01 12:00:00", ignore=["_pytest.timing"]) as clock:  # pytest measures on, in real time
        assert isinstance(clock, FrozenDateTimeFactory)
        yield clock
