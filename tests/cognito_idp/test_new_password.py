"""NEW_PASSWORD_REQUIRED: the challenge of a user with a temporary password, and its answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import NEW_PASSWORD, PASSWORD, Answer, App, MakeApp
from tests.support.functions import unchanged
from tests.support.jwts import claims
from tests.support.refusals import (
    NOT_WRITABLE,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    USER_DISABLED,
    Refusal,
    invalid_parameter,
    missing_parameter,
    not_authorized,
    refusal,
    secret_hash_missing,
    secret_hash_wrong,
)


def invite(app: App, username: str = "bob", **attributes: str) -> None:
    app.create(username, attributes, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")


def invite_and_begin(app: App, **attributes: str) -> Answer:
    invite(app, **attributes)
    challenge = app.begin("bob")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    return challenge


@pytest.fixture
def challenge(app: App) -> Answer:
    return invite_and_begin(app)


def required(name: str) -> list[dict[str, Any]]:
    return [{"Name": name, "Required": True, "Mutable": True, "AttributeDataType": "String"}]


# The challenge


def test_the_challenge_tells_what_is_there_and_what_is_missing(make_app: MakeApp) -> None:
    challenge = invite_and_begin(make_app(Schema=required("name")), email="bob@example.com", email_verified="true")
    told = challenge["ChallengeParameters"]
    assert set(challenge) == {"ChallengeName", "Session", "ChallengeParameters"}
    assert set(told) == {"USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"}
    assert told["USER_ID_FOR_SRP"] == "bob"
    assert json.loads(told["requiredAttributes"]) == ["userAttributes.name"]
    assert json.loads(told["userAttributes"]) == {"email": "bob@example.com", "email_verified": "true"}


def test_a_session_has_the_form_of_cognitos(challenge: Answer) -> None:
    assert challenge["Session"].startswith("AYABe")
    assert 1400 <= len(challenge["Session"]) <= 1600


def test_the_user_id_of_a_pool_with_username_attributes_is_the_sub(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"])
    invite(app, "bob@example.com")
    challenge = app.begin("bob@example.com")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == app.pool.user("bob@example.com").sub


# The answer


def test_the_answer_gives_tokens_and_the_new_password_counts(app: App, challenge: Answer) -> None:
    answer = app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert answer["ChallengeParameters"] == {}
    assert "RefreshToken" in answer["AuthenticationResult"]
    assert app.pool.user("bob").status == "CONFIRMED"
    assert "IdToken" in app.sign_in("bob", NEW_PASSWORD)


def test_an_administrators_server_answers_too(app: App) -> None:
    invite(app)
    challenge = app.admin_initiate_auth(USERNAME="bob", PASSWORD=PASSWORD)
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = app.admin_respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert "IdToken" in answer["AuthenticationResult"]


def test_attributes_come_with_the_answer(make_app: MakeApp) -> None:
    app = make_app(Schema=required("name"))
    challenge = invite_and_begin(app)
    attributes: dict[str, Any] = {"userAttributes.name": "Bob", "userAttributes.nickname": "bobby"}
    answer = app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD, **attributes)
    in_id = claims(answer["AuthenticationResult"]["IdToken"])
    assert (in_id["name"], in_id["nickname"]) == ("Bob", "bobby")


def test_the_new_password_may_equal_the_temporary_one(app: App, challenge: Answer) -> None:
    app.respond(challenge, "bob", NEW_PASSWORD=PASSWORD)
    assert app.pool.user("bob").status == "CONFIRMED"


def test_with_a_history_the_temporary_password_is_not_taken_again(make_app: MakeApp) -> None:
    app = make_app(Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 1}})
    challenge = invite_and_begin(app)
    error = refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=PASSWORD)
    assert error.code == "PasswordHistoryPolicyViolationException"


def test_no_post_confirmation(cognito: Cognito, app: App, challenge: Answer) -> None:
    app.pool.set_trigger("PostConfirmation", unchanged)
    app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert cognito.triggers.of("PostConfirmation") == []


def test_a_permanent_password_ends_the_challenge(app: App) -> None:
    invite_and_begin(app)
    app.admin("admin_set_user_password", "bob", Password=NEW_PASSWORD, Permanent=True)
    assert "IdToken" in app.sign_in("bob", NEW_PASSWORD)


@pytest.mark.parametrize(
    ("responses", "error"),
    [
        (
            {"USERNAME": "bob"},
            invalid_parameter("Invalid attributes given, new password should be given with key NEW_PASSWORD."),
        ),
        ({"NEW_PASSWORD": NEW_PASSWORD}, missing_parameter("USERNAME")),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": "short"},
            Refusal("InvalidPasswordException", "Password does not conform to policy: Password not long enough"),
        ),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": "no-upper-case-7"},
            Refusal(
                "InvalidPasswordException",
                "Password does not conform to policy: Password must have uppercase characters",
            ),
        ),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": NEW_PASSWORD, "userAttributes.email": "b@example.com"},
            not_authorized("Cannot modify an already provided email"),
        ),
        ({"USERNAME": "alice", "NEW_PASSWORD": NEW_PASSWORD}, SESSION_INVALID),
        ({"USERNAME": "nobody", "NEW_PASSWORD": NEW_PASSWORD}, SESSION_INVALID),
    ],
)
def test_an_answer_is_refused(app: App, responses: dict[str, str], error: Refusal) -> None:
    session = invite_and_begin(app, email="bob@example.com")["Session"]
    call = {"ClientId": app.client_id, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session}
    assert refusal(app.idp.respond_to_auth_challenge, **call, ChallengeResponses=responses) == error
    assert app.pool.user("bob").status == "FORCE_CHANGE_PASSWORD"


def test_a_required_attribute_must_come_with_the_answer(make_app: MakeApp) -> None:
    app = make_app(Schema=required("name"))
    challenge = invite_and_begin(app)
    error = refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD)
    assert error == invalid_parameter("Invalid attributes given, name is missing")


def test_an_attribute_that_the_client_may_not_write_is_refused(app: App) -> None:
    limited = app.with_client(WriteAttributes=["email"])
    challenge = invite_and_begin(limited)
    responses = {"NEW_PASSWORD": NEW_PASSWORD, "userAttributes.nickname": "bobby"}
    assert refusal(limited.respond, challenge=challenge, username="bob", **responses) == NOT_WRITABLE


def test_the_answer_needs_the_hash_of_its_own_user_name(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True}, UsernameAttributes=["email"])
    invite(app, "bob@example.com")
    sub = app.pool.user("bob@example.com").sub
    of_sub, of_email = (app.client.secret_hash(name) for name in (sub, "bob@example.com"))
    challenge = app.begin("bob@example.com", SECRET_HASH=of_email)
    call: dict[str, Any] = {"challenge": challenge, "username": sub, "NEW_PASSWORD": NEW_PASSWORD}
    assert refusal(app.respond, **call) == secret_hash_missing(app.client_id)
    assert refusal(app.respond, **call, SECRET_HASH=of_email) == secret_hash_wrong(app.client_id)
    assert "IdToken" in app.respond(**call, SECRET_HASH=of_sub)["AuthenticationResult"]


def test_a_user_who_was_disabled_meanwhile_is_refused(app: App, challenge: Answer) -> None:
    app.admin("admin_disable_user", "bob")
    error = refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD)
    assert error == USER_DISABLED


def test_a_password_that_was_set_meanwhile_leaves_nothing_to_answer(app: App, challenge: Answer) -> None:
    set_by_admin = "Set-by-admin-9"
    app.admin("admin_set_user_password", "bob", Password=set_by_admin, Permanent=True)
    error = refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD)
    assert error == SESSION_INVALID
    assert "IdToken" in app.sign_in("bob", set_by_admin)


# The session of the challenge


def test_a_session_is_used_once(app: App, challenge: Answer) -> None:
    app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD) == SESSION_USED


def test_a_refused_answer_leaves_the_session(app: App, challenge: Answer) -> None:
    assert refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD="weak")
    assert "AuthenticationResult" in app.respond(challenge, "bob", NEW_PASSWORD=NEW_PASSWORD)


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_session_lasts_as_long_as_the_client_says(cognito: Cognito, app: App, minutes: int) -> None:
    client = app.with_client(**({} if minutes == 3 else {"AuthSessionValidity": minutes}))
    first = invite_and_begin(client)
    second = client.begin("bob")
    cognito.clock.advance(minutes=minutes, seconds=-5)
    assert "AuthenticationResult" in client.respond(first, "bob", NEW_PASSWORD=NEW_PASSWORD)
    cognito.clock.advance(seconds=5)
    assert refusal(client.respond, challenge=second, username="bob", NEW_PASSWORD=NEW_PASSWORD) == SESSION_EXPIRED


def test_a_session_of_another_client_is_refused(app: App, challenge: Answer) -> None:
    other = app.with_client()
    assert refusal(other.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD) == SESSION_INVALID


def test_a_session_that_never_was_is_refused(app: App, challenge: Answer) -> None:
    made_up = {**challenge, "Session": "A" * 1500}
    assert refusal(app.respond, challenge=made_up, username="bob", NEW_PASSWORD=NEW_PASSWORD) == SESSION_INVALID


def test_a_missing_session_is_named(app: App) -> None:
    invite_and_begin(app)
    call = {"ClientId": app.client_id, "ChallengeName": "NEW_PASSWORD_REQUIRED"}
    responses = {"USERNAME": "bob", "NEW_PASSWORD": NEW_PASSWORD}
    error = refusal(app.idp.respond_to_auth_challenge, **call, ChallengeResponses=responses)
    assert error == missing_parameter("Session")


@pytest.mark.parametrize("name", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "CUSTOM_CHALLENGE"])
def test_a_session_of_another_challenge_is_refused(app: App, challenge: Answer, name: str) -> None:
    other = {**challenge, "ChallengeName": name}
    assert refusal(app.respond, challenge=other, username="bob", ANSWER="1") == SESSION_INVALID


def test_the_session_of_a_deleted_user_is_not_that_of_the_next_of_the_name(app: App, challenge: Answer) -> None:
    app.admin("admin_delete_user", "bob")
    invite(app)
    assert refusal(app.respond, challenge=challenge, username="bob", NEW_PASSWORD=NEW_PASSWORD) == SESSION_INVALID
