"""The endpoints at the address of the loopback server, which serves all pools: the client says which one."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from pytest_cognito import Cognito
from pytest_cognito.endpoints import application
from pytest_cognito.http.messages import Request, Response
from tests.support.hosted import CALLBACK, Hosted, parameters

pytestmark = pytest.mark.cognito(region="eu-west-1")


def ask(cognito: Cognito, method: str, target: str, body: str = "", **headers: str) -> Response:
    sent = {"Host": "127.0.0.1:9229", "Content-Type": "application/x-www-form-urlencoded", **headers}
    return application.handle(cognito.world, Request.make(method, target, sent, body.encode()))


def test_a_code_and_its_tokens(cognito: Cognito, hosted: Hosted) -> None:
    here = Hosted(hosted.pool, hosted.client, "eu-west-1")
    here.sign_in()
    query = urlencode({"client_id": here.client.id, "response_type": "code", "redirect_uri": CALLBACK})
    cookie = {"Cookie": f"cognito={here.browser.cookies['cognito']}"}
    location = ask(cognito, "GET", f"/oauth2/authorize?{query}", **cookie).header("Location") or ""
    form = {"grant_type": "authorization_code", "client_id": here.client.id, "redirect_uri": CALLBACK}
    answer = ask(cognito, "POST", "/oauth2/token", urlencode({**form, "code": parameters(location)["code"]}))
    token = json.loads(answer.body)["access_token"]
    info = ask(cognito, "GET", "/oauth2/userInfo", Authorization=f"Bearer {token}")
    assert json.loads(info.body)["username"] == "alice"
    out = ask(cognito, "GET", f"/logout?client_id={here.client.id}", **cookie)
    assert out.status == 302
    assert (ask(cognito, "GET", f"/oauth2/authorize?{query}", **cookie).header("Location") or "").startswith("/login?")
    assert cognito.calls[-1].region == "eu-west-1"


def test_a_client_of_no_pool(cognito: Cognito) -> None:
    assert ask(cognito, "GET", "/oauth2/authorize?client_id=x").header("Location") == (
        "/error?error=invalid_request&client_id=x"
    )
    answer = ask(cognito, "GET", "/oauth2/userInfo", Authorization="Bearer x")
    assert answer.status == 401
