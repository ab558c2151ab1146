"""/oauth2/userInfo and /oauth2/revoke."""

from __future__ import annotations

import pytest
import requests

from pytest_cognito import Cognito
from tests.support.hosted import OAUTH, Hosted, refused, said

DEAD = "Access token is expired, disabled, or deleted, or the user has globally signed out."
INVALID_TOKEN = (401, {"error": "invalid_token", "error_description": DEAD})


def test_get_and_post(hosted: Hosted) -> None:
    token = hosted.tokens(scope="openid email")["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    got = hosted.user_info(token)
    posted = requests.post(f"{hosted.base}/oauth2/userInfo", headers=headers, timeout=5)
    assert said(got) == said(posted)
    assert list(said(got))[-1] == "username"
    assert said(got)["email_verified"] == "true"
    assert got.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert got.headers["Access-Control-Allow-Origin"] == "*"


def test_it_shows_what_is_true_now(hosted: Hosted) -> None:
    token = hosted.tokens(scope="openid")["access_token"]
    changed = [{"Name": "name", "Value": "Alicia"}]
    hosted.pool.call("AdminUpdateUserAttributes", Username="alice", UserAttributes=changed)
    assert said(hosted.user_info(token))["name"] == "Alicia"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic YTpi"])
def test_no_token(hosted: Hosted, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = requests.get(f"{hosted.base}/oauth2/userInfo", headers=headers, timeout=5)
    text = "Bad OAuth2 request at UserInfo Endpoint"
    assert refused(answer) == (400, {"error": "invalid_request", "error_description": text})
    assert answer.headers["WWW-Authenticate"] == f'error="invalid_request", error_description="{text}"'


def test_tokens_that_are_not_good(hosted: Hosted, cognito: Cognito) -> None:
    tokens = hosted.tokens()
    token = tokens["access_token"]
    foreign = cognito.create_user_pool().create_user("bob").tokens().access_token
    for other in ("x", tokens["id_token"], tokens["refresh_token"], token[:-4] + "AAAA", foreign):
        answer = hosted.user_info(other)
        assert refused(answer) == INVALID_TOKEN
        assert answer.headers["WWW-Authenticate"] == f'error="invalid_token", error_description="{DEAD}"'
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert refused(hosted.user_info(token)) == INVALID_TOKEN
    hosted.pool.call("AdminEnableUser", Username="alice")
    cognito.clock.advance(hours=1)
    assert refused(hosted.user_info(token)) == INVALID_TOKEN


def test_a_token_without_openid(hosted: Hosted) -> None:
    text = "Access token does not contain openid scope"
    expected = (401, {"error": "invalid_token", "error_description": text})
    assert refused(hosted.user_info(hosted.tokens(scope="email")["access_token"])) == expected
    assert refused(hosted.user_info(hosted.pool.user("alice").tokens().access_token)) == expected


def test_after_global_sign_out(hosted: Hosted) -> None:
    token = hosted.tokens()["access_token"]
    hosted.pool.call("AdminUserGlobalSignOut", Username="alice")
    assert refused(hosted.user_info(token)) == INVALID_TOKEN


# Revocation


def test_revoking_ends_the_tokens_of_the_sign_in(hosted: Hosted) -> None:
    tokens = hosted.tokens()
    answer = hosted.post("/oauth2/revoke", token=tokens["refresh_token"], token_type_hint="access_token")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert refused(hosted.refresh(tokens["refresh_token"])) == (400, {"error": "invalid_grant"})
    assert refused(hosted.user_info(tokens["access_token"])) == INVALID_TOKEN
    assert hosted.post("/oauth2/revoke", token=tokens["refresh_token"]).status_code == 200
    assert hosted.authorize().startswith("https://app")  # the browser is still signed in


def test_an_unknown_token_is_no_error(hosted: Hosted) -> None:
    assert hosted.post("/oauth2/revoke", token="made-up").status_code == 200


def test_what_is_not_revoked(hosted: Hosted) -> None:
    tokens = hosted.tokens()
    for name in ("access_token", "id_token"):
        answer = hosted.post("/oauth2/revoke", token=tokens[name])
        assert refused(answer) == (400, {"error": "unsupported_token_type"})
    assert refused(hosted.post("/oauth2/revoke")) == (400, {"error": "invalid_request"})
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    answer = other.post("/oauth2/revoke", token=tokens["refresh_token"])
    assert refused(answer) == (400, {"error": "unauthorized_client"})
    said(hosted.refresh(tokens["refresh_token"]))


def test_who_may_revoke(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(GenerateSecret=True, **OAUTH))
    pair = (client.client.id, client.client.secret or "")
    for auth, form in ((None, {}), ((pair[0], "x"), {}), (None, {"client_id": "unknown"}), (None, {"client_id": ""})):
        answer = client.post("/oauth2/revoke", auth, token="x", **form)
        assert refused(answer) == (401, {"error": "invalid_client"})
    assert client.post("/oauth2/revoke", pair, token="x").status_code == 200
    assert client.post("/oauth2/revoke", token="x", client_secret=pair[1]).status_code == 200


def test_a_client_without_revocation(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(**OAUTH, EnableTokenRevocation=False))
    assert refused(client.post("/oauth2/revoke", token="x")) == (400, {"error": "invalid_request"})
