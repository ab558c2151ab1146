"""Connections of `http.client` and `urllib3`: which requests stay in the process, and that none is sent by mistake."""

from __future__ import annotations

import http.client
import http.server
import json
import threading
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import closing

import boto3
import pytest
import urllib3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpsession import URLLib3Session

from pytest_cognito import Cognito, UserPool, mock_cognito
from pytest_cognito.kernel.errors import NotMocked

from .conftest import Echo

HOST = "cognito-idp.us-east-1.amazonaws.com"


def get(connection: http.client.HTTPConnection, path: str = "/x") -> int:
    connection.request("GET", path)
    with connection.getresponse() as answer:
        answer.read()
        return answer.status


@pytest.mark.parametrize("dot", ["", "."])
def test_a_connection_that_is_opened_first(cognito_user_pool: UserPool, dot: str) -> None:
    with closing(http.client.HTTPSConnection(HOST + dot)) as connection:
        connection.connect()
        connection.putrequest("GET", f"/{cognito_user_pool.id}/.well-known/jwks.json")
        connection.putheader("Accept", "application/json")
        connection.endheaders()
        assert len(json.load(connection.getresponse())["keys"]) == 2
        assert connection.sock is None


def test_a_connection_is_used_again(echo: Echo) -> None:
    with closing(http.client.HTTPSConnection(HOST)) as connection:
        assert [get(connection), get(connection, "/status/404"), get(connection)] == [200, 404, 200]
    assert [request.url for request in echo.seen] == [f"https://{HOST}{path}" for path in ("/x", "/status/404", "/x")]


def test_a_connection_after_an_error_can_be_used_again(cognito: Cognito) -> None:
    with closing(http.client.HTTPSConnection("cognito-identity.amazonaws.com")) as connection:
        with pytest.raises(NotImplementedError):
            get(connection, "/no-such-page")
        assert connection.sock is None
        with pytest.raises(NotImplementedError):
            get(connection, "/no-such-page")


@pytest.mark.parametrize("proxied", ["https://proxy.invalid:3128", "http://proxy.invalid:3128"])
def test_through_a_proxy(echo: Echo, no_network: list[str], proxied: str) -> None:
    with urllib3.ProxyManager(proxied) as pools:
        assert pools.request("GET", f"https://{HOST}/x").json()["url"] == f"https://{HOST}/x"
        if proxied.startswith("http:"):  # otherwise urllib3 connects to the proxy before it says what for
            assert pools.request("GET", f"http://{HOST}/x").json()["url"] == f"http://{HOST}/x"
    with closing(http.client.HTTPSConnection("proxy.invalid", 3128)) as connection:
        connection.set_tunnel(HOST, 8443)
        assert get(connection) == 200
    assert echo.seen[-1].url == f"https://{HOST}:8443/x"


def test_no_warning_of_an_unverified_certificate(echo: Echo, no_network: list[str]) -> None:
    with urllib3.PoolManager() as pools, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [pools.request("GET", f"https://{HOST}./x").status for _ in range(3)] == [200, 200, 200]


@pytest.fixture
def connections(echo: Echo) -> Iterator[tuple[str, list[object]]]:
    """A server that keeps connections open, whose host counts among Cognito's, and the connections that it got."""
    made: list[object] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            made.append(self.client_address)
            super().setup()

        def do_GET(self) -> None:
            self.send_response(203)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        echo.hosts.add("127.0.0.1")
        yield f"127.0.0.1:{server.server_port}", made
        server.shutdown()
        thread.join()


def test_a_connection_to_aws_is_not_used_while_a_mock_is_active(
    echo: Echo, connections: tuple[str, list[object]]
) -> None:
    address, made = connections
    echo.active = False
    with closing(http.client.HTTPConnection(address)) as connection, urllib3.PoolManager() as pools:
        assert [get(connection), get(connection)] == [203, 203]
        assert pools.request("GET", f"http://{address}/x").status == 203
        assert len(made) == 2
        echo.active = True
        assert get(connection) == 200
        assert pools.request("GET", f"http://{address}/x").status == 200
        echo.active = False
        assert get(connection) == 203
        assert pools.request("GET", f"http://{address}/x").status == 203
    assert len(echo.seen) == 2


def test_a_mock_that_ends_between_two_requests(no_network: list[str]) -> None:
    url = f"https://{HOST}/us-east-1_Example01/.well-known/jwks.json"
    with urllib3.PoolManager() as pools:
        with mock_cognito():
            assert pools.request("GET", url).status == 400
        with pytest.raises(NotMocked):
            pools.request("GET", url)


def test_a_request_signed_by_hand(cognito: Cognito, no_network: list[str]) -> None:
    request = AWSRequest(
        "POST",
        f"https://{HOST}/",
        data=b'{"MaxResults": 1}',
        headers={"X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools"},
    )
    SigV4Auth(Credentials("testing", "testing"), "cognito-idp", "us-east-1").add_auth(request)

    answer = URLLib3Session().send(request.prepare())

    assert json.loads(answer.content) == {"UserPools": []}


def test_a_presigned_url(cognito: Cognito, no_network: list[str]) -> None:
    url = boto3.client("sts").generate_presigned_url("get_caller_identity")

    with urllib.request.urlopen(url) as answer:
        assert b"<Arn>arn:aws:iam::123456789012:user/testing</Arn>" in answer.read()
