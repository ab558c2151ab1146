"""A small web application in Cognito's place, and one way to call it through every library."""

from __future__ import annotations

import asyncio
import http.client
import http.server
import json
import threading
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import aiohttp
import httpcore
import httpx
import httpx2
import pytest
import requests
import urllib3

from pytest_cognito import active
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.interception import botocore_data, hooks, responder
from pytest_cognito.interception import http as http_hooks
from tests.support.network import closed

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"
SET_COOKIES = ["seen=yes; Path=/", "twice=yes; Path=/"]
COOKIES = [("Set-Cookie", value) for value in SET_COOKIES]


@dataclass
class Echo:
    """Answers each request with what it was, ``/status/418`` and ``/redirect?to`` as they say, while it is active."""

    seen: list[Request] = field(default_factory=list)
    error: Exception | None = None
    active: bool = True
    hosts: set[str] = field(default_factory=set)
    """Hosts that count among Cognito's, beside those of AWS."""
    response: Response | None = None
    """The response to every request, if it is set."""

    def answers(self, url: str) -> bool:
        host = hosts.name_in_url(url)
        return self.active and host is not None and (hosts.find(host) is not None or host in self.hosts)

    def respond(self, request: Request) -> Response:
        self.seen.append(request)
        if self.error is not None:
            raise self.error
        if self.response is not None:
            return self.response
        address = urlsplit(request.url)
        if address.path == "/redirect":
            return Response(302, [("Location", address.query), *COOKIES], b"")
        status = int(address.path.rpartition("/")[2]) if address.path.startswith("/status/") else 200
        said = {
            "method": request.method,
            "url": request.url,
            "headers": dict(request.headers),
            "body": request.body.decode("latin-1"),
        }
        headers = [("Content-Type", "application/json"), ("X-Amz-Cognito-Request-Id", "echo")]
        return Response(status, headers, json.dumps(said).encode())


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> Echo:
    application = Echo()
    http_hooks.install()
    monkeypatch.setattr(responder, "answers", application.answers)
    monkeypatch.setattr(responder, "intercepts", application.answers)
    monkeypatch.setattr(responder, "respond", application.respond)
    return application


@pytest.fixture
def no_network() -> Iterator[list[str]]:
    """Nothing leaves for the network, or the test says what has."""
    # Event loops and their pipes are made of sockets, too: those stay open.
    with closed() as tried:
        yield tried
    assert tried == []


@dataclass
class LocalServer:
    url: str
    seen: list[tuple[str, bytes]]


@pytest.fixture
def local_server(echo: Echo) -> Iterator[LocalServer]:
    """A real server on a socket, whose host counts among Cognito's."""
    seen: list[tuple[str, bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Transfer-Encoding") == "chunked":
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
            seen.append((self.path, body))
            self.send_response(200)
            self.send_header("Content-Length", "7")
            self.end_headers()
            self.wfile.write(b"network")

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    echo.hosts.add("127.0.0.1")
    yield LocalServer(f"http://127.0.0.1:{server.server_port}", seen)
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    url: str

    def json(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.body)
        return said


Body = bytes | Iterator[bytes] | None
Fetch = Callable[..., Reply]


def _reply(status: int, headers: Iterable[tuple[str, str]], body: bytes, url: object) -> Reply:
    return Reply(status, {name.lower(): value for name, value in headers}, body, str(url))


def by_requests(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    answer = requests.request(method, url, data=body, headers=headers, timeout=5)
    return _reply(answer.status_code, answer.headers.items(), answer.content, answer.url)


def by_requests_streaming(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    with (
        requests.Session() as session,
        session.request(method, url, data=body, headers=headers, timeout=5, stream=True) as answer,
    ):
        return _reply(answer.status_code, answer.headers.items(), b"".join(answer.iter_content(7)), answer.url)


def by_urlopen(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    return _opened(urllib.request.urlopen, request)


def by_opener(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    return _opened(opener.open, urllib.request.Request(url, data=body, headers=headers or {}, method=method))


def _opened(opened: Callable[..., http.client.HTTPResponse], request: urllib.request.Request) -> Reply:
    try:
        with opened(request, timeout=5) as answer:
            return _reply(answer.status, answer.headers.items(), answer.read(), answer.geturl())
    except urllib.error.HTTPError as error:
        with error:
            return _reply(error.code, error.headers.items(), error.read(), error.url)


def by_urllib3(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    with urllib3.PoolManager() as pools:
        answer = pools.request(method, url, body=body, headers=headers, retries=False, redirect=False)
        if answer.status == 302:
            return by_urllib3("GET", urljoin(url, answer.headers["Location"]))
        return _reply(answer.status, answer.headers.items(), answer.data, url)


def by_http_client(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    address = urlsplit(url)
    connect = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    with closing(connect(address.netloc, timeout=5)) as connection:
        connection.request(
            method, urlunsplit(("", "", address.path, address.query, "")), body=body, headers=headers or {}
        )
        answer = connection.getresponse()
        if answer.status == 302:
            return by_http_client("GET", urljoin(url, answer.headers["Location"]))
        return _reply(answer.status, answer.headers.items(), answer.read(), url)


def by_httpcore(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    framing = {"Content-Length": str(len(body))} if isinstance(body, bytes) else {"Transfer-Encoding": "chunked"}
    sent: Any = {"Host": urlsplit(url).netloc, **(framing if body else {}), **(headers or {})}
    answer = httpcore.request(method, url, content=body, headers=sent)
    found = [(name.decode(), value.decode()) for name, value in answer.headers]
    if answer.status == 302:
        return by_httpcore("GET", urljoin(url, dict(found)["Location"]))
    return _reply(answer.status, found, answer.content, url)


def by_httpx(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    answer = httpx.request(method, url, content=body, headers=headers, follow_redirects=True)
    return _reply(answer.status_code, answer.headers.items(), answer.content, answer.url)


def by_httpx_streaming(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    with (
        httpx.Client(follow_redirects=True) as client,
        client.stream(method, url, content=body, headers=headers) as answer,
    ):
        return _reply(answer.status_code, answer.headers.items(), b"".join(answer.iter_bytes(7)), answer.url)


def by_httpx2(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    answer = httpx2.request(method, url, content=body, headers=headers, follow_redirects=True)
    return _reply(answer.status_code, answer.headers.items(), answer.content, answer.url)


def _by_async_client(library: ModuleType) -> Fetch:
    def fetch(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
        async def run() -> Reply:
            async with library.AsyncClient(follow_redirects=True) as client:
                answer = await client.request(method, url, content=_unending(body), headers=headers)
                return _reply(answer.status_code, answer.headers.items(), await answer.aread(), answer.url)

        return asyncio.run(run())

    return fetch


def by_aiohttp(method: str, url: str, *, body: Body = None, headers: dict[str, str] | None = None) -> Reply:
    async def run() -> Reply:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, data=_unending(body), headers=headers) as answer,
        ):
            return _reply(answer.status, answer.headers.items(), await answer.read(), answer.url)

    return asyncio.run(run())


def _unending(body: Body) -> bytes | AsyncIterator[bytes] | None:
    """A body that asynchronous clients take, where the test has one that comes in pieces."""
    return body if body is None or isinstance(body, bytes) else _pieces(body)


async def _pieces(body: Iterator[bytes]) -> AsyncIterator[bytes]:
    for piece in body:
        yield piece


FETCHERS: dict[str, Fetch] = {
    "requests": by_requests,
    "requests-stream": by_requests_streaming,
    "urlopen": by_urlopen,
    "opener": by_opener,
    "urllib3": by_urllib3,
    "http.client": by_http_client,
    "httpcore": by_httpcore,
    "httpx": by_httpx,
    "httpx-stream": by_httpx_streaming,
    "httpx2": by_httpx2,
    "httpx-async": _by_async_client(httpx),
    "httpx2-async": _by_async_client(httpx2),
    "aiohttp": by_aiohttp,
}


@pytest.fixture(params=FETCHERS)
def fetch(request: pytest.FixtureRequest) -> Fetch:
    """One way to make a request, of each library in turn."""
    return FETCHERS[request.param]


@pytest.fixture
def shared_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has read nothing yet, and shares what it reads."""
    hooks.install()
    monkeypatch.setattr(botocore_data, "shared", botocore_data._Shared())
    monkeypatch.setattr(active.settings, "share_models", True)
