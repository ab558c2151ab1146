"""The CORS configuration of an HTTP API."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, HttpApi, UsageError, UserPool
from tests.support.fronts import told

ORIGIN = "https://app.example.com"
CORS = {
    "AllowOrigins": [ORIGIN, "http://*"],
    "AllowMethods": ["GET", "POST"],
    "AllowHeaders": ["authorization"],
    "ExposeHeaders": ["x-total"],
    "MaxAge": 600,
    "AllowCredentials": True,
}
ASKED = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}


@pytest.fixture
def api(cognito: Cognito, cognito_user_pool: UserPool) -> HttpApi:
    return cognito.http_api({"GET /notes": told, "ANY /all": told}, authorizer=cognito_user_pool, cors=CORS)


def cors(response: Any) -> dict[str, str]:
    start = "access-control-"
    return {name.removeprefix(start): value for name, value in response.headers.items() if name.startswith(start)}


def test_a_preflight_request_needs_no_token(api: HttpApi) -> None:
    response = api.options("/notes", headers=ASKED)
    assert (response.status_code, response.content) == (204, b"")
    assert cors(response) == {
        "allow-origin": ORIGIN,
        "allow-credentials": "true",
        "allow-methods": "GET,POST",
        "allow-headers": "authorization",
        "max-age": "600",
    }


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({**ASKED, "Origin": "https://evil.example.com"}, {}),
        ({**ASKED, "Origin": "http://any.example.com"}, None),
        ({**ASKED, "Access-Control-Request-Method": "DELETE"}, {"allow-origin": ORIGIN, "allow-credentials": "true"}),
        ({}, {}),
    ],
)
def test_what_is_not_configured_is_not_allowed(
    api: HttpApi, headers: dict[str, str], expected: dict[str, str] | None
) -> None:
    found = cors(api.options("/notes", headers=headers))
    assert found == expected if expected is not None else found["allow-origin"] == "http://any.example.com"


def test_a_route_that_takes_options_asks_for_authorization(api: HttpApi) -> None:
    assert api.options("/all", headers=ASKED).status_code == 401


def test_refusals_can_be_read_by_the_page(api: HttpApi) -> None:
    response = api.get("/notes", headers={"Origin": ORIGIN})
    assert response.status_code == 401
    assert cors(response) == {"allow-origin": ORIGIN, "allow-credentials": "true", "expose-headers": "x-total"}


def test_the_headers_of_the_application_are_replaced(cognito: Cognito) -> None:
    result = {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://old.example.com"}}
    api = cognito.http_api(lambda event, context: result, cors={"AllowOrigins": ["*"]})
    assert cors(api.get("/", headers={"Origin": ORIGIN})) == {"allow-origin": "*"}
    assert cors(api.get("/")) == {}


def test_without_a_configuration_nothing_is_answered_for_the_application(cognito: Cognito) -> None:
    assert cognito.http_api({"GET /notes": told}).options("/notes", headers=ASKED).status_code == 404


@pytest.mark.parametrize(
    ("configuration", "advice"),
    [
        ({"AllowOrigin": ["*"]}, "did you mean 'AllowOrigins'"),
        ({"AllowOrigins": "*"}, r"write \['\*'\]"),
        ({"AllowOrigins": ["*"], "AllowCredentials": True}, "name the origins"),
    ],
)
def test_a_configuration_that_api_gateway_would_not_take(
    cognito: Cognito, configuration: dict[str, Any], advice: str
) -> None:
    with pytest.raises(UsageError, match=advice):
        cognito.http_api(told, cors=configuration)
