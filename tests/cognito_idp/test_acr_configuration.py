"""The names of the authentication levels of a pool."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import PASSWORD, App, MakeApp
from tests.support.refusals import invalid_parameter, refusal
from tests.support.step_up import LEVELS, LOA1, aim, proof, step_up_app, tokens

pytestmark = pytest.mark.needs("CreateUserPoolRequest.AcrConfiguration")

NOT_UNIQUE = invalid_parameter("ACR values must be unique across all levels of the user pool.")


def named(*names: str) -> dict[str, Any]:
    """AcrConfiguration with names for the first levels."""
    return {f"Level{level}": {"AcrValue": name} for level, name in enumerate(names, 1)}


def configuration(app: App) -> dict[str, Any]:
    found: dict[str, Any] = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["AcrConfiguration"]
    return found


def test_a_pool_has_the_names_of_aws(make_app: MakeApp) -> None:
    assert configuration(make_app()) == named(*LEVELS)
    assert configuration(make_app(UserPoolTier="LITE")) == named(*LEVELS)


def test_some_levels_have_names_of_their_own(make_app: MakeApp) -> None:
    app = make_app(AcrConfiguration=named("bronze", "silver"))
    assert configuration(app) == named("bronze", "silver", *LEVELS[2:])


def test_an_update_replaces_them(make_app: MakeApp) -> None:
    app = make_app(AcrConfiguration=named("bronze"))
    app.call("update_user_pool", UserPoolId=app.pool_id, AcrConfiguration={"Level4": {"AcrValue": "gold"}})
    assert configuration(app) == {**named(*LEVELS), "Level4": {"AcrValue": "gold"}}
    app.call("update_user_pool", UserPoolId=app.pool_id)
    assert configuration(app) == named(*LEVELS)


def test_the_names_differ(app: App) -> None:
    for names in (named("gold", "gold"), named(LEVELS[1])):
        call = {"UserPoolId": app.pool_id, "AcrConfiguration": names}
        assert refusal(app.idp.update_user_pool, **call) == NOT_UNIQUE
        assert refusal(app.idp.create_user_pool, PoolName="acr", AcrConfiguration=names) == NOT_UNIQUE
    swapped = named(LEVELS[1], LEVELS[0])
    app.call("update_user_pool", UserPoolId=app.pool_id, AcrConfiguration=swapped)
    assert configuration(app)["Level1"] == {"AcrValue": LEVELS[1]}


@pytest.mark.parametrize("name", ["two words", 'a"quote', "back\\slash", "x" * 65])
def test_a_name_is_made_of_characters_of_a_url(app: App, name: str) -> None:
    call = {"UserPoolId": app.pool_id, "AcrConfiguration": named(name)}
    assert refusal(app.idp.update_user_pool, **call).code == "InvalidParameterException"


def test_the_lite_plan_has_no_names_of_its_own(app: App) -> None:
    call = {"UserPoolId": app.pool_id, "UserPoolTier": "LITE", "AcrConfiguration": named("bronze")}
    assert refusal(app.idp.update_user_pool, **call).code == "FeatureUnavailableInTierException"


def test_tokens_have_the_pools_name(make_app: MakeApp) -> None:
    app = step_up_app(make_app, AcrConfiguration=named("bronze"))
    answer = aim(app, "bronze", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert proof(tokens(answer)) == ("bronze", ["pwd"])
    assert refusal(aim, app=app, TARGET_ACR_VALUES=LOA1).code == "InvalidParameterException"
