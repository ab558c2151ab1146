"""What a request says is what the application is told, however it was sent: repeated headers, odd paths and names."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import httpx
import pytest
from fastapi import FastAPI, Request

from pytest_cognito import Cognito, UserPool
from tests.support import balanced
from tests.support.fronts import echo

TAGS = [("X-Tag", "red"), ("X-Tag", "blue"), ("Cookie", "a=1"), ("Cookie", "b=2")]


def by_http_client(url: str) -> Any:
    host, _, path = url.removeprefix("https://").partition("/")
    connection = http.client.HTTPSConnection(host)
    connection.putrequest("GET", f"/{path}")
    for name, value in TAGS:
        connection.putheader(name, value)
    connection.endheaders()
    return json.loads(connection.getresponse().read())


def by_httpx(url: str) -> Any:
    return httpx.get(url, headers=TAGS).json()


@pytest.mark.parametrize("get", [by_http_client, by_httpx])
def test_headers_that_come_twice(cognito: Cognito, get: Callable[[str], Any]) -> None:
    v2 = get(cognito.http_api(echo).url + "/")
    assert (v2["headers"]["x-tag"], v2["cookies"]) == ("red,blue", ["a=1", "b=2"])
    for front in (cognito.http_api(echo, payload_format="1.0"), cognito.rest_api(echo)):
        v1 = get(front.url + "/")
        assert (v1["headers"]["X-Tag"], v1["multiValueHeaders"]["X-Tag"]) == ("blue", ["red", "blue"])
        assert v1["headers"]["Cookie"] == "a=1; b=2"
    many = cognito.load_balancer(echo, action="forward", multi_value_headers=True)
    assert get(many.url + "/")["multiValueHeaders"]["x-tag"] == ["red", "blue"]


@pytest.mark.asyncio
async def test_headers_that_come_twice_by_aiohttp(cognito: Cognito) -> None:
    async with aiohttp.ClientSession() as session, session.get(cognito.http_api(echo).url, headers=TAGS) as response:
        assert (await response.json())["headers"]["x-tag"] == "red,blue"


def test_an_asgi_application_gets_each_of_them(cognito: Cognito) -> None:
    app = FastAPI()

    @app.get("/")
    def tags(request: Request) -> list[str]:
        return request.headers.getlist("x-tag")

    assert cognito.http_api(app).get("/", headers={"X-Tag": ["red", "blue"]}).json() == ["red", "blue"]


def test_no_spelling_of_a_header_is_taken_for_the_load_balancers(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    balancer = cognito.load_balancer(balanced.echo(), cognito_user_pool, on_unauthenticated="allow")
    alice = balancer.signed_in(cognito_user_pool.create_user("alice"))
    for name in ("X-Amzn-Oidc-Identity", "x_amzn_oidc_identity", "X_Amzn-Oidc_Identity", "X-AMZN-OIDC-IDENTITY"):
        headers = balancer.get("/", headers={name: "admin"}).json()["headers"]
        assert [sent for sent in headers if "oidc" in sent] == []
        signed_in = alice.get("/", headers={name: ["admin", "root"]}).json()["headers"]
        assert {"admin", "root", "admin,root"}.isdisjoint(signed_in.values())


def test_two_slashes_are_not_one(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    routes: Any = {"GET /admin": (echo, cognito_user_pool), "ANY /{proxy+}": (echo, None)}
    for front in (cognito.http_api(routes), cognito.rest_api(routes)):
        assert [front.get(path).status_code for path in ("/admin", "//admin")] == [401, 200]
        assert front.get("//admin").json()["pathParameters"] == {"proxy": "/admin"}
    balancer = cognito.load_balancer(echo, cognito_user_pool, action="forward", rules={"/admin/*": "deny"})
    assert [balancer.get(path).status_code for path in ("/admin/x", "//admin/x")] == [401, 200]


@pytest.mark.parametrize("path", ["/%61dmin", "/admi%6E", "/%61%64%6d%69%6e"])
def test_an_encoded_letter_leads_to_no_other_route(cognito: Cognito, cognito_user_pool: UserPool, path: str) -> None:
    routes: Any = {"GET /admin": (echo, cognito_user_pool), "ANY /{proxy+}": (echo, None)}
    assert cognito.http_api(routes).get(path).status_code == 401
    assert cognito.rest_api(routes).get(path).status_code == 401


@pytest.mark.parametrize("path", ["/admin%2Fx", "/Admin", "/admin;x", "/admin/..", "/./admin"])
def test_what_is_another_path_takes_another_route(cognito: Cognito, cognito_user_pool: UserPool, path: str) -> None:
    routes: Any = {"GET /admin": (echo, cognito_user_pool), "ANY /{proxy+}": (echo, None)}
    assert cognito.http_api(routes).get(path).json()["routeKey"] == "ANY /{proxy+}"
    assert cognito.rest_api(routes).get(path).json()["resource"] == "/{proxy+}"


def test_a_method_is_that_of_the_request_line(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    routes: Any = {"GET /notes": (echo, None), "DELETE /notes": echo}
    override = {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "DELETE"}
    for front in (
        cognito.http_api(routes, authorizer=cognito_user_pool),
        cognito.rest_api(routes, authorizer=cognito_user_pool),
    ):
        assert front.get("/notes", headers=override, params={"_method": "DELETE"}).status_code == 200
        assert front.delete("/notes", headers={"X-HTTP-Method-Override": "GET"}).status_code == 401


def test_who_asks_is_not_who_a_header_says(cognito: Cognito) -> None:
    spoofed = {"X-Forwarded-For": "10.9.8.7", "Forwarded": "for=10.9.8.7", "X-Forwarded-Proto": "http", "Host": "evil"}
    v2 = cognito.http_api(echo)
    event = v2.get("/", headers=spoofed, address="203.0.113.9").json()
    assert event["requestContext"]["http"]["sourceIp"] == "203.0.113.9"
    assert event["headers"]["x-forwarded-for"] == "10.9.8.7, 203.0.113.9"
    assert (event["headers"]["x-forwarded-proto"], event["headers"]["host"]) == ("https", v2.host)
    rest = cognito.rest_api(echo).get("/", headers=spoofed, address="203.0.113.9").json()
    assert rest["requestContext"]["identity"]["sourceIp"] == "203.0.113.9"
