"""The events that threat protection records: what they are of, what they know, how they are listed."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import jwt
import pytest
import requests

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.server.socket import Server
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.codes import last_code
from tests.support.refusals import PAGINATION_TOKEN_INVALID, USER_NOT_FOUND, invalid_parameter, no_pool, refusal
from tests.support.threats import CHROME, FULL, context_data, encoded, event, events, sign_in_from

LIST = "admin_list_user_auth_events"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL, AutoVerifiedAttributes=["email"])
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def told(found: dict[str, Any]) -> tuple[str, str]:
    return found["EventType"], found["EventResponse"]


def test_a_sign_in_and_its_tokens_have_the_same_id(app: App) -> None:
    tokens = app.sign_in()
    refreshed = app.refresh(tokens["RefreshToken"])

    found = event(app)
    assert found["EventRisk"] == {"RiskDecision": "NoRisk", "CompromisedCredentialsDetected": False}
    assert found["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Success"}]
    assert found["EventContextData"] == {"IpAddress": "127.0.0.1", "DeviceName": ANY}
    assert "otocore" in found["EventContextData"]["DeviceName"]
    assert "EventFeedback" not in found
    ids = {
        jwt.decode(one[name], options={"verify_signature": False})["event_id"]
        for one in (tokens, refreshed)
        for name in ("IdToken", "AccessToken")
    }
    assert ids == {found["EventId"]}
    assert len(events(app)) == 1
    assert app.call("get_user", AccessToken=tokens["AccessToken"])["Username"] == "alice"


def test_every_kind_of_activity_is_recorded(cognito: Cognito, app: App) -> None:
    app.sign_up("bob", {"email": "bob@example.com"})
    app.public("resend_confirmation_code", "bob")
    app.confirm("bob", last_code(cognito.outbox, "bob@example.com"))
    app.public("forgot_password", "bob")
    code = last_code(cognito.outbox, "bob@example.com")
    reset = {"ConfirmationCode": code, "Password": NEW_PASSWORD}
    refusal(app.public, operation="confirm_forgot_password", username="bob", **{**reset, "ConfirmationCode": "1"})
    app.public("confirm_forgot_password", "bob", **reset)
    refusal(app.sign_in, username="bob")
    token = app.access_token("bob", NEW_PASSWORD)
    change = {"AccessToken": token, "ProposedPassword": PASSWORD}
    refusal(app.idp.change_password, **change, PreviousPassword="Wr0ng-horse!")
    app.call("change_password", **change, PreviousPassword=NEW_PASSWORD)

    assert [told(found) for found in reversed(events(app, "bob"))] == [
        ("SignUp", "Pass"),
        ("ResendCode", "Pass"),
        ("ForgotPassword", "Pass"),
        ("PasswordChange", "Fail"),
        ("PasswordChange", "Pass"),
        ("SignIn", "Fail"),
        ("SignIn", "Pass"),
        ("PasswordChange", "Fail"),
        ("PasswordChange", "Pass"),
    ]
    assert events(app) == []


def test_a_failure_records_nothing_else(app: App) -> None:
    app.public("forgot_password")
    before = app.admin("admin_get_user")

    refusal(app.sign_in, password="Wr0ng-horse!")

    assert event(app)["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Failure"}]
    assert app.admin("admin_get_user") == before


def test_requests_of_nobody_and_malformed_ones_are_not_recorded(cognito: Cognito, app: App, make_app: MakeApp) -> None:
    hiding = app.with_client(PreventUserExistenceErrors="ENABLED")
    refusal(app.sign_in, username="nobody")
    refusal(hiding.sign_in, username="nobody")
    hiding.public("forgot_password", "nobody")
    refusal(app.initiate_auth, flow="USER_PASSWORD_AUTH", USERNAME="alice")

    assert events(app) == []
    assert len(cognito.logs) == 1  # the forgotten password of nobody


class TestContext:
    """What is known of a user's device."""

    def test_of_a_server(self, cognito: Cognito, app: App) -> None:
        cognito.threats.locate("203.0.113.0/24", city="Seattle", country="United States")
        sign_in_from(app, "203.0.113.7")

        assert event(app)["EventContextData"] == {
            "IpAddress": "203.0.113.7",
            "DeviceName": "Chrome 125, Windows 10",
            "City": "Seattle",
            "Country": "United States",
        }

    @pytest.mark.parametrize("propagates", [True, False])
    def test_of_an_app(self, app: App, propagates: bool) -> None:
        client = app.with_client(GenerateSecret=True, EnablePropagateAdditionalUserContextData=propagates)
        data = encoded(UserAgent=CHROME, ClientTimezone="-07:00")
        secret = client.client.secret_hash("alice")
        client.call(
            "initiate_auth",
            ClientId=client.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD, "SECRET_HASH": secret},
            UserContextData={"IpAddress": "203.0.113.7", "EncodedData": data},
        )

        assert event(app)["EventContextData"] == {
            "IpAddress": "203.0.113.7" if propagates else "127.0.0.1",
            "DeviceName": "Chrome 125, Windows 10",
            "Timezone": "-07:00",
        }

    def test_of_a_browser(self, cognito_server: Server, app: App) -> None:
        target = "AWSCognitoIdentityProviderService.InitiateAuth"
        call = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": app.client_id}
        given = {"USERNAME": "alice", "PASSWORD": PASSWORD}
        headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1", "User-Agent": CHROME}
        requests.post(cognito_server.endpoint_url, json={**call, "AuthParameters": given}, headers=headers, timeout=5)

        assert event(app)["EventContextData"] == {"IpAddress": "127.0.0.1", "DeviceName": "Chrome 125, Windows 10"}

    def test_an_address_of_a_client_without_a_secret_is_not_read(self, app: App) -> None:
        app.public("forgot_password", UserContextData={"IpAddress": "not an address"})

        assert event(app)["EventContextData"]["IpAddress"] == "127.0.0.1"

    @pytest.mark.parametrize("data", ["", "not base64", "bm90IEpTT04=", "e30=", "eyJwYXlsb2FkIjogIltdIn0="])
    def test_malformed_data_tells_nothing(self, app: App, data: str) -> None:
        app.public("forgot_password", UserContextData={"EncodedData": data})

        assert event(app)["EventContextData"] == {"IpAddress": "127.0.0.1", "DeviceName": ANY}

    def test_a_malformed_address_is_refused(self, app: App) -> None:
        client = app.with_client(GenerateSecret=True, EnablePropagateAdditionalUserContextData=True)
        secret = client.client.secret_hash("alice")
        wrong = {"IpAddress": "203.0.113.256"}

        for call, more in (
            (client.public, {"operation": "forgot_password", "SecretHash": secret, "UserContextData": wrong}),
            (client.public, {"operation": "resend_confirmation_code", "SecretHash": secret, "UserContextData": wrong}),
        ):
            assert refusal(call, **more).code == "InvalidParameterException"
        assert refusal(sign_in_from, app=app, ip="here").code == "InvalidParameterException"
        assert events(app) == []


class TestListing:
    """AdminListUserAuthEvents."""

    def test_its_pages(self, app: App) -> None:
        for _ in range(5):
            app.sign_in()

        pages = app.pages(LIST, 2, Username="alice")

        assert [len(page["AuthEvents"]) for page in pages] == [2, 2, 1]
        listed = [found for page in pages for found in page["AuthEvents"]]
        assert listed == events(app)
        last = pages[0]["AuthEvents"][-1]
        event_id, _, time = pages[0]["NextToken"].partition("#")
        assert event_id == last["EventId"]
        assert time.endswith("Z")

    def test_the_newest_is_first_and_sixty_at_most(self, app: App) -> None:
        for _ in range(61):
            app.sign_in()

        answer = app.admin(LIST, MaxResults=0)

        assert len(answer["AuthEvents"]) == 60
        dates = [found["CreationDate"] for found in answer["AuthEvents"]]
        assert dates == sorted(dates, reverse=True)
        assert len(app.admin(LIST, NextToken=answer["NextToken"])["AuthEvents"]) == 1

    def test_tokens_of_others_are_refused(self, app: App) -> None:
        app.pool.create_user("bob")
        for name in ("alice", "bob"):
            app.sign_in(name)
            app.sign_in(name)
        token = app.admin(LIST, "bob", MaxResults=1)["NextToken"]

        for wrong in (token, "x", f"{token}0"):
            assert refusal(app.admin, operation=LIST, NextToken=wrong) == PAGINATION_TOKEN_INVALID

    def test_refusals(self, app: App) -> None:
        assert refusal(app.admin, operation=LIST, username="nobody") == USER_NOT_FOUND
        nowhere = "us-east-1_Nowhere00"
        assert refusal(app.idp.admin_list_user_auth_events, UserPoolId=nowhere, Username="alice") == no_pool(nowhere)
        assert refusal(app.admin, operation=LIST, MaxResults=61).code == invalid_parameter("").code

    def test_events_are_kept_for_two_years(self, cognito: Cognito, app: App) -> None:
        app.sign_in()
        cognito.clock.advance(days=729)
        app.sign_in()
        assert len(events(app)) == 2
        cognito.clock.advance(days=2)
        app.sign_in()

        assert len(events(app)) == 2


def test_headers_of_any_case_are_read(app: App) -> None:
    data = context_data("203.0.113.7")
    data["HttpHeaders"] = [{"headerName": "Accept"}, {"headerName": "USER-AGENT", "headerValue": CHROME}]
    app.call(
        "admin_initiate_auth",
        UserPoolId=app.pool_id,
        ClientId=app.client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ContextData=data,
    )

    assert event(app)["EventContextData"]["DeviceName"] == "Chrome 125, Windows 10"
