"""Changes to a lower feature plan: refused as long as the pool uses what that does not include."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support import mfa
from tests.support.app import App, MakeApp
from tests.support.recoveries import Recovery
from tests.support.refusals import refusal
from tests.support.settings import SES

GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:activity"
EVENTS = {
    "LogLevel": "INFO",
    "EventSource": "userAuthEvents",
    "CloudWatchLogsConfiguration": {"LogGroupArn": GROUP},
}


def use_email_mfa(app: App) -> Callable[[], object]:
    mfa.configure(app.pool, "OPTIONAL", mfa.TOTP, mfa.EMAIL_OTP)
    return lambda: mfa.configure(app.pool, "OPTIONAL", mfa.TOTP)


def export_activity(app: App) -> Callable[[], object]:
    def deliver(*configurations: dict[str, Any]) -> None:
        call = {"UserPoolId": app.pool_id, "LogConfigurations": list(configurations)}
        app.call("set_log_delivery_configuration", **call)

    deliver(EVENTS)
    return deliver


def recover(app: App) -> Callable[[], object]:
    recovery = Recovery.begin(app)
    return lambda: recovery.call("cancel")


@pytest.mark.parametrize(
    ("tier", "use"),
    [
        ("LITE", use_email_mfa),
        ("ESSENTIALS", export_activity),
        pytest.param("LITE", recover, marks=pytest.mark.needs("InitiatePointInTimeRecovery")),
    ],
)
def test_a_feature_is_turned_off_first(
    cognito: Cognito, make_app: MakeApp, tier: str, use: Callable[[App], Callable[[], object]]
) -> None:
    app = make_app(UserPoolTier="PLUS", EmailConfiguration=SES)
    cognito.clock.advance(hours=2)
    turn_off = use(app)
    # EmailConfiguration is reset where a request leaves it out.
    change: dict[str, Any] = {"UserPoolId": app.pool_id, "EmailConfiguration": SES, "UserPoolTier": tier}
    refused = refusal(app.idp.update_user_pool, **change)
    assert refused.code == "FeatureUnavailableInTierException"
    assert plan(app) == "PLUS"

    turn_off()
    app.call("update_user_pool", **change)
    assert plan(app) == tier


def plan(app: App) -> str:
    return str(app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["UserPoolTier"])
