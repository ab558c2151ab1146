"""Between plain data and WSGI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from wsgiref.validate import validator

import pytest

from pytest_cognito.aws.http import Request
from pytest_cognito.web import wsgi

REQUEST = Request.make(
    "POST",
    "https://cognito-idp.eu-west-1.amazonaws.com:8443/a%20b/%C3%BC:1?c=%20d&e",
    {"Content-Type": "text/plain", "X-Amz-Target": "t", "Host": "cognito-idp.eu-west-1.amazonaws.com:8443"},
    b"body",
)


def test_there_and_back() -> None:
    again = wsgi.request(wsgi.environ(REQUEST))

    assert (again.method, again.url, again.body) == ("POST", "/a%20b/%C3%BC:1?c=%20d&e", b"body")
    assert again.headers == {**REQUEST.headers, "content-length": "4"}


def test_the_environment() -> None:
    environ = wsgi.environ(REQUEST)

    assert environ["SERVER_NAME"] == "cognito-idp.eu-west-1.amazonaws.com"
    assert environ["SERVER_PORT"] == "8443"
    assert environ["wsgi.url_scheme"] == "https"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/a b/ü:1"


@pytest.mark.parametrize("url", ["https://a/", "http://a/", "/", "", "http://a:b/"])
def test_it_is_valid_wsgi(url: str) -> None:
    def application(environ: Any, start_response: Any) -> Any:
        assert environ["wsgi.input"].read(0) == b""
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("X-A", "b")])
        return [b"no", b"ne"]

    answer = wsgi.call(validator(application), Request.make("GET", url))

    assert (answer.status, answer.headers, answer.body) == (404, {"Content-Type": "text/plain", "X-A": "b"}, b"none")


def test_an_answer_is_closed_even_if_it_breaks_off() -> None:
    closed = []

    class Body:
        def __iter__(self) -> Iterator[bytes]:
            yield b"half"
            raise ConnectionError("the rest is missing")

        def close(self) -> None:
            closed.append(True)

    def application(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [])
        return Body()

    with pytest.raises(ConnectionError):
        wsgi.call(application, Request.make("GET", "/"))
    assert closed == [True]
