"""Session tracking at a domain: SSO sessions, the token sessions that come through them, and their ends."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.hosted import OAUTH, Hosted, parameters, refused, said

pytestmark = pytest.mark.needs("ListUserSessions")

SIGN_IN_PAGE, CODE = "/login?", "https://app.example.com/callback?code="


@pytest.fixture
def hosted(hosted: Hosted) -> Hosted:
    """A pool that tracks sessions."""
    hosted.pool.call("SetUserPoolSessionConfiguration", UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 20})
    return hosted


def sessions(hosted: Hosted) -> dict[str, dict[str, Any]]:
    found = hosted.pool.call("AdminListUserSessions", Username="alice")["Sessions"]
    return {session["SessionId"]: session for session in found}


def only(hosted: Hosted, kind: str) -> dict[str, Any]:
    (found,) = [session for session in sessions(hosted).values() if session["SessionType"] == kind]
    return found


def revoke(hosted: Hosted, session: dict[str, Any], **more: Any) -> None:
    hosted.pool.call("AdminRevokeUserSession", Username="alice", SessionId=session["SessionId"], **more)


def reuse(hosted: Hosted, minutes: int) -> None:
    hosted.pool.call(
        "SetUserPoolClientSessionConfiguration",
        ClientId=hosted.client.id,
        SSOSession={"MaxValidityMinutes": minutes},
    )


def test_a_sign_in_begins_two_sessions(hosted: Hosted, cognito: Cognito) -> None:
    tokens = hosted.tokens()
    sso, token = only(hosted, "SSO"), only(hosted, "TOKEN")
    assert sso["SessionId"].startswith("sso")
    assert sso.get("OriginSessionId") is None
    assert token["OriginSessionId"] == sso["SessionId"]
    listed = cognito.call("ListUserSessions", AccessToken=tokens["access_token"])["Sessions"]
    assert [session["IsCurrentSession"] for session in listed] == [False, True]


def test_an_sso_session_is_active_when_tokens_are_granted(hosted: Hosted, cognito: Cognito) -> None:
    cognito.clock.freeze("2026-05-01T12:00:00Z")
    hosted.tokens()
    began = only(hosted, "SSO")["CreateDate"]
    cognito.clock.advance(minutes=10)
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    said(other.redeem(parameters(other.authorize())["code"]))
    assert (only(hosted, "SSO")["LastActiveDate"] - began).total_seconds() == 600
    parents = {session.get("OriginSessionId") for session in sessions(hosted).values()}
    assert parents == {None, only(hosted, "SSO")["SessionId"]}


def test_revoking_an_sso_session_ends_the_cookie(hosted: Hosted) -> None:
    tokens = hosted.tokens()
    revoke(hosted, only(hosted, "SSO"))
    assert hosted.authorize().startswith(SIGN_IN_PAGE)
    said(hosted.refresh(tokens["refresh_token"]))


def test_revoking_an_sso_session_and_what_is_linked(hosted: Hosted) -> None:
    tokens = hosted.tokens()
    revoke(hosted, only(hosted, "SSO"), RevokeAssociatedSessions="LINKED")
    assert sessions(hosted) == {}
    assert refused(hosted.refresh(tokens["refresh_token"])) == (400, {"error": "invalid_grant"})
    assert refused(hosted.user_info(tokens["access_token"]))[0] == 401


def test_revoking_a_token_session(hosted: Hosted) -> None:
    hosted.tokens()
    revoke(hosted, only(hosted, "TOKEN"))
    assert hosted.authorize().startswith(CODE)
    said(hosted.redeem(parameters(hosted.authorize())["code"]))
    revoke(hosted, only(hosted, "TOKEN"), RevokeAssociatedSessions="LINKED")
    assert sessions(hosted) == {}
    assert hosted.authorize().startswith(SIGN_IN_PAGE)


def test_revoking_a_token_ends_its_parent_and_no_sibling(hosted: Hosted, cognito: Cognito) -> None:
    token = hosted.tokens()["refresh_token"]
    sibling = said(hosted.redeem(parameters(hosted.authorize())["code"]))["refresh_token"]
    cognito.call("RevokeToken", ClientId=hosted.client.id, Token=token, RevokeAssociatedSessions="LINKED")
    assert hosted.authorize().startswith(SIGN_IN_PAGE)
    said(hosted.refresh(sibling))


def test_signing_out_ends_the_sso_session_alone(hosted: Hosted) -> None:
    hosted.tokens()
    hosted.get("/logout", client_id=hosted.client.id)
    assert [session["SessionType"] for session in sessions(hosted).values()] == ["TOKEN"]


def test_each_client_says_how_long_it_uses_a_session(hosted: Hosted, cognito: Cognito) -> None:
    never, long = (hosted.at(hosted.pool.create_client(**OAUTH)) for _ in range(2))
    reuse(never, 0)
    reuse(long, 120)
    never.sign_in()
    assert never.authorize().startswith(SIGN_IN_PAGE)
    cognito.clock.advance(minutes=59)
    assert hosted.authorize().startswith(CODE)
    cognito.clock.advance(minutes=1)
    assert hosted.authorize().startswith(SIGN_IN_PAGE)
    assert long.authorize().startswith(CODE)
    cognito.clock.advance(minutes=60)
    assert long.authorize().startswith(SIGN_IN_PAGE)


def test_with_tracking_off_it_is_an_hour_for_all(hosted: Hosted, cognito: Cognito) -> None:
    reuse(hosted, 0)
    hosted.pool.call("SetUserPoolSessionConfiguration", UserSessionTracking="DISABLED", TokenSession={"MaxPerUser": 20})
    hosted.sign_in()
    cognito.clock.advance(minutes=59)
    assert hosted.authorize().startswith(CODE)


def test_a_parameter_that_is_named_as_one_of_the_api(hosted: Hosted) -> None:
    hosted.sign_in(response_type="token", ContextData="x", UserContextData="y")
    assert only(hosted, "TOKEN")["LastIPAddress"] == "127.0.0.1"
