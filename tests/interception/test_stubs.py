"""A stub of the test's own for an address of Cognito goes first; what it doesn't match is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import moto
import pytest
import requests
import requests_mock
import responses
import respx
from pytest_httpx import HTTPXMock
from requests.adapters import HTTPAdapter, Retry
from responses.registries import OrderedRegistry

from pytest_cognito import UserPool

pytestmark = pytest.mark.usefixtures("no_network")
THEIRS = "https://api.example.com/orders"


@pytest.fixture
def keys(cognito_user_pool: UserPool) -> str:
    """The address of the pool's keys."""
    return cognito_user_pool.jwks_uri


@pytest.fixture
def configuration(cognito_user_pool: UserPool) -> str:
    """The address of the pool's OpenID configuration."""
    return f"{cognito_user_pool.issuer}/.well-known/openid-configuration"


def by_requests(url: str) -> int:
    return requests.get(url, timeout=5).status_code


def by_httpx(url: str) -> int:
    return httpx.get(url).status_code


async def by_httpx_async(url: str) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).status_code


@responses.activate
def test_responses(keys: str, configuration: str) -> None:
    responses.get(keys, status=503)

    assert by_requests(keys) == 503
    assert by_requests(configuration) == 200
    assert [call.request.url for call in responses.calls] == [keys, configuration]
    responses.reset()
    assert by_requests(keys) == 200


@responses.activate
def test_an_exception_in_place_of_a_response(keys: str) -> None:
    responses.get(keys, body=requests.ConnectTimeout("no answer"))

    with pytest.raises(requests.ConnectTimeout, match="no answer"):
        by_requests(keys)


@responses.activate
def test_a_pattern_and_a_matcher_of_responses(keys: str) -> None:
    responses.get(
        re.compile(r".*/jwks\.json"), status=503, match=[responses.matchers.query_param_matcher({"version": "2"})]
    )

    assert by_requests(keys) == 200
    assert by_requests(f"{keys}?version=2") == 503


def test_responses_in_order_are_not_disturbed(keys: str) -> None:
    with responses.RequestsMock(registry=OrderedRegistry) as mock:
        mock.get(THEIRS, status=201)
        mock.get(THEIRS, status=202)
        assert [by_requests(url) for url in (keys, THEIRS, keys, THEIRS)] == [200, 201, 200, 202]


@responses.activate
def test_responses_and_an_adapter_of_the_users(keys: str) -> None:
    class Counting(HTTPAdapter):
        sent = 0

        def send(self, *args: object, **options: object) -> requests.Response:
            self.sent += 1
            return super().send(*args, **options)  # type: ignore[arg-type]

    responses.get(keys, status=503)
    with requests.Session() as session:
        session.mount("https://", Counting())
        assert session.get(keys).status_code == 503


@moto.mock_aws
@responses.activate
def test_responses_beside_moto(keys: str, configuration: str) -> None:
    responses.get(keys, status=503)

    assert by_requests(keys) == 503
    assert by_requests(configuration) == 200


@responses.activate
@moto.mock_aws
def test_moto_beside_responses(keys: str, configuration: str) -> None:
    responses.get(keys, status=503)

    assert by_requests(keys) == 503
    assert by_requests(configuration) == 200


def test_requests_mock(keys: str, configuration: str, requests_mock: requests_mock.Mocker) -> None:
    requests_mock.get(keys, status_code=503)

    assert by_requests(keys) == 503
    assert by_requests(configuration) == 200
    assert requests_mock.call_count == 1


def test_requests_mock_that_lets_others_through(keys: str, configuration: str) -> None:
    with requests_mock.Mocker(real_http=True) as mock:
        mock.get(keys, exc=requests.ConnectTimeout)
        mock.get(configuration, real_http=True)
        with pytest.raises(requests.ConnectTimeout):
            by_requests(keys)
        assert by_requests(configuration) == 200


@pytest.fixture(params=["httpcore", "httpx"])
def router(request: pytest.FixtureRequest) -> Iterator[respx.MockRouter]:
    """respx, by either of its ways to get between."""
    with respx.mock(assert_all_called=False, using=request.param) as mock:
        yield mock


def test_respx(keys: str, configuration: str, router: respx.MockRouter) -> None:
    route = router.get(keys).respond(503)

    assert by_httpx(keys) == 503
    assert by_httpx(configuration) == 200
    assert (route.call_count, router.calls.call_count) == (1, 1)


@pytest.mark.asyncio
async def test_respx_async(keys: str, configuration: str, router: respx.MockRouter) -> None:
    router.get(keys).mock(side_effect=httpx.ConnectError)

    with pytest.raises(httpx.ConnectError):
        await by_httpx_async(keys)
    assert await by_httpx_async(configuration) == 200


def test_respx_that_answers_what_it_does_not_know(keys: str, configuration: str) -> None:
    with respx.mock(assert_all_mocked=False) as mock:
        mock.get(keys).respond(503)
        assert by_httpx(keys) == 503
        assert "issuer" in httpx.get(configuration).json()


def test_respx_that_lets_a_request_through(keys: str) -> None:
    with respx.mock() as mock:
        mock.get(keys).pass_through()
        assert by_httpx(keys) == 200


def test_pytest_httpx(keys: str, configuration: str, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=keys, status_code=503)

    assert by_httpx(keys) == 503
    assert by_httpx(configuration) == 200
    assert by_httpx(keys) == 200  # the stub has been used
    assert [str(request.url) for request in httpx_mock.get_requests()] == [keys]


def test_a_reusable_stub_of_pytest_httpx(keys: str, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=keys, status_code=503, is_reusable=True)

    assert [by_httpx(keys) for _ in range(3)] == [503, 503, 503]


@pytest.mark.asyncio
async def test_pytest_httpx_async(keys: str, configuration: str, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ConnectTimeout("no answer"), url=keys)

    with pytest.raises(httpx.ConnectTimeout):
        await by_httpx_async(keys)
    assert await by_httpx_async(configuration) == 200


def test_a_session_that_retries_is_answered_by_cognito_after_the_stubs(keys: str) -> None:
    with responses.RequestsMock() as mock, requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=Retry(2, status_forcelist=[503], backoff_factor=0)))
        mock.get(keys, status=503)
        with pytest.raises(requests.exceptions.RetryError):
            session.get(keys)
    assert by_requests(keys) == 200
