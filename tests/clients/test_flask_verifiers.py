"""Flask's add-ons that verify the tokens of a user pool: Flask-Cognito and Flask-JWT-Extended."""

from __future__ import annotations

import jwt
import pytest

from tests.support.web_apps import REGION, SPOILED, needs

needs("flask_cognito", "flask_jwt_extended")

from flask import Flask
from flask.testing import FlaskClient
from flask_cognito import CognitoAuth, cognito_auth_required, current_cognito_jwt
from flask_jwt_extended import JWTManager, get_jwt_identity, jwt_required

from pytest_cognito import Tokens, UserPool


@pytest.fixture
def http(pool: UserPool) -> FlaskClient:
    """A client of an application with a path for each add-on."""
    app = Flask("notes")
    app.config.update(
        COGNITO_REGION=REGION,
        COGNITO_USERPOOL_ID=pool.id,
        COGNITO_APP_CLIENT_ID=pool.client.id,
        JWT_ALGORITHM="RS256",
        JWT_DECODE_AUDIENCE=pool.client.id,
        JWT_DECODE_ISSUER=pool.issuer,
        JWT_PUBLIC_KEY="found by the loader",
    )
    CognitoAuth(app)
    keys = jwt.PyJWKClient(pool.jwks_uri)

    def key(header: dict[str, str], _: dict[str, str]) -> object:
        return keys.get_signing_key(header["kid"]).key

    JWTManager(app).decode_key_loader(key)
    app.add_url_rule("/cognito", "cognito", cognito_auth_required(lambda: current_cognito_jwt["sub"]))
    app.add_url_rule("/extended", "extended", jwt_required()(get_jwt_identity))
    return app.test_client()


@pytest.mark.parametrize("path", ["/cognito", "/extended"])
def test_a_token(http: FlaskClient, cognito_tokens: Tokens, path: str) -> None:
    answer = http.get(path, headers={"Authorization": f"Bearer {cognito_tokens.id_token}"})
    assert (answer.status_code, answer.text) == (200, cognito_tokens.claims["sub"])


@pytest.mark.parametrize("path", ["/cognito", "/extended"])
@pytest.mark.parametrize("spoil", SPOILED)
def test_spoiled_tokens(http: FlaskClient, cognito_tokens: Tokens, path: str, spoil: str) -> None:
    spoiled: Tokens = getattr(cognito_tokens, spoil)()
    answer = http.get(path, headers={"Authorization": f"Bearer {spoiled.id_token}"})
    assert answer.status_code in {401, 422}
