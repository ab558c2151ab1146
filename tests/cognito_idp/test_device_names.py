"""The names of devices in events, by user agent."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import MakeApp
from tests.support.threats import AUDIT, event, sign_in_from

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
NAMES = {
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/125.0.0.0 Safari/537.36": "Chrome 125, Windows 10",
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/125.0.0.0 Safari/537.36 Edg/124.0": "Edge 124, Windows 10",
    f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/125.0.0.0 Safari/537.36 OPR/110.0": "Opera 110, Linux",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:126.0) Gecko/20100101 Firefox/126.0": "Firefox 126, Mac OS X 10",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {WEBKIT} Version/17.4 Mobile/15E148 Safari/604.1": (
        "Safari 17, iOS 17"
    ),
    f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {WEBKIT} Chrome/125.0 Mobile Safari/537.36": "Chrome 125, Android 14",
    "Boto3/1.40": "Boto3 1",
    "curl/8.5": "unknown",
}


def test_browsers_and_systems(cognito: Cognito, make_app: MakeApp) -> None:
    app = make_app(UserPoolAddOns=AUDIT)
    app.pool.create_user("alice")

    for agent, name in NAMES.items():
        sign_in_from(app, "203.0.113.7", agent)
        assert event(app)["EventContextData"]["DeviceName"] == name


@pytest.mark.parametrize("agent", ["Chrome/125 Windows NT 10.0", "x" * 5000 + " Version/" + "9" * 5000])
def test_odd_ones(cognito: Cognito, make_app: MakeApp, agent: str) -> None:
    app = make_app(UserPoolAddOns=AUDIT)
    app.pool.create_user("alice")

    sign_in_from(app, "203.0.113.7", agent)

    assert event(app)["EventContextData"]["DeviceName"] in ("Chrome 125, Windows 10", "unknown")
