"""Applications of several frameworks behind a load balancer, in plain and in asynchronous tests, and on the server."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import requests
from fastapi import FastAPI, Header

from pytest_cognito import Browser, Cognito, LoadBalancer, Page, User, UserPool
from pytest_cognito.server.socket import Server
from tests.support.balanced import APP, OIDC, SESSION, echo
from tests.support.inner_runs import run_inside
from tests.support.names import lead_here


@pytest.fixture
def notes() -> FastAPI:
    app = FastAPI()

    @app.get("/notes")
    async def read(x_amzn_oidc_identity: str = Header()) -> str:
        return x_amzn_oidc_identity

    return app


def test_fastapi_in_a_plain_test(cognito: Cognito, pool: UserPool, alice: User, notes: FastAPI) -> None:
    assert cognito.load_balancer(notes, pool).signed_in(alice).get("/notes").json() == alice.sub


def test_fastapi_in_an_asynchronous_test(cognito: Cognito, pool: UserPool, alice: User, notes: FastAPI) -> None:
    balancer = cognito.load_balancer(notes, pool)

    async def visit() -> tuple[int, str, str]:
        stranger, user = await balancer.aget("/notes"), balancer.signed_in(alice)
        answer = await user.aget("/notes")
        async with httpx.AsyncClient(cookies=dict(user.cookies)) as client:
            over_http = await client.get(f"{APP}/notes")
        return stranger.status_code, answer.json(), over_http.json()

    assert asyncio.run(visit()) == (302, alice.sub, alice.sub)


def test_every_library_reaches_the_application(balancer: LoadBalancer, alice: User) -> None:
    cookies = dict(balancer.signed_in(alice).cookies)
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    for answer in (requests.get(f"{APP}/a", headers=header, timeout=5), httpx.get(f"{APP}/a", headers=header)):
        assert answer.json()["headers"][f"{OIDC}identity"] == alice.sub


def test_the_round_trip_on_the_server(
    cognito: Cognito, pool: UserPool, alice: User, cognito_server: Server, cognito_browser: Browser
) -> None:
    cognito.load_balancer(echo(), pool)
    page = cognito_browser.get(f"{cognito_server.endpoint_url}/_provider/app.example.com/notes").sign_in(alice)
    assert isinstance(page, Page)
    assert page.url == f"{cognito_server.endpoint_url}/_provider/app.example.com/notes"
    assert alice.sub in page.html
    assert f"{SESSION}-0" in cognito_browser.cookies


def test_the_round_trip_on_the_server_by_name(
    monkeypatch: pytest.MonkeyPatch,
    cognito: Cognito,
    pool: UserPool,
    alice: User,
    cognito_server: Server,
    cognito_browser: Browser,
) -> None:
    lead_here(monkeypatch)
    cognito.load_balancer(echo(), pool)
    port = cognito_server.endpoint_url.rpartition(":")[2]
    own = f"http://app.example.com.localhost:{port}"
    page = cognito_browser.get(f"{own}/notes").sign_in(alice)
    assert isinstance(page, Page)
    assert page.url == f"{own}/notes"


def test_the_application_signs_its_user_out(
    cognito: Cognito, pool: UserPool, alice: User, cognito_browser: Browser
) -> None:
    from flask import Flask, Response, redirect
    from werkzeug.wrappers import Response as Answer

    client = pool.create_client(
        GenerateSecret=True,
        CallbackURLs=[f"{APP}/oauth2/idpresponse"],
        LogoutURLs=[f"{APP}/signed-out"],
    )
    domain = pool.create_domain("notes")
    app = Flask(__name__)

    @app.get("/sign-out")
    def sign_out() -> Answer:
        response = redirect(f"{domain.url}/logout?client_id={client.id}&logout_uri={APP}/signed-out")
        for number in range(4):
            response.delete_cookie(f"{SESSION}-{number}")
        return response

    @app.get("/<path:page>")
    def page(page: str) -> Response:
        return Response(f"<p>{page}</p>")

    cognito.load_balancer(app, client, rules={"/signed-out": "forward"})
    cognito_browser.get(f"{APP}/notes").sign_in(alice)
    left = cognito_browser.get(f"{APP}/sign-out")
    assert isinstance(left, Page)
    assert (left.url, left.text) == (f"{APP}/signed-out", "signed-out")
    again = cognito_browser.get(f"{APP}/notes")
    assert isinstance(again, Page)
    assert again.name == "sign-in"


def test_a_world_that_begins_with_a_load_balancer(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
        import pytest

        def app(environ, start_response):
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [environ.get("HTTP_X_AMZN_OIDC_IDENTITY", "").encode()]

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                pool = cognito.create_user_pool(id="us-east-1_Fixed0001")
                pool.create_user("alice")
                cognito.load_balancer(app, pool)
            return seed
    """)
    pytester.makepyfile("""
        import requests

        def test_it(cognito, cognito_browser):
            alice = cognito.user_pool("us-east-1_Fixed0001").user("alice")
            page = cognito_browser.get("https://app.example.com/notes").sign_in(alice, "wrong-Passw0rd!")
            assert page.error

        def test_the_report(cognito):
            assert requests.get("https://app.example.com/notes", allow_redirects=False).status_code == 200
    """)
    result = run_inside(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["GET /notes*", "*there is no session: the user has to sign in"])
