"""A REST API whose functions answer with the event that they got."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito, Tokens, User, UserPool
from pytest_cognito.fronts.rest_api.api import RestApi


def echo(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A function that answers with its event."""
    return {"statusCode": 200, "body": json.dumps(event)}


@pytest.fixture
def notes(cognito: Cognito, cognito_user_pool: UserPool) -> RestApi:
    """Notes, which are read with an ID token and written with an access token that has a scope."""
    return cognito.rest_api(
        {
            "GET /notes": echo,
            "GET /notes/{id}": echo,
            "POST /notes": (echo, ["notes/write", "notes/admin"]),
            "GET /health": (echo, None),
            "ANY /files/{proxy+}": (echo, None),
        },
        authorizer=cognito_user_pool,
    )


@pytest.fixture
def tokens(cognito_user: User) -> Tokens:
    """Tokens whose access token has the scope to write notes."""
    return cognito_user.pool.tokens_for(cognito_user.username, scopes=["openid", "notes/write"])
