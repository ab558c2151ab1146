"""The loopback server over TLS."""

from __future__ import annotations

import contextlib
import gc
import http.client
import socket
import ssl
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import clients

from .loopback import authorization

OPERATION = "AWSCognitoIdentityProviderService.ListUserPools"


@pytest.fixture(scope="module")
def module_world() -> World:
    return World(seed="tls")


@pytest.fixture(scope="module")
def server(module_world: World) -> Iterator[Server]:
    with Server(module_world, tls=True) as server:
        yield server


@contextlib.contextmanager
def connection(server: Server, **options: Any) -> Iterator[http.client.HTTPSConnection]:
    authority = options.pop("authority", server.ca_certificate)
    address = urlsplit(server.endpoint_url)
    assert address.hostname is not None
    trusting = ssl.create_default_context(cafile=authority)
    connection = http.client.HTTPSConnection(address.hostname, address.port, context=trusting, timeout=10, **options)
    with contextlib.closing(connection):
        yield connection


def get(connection: http.client.HTTPSConnection, path: str = "/health", **headers: str) -> tuple[int, bytes]:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_address(server: Server) -> None:
    assert server.endpoint_url.startswith("https://127.0.0.1:")
    with connection(server) as trusting:
        assert [get(trusting) for _ in range(3)] == [(200, b"ok\n")] * 3


@pytest.mark.parametrize("name", ["localhost", "notes.localhost", "auth.example.com", "idp.example.com.localhost"])
def test_every_name_has_a_certificate(server: Server, name: str) -> None:
    address = urlsplit(server.endpoint_url)
    trusting = ssl.create_default_context(cafile=server.ca_certificate)
    with (
        socket.create_connection((str(address.hostname), address.port)) as plain,
        trusting.wrap_socket(plain, server_hostname=name) as secure,
    ):
        assert ("DNS", name) in secure.getpeercert()["subjectAltName"]  # type: ignore[index]


def test_another_authority_is_not_trusted(server: Server) -> None:
    with (
        Server(World(), tls=True) as other,
        connection(server, authority=other.ca_certificate) as mistrusting,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        get(mistrusting)


def test_the_api(server: Server, module_world: World) -> None:
    pool = Cognito(module_world).create_user_pool(PoolName="secure")
    client = clients.client(
        "cognito-idp",
        region_name=module_world.region,
        endpoint_url=server.endpoint_url,
        verify=server.ca_certificate,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )

    assert client.describe_user_pool(UserPoolId=pool.id)["UserPool"]["Name"] == "secure"


def test_addresses_that_it_gives_are_its_own(server: Server, module_world: World) -> None:
    pool = Cognito(module_world).create_user_pool()
    job = f'{{"UserPoolId":"{pool.id}","JobName":"j","CloudWatchLogsRoleArn":"arn:aws:iam::123456789012:role/logs"}}'
    headers = {"X-Amz-Target": OPERATION.replace("ListUserPools", "CreateUserImportJob")}
    with connection(server) as trusting:
        trusting.request("POST", "/", job, {**headers, "Authorization": authorization()})
        answer = trusting.getresponse().read()

    assert f'"PreSignedUrl": "{server.endpoint_url}/' in answer.decode().replace('":"', '": "')


def test_a_client_that_says_nothing_holds_nobody_up(server: Server) -> None:
    address = urlsplit(server.endpoint_url)
    with (
        socket.create_connection((str(address.hostname), address.port)),
        socket.create_connection((str(address.hostname), address.port)) as plain,
        connection(server) as trusting,
    ):
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert get(trusting) == (200, b"ok\n")
        plain.settimeout(10)
        with contextlib.suppress(ConnectionError):
            assert b"HTTP" not in plain.recv(100)


def test_many_at_once(server: Server) -> None:
    def ask(_: int) -> tuple[int, bytes]:
        with connection(server) as trusting:
            return get(trusting)

    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(ask, range(32))) == [(200, b"ok\n")] * 32


def test_large_messages(server: Server) -> None:
    body = b" " * 300_000 + b'{"MaxResults":1}'
    headers = {"X-Amz-Target": OPERATION, "Authorization": authorization()}
    with connection(server) as trusting:
        trusting.request("POST", "/", body, headers)
        assert trusting.getresponse().status == 200


def test_a_time_out(server: Server, module_world: World) -> None:
    module_world.faults.time_out("ListUserPools")
    with connection(server) as trusting:
        trusting.request("POST", "/", b"{}", {"X-Amz-Target": OPERATION, "Authorization": authorization()})
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            trusting.getresponse()


def test_the_certificate_is_there_while_the_server_runs() -> None:
    server = Server(World(), tls=True)
    with pytest.raises(UsageError, match="not running"):
        _ = server.ca_certificate
    with server:
        path = Path(server.ca_certificate)
        assert path.read_text("ascii").startswith("-----BEGIN CERTIFICATE-----")
        with connection(server) as trusting:
            assert get(trusting)[0] == 200
            server.stop()
            with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
                get(trusting)

    assert not path.parent.exists()


def test_a_plain_server_has_no_certificate() -> None:
    with Server(World()) as server, pytest.raises(UsageError, match="tls=True"):
        _ = server.ca_certificate


def test_without_trustme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(UsageError, match=r'pip install "pytest-cognito\[server\]"'):
        Server(World(), tls=True).start()


def test_the_server_stops_while_clients_connect(cognito: Cognito) -> None:
    """Nothing is left open of connections that have not come far, which would be a warning."""
    for _ in range(2):
        server = Server(cognito.world, tls=True).start()
        address = urlsplit(server.endpoint_url)
        clients = [socket.create_connection((address.hostname, address.port)) for _ in range(8)]
        server.stop()
        for client in clients:
            client.close()
        gc.collect()
