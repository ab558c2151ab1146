"""Every front that asks for AWS's signatures asks for its own service and region, and for a whole signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pytest_cognito import Cognito
from tests.support.fronts import echo

BODY = '{"query":"{ hello }"}'


def by_http_api(cognito: Cognito, sign: Any) -> bool:
    api = cognito.http_api(echo, authorizer="AWS_IAM")
    return _passes(api.get("/", headers=sign("GET", f"{api.url}/", "execute-api")))


def by_rest_api(cognito: Cognito, sign: Any) -> bool:
    api = cognito.rest_api(echo, authorizer="AWS_IAM")
    return _passes(api.get("/", headers=sign("GET", f"{api.url}/", "execute-api")))


def by_websocket_api(cognito: Cognito, sign: Any) -> bool:
    api = cognito.websocket_api({"$connect": lambda event, context: {"statusCode": 200}}, authorizer="AWS_IAM")
    return api.connect(headers=sign("GET", api.endpoint_url, "execute-api")).is_open


def by_management_api(cognito: Cognito, sign: Any) -> bool:
    api = cognito.websocket_api({"$connect": lambda event, context: {"statusCode": 200}})
    connection = api.connect()
    path = f"/@connections/{connection.id}"
    api.post(path, data="hello", headers=sign("POST", f"{api.endpoint_url}{path}", "execute-api"))
    return connection.received == ["hello"]


def by_appsync(cognito: Cognito, sign: Any) -> bool:
    api = cognito.appsync("type Query { hello: String }", {"Query.hello": lambda event, context: "hi"}, "AWS_IAM")
    return _passes(api.post("/graphql", data=BODY, headers=sign("POST", api.graphql_url, "appsync")))


def _passes(response: Any) -> bool:
    assert response.status_code in (200, 401, 403), response.text
    return bool(response.status_code == 200)


FRONTS = [by_http_api, by_rest_api, by_websocket_api, by_management_api, by_appsync]


def signing(region: str, service: str | None = None, without: str = "") -> Callable[[str, str, str], dict[str, str]]:
    def sign(method: str, url: str, own_service: str) -> dict[str, str]:
        request = AWSRequest(method, url)
        SigV4Auth(Credentials("AKIAIOSFODNN7EXAMPLE", "secret"), service or own_service, region).add_auth(request)
        headers = {str(name): str(value) for name, value in request.headers.items()}
        parts = headers["Authorization"].split(", ")
        return {**headers, "Authorization": ", ".join(part for part in parts if not without or without not in part)}

    return sign


@pytest.mark.parametrize("passes", FRONTS)
def test_a_whole_signature_for_it_passes(cognito: Cognito, passes: Any) -> None:
    assert passes(cognito, signing("us-east-1"))


@pytest.mark.parametrize("passes", FRONTS)
@pytest.mark.parametrize(
    "sign",
    [
        signing("eu-west-1"),
        signing("us-east-1", service="s3"),
        signing("us-east-1", without="Signature="),
        signing("us-east-1", without="SignedHeaders="),
    ],
    ids=["another region", "another service", "no signature", "no signed headers"],
)
def test_another_does_not(cognito: Cognito, passes: Any, sign: Any) -> None:
    assert not passes(cognito, sign)
