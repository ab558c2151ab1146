"""Where no mock of Cognito is active, whatever else answers a request answers it; what nobody does is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import moto
import pytest
import requests
import requests_mock
import responses
import respx
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from pytest_httpx import HTTPXMock

from pytest_cognito.kernel.errors import NotMocked
from tests.support.network import closed

from .conftest import FETCHERS, Fetch

pytestmark = pytest.mark.usefixtures("no_network")
HOST = "https://cognito-idp.us-east-1.amazonaws.com"
KEYS = f"{HOST}/us-east-1_Example01/.well-known/jwks.json"
SETTINGS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "testing",
    "aws_secret_access_key": "testing",
}
ONCE = Config(retries={"total_max_attempts": 1})


@responses.activate
def test_responses() -> None:
    responses.get(KEYS, json={"keys": []})

    assert requests.get(KEYS, timeout=5).json() == {"keys": []}
    with pytest.raises(requests.ConnectionError, match="refused by Responses"):
        requests.get(HOST, timeout=5)
    responses.add_passthru(HOST)
    with pytest.raises(NotMocked):
        requests.get(HOST, timeout=5)


def test_requests_mock() -> None:
    with requests_mock.Mocker() as mock:
        mock.get(KEYS, json={"keys": []})
        assert requests.get(KEYS, timeout=5).json() == {"keys": []}
        with pytest.raises(requests_mock.NoMockAddress):
            requests.get(HOST, timeout=5)
    with requests_mock.Mocker(real_http=True), pytest.raises(NotMocked):
        requests.get(KEYS, timeout=5)


def test_an_adapter_of_the_users() -> None:
    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, *_: object, **__: object) -> requests.Response:
            response = requests.Response()
            response.status_code = 203
            return response

    with requests.Session() as session:
        session.mount("https://", Adapter())
        assert session.get(KEYS).status_code == 203


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx(using: str) -> None:
    with respx.mock(using=using) as mock:
        mock.get(KEYS).respond(json={"keys": []})
        mock.get(HOST).pass_through()
        assert httpx.get(KEYS).json() == {"keys": []}
        with pytest.raises(NotMocked):
            httpx.get(HOST)
    with respx.mock(assert_all_mocked=False, using=using):
        assert httpx.get(KEYS).status_code == 200


def test_pytest_httpx(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=KEYS, json={"keys": []})

    assert httpx.get(KEYS).json() == {"keys": []}


@pytest.mark.httpx_mock(should_mock=lambda request: request.url.path != "/", assert_all_responses_were_requested=False)
def test_what_pytest_httpx_lets_through(httpx_mock: HTTPXMock) -> None:
    with pytest.raises(NotMocked):
        httpx.get(HOST)


@pytest.mark.parametrize(
    ("service", "operation"), [("cognito-idp", "create_user_pool"), ("sts", "get_caller_identity")]
)
def test_moto(service: str, operation: str) -> None:
    parameters = {"PoolName": "theirs"} if service == "cognito-idp" else {}
    with moto.mock_aws():
        client: Any = boto3.client(service, **SETTINGS)  # type: ignore[call-overload]
        assert getattr(client, operation)(**parameters)["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_client_that_is_older_than_moto_is_refused() -> None:
    from moto.core.models import botocore_stubber

    client: Any = boto3.client("cognito-idp", **SETTINGS)
    client.meta.events.unregister("before-send", botocore_stubber)  # as if it had been made before moto's import
    with moto.mock_aws(), pytest.raises(NotMocked, match="a client that is older than moto must be patched"):
        client.list_user_pools(MaxResults=1)


def test_a_handler_of_the_clients_own() -> None:
    class Raw:
        def stream(self, **_: object) -> Iterator[bytes]:
            yield b'{"UserPools": [{"Name": "own"}]}'

    client: Any = boto3.client("cognito-idp", **SETTINGS)
    client.meta.events.register(
        "before-send.cognito-idp", lambda request, **_: AWSResponse(request.url, 200, HTTPHeaders(), Raw())
    )

    assert client.list_user_pools(MaxResults=1)["UserPools"][0]["Name"] == "own"


def test_a_stubber() -> None:
    client = boto3.client("cognito-idp", **SETTINGS)
    with Stubber(client) as stub:
        stub.add_response("list_user_pools", {"UserPools": []})
        assert client.list_user_pools(MaxResults=1)["UserPools"] == []


def test_an_endpoint_on_loopback() -> None:
    client = boto3.client("cognito-idp", endpoint_url="http://localhost:9", config=ONCE, **SETTINGS)

    with closed() as tried, pytest.raises(EndpointConnectionError):
        client.list_user_pools(MaxResults=1)
    assert "'localhost', 9" in tried[0]


@pytest.mark.parametrize("fetch", FETCHERS.values(), ids=FETCHERS)
@pytest.mark.parametrize(
    "host",
    [
        "cognito-idp.us-east-1.amazonaws.com",
        "vpce-0a1b-2c3d.cognito-idp.us-east-1.vpce.amazonaws.com",
        "shop.auth.us-east-1.amazoncognito.com",
    ],
)
def test_what_nobody_answers_is_refused(fetch: Fetch, host: str) -> None:
    with pytest.raises(NotMocked, match=f"^GET https://{host}/x would have reached AWS"):
        fetch("GET", f"https://{host}/x?secret=1")


def test_a_call_that_is_not_made_by_botocore_is_named() -> None:
    headers = {"X-Amz-Target": "AWSCognitoIdentityProviderService.GetUser"}
    with pytest.raises(NotMocked, match=r"^GetUser of cognito-idp would have reached AWS"):
        requests.post(HOST, headers=headers, json={}, timeout=5)
    with pytest.raises(NotMocked, match=r"^AssumeRole of sts would have reached AWS"):
        requests.post("https://sts.amazonaws.com", data={"Action": "AssumeRole"}, timeout=5)
    with pytest.raises(NotMocked, match=rf"^POST {re.escape(HOST)}/ would have reached AWS"):
        requests.post(HOST, headers={"X-Amz-Target": "Something.Else"}, timeout=5)


@pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
def test_a_refusal_is_not_tried_again(mode: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = boto3.client("cognito-idp", config=Config(retries={"mode": mode, "total_max_attempts": 5}), **SETTINGS)
    sent: list[object] = []
    client.meta.events.register("before-send.cognito-idp", lambda request, **_: sent.append(request))

    with pytest.raises(NotMocked):
        client.list_user_pools(MaxResults=1)
    assert len(sent) == 1
