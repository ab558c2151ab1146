"""The responses of threat protection: how they are set, for a pool and for an app client."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp
from tests.support.refusals import no_client, no_pool, refusal
from tests.support.threats import FULL, NOTIFY, SIGN_IN_BLOCKED, configure, respond

ALL = ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"]
TAKEOVER: dict[str, Any] = {
    "NotifyConfiguration": NOTIFY,
    "Actions": {"LowAction": {"Notify": False, "EventAction": "NO_ACTION"}},
}
RANGES = {"BlockedIPRangeList": ["198.51.100.0/24", "2001:db8::/32"], "SkippedIPRangeList": ["203.0.113.7/32"]}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL)
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def described(app: App, **client: str) -> dict[str, Any]:
    found: dict[str, Any] = app.call("describe_risk_configuration", UserPoolId=app.pool_id, **client)[
        "RiskConfiguration"
    ]
    return found


def test_what_is_set_is_described_with_its_defaults(cognito: Cognito, app: App) -> None:
    set_now = configure(
        app,
        CompromisedCredentialsRiskConfiguration={"Actions": {"EventAction": "BLOCK"}},
        AccountTakeoverRiskConfiguration=TAKEOVER,
        RiskExceptionConfiguration=RANGES,
    )

    modified = set_now.pop("LastModifiedDate")
    assert abs(modified - cognito.clock.now()) < dt.timedelta(minutes=1)
    assert set_now == {
        "UserPoolId": app.pool_id,
        "CompromisedCredentialsRiskConfiguration": {"EventFilter": ALL, "Actions": {"EventAction": "BLOCK"}},
        "AccountTakeoverRiskConfiguration": TAKEOVER,
        "RiskExceptionConfiguration": RANGES,
    }
    assert described(app) == {**set_now, "LastModifiedDate": modified}


def test_what_is_set_replaces_all_that_was_set(app: App) -> None:
    configure(app, AccountTakeoverRiskConfiguration=TAKEOVER)
    configure(app, RiskExceptionConfiguration=RANGES)

    assert described(app).keys() == {"UserPoolId", "RiskExceptionConfiguration", "LastModifiedDate"}


def test_a_client_without_its_own_has_the_pools_and_may_get_it_back(cognito: Cognito, app: App) -> None:
    respond(app, "BLOCK")
    cognito.threats.risk("alice", "High")
    where = {"ClientId": app.client_id}
    nothing = {"UserPoolId": app.pool_id, "ClientId": app.client_id}
    assert described(app, **where) == nothing
    assert refusal(app.sign_in) == SIGN_IN_BLOCKED

    mine = configure(app, **where, RiskExceptionConfiguration=RANGES)
    assert described(app, **where) == mine
    assert app.sign_in()
    assert refusal(app.with_client().sign_in) == SIGN_IN_BLOCKED

    configure(app, **where)
    assert described(app, **where) == nothing
    assert refusal(app.sign_in) == SIGN_IN_BLOCKED


def test_a_pool_without_a_configuration_has_nothing_to_describe(app: App) -> None:
    configure(app, RiskExceptionConfiguration=RANGES)
    configure(app)

    assert described(app) == {"UserPoolId": app.pool_id}


@pytest.mark.parametrize(
    "settings",
    [
        {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["198.51.100.0/33"]}},
        {"RiskExceptionConfiguration": {"SkippedIPRangeList": ["198.51.100.7"]}},
        {"RiskExceptionConfiguration": {"BlockedIPRangeList": ["10.0.0.0/8"] * 201}},
        {
            "AccountTakeoverRiskConfiguration": {
                **TAKEOVER,
                "NotifyConfiguration": {**NOTIFY, "SourceArn": "arn:aws:sns:us-east-1:123456789012:topic"},
            }
        },
    ],
    ids=["mask", "no mask", "too many", "no identity"],
)
def test_a_configuration_that_is_not_allowed_changes_nothing(app: App, settings: dict[str, Any]) -> None:
    before = configure(app, AccountTakeoverRiskConfiguration=TAKEOVER)

    assert refusal(configure, app=app, **settings).code == "InvalidParameterException"
    assert described(app) == before


@pytest.mark.parametrize("operation", ["set_risk_configuration", "describe_risk_configuration"])
def test_who_has_none(app: App, make_app: MakeApp, operation: str) -> None:
    nowhere = "us-east-1_Nowhere00"
    plain = make_app(UserPoolTier="ESSENTIALS")
    ask = getattr(app.idp, operation)
    assert refusal(ask, UserPoolId=nowhere) == no_pool(nowhere)
    assert refusal(ask, UserPoolId=app.pool_id, ClientId=plain.client_id) == no_client(plain.client_id)
    assert refusal(ask, UserPoolId=plain.pool_id).code == "UserPoolAddOnNotEnabledException"


def test_a_deleted_client_takes_its_configuration_along(app: App) -> None:
    configure(app, RiskExceptionConfiguration=RANGES)
    configure(app, ClientId=app.client_id, RiskExceptionConfiguration=RANGES)

    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)

    assert "RiskExceptionConfiguration" in described(app)
