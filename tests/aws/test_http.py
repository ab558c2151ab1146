from __future__ import annotations

import pytest

from pytest_cognito.http.messages import Request


@pytest.mark.parametrize(
    ("url", "path", "query"),
    [
        ("https://cognito-idp.us-east-1.amazonaws.com/", "/", ""),
        ("https://cognito-idp.us-east-1.amazonaws.com", "/", ""),
        ("https://sts.amazonaws.com?Action=GetCallerIdentity", "/", "Action=GetCallerIdentity"),
        ("http://localhost:9229/identitypools/a%3Ab?maxResults=2#top", "/identitypools/a%3Ab", "maxResults=2"),
        ("/identitypools?next=http://x/y", "/identitypools", "next=http://x/y"),
        ("/a/b://c", "/a/b://c", ""),
        ("http://[", "/", ""),
        ("", "/", ""),
    ],
)
def test_a_url_has_a_path_and_a_query(url: str, path: str, query: str) -> None:
    request = Request.make("get", url)

    assert (request.method, request.path, request.query) == ("GET", path, query)


def test_headers_may_come_in_any_case() -> None:
    assert Request.make("POST", "/", {"X-Amz-Target": "A.B"}).headers["x-amz-target"] == "A.B"
