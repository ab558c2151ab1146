"""Which device and which address the sessions of users have."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import PASSWORD, App

pytestmark = pytest.mark.needs("ListUserSessions")

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Mobile/15E148 Safari/604.1"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0"


@pytest.fixture
def app(app: App) -> App:
    """A pool that tracks sessions, with alice."""
    tracking = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 20}}
    app.call("set_user_pool_session_configuration", UserPoolId=app.pool_id, **tracking)
    return app


def the_session(app: App) -> dict[str, Any]:
    (session,) = app.admin("admin_list_user_sessions")["Sessions"]
    return dict(session)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (CHROME, "Chrome 125, Windows 10"),
        (SAFARI, "Safari 17, iOS 17"),
        (FIREFOX, "Firefox 126, Linux"),
        ("curl/8", "unknown"),
    ],
)
def test_a_server_says_which_device_a_user_has(app: App, user_agent: str, device: str) -> None:
    headers = [{"headerName": "User-Agent", "headerValue": user_agent}]
    seen = {"IpAddress": "198.51.100.7", "ServerName": "notes", "ServerPath": "/", "HttpHeaders": headers}
    app.call(
        "admin_initiate_auth",
        UserPoolId=app.pool_id,
        ClientId=app.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ContextData=seen,
    )
    session = the_session(app)
    assert (session["DeviceType"], session["LastIPAddress"]) == (device, "198.51.100.7")


@pytest.mark.parametrize(("trusted", "address"), [(True, "198.51.100.7"), (False, "127.0.0.1")])
def test_an_app_says_the_users_address_if_its_client_may(app: App, trusted: bool, address: str) -> None:
    backend = app.with_client(GenerateSecret=True, EnablePropagateAdditionalUserContextData=trusted)
    user = {"USERNAME": "alice", "PASSWORD": PASSWORD, "SECRET_HASH": backend.client.secret_hash("alice")}
    backend.call(
        "initiate_auth",
        ClientId=backend.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters=user,
        UserContextData={"IpAddress": "198.51.100.7"},
    )
    assert the_session(app)["LastIPAddress"] == address


def test_otherwise_it_is_the_program_that_calls_on_this_machine(app: App) -> None:
    app.sign_in()
    session = the_session(app)
    assert "otocore" in session["DeviceType"]
    assert session["LastIPAddress"] == "127.0.0.1"


def test_a_session_is_where_the_test_says_that_its_address_is(cognito: Cognito, app: App) -> None:
    cognito.threats.locate("127.0.0.1", city="Seattle", country="United States")
    app.sign_in()
    assert the_session(app)["LastLocation"] == {"City": "Seattle", "Country": "United States"}
