"""Facebook, as an application meets it."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests_oauthlib import OAuth2Session
from requests_oauthlib.compliance_fixes import facebook_compliance_fix

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.facebook import Facebook
from tests.support.provider_pages import CALLBACK, address, bearer, get, redeem, sent, soup, submit

DIALOG = "https://www.facebook.com/v17.0/dialog/oauth"
TOKEN = "https://graph.facebook.com/v17.0/oauth/access_token"
ME = "https://graph.facebook.com/v17.0/me"


@pytest.fixture
def facebook(cognito: Cognito) -> Facebook:
    facebook = cognito.providers.facebook
    facebook.add_user("10", email="ann@example.com", name="Ann Lee", given_name="Ann", picture="https://e.com/a.png")
    return facebook


def test_a_sign_in_by_requests_oauthlib(facebook: Facebook) -> None:
    app = facebook_compliance_fix(OAuth2Session("app", redirect_uri=CALLBACK, scope=["public_profile", "email"]))
    url, _ = app.authorization_url(DIALOG)

    back = submit(url, sub="10").headers["Location"]
    assert back.endswith("#_=_")
    app.fetch_token(TOKEN, client_secret="s", authorization_response=back)

    found = app.get(f"{ME}?fields=id,email,first_name,picture{{url}},last_name").json()
    picture = {"height": 50, "width": 50, "is_silhouette": False, "url": "https://e.com/a.png"}
    assert found == {"id": "10", "email": "ann@example.com", "first_name": "Ann", "picture": {"data": picture}}


def test_a_code_by_get_as_cognito_sends_it(facebook: Facebook) -> None:
    facebook.introduce({"client_id": "app", "client_secret": "s3cret"})
    code = sent(submit(address(DIALOG, scope="public_profile"), sub="10"))["code"]
    asked = {"client_id": "app", "client_secret": "s3cret", "redirect_uri": CALLBACK, "code": code}

    answer = requests.get("https://graph.facebook.com/oauth/access_token", params=asked, timeout=5).json()

    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 5184000)
    assert bearer(f"{ME}?fields=id,email", answer["access_token"]) == {"id": "10"}
    assert bearer(ME, answer["access_token"]) == {"id": "10", "name": "Ann Lee"}


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        ({"client_secret": "wrong"}, 1, "Error validating client secret."),
        ({"code": "x"}, 100, "This authorization code has been used."),
        ({"redirect_uri": "https://other.example.com"}, 100, "redirect_uri is identical"),
    ],
)
def test_what_the_token_endpoint_refuses(facebook: Facebook, fields: dict[str, str], code: int, said: str) -> None:
    facebook.add_client("app", "s3cret")
    good = sent(submit(address(DIALOG), sub="10"))["code"]

    refused = redeem(TOKEN, **{"code": good, "client_secret": "s3cret", **fields})

    error = refused.json()["error"]
    assert (refused.status_code, error["type"], error["code"]) == (400, "OAuthException", code)
    assert said in error["message"]


def test_a_field_that_is_not_there(facebook: Facebook) -> None:
    error = bearer(f"{ME}?fields=id,email_verified", facebook.token("10"))["error"]

    assert error["message"] == "(#100) Tried accessing nonexisting field (email_verified) on node type (User)"


def test_a_user_who_cancels(facebook: Facebook) -> None:
    answer = sent(submit(address(DIALOG), decision="deny"))

    assert answer.items() >= {"error": "access_denied", "error_reason": "user_denied", "error_code": "200"}.items()


def test_an_error_of_the_request_is_shown_to_the_user(facebook: Facebook) -> None:
    assert "response_type" in soup(get(address(DIALOG, response_type=None))).get_text()


def told(token: str) -> Any:
    """What Facebook says of an access token."""
    url = "https://graph.facebook.com/debug_token"
    return requests.get(url, params={"input_token": token, "access_token": "app|s"}, timeout=5).json()["data"]


def test_a_token_in_one_line_and_spoiled_ones(facebook: Facebook) -> None:
    token = facebook.token("10", audience="app")

    assert token.claims["email"] == "ann@example.com"
    assert told(token).items() >= {"app_id": "app", "user_id": "10", "is_valid": True}.items()
    assert bearer("https://graph.facebook.com/app", token)["id"] == "app"
    assert bearer(f"{ME}?fields=email", token) == {"email": "ann@example.com", "id": "10"}
    assert told(token.expired())["is_valid"] is False
    assert told(token.tampered())["error"]["code"] == 190
    assert told(token.wrong_audience())["app_id"] == "another-client"
    for spoiled in (token.expired(), token.tampered()):
        assert bearer(ME, spoiled)["error"]["code"] == 190
        assert bearer("https://graph.facebook.com/app", spoiled)["error"]["code"] == 190
    with pytest.raises(UsageError, match="is the client that the token is for"):
        token.wrong_audience("app")


def test_without_a_token(facebook: Facebook) -> None:
    assert requests.get(ME, timeout=5).json()["error"]["code"] == 2500
