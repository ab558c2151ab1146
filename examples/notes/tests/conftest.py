"""What every test starts from: the deployed pool with its triggers, and the service configured for it."""

import pytest
from fastapi.testclient import TestClient

from infrastructure import GROUPS, POST_CONFIRMATION, PRE_TOKEN_GENERATION
from notes_service.app import app
from notes_service.lambdas import post_confirmation, pre_token_generation


@pytest.fixture(autouse=True)
def groups_and_triggers(cognito_user_pool, cognito_triggers):
    for group in sorted(GROUPS):
        cognito_user_pool.create_group(group)
    cognito_triggers.register(POST_CONFIRMATION, post_confirmation.handler)
    cognito_triggers.register(PRE_TOKEN_GENERATION, pre_token_generation.handler)


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path, cognito_user_pool, cognito_app_client):
    monkeypatch.setenv("COGNITO_USER_POOL_ID", cognito_user_pool.id)
    monkeypatch.setenv("COGNITO_CLIENT_ID", cognito_app_client.id)
    monkeypatch.setenv("NOTES_DATABASE", str(tmp_path / "notes.db"))


@pytest.fixture
def service():
    with TestClient(app) as client:
        yield client
