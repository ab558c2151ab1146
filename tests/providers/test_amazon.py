"""Login with Amazon, as an application meets it."""

from __future__ import annotations

import pytest
import requests

from pytest_cognito import Cognito
from pytest_cognito.providers.amazon import Amazon
from tests.support.provider_pages import address, bearer, get, redeem, sent, submit

AUTHORIZE = "https://www.amazon.com/ap/oa"
TOKEN = "https://api.amazon.com/auth/o2/token"
PROFILE = "https://api.amazon.com/user/profile"
SUB = "amzn1.account.AF7"


@pytest.fixture
def amazon(cognito: Cognito) -> Amazon:
    amazon = cognito.providers.amazon
    amazon.add_user(SUB, email="ann@example.com", name="Ann", postal_code="98101")
    return amazon


def test_a_sign_in(amazon: Amazon) -> None:
    answer = redeem(TOKEN, sent(submit(address(AUTHORIZE, scope="profile"), sub=SUB))["code"]).json()

    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 3600)
    assert answer["access_token"].startswith("Atza|")
    profile = {"user_id": SUB, "name": "Ann", "email": "ann@example.com"}
    assert bearer(PROFILE, answer["access_token"]) == profile
    by_header = requests.get(PROFILE, headers={"x-amz-access-token": answer["access_token"]}, timeout=5)
    assert by_header.json() == profile
    asked = {"grant_type": "refresh_token", "refresh_token": answer["refresh_token"], "client_id": "app"}
    assert bearer(PROFILE, requests.post(TOKEN, data=asked, timeout=5).json()["access_token"]) == profile


def test_a_scope_gives_its_part_of_the_profile(amazon: Amazon) -> None:
    code = sent(submit(address(AUTHORIZE, scope="profile:user_id postal_code"), sub=SUB))["code"]

    assert bearer(PROFILE, redeem(TOKEN, code).json()["access_token"]) == {"user_id": SUB, "postal_code": "98101"}


def test_errors(amazon: Amazon) -> None:
    amazon.add_client("app", "s3cret")

    assert sent(get(address(AUTHORIZE, scope="email")))["error"] == "invalid_scope"
    assert sent(submit(address(AUTHORIZE, scope="profile"), decision="deny"))["error"] == "access_denied"
    refused = redeem(TOKEN, "x", client_secret="wrong")
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    assert refused.json()["request_id"]
    assert requests.get(PROFILE, timeout=5).json()["error"] == "invalid_request"


def test_a_token_in_one_line_and_spoiled_ones(amazon: Amazon) -> None:
    url = "https://api.amazon.com/auth/o2/tokeninfo"
    token = amazon.token(SUB, audience="app")

    information = requests.get(url, params={"access_token": token}, timeout=5).json()

    assert information.items() >= {"user_id": SUB, "aud": "app", "exp": 3600}.items()
    assert bearer(PROFILE, token)["postal_code"] == "98101"
    assert requests.get(url, params={"access_token": token.wrong_audience()}, timeout=5).json()["aud"] != "app"
    for spoiled in (token.expired(), token.tampered()):
        assert bearer(PROFILE, spoiled)["error"] == "invalid_token"
        assert requests.get(url, params={"access_token": spoiled}, timeout=5).json()["error"] == "invalid_token"
