"""Requests as WSGI servers hand them over."""

from __future__ import annotations

from werkzeug.test import create_environ

from pytest_cognito.http import wsgi


def test_a_request_as_it_was_on_the_wire() -> None:
    environ = create_environ(
        "/a b/ü:1",
        "https://cognito-idp.eu-west-1.amazonaws.com:8443",
        query_string="c=%20d&e",
        method="POST",
        content_type="text/plain",
        headers={"X-Amz-Target": "t"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
        data=b"body",
    )

    request = wsgi.request(environ)

    assert (request.method, request.url, request.body) == ("POST", "/a%20b/%C3%BC:1?c=%20d&e", b"body")
    assert request.address == "203.0.113.7"
    assert request.headers == {
        "host": "cognito-idp.eu-west-1.amazonaws.com:8443",
        "x-amz-target": "t",
        "content-type": "text/plain",
        "content-length": "4",
    }


def test_a_slash_in_a_segment() -> None:
    sent = create_environ(
        "/datasets/a%2Fb/records",
        query_string="c=%2F",
        environ_overrides={"REQUEST_URI": "/datasets/a%2Fb%20/records?c=%2F"},
    )
    rewritten = create_environ("/below/a/b", environ_overrides={"REQUEST_URI": "/a%2Fb"})
    sent["PATH_INFO"] = "/datasets/a/b /records"

    assert wsgi.request(sent).url == "/datasets/a%2Fb%20/records?c=%2F"
    assert wsgi.request(rewritten).url == "/below/a/b"
