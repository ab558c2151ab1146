"""DcrConfiguration: whether applications may register app clients of a pool."""

from __future__ import annotations

from typing import Any

import jwt
import pytest

from tests.support.app import App, MakeApp
from tests.support.refusals import refusal
from tests.support.resource_servers import with_flows

pytestmark = pytest.mark.needs("CreateUserPoolRequest.DcrConfiguration")

OFF = {"EnableStatus": "Disabled", "OpenDcrEnabled": False}
ON = {"EnableStatus": "Enabled", "OpenDcrEnabled": False}


def configuration(app: App) -> Any:
    return app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"].get("DcrConfiguration")


def update(app: App, **settings: Any) -> None:
    app.call("update_user_pool", UserPoolId=app.pool_id, **settings)


def test_a_pool_has_none_of_itself(app: App) -> None:
    assert configuration(app) is None


def test_a_configuration_is_on_unless_it_says_otherwise(make_app: MakeApp) -> None:
    app = make_app(DcrConfiguration={"OpenDcrEnabled": True, "AllowedScopes": ["notes/read"]})
    assert configuration(app) == {"EnableStatus": "Enabled", "OpenDcrEnabled": True, "AllowedScopes": ["notes/read"]}


def test_an_update_keeps_or_replaces_it(make_app: MakeApp) -> None:
    app = make_app(DcrConfiguration={"OpenDcrEnabled": True, "OpenDcrGrantTypes": []})
    before = configuration(app)
    update(app, DeletionProtection="INACTIVE")
    assert configuration(app) == before
    update(app, DcrConfiguration={})
    assert configuration(app) == ON


def test_a_pool_on_lite_has_it_off(make_app: MakeApp) -> None:
    app = make_app(DcrConfiguration={})
    tier = "FeatureUnavailableInTierException"
    assert refusal(app.idp.create_user_pool, PoolName="lite", UserPoolTier="LITE", DcrConfiguration=ON).code == tier
    assert refusal(app.idp.update_user_pool, UserPoolId=app.pool_id, UserPoolTier="LITE").code == tier
    assert configuration(app) == ON
    update(app, UserPoolTier="LITE", DcrConfiguration={"EnableStatus": "Disabled"})
    assert configuration(app) == OFF


def test_a_client_may_have_the_scope_for_registration(app: App) -> None:
    registrar = with_flows(app, "ALLOW_CLIENT_TOKEN_AUTH", scopes=("aws.cognito/dcr/register",))
    ids = {"ClientId": registrar.client_id, "Secret": registrar.client.secret}
    answer = app.call("get_client_token", **ids)["ClientAuthenticationResult"]
    claims = jwt.decode(answer["AccessToken"], options={"verify_signature": False})
    assert claims["scope"] == "aws.cognito/dcr/register"
