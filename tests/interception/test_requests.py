"""What sessions of `requests` do around a request goes on working."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from pytest_cognito.http.messages import Response

from .conftest import SET_COOKIES, Echo, LocalServer

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        yield made


def test_a_session_older_than_the_hook(session: requests.Session, echo: Echo) -> None:
    assert session.get(f"{HOST}/x", params={"a": "b"}).json()["url"] == f"{HOST}/x?a=b"


def test_cookies_are_kept_and_sent(session: requests.Session, echo: Echo) -> None:
    reply = session.get(f"{HOST}/redirect?/there")

    assert reply.history[0].cookies["seen"] == session.cookies["seen"] == "yes"
    assert reply.history[0].cookies["twice"] == session.cookies["twice"] == "yes"
    assert reply.json()["headers"]["cookie"] == "seen=yes; twice=yes"


def test_a_header_that_comes_twice_arrives_twice(session: requests.Session, echo: Echo) -> None:
    reply = session.get(f"{HOST}/redirect?/there", allow_redirects=False)

    assert reply.raw.headers.getlist("Set-Cookie") == SET_COOKIES


def test_redirects_may_be_left_alone(session: requests.Session, echo: Echo) -> None:
    reply = session.get(f"{HOST}/redirect?/there", allow_redirects=False)

    assert reply.is_redirect
    assert reply.next is not None
    assert reply.next.url == f"{HOST}/there"


def test_hooks_authentication_and_json(session: requests.Session, echo: Echo) -> None:
    heard: list[requests.Response] = []
    reply = session.post(
        f"{HOST}/x", json={"a": 1}, auth=("id", "secret"), hooks={"response": lambda r, **_: heard.append(r)}
    )

    assert heard == [reply]
    assert reply.json()["body"] == '{"a": 1}'
    assert reply.json()["headers"]["authorization"].startswith("Basic ")
    assert reply.request.url == f"{HOST}/x"
    assert reply.reason == "OK"


def test_raise_for_status(session: requests.Session, echo: Echo) -> None:
    with pytest.raises(requests.HTTPError, match="400 Client Error: Bad Request"):
        session.get(f"{HOST}/status/400").raise_for_status()


def test_a_compressed_answer_is_unpacked(session: requests.Session, echo: Echo) -> None:
    echo.response = Response(200, [("Content-Encoding", "gzip")], gzip.compress(b"plain"))

    assert session.get(HOST).content == b"plain"


def test_a_file_is_sent(session: requests.Session, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "body"
    path.write_bytes(b"from a file")
    with path.open("rb") as file:
        assert session.post(f"{HOST}/x", data=file).json()["body"] == "from a file"


def test_without_a_mock_a_file_goes_to_the_network_whole(
    session: requests.Session, echo: Echo, local_server: LocalServer, tmp_path: Path
) -> None:
    echo.active = False
    path = tmp_path / "body"
    path.write_bytes(b"from a file")
    with path.open("rb") as file:
        session.post(f"{local_server.url}/there", data=file)

    assert local_server.seen == [("/there", b"from a file")]


def test_one_session_in_many_threads(session: requests.Session, echo: Echo, local_server: LocalServer) -> None:
    echo.hosts.clear()
    urls = [f"{HOST}/x?{number}" for number in range(40)]

    def get(url: str) -> tuple[str, str]:
        elsewhere = session.get(local_server.url).text
        answered: str = session.get(url).json()["url"]
        return answered, elsewhere

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(get, urls)) == [(url, "network") for url in urls]


def test_an_adapter_that_extends_the_real_one_is_answered_for(session: requests.Session, echo: Echo) -> None:
    class Patient(HTTPAdapter):
        pass

    session.mount("https://", Patient(max_retries=3))

    assert session.get(f"{HOST}/x").status_code == 200


def test_a_session_class_that_chooses_adapters_itself(echo: Echo) -> None:
    class Choosy(requests.Session):
        def get_adapter(self, url: str) -> BaseAdapter:
            return super().get_adapter(url)

    assert Choosy().get(f"{HOST}/x").status_code == 200


def test_the_adapter_of_another_host_is_the_sessions_own(session: requests.Session, echo: Echo) -> None:
    assert session.get_adapter("https://example.com") is session.adapters["https://"]
    answering: Any = session.get_adapter(HOST)
    usual: Any = session.adapters["https://"]
    assert answering.max_retries is usual.max_retries
    with pytest.raises(requests.exceptions.InvalidSchema):
        session.get_adapter("ftp://example.com")


def test_a_session_can_be_pickled_and_its_lookup_deleted(session: requests.Session, echo: Echo) -> None:
    assert pickle.loads(pickle.dumps(session)).get(f"{HOST}/x").status_code == 200
    with pytest.raises(AttributeError):
        del session.get_adapter
    replaced: Any = session
    replaced.get_adapter = lambda url: None
    del replaced.get_adapter
    assert session.get(f"{HOST}/x").status_code == 200
