"""What holds for every library: a request for Cognito is answered in process, and no other is touched."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from pytest_cognito import Cognito
from pytest_cognito.http.messages import Response
from pytest_cognito.interception import http as http_hooks
from pytest_cognito.interception import responder

from .conftest import Echo, Fetch, LocalServer

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"
LIBRARIES = list(http_hooks._LIBRARIES)


class Refused(Exception):
    pass


def test_get_with_a_query_string(echo: Echo, fetch: Fetch) -> None:
    reply = fetch("GET", f"{HOST}/pool/.well-known/jwks.json?a=1&b=x%26y")

    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-amz-cognito-request-id"] == "echo"
    assert reply.json()["method"] == "GET"
    assert reply.json()["url"] == f"{HOST}/pool/.well-known/jwks.json?a=1&b=x%26y"
    assert len(echo.seen) == 1


def test_post_with_a_body_and_headers(echo: Echo, fetch: Fetch) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Basic eDp5"}
    reply = fetch("POST", "https://shop.auth.us-east-1.amazoncognito.com/oauth2/token", body=b"code=1", headers=headers)

    assert reply.json()["method"] == "POST"
    assert reply.json()["body"] == "code=1"
    assert reply.json()["headers"]["authorization"] == "Basic eDp5"
    assert reply.json()["headers"]["content-type"] == "application/x-www-form-urlencoded"


def test_post_of_a_body_that_comes_in_pieces(echo: Echo, fetch: Fetch) -> None:
    reply = fetch("POST", f"{HOST}/x", body=iter([b"one,", b"two"]), headers={"Content-Type": "text/plain"})

    assert reply.json()["body"] == "one,two"


@pytest.mark.parametrize("status", [204, 400, 401, 405, 500, 503])
def test_status(echo: Echo, fetch: Fetch, status: int) -> None:
    assert fetch("GET", f"{HOST}/status/{status}").status == status


def test_head_has_headers_alone(echo: Echo, fetch: Fetch) -> None:
    reply = fetch("HEAD", f"{HOST}/x")

    assert reply.status == 200
    assert reply.headers["x-amz-cognito-request-id"] == "echo"
    assert reply.body == b""


def test_a_large_answer(echo: Echo, fetch: Fetch) -> None:
    size = 3_000_000
    echo.response = Response(200, [], b"x" * size)

    assert len(fetch("GET", f"{HOST}/x").body) == size


def test_a_redirect_is_followed(echo: Echo, fetch: Fetch) -> None:
    reply = fetch("GET", f"{HOST}/redirect?/there")

    assert reply.url == f"{HOST}/there"
    assert [request.url for request in echo.seen] == [f"{HOST}/redirect?/there", f"{HOST}/there"]


def test_a_redirect_to_another_host_goes_there(echo: Echo, fetch: Fetch, local_server: LocalServer) -> None:
    echo.hosts.clear()

    assert fetch("GET", f"{HOST}/redirect?{local_server.url}/callback").body == b"network"
    assert local_server.seen == [("/callback", b"")]


def test_without_a_mock_a_request_goes_to_the_network(echo: Echo, fetch: Fetch, local_server: LocalServer) -> None:
    echo.active = False

    assert fetch("POST", f"{local_server.url}/there", body=b"whole").body == b"network"
    assert local_server.seen == [("/there", b"whole")]


def test_without_a_mock_a_body_in_pieces_goes_to_the_network_whole(
    echo: Echo, fetch: Fetch, local_server: LocalServer
) -> None:
    echo.active = False
    body = iter([b"one,", b"two"])

    assert fetch("POST", f"{local_server.url}/there", body=body, headers={"Content-Type": "text/plain"}).status == 200
    assert local_server.seen == [("/there", b"one,two")]


def test_nobody_is_asked_about_another_host(echo: Echo, fetch: Fetch, local_server: LocalServer) -> None:
    echo.hosts.clear()

    assert fetch("GET", f"{local_server.url}/status/400").body == b"network"
    assert echo.seen == []


def test_a_registered_host_is_answered(echo: Echo, fetch: Fetch) -> None:
    echo.hosts.add("login.example.com")
    assert fetch("GET", "https://Login.Example.com/oauth2/userInfo").status == 200


def test_what_the_answerer_raises_reaches_the_caller_as_it_is(echo: Echo, fetch: Fetch) -> None:
    echo.error = Refused("not here")

    with pytest.raises(Refused) as caught:
        fetch("GET", f"{HOST}/x")

    assert caught.value is echo.error


def test_many_threads_at_once(echo: Echo, fetch: Fetch) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda number: fetch("GET", f"{HOST}/x?{number}"), range(24)))

    assert [reply.json()["url"] for reply in replies] == [f"{HOST}/x?{number}" for number in range(24)]


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_places_that_are_hooked_are_there(name: str) -> None:
    library = importlib.import_module(name)
    seams = importlib.import_module(f"pytest_cognito.interception.{http_hooks._LIBRARIES[name]}").REQUIRED_ATTRIBUTES
    missing = [seam for seam in seams if not http_hooks._has_attribute(library, seam)]

    version = getattr(library, "__version__", "of this Python")
    assert missing == [], f"{name} {version} has moved {missing}, which pytest_cognito.interception rests on"


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_without_the_place_to_hook_is_warned_of(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = importlib.import_module(name)
    module = importlib.import_module(f"pytest_cognito.interception.{http_hooks._LIBRARIES[name]}")
    monkeypatch.setattr(module, "REQUIRED_ATTRIBUTES", ("Gone.away",))

    with pytest.warns(RuntimeWarning, match=rf"requests made with {name}: this version of it has no Gone\.away"):
        http_hooks._hook(library)


def test_installing_again_changes_nothing(echo: Echo, fetch: Fetch) -> None:
    http_hooks.install()
    for name in LIBRARIES:
        http_hooks._hook(importlib.import_module(name))
    fetch("GET", f"{HOST}/x")

    assert len(echo.seen) == 1


@pytest.mark.parametrize(
    "host",
    [
        "cognito-idp.eu-west-1.amazonaws.com",
        "COGNITO-IDP.eu-west-1.amazonaws.com:443",
        "user:pass@cognito-idp.eu-west-1.amazonaws.com",
        "cognito-idp.eu-west-1.amazonaws.com.",
        "cognito-idp.eu-west-1.amazonaws.com.:443",
        "vpce-0a1b-2c3d.cognito-idp.eu-west-1.vpce.amazonaws.com",
        "cognito-idp-fips.us-gov-west-1.amazonaws.com",
        "cognito-idp.eu-west-1.api.aws",
        "cognito-idp.cn-north-1.amazonaws.com.cn",
        "issuer-cognito-idp.eu-west-1.amazonaws.com",
        "shop.auth.eu-west-1.amazoncognito.com",
        "shop.auth-fips.us-gov-west-1.amazoncognito.com",
        "cognito-identity.amazonaws.com",
        "cognito-identity.eu-west-1.amazonaws.com",
        "cognito-sync.eu-west-1.amazonaws.com",
        "sts.amazonaws.com",
        "sts.eu-west-1.amazonaws.com",
    ],
)
def test_hosts_of_cognito(cognito: Cognito, host: str) -> None:
    assert responder.answers(f"https://{host}/x")


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.eu-west-1.amazonaws.com/cognito-idp.eu-west-1.amazonaws.com",
        "https://cognito-idp.eu-west-1.amazonaws.com.example.com/",
        "https://xcognito-idp.eu-west-1.amazonaws.com/",
        "https://a.b.auth.eu-west-1.amazoncognito.com/",
        "https://example.com/?u=https://cognito-idp.eu-west-1.amazonaws.com",
        "http://[broken",
        "/x",
        "",
    ],
)
def test_other_hosts(cognito: Cognito, url: str) -> None:
    assert not responder.answers(url)
    assert not responder.intercepts(url)
