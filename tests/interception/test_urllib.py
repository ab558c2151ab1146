"""What is built on urllib: openers, and PyJWT's client of key sets."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import urllib.error
import urllib.request
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from pytest_cognito.http.messages import Response

from .conftest import SET_COOKIES, Echo

HOST = "https://cognito-idp.eu-west-1.amazonaws.com"
JWKS = f"{HOST}/pool/.well-known/jwks.json"


def test_the_answer_is_that_of_http_client(echo: Echo) -> None:
    with urllib.request.urlopen(f"{HOST}/x") as answer:
        assert isinstance(answer, http.client.HTTPResponse)
        message: Any = answer.msg  # which urllib makes the reason
        assert (answer.status, answer.reason, message) == (200, "OK", "OK")
        assert answer.info()["Content-Type"] == "application/json"
        assert answer.geturl() == f"{HOST}/x"
        assert answer.readline().startswith(b"{")


def test_errors_of_status_are_raised_as_ever(echo: Echo) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{HOST}/status/403")

    with caught.value as error:
        assert (error.code, error.reason) == (403, "Forbidden")
        assert b"/status/403" in error.read()


def test_a_header_that_comes_twice_arrives_twice(echo: Echo) -> None:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), StayHere())

    with pytest.raises(urllib.error.HTTPError) as caught:
        opener.open(f"{HOST}/redirect?/there")

    with caught.value as error:
        assert error.headers.get_all("Set-Cookie") == SET_COOKIES
    assert {cookie.name: cookie.value for cookie in jar} == {"seen": "yes", "twice": "yes"}


class StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


def test_an_opener_older_than_the_hook(echo: Echo) -> None:
    assert urllib.request.OpenerDirector is type(OPENER)
    with OPENER.open(f"{HOST}/x", data=b"body") as answer:
        assert b'"body": "body"' in answer.read()


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({"https": "http://proxy.invalid:1"}))


def test_py_jwk_client_finds_the_key(echo: Echo) -> None:
    key = rsa.generate_private_key(65537, 2048)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": "one", "use": "sig"}
    document = json.dumps({"keys": [public]}).encode()
    echo.response = Response(200, [("Content-Type", "application/json")], document)
    token = jwt.encode({"sub": "alice"}, key, "RS256", {"kid": "one"})

    found = jwt.PyJWKClient(JWKS, headers={"User-Agent": "app"}).get_signing_key_from_jwt(token)

    assert jwt.decode(token, found.key, ["RS256"]) == {"sub": "alice"}


def test_py_jwk_client_reports_an_error_of_status(echo: Echo) -> None:
    with pytest.raises(jwt.PyJWKClientConnectionError, match="400"):
        jwt.PyJWKClient(f"{HOST}/status/400").get_jwk_set()
