"""The domain of a pool's replica in another region: users of the pool sign in there, as long as it is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_cognito.cognito import Cognito
from tests.support import replicated
from tests.support.app import App
from tests.support.hosted import OAUTH, PREFIX, Hosted, parameters, refused, said
from tests.support.jwts import claims
from tests.support.replicated import SECONDARY, replicate

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

pytestmark = pytest.mark.needs("CreateUserPoolReplica")


@pytest.fixture
def app(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> App:
    return App(cognito_idp, replicated.make_pool(cognito))


def test_an_active_replica(app: App) -> None:
    secondary = replicate(app)
    secondary.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain=PREFIX)
    there = Hosted(app.pool, app.pool.create_client(**OAUTH), SECONDARY)
    tokens = there.tokens()
    assert claims(tokens["access_token"])["iss"] == app.pool.issuer
    assert said(there.user_info(tokens["access_token"]))["username"] == "alice"
    said(there.refresh(tokens["refresh_token"]))
    assert there.authorize().startswith("https://app.example.com/callback?code=")


def test_an_inactive_replica(app: App) -> None:
    secondary = replicate(app, status="INACTIVE")
    secondary.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain=PREFIX)
    there = Hosted(app.pool, app.pool.create_client(**OAUTH), SECONDARY)
    assert "is not enabled in this region" in parameters(there.authorize())["error"]
    assert refused(there.refresh("x"))[1]["error"] == "invalid_request"
