"""``/oauth2/idpresponse``: what the load balancer makes of what the browser brings back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pytest_cognito import Cognito, LoadBalancer, User, UserPool
from tests.support.balanced import CALLBACK, NONCE, SESSION, echo, said

PATH = "/oauth2/idpresponse"


def begin(balancer: LoadBalancer) -> tuple[dict[str, str], dict[str, str]]:
    """The state and the cookie of a sign-in that has begun."""
    response = balancer.get("/notes")
    state = parse_qs(urlsplit(response.headers["Location"]).query)["state"][0]
    return {"state": state}, {NONCE: response.cookies[NONCE]}


@pytest.fixture
def code(balancer: LoadBalancer, alice: User) -> tuple[dict[str, str], dict[str, str]]:
    """What alice's browser brings back, and its cookie."""
    response = balancer.get("/notes")
    redirect = alice.authorize(response.headers["Location"])
    return redirect.query, {NONCE: response.cookies[NONCE]}


def refused(cognito: Cognito, response: requests.Response) -> tuple[int, str]:
    """The status of a refusal, and the reason that the report has."""
    assert response.headers["Server"] == "awselb/2.0"
    assert not any(cookie.name.startswith(SESSION) for cookie in response.cookies)
    line = next(each for each in said(cognito, f"GET {PATH}").splitlines() if "the load balancer answers" in each)
    return response.status_code, line.split(", ", 1)[1].partition(":")[0]


def test_a_code_becomes_a_session(balancer: LoadBalancer, code: tuple[dict[str, str], dict[str, str]]) -> None:
    response = balancer.get(PATH, params=code[0], cookies=code[1])
    assert (response.status_code, response.headers["Location"]) == (302, "https://app.example.com/notes")
    assert {cookie.name for cookie in response.cookies if cookie.value} >= {f"{SESSION}-0"}


def test_a_code_is_good_once(
    cognito: Cognito, balancer: LoadBalancer, code: tuple[dict[str, str], dict[str, str]]
) -> None:
    balancer.get(PATH, params=code[0], cookies=code[1])
    again = balancer.get(PATH, params=code[0], cookies=code[1])
    assert refused(cognito, again) == (561, "AuthInvalidGrantError")


def test_without_a_state_or_with_another_nonce_nobody_gets_in(
    cognito: Cognito, balancer: LoadBalancer, code: tuple[dict[str, str], dict[str, str]]
) -> None:
    sent, cookie = code
    _, another = begin(balancer)
    missing = balancer.get(PATH, params={"code": sent["code"]}, cookies=cookie)
    assert refused(cognito, missing) == (401, "AuthMissingStateParam")
    made_up = balancer.get(PATH, params={**sent, "state": "made-up"}, cookies=cookie)
    assert refused(cognito, made_up) == (401, "AuthInvalidStateParam")
    without = balancer.get(PATH, params=sent)
    assert refused(cognito, without) == (401, "AuthMissingAWSALBAuthNonce")
    of_another = balancer.get(PATH, params=sent, cookies=another)
    assert refused(cognito, of_another) == (401, "AuthInvalidStateParam")
    assert "<center><h1>401 Authorization Required</h1></center>" in of_another.text


def test_a_session_is_no_state(balancer: LoadBalancer, alice: User) -> None:
    session = "".join(balancer.signed_in(alice).cookies.values())
    assert balancer.get(PATH, params={"state": session, "code": "1"}, cookies={NONCE: "1"}).status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(15, 302), (15.1, 401)])
def test_a_sign_in_takes_fifteen_minutes_at_most(
    cognito: Cognito, balancer: LoadBalancer, alice: User, minutes: float, status: int
) -> None:
    cognito.clock.freeze("2030-01-01")
    response = balancer.get("/notes")
    cookie = {NONCE: response.cookies[NONCE]}
    cognito.clock.advance(minutes=minutes)
    sent = alice.authorize(response.headers["Location"]).query
    assert balancer.get(PATH, params=sent, cookies=cookie).status_code == status


def test_errors_of_the_provider(cognito: Cognito, balancer: LoadBalancer) -> None:
    state, cookie = begin(balancer)
    denied = balancer.get(PATH, params={**state, "error": "access_denied"}, cookies=cookie)
    assert refused(cognito, denied) == (401, "AuthInvalidGrantError")
    broken = {**state, "error": "invalid_request", "error_description": "no such provider"}
    response = balancer.get(PATH, params=broken, cookies=cookie)
    assert refused(cognito, response) == (561, "AuthInvalidGrantError")
    assert "<h1>561 Authentication Error</h1>" in response.text
    assert "no such provider" in said(cognito, f"GET {PATH}")
    assert refused(cognito, balancer.get(PATH, params=state, cookies=cookie)) == (401, "AuthMissingCodeParam")


def test_a_scope_without_openid_gives_no_id_token(cognito: Cognito, pool: UserPool, alice: User) -> None:
    balancer = cognito.load_balancer(echo(), pool, scope="email")
    response = balancer.get("/notes")
    sent = alice.authorize(response.headers["Location"]).query
    back = balancer.get(PATH, params=sent, cookies={NONCE: response.cookies[NONCE]})
    assert refused(cognito, back) == (401, "AuthInvalidIdToken")


@pytest.mark.parametrize(
    ("endpoint", "reason"),
    [
        ("POST /oauth2/token", "AuthTokenEpRequestTimeout"),
        ("GET /oauth2/userInfo", "AuthUserinfoEpRequestTimeout"),
    ],
)
def test_an_endpoint_that_gives_no_answer(
    cognito: Cognito,
    balancer: LoadBalancer,
    code: tuple[dict[str, str], dict[str, str]],
    endpoint: str,
    reason: str,
) -> None:
    cognito.faults.time_out(endpoint)
    response = balancer.get(PATH, params=code[0], cookies=code[1])
    assert refused(cognito, response) == (500, reason)
    assert "500 Internal Server Error" in response.text


def test_claims_that_are_too_large(cognito: Cognito, balancer: LoadBalancer, pool: UserPool, alice: User) -> None:
    names = [f"note{number}" for number in range(6)]
    schema = [{"Name": name, "AttributeDataType": "String", "Mutable": True} for name in names]
    pool.call("AddCustomAttributes", CustomAttributes=schema)
    values = [{"Name": f"custom:{name}", "Value": "x" * 2000} for name in names]
    pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=values)
    client = pool.create_client(GenerateSecret=True, CallbackURLs=[CALLBACK])
    balancer = cognito.load_balancer(echo(), client, scope="openid profile")
    response = balancer.get("/notes")
    sent = alice.authorize(response.headers["Location"]).query
    back = balancer.get(PATH, params=sent, cookies={NONCE: response.cookies[NONCE]})
    assert refused(cognito, back) == (500, "AuthUserinfoResponseSizeExceeded")


def test_without_authentication_the_path_is_the_applications(cognito: Cognito) -> None:
    balancer = cognito.load_balancer(echo(), action="forward")
    assert balancer.get(PATH).json()["path"] == PATH
