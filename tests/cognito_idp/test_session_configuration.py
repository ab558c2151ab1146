"""Whether a pool tracks sessions, and what pool and app client are configured to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import App, MakeApp
from tests.support.refusals import Refusal, invalid_parameter, no_client, no_pool, refusal

pytestmark = pytest.mark.needs("SetUserPoolSessionConfiguration")

NOT_ON_LITE = Refusal(
    "FeatureUnavailableInTierException",
    "The following features need to be disabled for the LITE pricing tier configured: Session Tracking",
)


def track(app: App, tracking: str = "ENABLED", most: int = 20) -> dict[str, Any]:
    return app.call(
        "set_user_pool_session_configuration",
        UserPoolId=app.pool_id,
        UserSessionTracking=tracking,
        TokenSession={"MaxPerUser": most},
    )


def reuse(app: App, minutes: int, **more: Any) -> dict[str, Any]:
    ids = {"UserPoolId": app.pool_id, "ClientId": app.client_id, **more}
    return app.call("set_user_pool_client_session_configuration", **ids, SSOSession={"MaxValidityMinutes": minutes})


def reused(app: App) -> int:
    answer = app.call("get_user_pool_client_session_configuration", UserPoolId=app.pool_id, ClientId=app.client_id)
    assert (answer["UserPoolId"], answer["ClientId"]) == (app.pool_id, app.client_id)
    return int(answer["SSOSession"]["MaxValidityMinutes"])


def test_a_new_pool_tracks_no_sessions(app: App) -> None:
    assert app.call("get_user_pool_session_configuration", UserPoolId=app.pool_id) == {
        "UserPoolId": app.pool_id,
        "UserSessionTracking": "DISABLED",
        "TokenSession": {"MaxPerUser": 20},
    }
    assert reused(app) == 60


def test_what_is_set_is_answered_and_kept(app: App) -> None:
    answer = track(app, most=3)

    assert answer == {
        "UserPoolId": app.pool_id,
        "UserSessionTracking": "ENABLED",
        "TokenSession": {"MaxPerUser": 3},
    }
    assert app.call("get_user_pool_session_configuration", UserPoolId=app.pool_id) == answer
    assert reuse(app, 0)["SSOSession"] == {"MaxValidityMinutes": 0}
    assert reused(app) == 0


def test_other_settings_of_pool_and_client_keep_it(app: App) -> None:
    track(app, most=3)
    reuse(app, 90)
    app.call("update_user_pool", UserPoolId=app.pool_id)
    app.call("update_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)

    kept = app.call("get_user_pool_session_configuration", UserPoolId=app.pool_id)
    assert (kept["UserSessionTracking"], kept["TokenSession"]) == ("ENABLED", {"MaxPerUser": 3})
    assert reused(app) == 90


def test_what_a_client_is_configured_to_outlasts_that_tracking_is_off(app: App) -> None:
    track(app)
    reuse(app, 90)
    track(app, "DISABLED")
    assert reused(app) == 90
    refused = refusal(reuse, app=app, minutes=30)
    assert refused == invalid_parameter("Session tracking must be enabled for the user pool to configure SSO sessions.")
    track(app)
    assert reused(app) == 90


def test_a_user_has_a_hundred_sessions_at_most(app: App) -> None:
    assert refusal(track, app=app, most=101).code == "InvalidParameterException"
    assert track(app, most=100)["TokenSession"] == {"MaxPerUser": 100}


def test_an_sso_session_is_reused_for_ninety_days_at_most(app: App) -> None:
    track(app)
    assert refusal(reuse, app=app, minutes=129_601).code == "InvalidParameterException"
    assert reuse(app, 129_600)["SSOSession"] == {"MaxValidityMinutes": 129_600}


def test_the_lite_plan_has_no_session_tracking(make_app: MakeApp) -> None:
    lite = make_app(UserPoolTier="LITE")
    assert refusal(track, app=lite) == NOT_ON_LITE
    assert refusal(track, app=lite, tracking="DISABLED") == NOT_ON_LITE
    assert refusal(reuse, app=lite, minutes=5) == NOT_ON_LITE
    tracked = lite.call("get_user_pool_session_configuration", UserPoolId=lite.pool_id)["UserSessionTracking"]
    assert tracked == "DISABLED"


def test_a_pool_that_tracks_sessions_is_not_moved_to_lite(app: App) -> None:
    track(app)
    lite = {"UserPoolId": app.pool_id, "UserPoolTier": "LITE"}
    assert refusal(app.idp.update_user_pool, **lite) == NOT_ON_LITE
    track(app, "DISABLED")
    app.call("update_user_pool", **lite)


def test_pools_and_clients_that_do_not_exist(app: App, make_app: MakeApp) -> None:
    nowhere = "us-east-1_Nowhere00"
    other = make_app()
    for operation in ("get_user_pool_session_configuration", "get_user_pool_client_session_configuration"):
        client = {"ClientId": app.client_id} if "client" in operation else {}
        assert refusal(getattr(app.idp, operation), UserPoolId=nowhere, **client) == no_pool(nowhere)
    assert refusal(reuse, app=app, minutes=5, ClientId=other.client_id) == no_client(other.client_id)
    assert refusal(reuse, app=app, minutes=5, UserPoolId=nowhere) == no_pool(nowhere)
