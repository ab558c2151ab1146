"""Threat protection and logs in the region of a replica."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import replicated
from tests.support.app import App
from tests.support.refusals import refusal
from tests.support.replicated import replicate
from tests.support.settings import SES
from tests.support.threats import FULL, NOTIFY, SIGN_IN_BLOCKED, configure, event

pytestmark = pytest.mark.needs("CreateUserPoolReplica")
SECOND_SENDER = "arn:aws:ses:eu-west-1:123456789012:identity/second@example.com"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return replicated.make_pool(cognito, UserPoolAddOns=FULL, EmailConfiguration=SES)


def takeover(action: str = "BLOCK", **notify: str) -> dict[str, Any]:
    actions = {"HighAction": {"EventAction": action, "Notify": True}}
    return {"AccountTakeoverRiskConfiguration": {"Actions": actions, "NotifyConfiguration": {**NOTIFY, **notify}}}


def risks(app: App, **more: str) -> dict[str, Any]:
    found = app.call("describe_risk_configuration", UserPoolId=app.pool_id, **more)["RiskConfiguration"]
    return {name: value for name, value in found.items() if name.endswith("RiskConfiguration")}


def deliveries(app: App) -> list[Any]:
    answer = app.call("get_log_delivery_configuration", UserPoolId=app.pool_id)
    found: list[Any] = answer["LogDeliveryConfiguration"]["LogConfigurations"]
    return found


def test_the_sender_of_messages_alone_is_of_the_region(cognito: Cognito, app: App) -> None:
    configure(app, **takeover())
    secondary = replicate(app)
    assert risks(secondary) == takeover()
    own = {"SourceArn": SECOND_SENDER, "From": "second@example.com"}
    configure(secondary, **takeover(**own))
    assert (risks(app), risks(secondary)) == (takeover(), takeover(**own))

    others: list[dict[str, Any]] = [takeover("NO_ACTION", **own), {}, {"RiskExceptionConfiguration": {}}]
    for settings in others:
        refused = refusal(configure, app=secondary, **settings)
        assert "must be those of the primary user pool" in refused.message
    assert risks(secondary) == takeover(**own)
    configure(app, **takeover("NO_ACTION"))
    assert risks(secondary) == takeover("NO_ACTION", **own)
    configure(app)
    assert risks(secondary) == {}


def test_a_risk_is_responded_to_there(cognito: Cognito, app: App) -> None:
    configure(app, **takeover())
    secondary = replicate(app)
    configure(secondary, **takeover(SourceArn=SECOND_SENDER, From="second@example.com"))
    cognito.threats.risk("alice", "High")

    assert refusal(secondary.sign_in) == SIGN_IN_BLOCKED
    assert event(app)["EventResponse"] == "Fail"


def test_logs_go_where_the_region_says(app: App) -> None:
    def log(region: str) -> dict[str, Any]:
        group = f"arn:aws:logs:{region}:123456789012:log-group:notes"
        destination = {"CloudWatchLogsConfiguration": {"LogGroupArn": group}}
        return {"LogLevel": "INFO", "EventSource": "userAuthEvents", **destination}

    here, there = [log("us-east-1")], [log(replicated.SECONDARY)]
    app.call("set_log_delivery_configuration", UserPoolId=app.pool_id, LogConfigurations=here)
    secondary = replicate(app, status=None)
    assert deliveries(secondary) == []
    secondary.call("set_log_delivery_configuration", UserPoolId=app.pool_id, LogConfigurations=there)
    assert (deliveries(app), deliveries(secondary)) == (here, there)

    app.call("delete_user_pool_replica", UserPoolId=app.pool_id, RegionName=replicated.SECONDARY)
    assert deliveries(replicate(app, status=None)) == []
    assert deliveries(app) == here
