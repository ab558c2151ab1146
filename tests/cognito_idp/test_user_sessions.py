"""The sessions of users in a pool that tracks them: listed, active at each refresh, limited in number, revoked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    PAGINATION_TOKEN_INVALID,
    REFRESH_TOKEN_REVOKED,
    USER_NOT_FOUND,
    Refusal,
    invalid_parameter,
    refusal,
)

pytestmark = pytest.mark.needs("ListUserSessions")

IS_CURRENT = invalid_parameter("The session of the access token in the request cannot be revoked.")
ABSENT = "tkn" + "0" * 25


def unknown(session_id: str = ABSENT) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Session {session_id} does not exist.")


def track(app: App, most: int = 20, tracking: str = "ENABLED") -> None:
    app.call(
        "set_user_pool_session_configuration",
        UserPoolId=app.pool_id,
        UserSessionTracking=tracking,
        TokenSession={"MaxPerUser": most},
    )


@pytest.fixture
def app(app: App) -> App:
    """A pool that tracks sessions, with alice."""
    track(app)
    return app


def sessions(app: App, username: str = "alice") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.admin("admin_list_user_sessions", username)["Sessions"]
    return found


def mine(app: App, tokens: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.call("list_user_sessions", AccessToken=tokens["AccessToken"])["Sessions"]
    return found


def current(app: App, tokens: Answer) -> str:
    """The id of the session of tokens."""
    (own,) = [session for session in mine(app, tokens) if session["IsCurrentSession"]]
    return str(own["SessionId"])


# Listing


def test_a_sign_in_begins_a_session(app: App, cognito: Cognito) -> None:
    tokens = app.sign_in()

    (session,) = mine(app, tokens)
    assert re.fullmatch("tkn[a-z0-9]{25}", session["SessionId"])
    assert session["SessionType"] == "TOKEN"
    assert session["ClientId"] == app.client_id
    assert abs((session["CreateDate"] - cognito.clock.now()).total_seconds()) < 5
    assert session["LastActiveDate"] == session["CreateDate"]
    assert session["DeviceType"]
    assert session["LastIPAddress"] == "127.0.0.1"
    assert session["LastLocation"] == {"Country": "unknown"}
    assert session["IsCurrentSession"] is True
    assert "OriginSessionId" not in session


def test_all_clients_of_the_pool_share_the_list_and_one_session_is_the_callers(app: App) -> None:
    first = app.sign_in()
    other = app.with_client()
    second = other.sign_in()

    assert [session["ClientId"] for session in mine(app, first)] == [app.client_id, other.client_id]
    assert [session["IsCurrentSession"] for session in mine(app, second)] == [False, True]
    assert [session["IsCurrentSession"] for session in sessions(app)] == [False, False]


def test_each_user_has_sessions_of_their_own(app: App) -> None:
    app.confirmed("bob")
    app.sign_in()
    assert len(sessions(app)) == 1
    assert sessions(app, "bob") == []


def test_tokens_without_a_sign_in_have_a_session_too(app: App, pool: UserPool) -> None:
    tokens = pool.user("alice").tokens()
    assert current(app, {"AccessToken": tokens.access_token}) == sessions(app)[0]["SessionId"]


def test_a_refresh_is_an_activity(app: App, cognito: Cognito) -> None:
    tokens = app.sign_in()
    cognito.clock.advance(hours=1)
    refreshed = app.refresh(tokens["RefreshToken"])

    (session,) = mine(app, refreshed)
    assert (session["LastActiveDate"] - session["CreateDate"]).total_seconds() >= 3600
    assert session["IsCurrentSession"] is True


def test_an_expired_session_is_not_listed(app: App, cognito: Cognito) -> None:
    app.sign_in()
    expired = sessions(app)[0]["SessionId"]
    cognito.clock.advance(days=31)
    assert sessions(app) == []
    call = {"UserPoolId": app.pool_id, "Username": "alice", "SessionId": expired}
    assert refusal(app.call, operation="admin_revoke_user_session", **call) == unknown(expired)


def test_a_page_of_another_listing_is_not_continued(app: App) -> None:
    call = {"AccessToken": app.access_token(), "NextToken": "elsewhere"}
    assert refusal(app.call, operation="list_user_sessions", **call) == PAGINATION_TOKEN_INVALID


# The most sessions of a user


def test_the_least_recently_used_session_makes_room(app: App) -> None:
    track(app, most=2)
    first, second = app.sign_in(), app.sign_in()
    app.refresh(first["RefreshToken"])
    third = app.sign_in()

    assert refusal(app.refresh, token=second["RefreshToken"]) == REFRESH_TOKEN_REVOKED
    assert refusal(app.idp.get_user, AccessToken=second["AccessToken"]) == ACCESS_TOKEN_REVOKED
    assert {session["SessionId"] for session in sessions(app)} == {current(app, first), current(app, third)}


def test_a_lower_number_ends_sessions_at_the_next_sign_in(app: App) -> None:
    tokens = [app.sign_in() for _ in range(3)]
    track(app, most=1)
    assert len(sessions(app)) == 3
    last = app.with_client().sign_in()
    assert [session["SessionId"] for session in sessions(app)] == [current(app, last)]
    for ended in tokens:
        assert refusal(app.refresh, token=ended["RefreshToken"]) == REFRESH_TOKEN_REVOKED


def test_a_sign_in_that_fails_makes_no_room(app: App) -> None:
    track(app, most=1)
    tokens = app.sign_in()
    assert refusal(app.sign_in, password="Wr0ng-horse!").code == "NotAuthorizedException"
    app.refresh(tokens["RefreshToken"])


def test_a_sign_in_that_its_trigger_fails_has_no_session(app: App, pool: UserPool) -> None:
    def fail(event: dict[str, Any], context: object) -> None:
        raise ValueError("not today")

    track(app, most=1)
    kept = app.sign_in()
    pool.set_trigger("PreTokenGeneration", fail)
    assert refusal(app.sign_in).code == "UserLambdaValidationException"
    assert [session["SessionId"] for session in sessions(app)] == [current(app, kept)]


# Revoking


def test_a_user_ends_another_session_of_theirs(app: App) -> None:
    lost, kept = app.sign_in(), app.sign_in()
    answer = app.call("revoke_user_session", AccessToken=kept["AccessToken"], SessionId=current(app, lost))

    assert answer == {}
    assert refusal(app.refresh, token=lost["RefreshToken"]) == REFRESH_TOKEN_REVOKED
    assert refusal(app.idp.get_user, AccessToken=lost["AccessToken"]) == ACCESS_TOKEN_REVOKED
    assert [session["SessionId"] for session in mine(app, kept)] == [current(app, kept)]


def test_a_user_does_not_end_the_session_that_they_call_with(app: App) -> None:
    tokens = app.sign_in()
    call = {"AccessToken": tokens["AccessToken"], "SessionId": current(app, tokens)}
    assert refusal(app.call, operation="revoke_user_session", **call) == IS_CURRENT
    app.refresh(tokens["RefreshToken"])


def test_an_administrator_ends_any_session(app: App) -> None:
    tokens = app.sign_in()
    ended = {"SessionId": current(app, tokens), "RevokeAssociatedSessions": "LINKED"}
    app.admin("admin_revoke_user_session", **ended)

    assert sessions(app) == []
    assert refusal(app.refresh, token=tokens["RefreshToken"]) == REFRESH_TOKEN_REVOKED
    call = {"UserPoolId": app.pool_id, "Username": "alice", "SessionId": ended["SessionId"]}
    assert refusal(app.call, operation="admin_revoke_user_session", **call) == unknown(ended["SessionId"])


def test_the_session_of_another_user_is_unknown(app: App) -> None:
    app.confirmed("bob")
    bobs, alices = app.sign_in("bob"), app.sign_in()
    session_id = current(app, bobs)
    by_alice = {"AccessToken": alices["AccessToken"], "SessionId": session_id}
    assert refusal(app.call, operation="revoke_user_session", **by_alice) == unknown(session_id)
    of_alice = {"UserPoolId": app.pool_id, "Username": "alice", "SessionId": session_id}
    assert refusal(app.call, operation="admin_revoke_user_session", **of_alice) == unknown(session_id)
    assert len(sessions(app, "bob")) == 1


@pytest.mark.parametrize("how", ["revoke_token", "global_sign_out", "admin_user_global_sign_out", "admin_disable_user"])
def test_revoked_tokens_have_no_session(app: App, how: str) -> None:
    tokens = app.sign_in()
    if how == "revoke_token":
        linked = {"RevokeAssociatedSessions": "LINKED"}
        app.call(how, Token=tokens["RefreshToken"], ClientId=app.client_id, **linked)
    elif how == "global_sign_out":
        app.call(how, AccessToken=tokens["AccessToken"])
    else:
        app.admin(how)
    assert sessions(app) == []


def test_rotation_keeps_the_session(app: App) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    rotating = app.with_client(RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    tokens = rotating.sign_in()
    (before,) = sessions(app)
    rotating.exchange(tokens["RefreshToken"])
    (after,) = sessions(app)
    assert after["SessionId"] == before["SessionId"]


# Refusals


def test_a_pool_that_tracks_no_sessions_has_none_to_list_or_to_end(app: App) -> None:
    tokens = app.sign_in()
    track(app, tracking="DISABLED")
    off = Refusal("OperationNotEnabledException", f"Session tracking is not enabled for user pool {app.pool_id}.")
    token = {"AccessToken": tokens["AccessToken"]}
    user = {"UserPoolId": app.pool_id, "Username": "alice"}
    assert refusal(app.call, operation="list_user_sessions", **token) == off
    assert refusal(app.call, operation="revoke_user_session", **token, SessionId=ABSENT) == off
    assert refusal(app.call, operation="admin_list_user_sessions", **user) == off
    assert refusal(app.call, operation="admin_revoke_user_session", **user, SessionId=ABSENT) == off


def test_a_sign_in_from_before_is_not_listed(app: App) -> None:
    track(app, tracking="DISABLED")
    tokens = app.sign_in()
    track(app)
    assert mine(app, app.refresh(tokens["RefreshToken"])) == []


def test_users_and_tokens_that_do_not_exist(app: App) -> None:
    user = {"UserPoolId": app.pool_id, "Username": "nobody"}
    token = {"AccessToken": "e30.e30.e30"}
    assert refusal(app.call, operation="admin_list_user_sessions", **user) == USER_NOT_FOUND
    assert refusal(app.call, operation="admin_revoke_user_session", **user, SessionId=ABSENT) == USER_NOT_FOUND
    assert refusal(app.call, operation="list_user_sessions", **token) == ACCESS_TOKEN_INVALID
    assert refusal(app.call, operation="revoke_user_session", **token, SessionId=ABSENT) == ACCESS_TOKEN_INVALID


def test_the_form_of_a_session_id(app: App) -> None:
    call = {"UserPoolId": app.pool_id, "Username": "alice", "SessionId": "TKN" + "0" * 25}
    assert refusal(app.call, operation="admin_revoke_user_session", **call).code == "InvalidParameterException"


def test_a_sign_in_by_an_identity_provider_has_a_session(app: App) -> None:
    google = app.pool.create_identity_provider("Google")
    tokens = google.sign_in("1")
    [session] = sessions(app, "Google_1")

    assert [one["IsCurrentSession"] for one in mine(app, {"AccessToken": tokens.access_token})] == [True]
    app.admin("admin_revoke_user_session", "Google_1", SessionId=session["SessionId"])
    assert refusal(app.idp.get_user, AccessToken=tokens.access_token) == ACCESS_TOKEN_REVOKED
