"""The cookies of the browser: which it keeps, which it sends, and for how long."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito
from pytest_cognito.handles.cookies import Cookies

HOME = "https://app.example.com/login"


@pytest.fixture
def cookies(cognito: Cognito) -> Cookies:
    return Cookies(cognito.clock)


@pytest.mark.parametrize(
    ("cookie", "sent_to", "kept_from"),
    [
        ("a=1; Path=/", "https://app.example.com/x", "https://sub.app.example.com/"),
        ("a=1; Path=/; Domain=example.com", "https://other.example.com/", "https://example.org/"),
        ("a=1; Path=/; Domain=.example.com", "https://example.com/", "https://badexample.com/"),
        ("a=1; Path=/log", "https://app.example.com/log/in", "https://app.example.com/login"),
        ("a=1; Path=/log/", "https://app.example.com/log/in", "https://app.example.com/log"),
        ("a=1; Path=/; Secure", "https://app.example.com/", "http://app.example.com/"),
        ("a=1", "https://app.example.com/anything", "https://example.com/"),
        ("a=1; SameSite=Strict; HttpOnly; Path=/", "https://app.example.com/", "https://example.com/"),
    ],
)
def test_where_a_cookie_is_sent(cookies: Cookies, cookie: str, sent_to: str, kept_from: str) -> None:
    cookies.set(HOME, cookie)
    assert cookies.header(sent_to) == "a=1"
    assert cookies.header(kept_from) is None


@pytest.mark.parametrize("cookie", ["nonsense", "=1", "a=1; Domain=example.org", "a=1; Max-Age=0", "a=1; Max-Age=-5"])
def test_what_is_no_cookie(cookies: Cookies, cookie: str) -> None:
    cookies.set(HOME, cookie)
    assert dict(cookies) == {}


def test_the_path_of_the_page_is_the_default(cookies: Cookies) -> None:
    cookies.set("https://app.example.com/saml2/idpresponse", "a=1")
    assert cookies.header("https://app.example.com/saml2/x") == "a=1"
    assert cookies.header(HOME) is None


def test_a_cookie_lasts_as_long_as_the_clock_says(cognito: Cognito, cookies: Cookies) -> None:
    cookies.set(HOME, 'cognito="H4sI.H4sI.3"; Version=1; Max-Age=3600; Expires=Thu, 01-Jan-1970 00:00:10 GMT; Path=/')
    assert cookies["cognito"] == '"H4sI.H4sI.3"'
    assert cookies.header(HOME) == 'cognito="H4sI.H4sI.3"'
    cognito.clock.advance(seconds=3599)
    assert "cognito" in cookies
    cognito.clock.advance(seconds=2)
    assert "cognito" not in cookies
    assert cookies.header(HOME) is None


def test_a_date_in_the_past_deletes(cookies: Cookies) -> None:
    cookies.set(HOME, "XSRF-TOKEN=old; Path=/")
    cookies.set(HOME, 'XSRF-TOKEN=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT; Path=/')
    assert "XSRF-TOKEN" not in cookies
    cookies.set(HOME, "XSRF-TOKEN=new; Path=/; Expires=no date")
    assert cookies["XSRF-TOKEN"] == "new"


def test_a_cookie_replaces_that_of_its_name_and_path(cookies: Cookies) -> None:
    cookies.set(HOME, "a=1; Path=/")
    cookies.set(HOME, "a=2; Path=/")
    cookies.set(HOME, "a=3; Path=/login")
    assert cookies.header(HOME) == "a=3; a=2"
    assert (len(cookies), [cookie.path for cookie in cookies.all]) == (1, ["/", "/login"])


def test_the_machine_itself_is_trusted(cookies: Cookies) -> None:
    cookies.set("http://my-app.localhost:9229/login", "a=1; Path=/; Secure")
    assert cookies.header("http://my-app.localhost:9229/") == "a=1"


def test_no_value_is_shown(cookies: Cookies) -> None:
    cookies.set(HOME, "cognito=s3cret; Path=/")
    assert repr(cookies) == "<Cookies: cognito>"
    assert repr(cookies.all) == "[<Cookie cognito of app.example.com/>]"
