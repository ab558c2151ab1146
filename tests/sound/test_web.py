"""Whatever is sent to a domain: an answer and no exception, no redirect to a stranger, and nobody else's session."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito.cognito_idp.records import BROWSER_SESSIONS, USERS
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request
from tests.sound.web_world import (
    DOMAINS,
    FORM,
    HOSTS,
    LOGOUT,
    MARK,
    PASSWORD,
    PATHS,
    POSTED,
    REGION,
    Browser,
    WebWorld,
    web_world,
)
from tests.support.forms import CALLBACK

SETTINGS = settings(suppress_health_check=list(HealthCheck))
NAMES = [
    *(
        "client_id",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
        "nonce",
        "prompt",
        "lang",
        "login_hint",
        "resource",
    ),
    *("code_challenge", "code_challenge_method", "identity_provider", "idp_identifier", "logout_uri", "max_age"),
    *("acr_values", "error", "error_description", "user_name", "confirmation_code", "event_id", "value", "token"),
    *("username", "password", "confirmPassword", "code", "authentication_code", "requiredAttributes[email]", "_csrf"),
    *("csrf", "cognitoAsfData", "destination", "deliveryMedium", "sub", "answer", "credential", "grant_type"),
    *("client_secret", "refresh_token", "code_verifier", "SAMLResponse", "RelayState", "id_token_hint", "email"),
    *("phone_number", "resource"),
]
ODD = st.sampled_from(
    [
        *("", " ", "\0", "\r\nSet-Cookie: a=b", "\ud800", "é𝟙", MARK, "x" * 70_000, "none login", "-1", "1e999", "[]"),
        *(
            "//evil.example.com",
            "https://evil.example.com",
            "javascript:alert(1)",
            "https://app.example.com/callback/..",
        ),
        *(
            f"{CALLBACK}?x=1",
            f"{CALLBACK}#x",
            f"{CALLBACK}\r\nx:y",
            "https://app.example.com@evil.example.com/callback",
        ),
    ]
)
KNOWN = st.sampled_from(
    [
        *("alice", "bob", f"{PASSWORD}0", "code", "token", "openid", "COGNITO", "none", "login", "de", "S256"),
        *("authorization_code", "refresh_token", "client_credentials", "123456", "true", "EMAIL_OTP", "SMS_MFA"),
        *(CALLBACK, LOGOUT),
    ]
)
VALUES = ODD | KNOWN | st.text(max_size=20)
PARAMETERS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5)
RAW = st.text(max_size=30) | st.binary(max_size=30).map(quote_from_bytes)
COOKIE_NAMES = ["cognito", "XSRF-TOKEN", "page-data", "cognito-fl", "lang", "csrf-state", ""]
HEADERS = st.dictionaries(
    st.sampled_from(
        ["authorization", "content-type", "accept", "accept-language", "origin", "sec-fetch-mode", "user-agent"]
    ),
    VALUES | st.sampled_from(["Basic eDp5", "Basic !", "Bearer x", "multipart/form-data", "application/json"]),
    max_size=2,
)
SERVERS = (*HOSTS.values(), hosts.endpoint("cognito-idp", REGION), "evil.example.com", "127.0.0.1:9229", "", "[", "a b")


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A request that may be anything, though most have a path that there is, and a client that there is."""
    web = web_world()
    query, domain = draw(PARAMETERS), draw(st.sampled_from(DOMAINS))
    if draw(st.integers(0, 3)):
        query = {**web.query(domain), **query}
    path = draw(st.sampled_from(PATHS) | st.builds("/{}".format, RAW) | st.sampled_from(["", "*", "//evil", "/\\evil"]))
    host = HOSTS[domain] if draw(st.integers(0, 3)) else draw(st.sampled_from(SERVERS))
    tail = draw(st.sampled_from(["", "x="]) | RAW) + "&" + urlencode(query, errors="replace")
    body = draw(PARAMETERS.map(_encoded) | st.binary(max_size=50))
    cookies = draw(st.dictionaries(st.sampled_from(COOKIE_NAMES), VALUES, max_size=3))
    headers = {"host": host, "cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), **FORM, **draw(HEADERS)}
    if draw(st.booleans()):
        headers["cookie"] = "XSRF-TOKEN=1"
        body += b"&_csrf=1"
    method = draw(st.sampled_from(["GET", "GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "BREW"]))
    return Request.make(method, f"https://{host}{path}?{tail}", headers, body)


def _encoded(form: dict[str, str]) -> bytes:
    return urlencode(form, errors="replace").encode()


@pytest.mark.parametrize("raw", ["x=\r\nSet-Cookie: a=b", "\0", "é", "\ud800", ' <zz zz">', "%zz'%22><zz;"])
def test_a_query_that_no_browser_sends(raw: str) -> None:
    web = web_world()
    for path in PATHS:
        url = f"https://{HOSTS['managed']}{path}?{raw}&{urlencode(web.query('managed'))}&{raw}"
        for method in ("GET", "POST"):
            headers = {"host": HOSTS["managed"], "cookie": "XSRF-TOKEN=1"}
            with web.world.store.rolled_back():
                web.ask(Request.make(method, url, headers, b"_csrf=1"))


@SETTINGS
@given(st.lists(requests(), min_size=1, max_size=5))
def test_no_request_is_too_odd(asked: list[Request]) -> None:
    web = web_world()
    with web.world.store.rolled_back():
        for request in asked:
            web.ask(request)
    web.world.calls.clear()


Step = Callable[[list[Browser]], None]
SECRETS: list[Callable[[Browser], str]] = [
    lambda browser: f"{PASSWORD}{browser.number}",
    lambda browser: browser.code(),
    lambda browser: f"x{browser.address}",
]
"""What a person knows: their password, the code that they were sent, an address of their own."""
FIELDS = [
    "username",
    "password",
    "confirmPassword",
    "code",
    "authentication_code",
    "requiredAttributes[email]",
    "answer",
]
PEOPLE = st.sampled_from(["alice", "bob", "carol"])
PAGES = [path for path in PATHS if "<" not in path]
CHANGES = st.dictionaries(
    st.sampled_from(FIELDS), PEOPLE.map(lambda name: lambda _: name) | st.sampled_from(SECRETS), max_size=4
)
QUERY_CHANGES = st.dictionaries(st.sampled_from(NAMES), KNOWN, max_size=1)


def _sign_in(browser: Browser, name: str) -> None:
    browser.open("/login", {})
    browser.submit(0, {"username": name, "password": f"{PASSWORD}{browser.number}"})


def _sign_up(browser: Browser, name: str) -> None:
    browser.open("/signup", {})
    form = {"username": name, "password": f"{PASSWORD}{browser.number}"}
    browser.submit(0, {**form, "requiredAttributes[email]": f"{name}{browser.address}"})


def _forget(browser: Browser, name: str) -> None:
    browser.open("/forgotPassword", {})
    browser.submit(0, {"username": name})


def _new_password(browser: Browser, name: str) -> None:
    password = f"{PASSWORD}{browser.number}"
    form = {"username": name, "code": browser.code(), "password": password, "confirmPassword": password}
    browser.submit(0, form)


PLANS = st.sampled_from([_sign_in, _sign_up, _forget, _new_password])


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """What one of two browsers does next."""
    who = draw(st.integers(0, 1))
    kind = draw(st.sampled_from(["plan", "submit", "open", "post"]))
    if kind == "plan":
        plan, name = draw(PLANS), draw(PEOPLE)
        return lambda browsers: plan(browsers[who], name)
    if kind == "open":
        path, changes = draw(st.sampled_from(PAGES)), draw(QUERY_CHANGES)
        return lambda browsers: browsers[who].open(path, changes)
    given_fields = draw(CHANGES)
    if kind == "submit":
        number = draw(st.integers(0, 2))
        return lambda browsers: browsers[who].submit(number, _filled(browsers[who], given_fields))
    path = draw(st.sampled_from(POSTED))
    return lambda browsers: browsers[who].post(_at(browsers[who], path), _filled(browsers[who], given_fields))


def _filled(browser: Browser, fields: dict[str, Callable[[Browser], str]]) -> dict[str, str]:
    """Fields with what a person knows. Nobody gives an account to somebody else by signing up with their address."""
    return {name: value(browser) for name, value in fields.items()}


def _at(browser: Browser, path: str) -> str:
    return f"{path}?{urlencode(browser.web.query(browser.domain))}"


@SETTINGS
@given(st.sampled_from(DOMAINS), st.lists(steps(), max_size=8))
def test_nobody_is_taken_for_somebody_else(domain: str, plan: list[Step]) -> None:
    web = web_world()
    with web.world.store.rolled_back():
        browsers = [Browser(web, number, domain) for number in range(2)]
        for step in plan:
            step(browsers)
        for browser in browsers:
            assert all(person.endswith(browser.address) for person in browser.people())
        sessions = [browser.cookies.get("cognito") for browser in browsers]
        assert sessions[0] is None or sessions[0] != sessions[1]
    web.world.outbox.clear()
    web.world.calls.clear()


def test_each_person_can_sign_in() -> None:
    """The search above finds nothing because there is nothing, not because nobody ever gets in."""
    web = web_world()
    with web.world.store.rolled_back():
        browsers = [Browser(web, number, "classic") for number in range(2)]
        _sign_in(browsers[0], "alice")
        _sign_in(browsers[1], "alice")
        _sign_up(browsers[1], "carol")
        browsers[1].submit(0, {"code": browsers[1].code()})

        assert browsers[0].people() == {"alice@0.example.com"}
        assert browsers[1].people() == {"carol@1.example.com"}


@pytest.mark.parametrize("path", POSTED)
def test_a_form_from_another_page_is_refused(path: str) -> None:
    web = web_world()
    url = f"https://{HOSTS['managed']}{path}?{urlencode(web.query('managed'))}"
    with web.world.store.rolled_back():
        before = _state(web)
        for token in ({}, {"_csrf": ""}, {"_csrf": "2"}, {"csrf": "2"}):
            form = {"username": "alice", "password": f"{PASSWORD}0", "email": "a@example.com", **token}
            headers = {"host": HOSTS["managed"], "cookie": "XSRF-TOKEN=1"}
            answer = web.ask(Request.make("POST", url, headers, _encoded(form)))

            assert answer.status == 302
            error_page = f"https://{HOSTS['managed']}/error?error=Invalid+CSRF+token"
            assert str(answer.header("Location")).startswith(error_page)
            assert _state(web) == before


def _state(web: WebWorld) -> list[str]:
    store = web.world.store
    return [*map(repr, store[USERS]), *map(repr, store[BROWSER_SESSIONS])]
