"""What every test starts from: the deployed pool with its triggers, and the service configured for it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from infrastructure import (
    DOMAIN,
    GLOBEX,
    GROUPS,
    IDENTITY_PROVIDERS,
    MFA_CONFIG,
    POST_CONFIRMATION,
    PRE_SIGN_UP,
    PRE_TOKEN_GENERATION,
    STYLE,
    USER_MIGRATION,
    site_client,
)
from notes_service.app import app
from notes_service.lambdas import post_confirmation, pre_sign_up, pre_token_generation, user_migration
from pytest_cognito import AppClient, Cognito, Triggers, UserPool

OLD_TABLE = "CREATE TABLE user (id INTEGER PRIMARY KEY, email TEXT UNIQUE, password TEXT, is_active BOOLEAN)"
OLD_USERS = [  # the password of both is tr0ubador
    (41, "old@acme.example", "pbkdf2_sha256$1000$seasalt$YW9Rln+LsrsudjY+cZuddXhwNVb53NMwPHzmqkAGKlU=", True),
    (42, "gone@acme.example", "pbkdf2_sha256$1000$pepper$E/andZ5CZ/4ihCAMGUsRhWGPS51LQ5R8AUgKjqHh+94=", False),
]


@pytest.fixture(autouse=True)
def deployed(cognito_user_pool: UserPool, cognito_triggers: Triggers) -> None:
    cognito_user_pool.call("SetUserPoolMfaConfig", **MFA_CONFIG)
    for group in sorted(GROUPS):
        cognito_user_pool.create_group(group)
    cognito_triggers.register(POST_CONFIRMATION, post_confirmation.handler)
    cognito_triggers.register(PRE_SIGN_UP, pre_sign_up.handler)
    cognito_triggers.register(PRE_TOKEN_GENERATION, pre_token_generation.handler)
    cognito_triggers.register(USER_MIGRATION, user_migration.handler)


@pytest.fixture
def old_users(tmp_path: Path) -> Path:
    """The database that the old application left."""
    with closing(sqlite3.connect(tmp_path / "old.db")) as db, db:
        db.execute(OLD_TABLE)
        db.executemany("INSERT INTO user VALUES (?, ?, ?, ?)", OLD_USERS)
    return tmp_path / "old.db"


@pytest.fixture(autouse=True)
def environment(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    old_users: Path,
    cognito_user_pool: UserPool,
    cognito_app_client: AppClient,
) -> None:
    monkeypatch.setenv("COGNITO_USER_POOL_ID", cognito_user_pool.id)
    monkeypatch.setenv("COGNITO_CLIENT_ID", cognito_app_client.id)
    monkeypatch.setenv("NOTES_DATABASE", str(tmp_path / "notes.db"))
    monkeypatch.setenv("NOTES_OLD_USERS", str(old_users))


@pytest.fixture
def service() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def site_url() -> str:
    """Where the site is."""
    return "https://notes.example"


@pytest.fixture
def site_app_client(
    monkeypatch: pytest.MonkeyPatch, site_url: str, cognito: Cognito, cognito_user_pool: UserPool
) -> AppClient:
    """What the site needs is deployed: domain, identity providers and an app client. Globex has its provider."""
    cognito.providers.saml(GLOBEX)
    cognito_user_pool.call("CreateUserPoolDomain", **DOMAIN)
    for provider in IDENTITY_PROVIDERS:
        cognito_user_pool.call("CreateIdentityProvider", **provider)
    client = cognito_user_pool.create_client(**site_client(site_url))
    cognito_user_pool.call("CreateManagedLoginBranding", ClientId=client.id, **STYLE)
    assert client.secret is not None
    monkeypatch.setenv("NOTES_URL", site_url)
    monkeypatch.setenv("COGNITO_SITE_CLIENT_ID", client.id)
    monkeypatch.setenv("COGNITO_SITE_CLIENT_SECRET", client.secret)
    return client


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
