"""Whatever comes in through the socket, a well-formed answer goes out."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import TARGET, authorization

METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])
PATHS = st.one_of(
    st.sampled_from(["/", "*", "//", "/identitypools/x/identities", "/x/.well-known/jwks.json", "http://a/b"]),
    st.binary(max_size=20).map(lambda data: "/" + "".join(f"%{byte:02x}" for byte in data)),
)
VALUES = st.one_of(
    st.sampled_from(
        [authorization(), TARGET + "SignUp", TARGET, "cognito-idp.eu-west-1.amazonaws.com", "[", "http://a"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)
NAMES = st.sampled_from(
    ["Host", "Authorization", "X-Amz-Target", "Origin", "Content-Type", "Access-Control-Request-Headers"]
)
BODIES = st.one_of(
    st.binary(max_size=50),
    st.sampled_from([b"{}", b"Action=GetCallerIdentity", b"Action=Nothing", b'{"ClientId":{},"Username":[]}']),
)


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with Server(World(seed="fuzz")) as server:
        url = urlsplit(server.endpoint_url)
        assert url.hostname is not None
        assert url.port is not None
        yield url.hostname, url.port


def exchange(address: tuple[str, int], request: bytes, method: str = "GET") -> http.client.HTTPResponse:
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = http.client.HTTPResponse(connection, method=method)
        answer.begin()
        answer.read()
        return answer


@given(METHODS, PATHS, st.dictionaries(NAMES, VALUES), BODIES)
def test_requests(address: tuple[str, int], method: str, path: str, headers: dict[str, str], body: bytes) -> None:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""])

    answer = exchange(address, head.encode("latin-1") + body, method)

    assert answer.status < 600
    assert answer.status != 500, (method, path, headers, body)


@given(st.binary(min_size=1, max_size=200))
def test_bytes(address: tuple[str, int], data: bytes) -> None:
    answer = exchange(address, data.lstrip(b"\r\n") + b"x\r\n\r\n")

    assert 400 <= answer.status < 500


def test_it_still_answers(address: tuple[str, int]) -> None:
    connection = http.client.HTTPConnection(*address)
    headers = {"X-Amz-Target": TARGET + "ListUserPools", "Authorization": authorization()}
    connection.request("POST", "/", b'{"MaxResults":1}', headers)

    assert json.load(connection.getresponse()) == {"UserPools": []}
    connection.close()
