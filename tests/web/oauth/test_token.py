"""/oauth2/token with an authorization code: once, for five minutes, for its client, redirect URI and verifier."""

from __future__ import annotations

import re

import pytest
import requests

from pytest_cognito import Cognito
from tests.support.hosted import CALLBACK, OAUTH, PKCE, VERIFIER, Hosted, parameters, refused, said
from tests.support.jwts import claims

INVALID_GRANT = (400, {"error": "invalid_grant"})
INVALID_REQUEST = (400, {"error": "invalid_request"})
INVALID_CLIENT = (400, {"error": "invalid_client"})
UNAUTHORIZED_CLIENT = (400, {"error": "unauthorized_client"})
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_the_code_and_the_answer(hosted: Hosted) -> None:
    location = hosted.sign_in(state="s")
    sent = parameters(location)
    assert list(sent) == ["code", "state"]
    assert UUID.fullmatch(sent["code"])
    answer = hosted.redeem(sent["code"])
    assert list(said(answer)) == ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]
    assert (answer.json()["expires_in"], answer.json()["token_type"]) == (3600, "Bearer")
    headers = answer.headers
    assert headers["Content-Type"] == "application/json;charset=UTF-8"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Set-Cookie"].startswith("XSRF-TOKEN=")
    assert headers["Strict-Transport-Security"] == "max-age=31536000 ; includeSubDomains"
    assert UUID.fullmatch(headers["x-amz-cognito-request-id"])


def test_no_id_token_without_openid(hosted: Hosted) -> None:
    tokens = hosted.tokens(scope="email")
    assert list(tokens) == ["access_token", "refresh_token", "expires_in", "token_type"]
    assert "id_token" not in said(hosted.refresh(tokens["refresh_token"]))


def test_a_code_is_good_once(hosted: Hosted) -> None:
    code = hosted.code()
    said(hosted.redeem(code))
    assert refused(hosted.redeem(code)) == INVALID_GRANT


def test_a_code_is_good_for_five_minutes(hosted: Hosted, cognito: Cognito) -> None:
    early = hosted.code()
    cognito.clock.advance(minutes=4, seconds=59)
    said(hosted.redeem(early))
    code = parameters(hosted.authorize())["code"]
    cognito.clock.advance(minutes=5)
    assert refused(hosted.redeem(code)) == INVALID_GRANT


def test_a_code_of_another_client_or_of_nobody(hosted: Hosted) -> None:
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    code = hosted.code()
    assert refused(other.redeem(code)) == INVALID_GRANT
    said(hosted.redeem(code))  # the other client's attempt has not used it up
    assert refused(hosted.redeem("made-up")) == INVALID_GRANT


def test_another_redirect_uri_uses_the_code_up(hosted: Hosted) -> None:
    code = hosted.code()
    assert refused(hosted.redeem(code, redirect_uri=f"{CALLBACK}/")) == UNAUTHORIZED_CLIENT
    assert refused(hosted.redeem(code)) == INVALID_GRANT


def test_the_verifier(hosted: Hosted) -> None:
    said(hosted.redeem(hosted.code(**PKCE), code_verifier=VERIFIER))
    for verifier in ({}, {"code_verifier": ""}, {"code_verifier": VERIFIER + "x"}):
        code = parameters(hosted.authorize(**PKCE))["code"]
        assert refused(hosted.redeem(code, **verifier)) == INVALID_GRANT
        assert refused(hosted.redeem(code, code_verifier=VERIFIER)) == INVALID_GRANT  # it is used up
    said(hosted.redeem(parameters(hosted.authorize())["code"], code_verifier="not asked for"))


@pytest.mark.parametrize("missing", ["grant_type", "code", "redirect_uri", "client_id"])
def test_what_a_request_must_have(hosted: Hosted, missing: str) -> None:
    sent = {"grant_type": "authorization_code", "code": hosted.code(), "redirect_uri": CALLBACK, missing: ""}
    assert refused(hosted.post("/oauth2/token", **sent)) == INVALID_REQUEST


def test_the_user_must_still_be_there(hosted: Hosted) -> None:
    code = hosted.code()
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert refused(hosted.redeem(code)) == INVALID_GRANT
    hosted.pool.call("AdminEnableUser", Username="alice")
    code = parameters(hosted.authorize())["code"]
    hosted.pool.call("AdminDeleteUser", Username="alice")
    assert refused(hosted.redeem(code)) == INVALID_GRANT


def test_other_grant_types(hosted: Hosted) -> None:
    answer = hosted.post("/oauth2/token", grant_type="password", username="alice")
    assert refused(answer) == (400, {"error": "unsupported_grant_type"})


def test_a_client_that_has_lost_the_grant(hosted: Hosted) -> None:
    code = hosted.code()
    settings = {**OAUTH, "AllowedOAuthFlows": ["implicit"]}
    hosted.pool.call("UpdateUserPoolClient", ClientId=hosted.client.id, **settings)
    assert refused(hosted.redeem(code)) == UNAUTHORIZED_CLIENT


def test_attributes_of_a_scope_that_the_client_may_not_read(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(**OAUTH, ReadAttributes=["email", "name"]))
    assert refused(client.redeem(client.code(scope="openid email"))) == INVALID_GRANT
    tokens = said(client.redeem(parameters(client.authorize(scope="openid profile"))["code"]))
    assert claims(tokens["id_token"])["name"] == "Alice"


# How a request is sent


def test_parameters_in_the_query(hosted: Hosted) -> None:
    sent = {"client_id": hosted.client.id, "grant_type": "authorization_code", "redirect_uri": CALLBACK}
    query = {**sent, "code": hosted.code()}
    assert requests.post(f"{hosted.base}/oauth2/token", params=query, timeout=5).status_code == 200


def test_bodies_that_are_no_forms(hosted: Hosted) -> None:
    sent = {"client_id": hosted.client.id, "grant_type": "authorization_code", "code": hosted.code()}
    url = f"{hosted.base}/oauth2/token"
    assert refused(requests.post(url, json=sent, timeout=5)) == INVALID_REQUEST
    assert refused(requests.post(url, data="grant_type=refresh_token", timeout=5)) == INVALID_REQUEST


def test_a_preflight_request(hosted: Hosted) -> None:
    for path in ("token", "revoke", "userInfo"):
        asked = {"Access-Control-Request-Headers": "authorization"}
        answer = requests.options(f"{hosted.base}/oauth2/{path}", headers=asked, timeout=5)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert requests.options(f"{hosted.base}/oauth2/authorize", timeout=5).status_code == 405
    assert "Access-Control-Allow-Origin" not in hosted.get("/oauth2/authorize").headers


# Who the client is


def test_a_client_with_a_secret(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(GenerateSecret=True, **OAUTH))
    name, secret = client.client.id, client.client.secret or ""
    said(client.redeem(client.code(), (name, secret)))
    for form in ({"client_secret": secret}, {"client_id": name, "client_secret": secret}):
        code = parameters(client.authorize())["code"]
        said(client.redeem(code, **form))
    for auth, form in (
        ((name, "wrong"), {}),
        ((name, ""), {}),
        (None, {"client_secret": "wrong"}),
        (None, {}),
    ):
        code = parameters(client.authorize())["code"]
        assert refused(client.redeem(code, auth, **form)) == INVALID_CLIENT
        said(client.redeem(code, (name, secret)))  # the code is not used up


def test_two_ways_at_once(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(GenerateSecret=True, **OAUTH))
    pair = (client.client.id, client.client.secret or "")
    said(client.redeem(client.code(), pair, client_id=pair[0], client_secret=pair[1]))
    for form in ({"client_id": hosted.client.id}, {"client_secret": "another"}):
        code = parameters(client.authorize())["code"]
        assert refused(client.redeem(code, pair, **form)) == INVALID_REQUEST


def test_a_client_without_a_secret(hosted: Hosted) -> None:
    said(hosted.redeem(hosted.code(), client_secret=""))
    code = parameters(hosted.authorize())["code"]
    assert refused(hosted.redeem(code, client_secret="x")) == INVALID_CLIENT
    assert refused(hosted.redeem(code, (hosted.client.id, "x"))) == INVALID_CLIENT
    assert refused(hosted.redeem(code, client_id="unknown")) == INVALID_CLIENT


def test_a_client_of_another_pool(hosted: Hosted, cognito: Cognito) -> None:
    stranger = cognito.create_user_pool().create_client(**OAUTH)
    assert refused(hosted.redeem(hosted.code(), client_id=stranger.id)) == INVALID_CLIENT


def test_a_header_that_is_no_base64(hosted: Hosted) -> None:
    headers = {"Authorization": "Basic !!"}
    answer = requests.post(f"{hosted.base}/oauth2/token", headers=headers, timeout=5)
    assert refused(answer) == INVALID_REQUEST


@pytest.mark.needs("AddUserPoolClientSecret")
def test_the_second_secret(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(GenerateSecret=True, **OAUTH))
    added = client.pool.call("AddUserPoolClientSecret", ClientId=client.client.id)["ClientSecretDescriptor"]
    said(client.redeem(client.code(), (client.client.id, added["ClientSecretValue"])))
