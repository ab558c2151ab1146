"""Sessions at a load balancer: how long they last, how they are renewed, and who is in without one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, LoadBalancer, User, UserPool
from tests.support.balanced import NONCE, OIDC, SESSION, echo, said


def is_in(response: requests.Response) -> bool:
    """Whether the application has been told of a user."""
    return response.status_code == 200 and f"{OIDC}data" in response.json()["headers"]


def leads_to_sign_in(response: requests.Response) -> bool:
    return response.status_code == 302 and "/oauth2/authorize?" in response.headers["Location"]


def test_a_session_ends_with_its_time_out(cognito: Cognito, pool: UserPool, alice: User) -> None:
    cognito.clock.freeze("2030-01-01")
    notes = cognito.load_balancer(echo(), pool, session_timeout=600).signed_in(alice)
    cognito.clock.advance(seconds=599)
    assert is_in(notes.get("/notes"))
    cognito.clock.advance(seconds=1)
    assert leads_to_sign_in(notes.get("/notes"))
    assert "is over: it lasts 600 s" in said(cognito, "GET /notes")


@pytest.mark.parametrize("mode", ["deny", "allow"])
def test_who_had_a_session_signs_in_again_whatever_the_mode(
    cognito: Cognito, pool: UserPool, alice: User, mode: str
) -> None:
    notes = cognito.load_balancer(echo(), pool, session_timeout=600, on_unauthenticated=mode).signed_in(alice)
    cognito.clock.advance(minutes=11)
    assert leads_to_sign_in(notes.get("/notes"))


def test_browsers_forget_the_cookies_after_seven_days(balancer: LoadBalancer, cognito: Cognito, alice: User) -> None:
    notes = balancer.signed_in(alice)
    cognito.clock.advance(days=7, seconds=1)
    assert not any(name.startswith(SESSION) for name in notes.cookies)


def test_an_access_token_that_has_expired_is_renewed(cognito: Cognito, balancer: LoadBalancer, alice: User) -> None:
    notes = balancer.signed_in(alice)
    first = notes.get("/notes").json()["headers"]
    before = notes.cookies[f"{SESSION}-0"]
    alice.pool.call(
        "AdminUpdateUserAttributes",
        Username="alice",
        UserAttributes=[{"Name": "email", "Value": "new@example.com"}],
    )
    cognito.clock.advance(minutes=61)
    response = notes.get("/notes")
    assert is_in(response)
    assert response.json()["headers"][f"{OIDC}accesstoken"] != first[f"{OIDC}accesstoken"]
    assert notes.cookies[f"{SESSION}-0"] != before
    assert "uses the refresh token" in said(cognito, "GET /notes")
    assert [call.parameters["grant_type"] for call in cognito.calls.of("POST /oauth2/token")] == ["refresh_token"]
    assert is_in(notes.get("/notes"))
    assert len(cognito.calls.of("POST /oauth2/token")) == 1


def test_a_refresh_that_fails_leads_to_the_sign_in(cognito: Cognito, balancer: LoadBalancer, alice: User) -> None:
    notes = balancer.signed_in(alice)
    alice.pool.call("AdminUserGlobalSignOut", Username="alice")
    assert is_in(notes.get("/notes"))  # the load balancer does not ask before the token has expired
    cognito.clock.advance(minutes=61)
    assert leads_to_sign_in(notes.get("/notes"))
    assert "that failed" in said(cognito, "GET /notes")


def test_deny_answers_401(cognito: Cognito, pool: UserPool, alice: User) -> None:
    balancer = cognito.load_balancer(echo(), pool, on_unauthenticated="deny")
    response = balancer.get("/notes")
    assert (response.status_code, response.headers["Content-Type"]) == (401, "text/html")
    assert response.text == (
        "<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n"
        "<center><h1>401 Authorization Required</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    assert "on_unauthenticated is 'deny'" in said(cognito, "GET /notes")
    assert is_in(balancer.signed_in(alice).get("/notes"))


def test_allow_lets_strangers_pass_without_the_headers(cognito: Cognito, pool: UserPool, alice: User) -> None:
    balancer = cognito.load_balancer(echo(), pool, on_unauthenticated="allow")
    sent = balancer.get("/notes", headers={"X-Amzn-Oidc-Identity": "made-up"}).json()["headers"]
    assert not any(name.startswith(OIDC) for name in sent)
    assert is_in(balancer.signed_in(alice).get("/notes"))


def test_a_session_of_another_load_balancer_or_app_client_is_none(
    cognito: Cognito, balancer: LoadBalancer, pool: UserPool, alice: User
) -> None:
    cookies = dict(balancer.signed_in(alice).cookies)
    other = cognito.load_balancer(echo(), pool, host="other.example.com", name="other")
    assert leads_to_sign_in(other.get("/", cookies=cookies))


def test_cookies_have_the_name_that_is_chosen(cognito: Cognito, pool: UserPool, alice: User) -> None:
    notes = cognito.load_balancer(echo(), pool, cookie_name="NotesSession").signed_in(alice)
    assert set(notes.cookies) == {"NotesSession-0"}
    assert is_in(notes.get("/"))


def test_a_long_session_is_in_shards(cognito: Cognito, pool: UserPool, alice: User) -> None:
    noise = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(1300))
    pool.call("AddCustomAttributes", CustomAttributes=[{"Name": "noise", "AttributeDataType": "String"}])
    values = [{"Name": "custom:noise", "Value": noise}]
    pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=values)
    balancer = cognito.load_balancer(echo(), pool, scope="openid profile")
    notes = balancer.signed_in(alice)
    assert set(notes.cookies) >= {f"{SESSION}-0", f"{SESSION}-1"}
    assert all(re.fullmatch(r"[\w=-]{1,4096}", value) for value in notes.cookies.values())
    assert is_in(notes.get("/"))


def test_a_shorter_session_leaves_no_shard_behind(cognito: Cognito, balancer: LoadBalancer, alice: User) -> None:
    notes = balancer.signed_in(alice)
    notes.cookies.set(f"{balancer.url}/", f"{SESSION}-3=; Path=/; Secure")
    cognito.clock.advance(minutes=61)
    assert is_in(notes.get("/notes"))
    assert f"{SESSION}-3" not in notes.cookies


def test_scripts_of_other_origins_get_cookies_that_go_along(
    cognito: Cognito, balancer: LoadBalancer, alice: User
) -> None:
    notes = balancer.signed_in(alice)
    cognito.clock.advance(minutes=61)
    response = notes.get("/notes", headers={"Origin": "https://spa.example.com"})
    assert "SameSite=None" in response.headers["Set-Cookie"]


def test_the_application_signs_a_user_out_by_its_cookies(cognito: Cognito, pool: UserPool, alice: User) -> None:
    from flask import Flask, Response

    app = Flask(__name__)

    @app.get("/signed-out")
    def sign_out() -> Response:
        response = Response("bye")
        for number in range(4):
            response.delete_cookie(f"{SESSION}-{number}")
        return response

    notes = cognito.load_balancer(app, pool).signed_in(alice)
    assert notes.get("/signed-out").text == "bye"
    assert leads_to_sign_in(notes.get("/signed-out"))


@pytest.fixture
def brought(balancer: LoadBalancer, alice: User) -> dict[str, str]:
    """The cookies of a session, and the cookie and the state of a sign-in that has begun, by name."""
    begun = balancer.get("/notes")
    state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
    return {**balancer.signed_in(alice).cookies, NONCE: begun.cookies[NONCE], "state": state}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_cookies_and_states_let_nobody_in(
    balancer: LoadBalancer, brought: dict[str, str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(brought)))
    value = brought[name]
    at = data.draw(st.integers(0, len(value) - 1))
    other = data.draw(st.characters(codec="ascii", exclude_characters='";, \\', categories=("L", "N", "P")))
    before, after = value[:at], value[at + 1 :]
    spoiled = data.draw(st.sampled_from([before + other + after, before, before + after, before + other + value[at:]]))
    assume(spoiled != value)
    sent = {**brought, name: spoiled}
    if name in ("state", NONCE):
        query = {"state": sent["state"], "code": "1"}  # with both as they were, the code would be refused: 561
        assert balancer.get("/oauth2/idpresponse", params=query, cookies={NONCE: sent[NONCE]}).status_code == 401
    else:
        assert leads_to_sign_in(balancer.get("/notes", cookies=sent))
