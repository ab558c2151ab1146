"""An API by Django REST framework, with tokens that djangorestframework-simplejwt or django-cognito-jwt verifies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.web_apps import DJANGO, REGION, SPOILED, needs

needs(*DJANGO)

from django.test import Client, override_settings
from django_cognito_jwt import JSONWebTokenAuthentication
from rest_framework_simplejwt import state
from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from pytest_cognito import Tokens, UserPool

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


IdToken = type("IdToken", (Token,), {"token_type": "id", "lifetime": timedelta(hours=1)})
"""An ID token, whose audience is the app client. Access tokens of a sign-in have none."""


class Authentication(JSONWebTokenAuthentication):  # type: ignore[misc]  # it has no annotations
    """What django-cognito-jwt leaves to the application: which user a token is of."""

    def get_user_model(self) -> Any:
        return SimpleNamespace(objects=self)

    def get_or_create_for_cognito(self, claims: dict[str, str]) -> AbstractUser:
        from django.contrib.auth.models import User

        return User.objects.get_or_create(username=claims["sub"])[0]


@pytest.fixture(params=[JWTStatelessUserAuthentication, Authentication], ids=["simplejwt", "django-cognito-jwt"])
def settings(pool: UserPool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """simplejwt reads its settings when it is imported, and keeps them: an application's pool has an ID of its own."""
    kind = request.param
    backend = TokenBackend("RS256", audience=pool.client.id, issuer=pool.issuer, jwk_url=pool.jwks_uri)
    monkeypatch.setattr(state, "token_backend", backend)
    monkeypatch.setattr(api_settings, "TOKEN_TYPE_CLAIM", "token_use")
    monkeypatch.setattr(api_settings, "USER_ID_CLAIM", "sub")
    monkeypatch.setattr(api_settings, "AUTH_TOKEN_CLASSES", (IdToken,))
    with override_settings(
        API_AUTHENTICATION=f"{kind.__module__}.{kind.__name__}",
        COGNITO_AWS_REGION=REGION,
        COGNITO_USER_POOL=pool.id,
        COGNITO_AUDIENCE=pool.client.id,
    ):
        yield


def call(site: Client, tokens: Tokens) -> Any:
    return site.get("/api/caller", headers={"authorization": f"Bearer {tokens.id_token}"})


@pytest.mark.usefixtures("settings")
def test_a_token(site: Client, cognito_tokens: Tokens) -> None:
    assert call(site, cognito_tokens).json() == {"user": cognito_tokens.claims["sub"]}


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("spoil", [*SPOILED, "wrong_issuer", "swapped"])
def test_spoiled_tokens(site: Client, cognito_tokens: Tokens, spoil: str) -> None:
    assert call(site, getattr(cognito_tokens, spoil)()).status_code == 401
