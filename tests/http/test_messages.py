"""Requests and responses as data."""

from __future__ import annotations

import pytest

from pytest_cognito.http import cors
from pytest_cognito.http.messages import Request, Response, form


def test_names_of_headers_are_read_in_any_case() -> None:
    response = Response(200, [("Set-Cookie", "a=1"), ("X-Amzn-RequestId", "id"), ("set-cookie", "b=2")])

    assert response.header("x-amzn-requestid") == response.header("X-AMZN-REQUESTID") == "id"
    assert response.header("SET-COOKIE") == "a=1"
    assert response.header("Location") is None


def test_headers_keep_their_order_and_come_as_often_as_they_are_added() -> None:
    response = Response(200, [("Set-Cookie", "a=1")])
    response.add_headers([("Vary", "Origin"), ("Set-Cookie", "b=2")])
    response.add_headers(iter(()))

    assert response.headers == [("Set-Cookie", "a=1"), ("Vary", "Origin"), ("Set-Cookie", "b=2")]


def test_no_two_responses_share_their_headers() -> None:
    one, other = Response(200), Response(200)
    one.add_headers(cors.response_headers())
    one.headers.append(("Vary", "Origin"))

    assert other.headers == []
    assert ("Vary", "Origin") not in cors.response_headers()


@pytest.mark.parametrize(
    ("url", "path", "query"),
    [
        ("https://a.example/b%20c?d=%20&e#f", "/b%20c", "d=%20&e"),
        ("https://a.example", "/", ""),
        ("https://a.example?b=c", "/", "b=c"),
        ("/a?b?c", "/a", "b?c"),
        ("/login?to=https://a.example/b", "/login", "to=https://a.example/b"),
        ("/to/https://a.example/b", "/to/https://a.example/b", ""),
        ("//a", "//a", ""),
        ("https://a.example//b/", "//b/", ""),
        ("", "/", ""),
    ],
)
def test_the_path_and_the_query_of_a_request(url: str, path: str, query: str) -> None:
    request = Request.make("get", url)

    assert (request.method, request.path, request.query) == ("GET", path, query)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a=1&b=&a=2", [("a", "1"), ("b", ""), ("a", "2")]),
        (b"a=%C3%BC+b", [("a", "ü b")]),
        (b"a=\xff", [("a", "\ufffd")]),
        ("", []),
    ],
)
def test_forms(text: str | bytes, pairs: list[tuple[str, str]]) -> None:
    assert form(text) == pairs


def test_what_a_page_of_another_origin_may_read() -> None:
    assert dict(cors.response_headers()) == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
    }


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [("authorization, X-Mine", "authorization,X-Mine"), ("", "*"), ("a\r\nSet-Cookie: b", "a,Set-Cookie,b")],
)
def test_what_a_browser_is_told_before_it_asks(asked: str, allowed: str) -> None:
    assert dict(cors.preflight_headers("POST,GET", asked)) == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "POST,GET",
        "Access-Control-Allow-Headers": allowed,
        "Access-Control-Max-Age": "3600",
    }
