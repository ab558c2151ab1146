"""The web side of a pool in process: an authorization code and its tokens, a sign-in on its pages, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
import responses
from werkzeug.test import Client

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import AppClient, UserPool
from pytest_cognito.endpoints import application
from pytest_cognito.http import hosts, wsgi
from pytest_cognito.world import World

from . import floor
from .calls import one_signature, two_signatures
from .measure import Row, Subject, call_by_call, in_turns, repeated

_CODE_GRANT = "code grant in process"
_SIGN_IN = "sign-in by cognito_browser, and its tokens"
_JWKS = "JWKS by requests"
CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}
_HOST = hosts.prefix_domain("benchmarks", floor.REGION)


def _code_grant(quick: bool) -> Iterable[Row]:
    """A code for a browser that is signed in, and its tokens, against two signatures and two WSGI calls of nothing."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(PoolName="benchmarks")
        pool.call("CreateUserPoolDomain", Domain="benchmarks")
        client = pool.create_client(**OAUTH)
        cookie = _signed_in(pool, client)
        signatures, nothing, ours = (
            two_signatures(),
            Client(_do_nothing, use_cookies=False),
            Client(_application(cognito.world), use_cookies=False),
        )

        def theirs() -> None:
            nothing.get(f"/oauth2/authorize?{query}", base, headers=browser)
            nothing.post("/oauth2/token", base, data=form)
            signatures()

        def grant() -> None:
            location = ours.get(f"/oauth2/authorize?{query}", base, headers=browser).headers["Location"]
            code = location.partition("code=")[2]
            assert ours.post("/oauth2/token", base, data={**form, "code": code}).status_code == 200

        query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK})
        form = {"grant_type": "authorization_code", "client_id": client.id, "redirect_uri": CALLBACK}
        base, browser = f"https://{_HOST}", {"Cookie": f"cognito={cookie}"}
        taken = call_by_call(20 if quick else 60, grant, theirs, after=cognito.calls.clear)
        yield Row(_CODE_GRANT, "two signatures + two do-nothing WSGI calls", 1.5, taken)


def _signed_in(pool: UserPool, client: AppClient) -> str:
    """The cookie of a browser in which a user has signed in."""
    user = pool.create_user("alice", email="alice@example.com")
    browser = requests.Session()
    query = {"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK}
    page = browser.get(f"https://{_HOST}/oauth2/authorize", params=query, timeout=5)
    form = {"_csrf": browser.cookies["XSRF-TOKEN"], "username": "alice", "password": user.password}
    back = browser.post(page.url, data=form, allow_redirects=False, timeout=5)
    assert "code" in parse_qs(urlsplit(back.headers["Location"]).query)
    return browser.cookies["cognito"]


def _application(world: World) -> Callable[..., Iterable[bytes]]:
    """The world as a WSGI application."""

    def run(environ: Any, start_response: Any) -> Iterable[bytes]:
        answer = application.handle(world, wsgi.request(environ))
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", answer.headers)
        return [answer.body]

    return run


def _do_nothing(environ: Any, start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [b""]


def _browser(quick: bool) -> Iterable[Row]:
    """Three requests to the page and beyond, and one for tokens, against one signature of the two that these have."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(PoolName="benchmarks")
        pool.call("CreateUserPoolDomain", Domain="benchmarks")
        client, user = pool.create_client(**OAUTH), pool.create_user("alice", email="alice@example.com")
        query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK})
        form = {"grant_type": "authorization_code", "client_id": client.id, "redirect_uri": CALLBACK}

        def sign_in() -> None:
            browser = cognito.browser()
            back = browser.get(f"https://{_HOST}/oauth2/authorize?{query}").sign_in(user)
            assert browser.post(f"https://{_HOST}/oauth2/token", {**form, "code": str(back.code)}).status == 200

        taken = call_by_call(20 if quick else 60, sign_in, one_signature(), after=cognito.calls.clear)
        yield Row(_SIGN_IN, "a signature", 6.0, taken)


def _jwks(quick: bool) -> Iterable[Row]:
    """The keys of a pool, against the same answer as a stub of `responses`, which is active for the stub alone."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        address = cognito.create_user_pool(PoolName="benchmarks").jwks_uri
        session, stub = requests.Session(), address.replace("amazonaws.com", "example.com")
        answer = session.get(address, timeout=5)
        headers = dict(answer.headers)
        kind = headers.pop("Content-Type")
        stubs = responses.RequestsMock(assert_all_requests_are_fired=False)
        stubs.get(stub, body=answer.text, headers=headers, content_type=kind)
        ours = repeated(lambda: session.get(address, timeout=5), after=cognito.calls.clear)
        with _active(stubs):
            theirs = repeated(lambda: session.get(stub, timeout=5), after=stubs.calls.reset)

        def stubbed() -> float:
            with _active(stubs):
                return theirs()

        yield Row(_JWKS, "a stub of responses", 1.0, in_turns(20 if quick else 60, ours, stubbed))


@contextmanager
def _active(stubs: responses.RequestsMock) -> Iterator[None]:
    stubs.start()
    try:
        yield
    finally:
        stubs.stop(allow_assert=False)


SUBJECTS = (Subject((_CODE_GRANT,), _code_grant), Subject((_SIGN_IN,), _browser), Subject((_JWKS,), _jwks))
