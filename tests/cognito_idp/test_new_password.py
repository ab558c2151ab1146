"""NEW_PASSWORD_REQUIRED and the sessions that lead to its answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, begin_as_admin, part, respond, sign_in

NEW = "Another-horse-8"
INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


@pytest.fixture
def session(cognito_idp: Any, pool: Any) -> str:
    return invite_and_begin(cognito_idp, pool)


def invite(idp: Any, pool: Any, username: str = "bob", **attributes: str) -> None:
    idp.admin_create_user(
        UserPoolId=pool.id,
        Username=username,
        TemporaryPassword=PASSWORD,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )


def challenged(idp: Any, client_id: str, username: str = "bob") -> dict[str, Any]:
    answer = begin(idp, client_id, USERNAME=username, PASSWORD=PASSWORD)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    return answer


def invite_and_begin(idp: Any, pool: Any, **attributes: str) -> str:
    invite(idp, pool, **attributes)
    return str(challenged(idp, pool.client.id)["Session"])


def required(name: str) -> Any:
    return [{"Name": name, "Required": True, "Mutable": True, "AttributeDataType": "String"}]


# The challenge


def test_the_challenge_tells_what_is_there_and_what_is_missing(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(Schema=required("name"))
    pool.create_client()
    invite(cognito_idp, pool, email="bob@example.com", email_verified="true")
    answer = challenged(cognito_idp, pool.client.id)
    told = answer["ChallengeParameters"]
    assert set(answer) == {"ChallengeName", "Session", "ChallengeParameters", "ResponseMetadata"}
    assert set(told) == {"USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"}
    assert told["USER_ID_FOR_SRP"] == "bob"
    assert json.loads(told["requiredAttributes"]) == ["userAttributes.name"]
    assert json.loads(told["userAttributes"]) == {"email": "bob@example.com", "email_verified": "true"}


def test_a_session_has_the_form_of_cognitos(session: str) -> None:
    assert session.startswith("AYABe")
    assert 1400 <= len(session) <= 1600


def test_the_user_id_of_a_pool_with_username_attributes_is_the_sub(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    pool.create_client()
    invite(cognito_idp, pool, "bob@example.com")
    told = challenged(cognito_idp, pool.client.id, "bob@example.com")["ChallengeParameters"]
    assert told["USER_ID_FOR_SRP"] == pool.user("bob@example.com").sub


# The answer


def test_the_answer_gives_tokens_and_the_new_password_counts(cognito_idp: Any, pool: Any, session: str) -> None:
    answer = respond(cognito_idp, pool.client.id, session, USERNAME="bob", NEW_PASSWORD=NEW)
    assert answer["ChallengeParameters"] == {}
    assert "RefreshToken" in answer["AuthenticationResult"]
    assert pool.user("bob").status == "CONFIRMED"
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, "bob", NEW)


def test_an_administrators_server_answers_too(cognito_idp: Any, pool: Any) -> None:
    invite(cognito_idp, pool)
    begun = begin_as_admin(cognito_idp, pool.id, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
    answer = cognito_idp.admin_respond_to_auth_challenge(
        UserPoolId=pool.id,
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=begun["Session"],
        ChallengeResponses={"USERNAME": "bob", "NEW_PASSWORD": NEW},
    )
    assert "IdToken" in answer["AuthenticationResult"]


def test_attributes_come_with_the_answer(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(Schema=required("name"))
    pool.create_client()
    session = invite_and_begin(cognito_idp, pool)
    responses = {"userAttributes.name": "Bob", "userAttributes.nickname": "bobby"}
    answer = respond(cognito_idp, pool.client.id, session, USERNAME="bob", NEW_PASSWORD=NEW, **responses)
    claims = part(answer["AuthenticationResult"]["IdToken"])
    assert (claims["name"], claims["nickname"]) == ("Bob", "bobby")


def test_the_new_password_may_equal_the_temporary_one(cognito_idp: Any, pool: Any, session: str) -> None:
    respond(cognito_idp, pool.client.id, session, USERNAME="bob", NEW_PASSWORD=PASSWORD)
    assert pool.user("bob").status == "CONFIRMED"


def test_with_a_history_the_temporary_password_is_not_taken_again(cognito: Any, cognito_idp: Any) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 1}}
    pool = cognito.create_user_pool(Policies=policy)
    pool.create_client()
    session = invite_and_begin(cognito_idp, pool)
    call = {"client_id": pool.client.id, "session": session, "USERNAME": "bob", "NEW_PASSWORD": PASSWORD}
    assert refusal(respond, idp=cognito_idp, **call)[0] == "PasswordHistoryPolicyViolationException"


def test_no_post_confirmation(cognito_idp: Any, cognito: Any, pool: Any, session: str) -> None:
    pool.set_trigger("PostConfirmation", lambda event, context: event)
    respond(cognito_idp, pool.client.id, session, USERNAME="bob", NEW_PASSWORD=NEW)
    assert cognito.triggers.of("PostConfirmation") == []


def test_a_permanent_password_ends_the_challenge(cognito_idp: Any, pool: Any, session: str) -> None:
    cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="bob", Password=NEW, Permanent=True)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, "bob", NEW)


@pytest.mark.parametrize(
    ("responses", "error"),
    [
        (
            {"USERNAME": "bob"},
            (
                "InvalidParameterException",
                "Invalid attributes given, new password should be given with key NEW_PASSWORD.",
            ),
        ),
        ({"NEW_PASSWORD": NEW}, ("InvalidParameterException", "Missing required parameter USERNAME")),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": "short"},
            ("InvalidPasswordException", "Password does not conform to policy: Password not long enough"),
        ),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": "no-upper-case-7"},
            (
                "InvalidPasswordException",
                "Password does not conform to policy: Password must have uppercase characters",
            ),
        ),
        (
            {"USERNAME": "bob", "NEW_PASSWORD": NEW, "userAttributes.email": "b@example.com"},
            ("NotAuthorizedException", "Cannot modify an already provided email"),
        ),
        ({"USERNAME": "alice", "NEW_PASSWORD": NEW}, INVALID),
        ({"USERNAME": "nobody", "NEW_PASSWORD": NEW}, INVALID),
    ],
)
def test_an_answer_is_refused(cognito_idp: Any, pool: Any, responses: dict[str, str], error: tuple[str, str]) -> None:
    pool.create_user("alice", email="alice@example.com")
    session = invite_and_begin(cognito_idp, pool, email="bob@example.com")
    assert refusal(respond, idp=cognito_idp, client_id=pool.client.id, session=session, **responses) == error
    assert pool.user("bob").status == "FORCE_CHANGE_PASSWORD"


def test_a_required_attribute_must_come_with_the_answer(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(Schema=required("name"))
    pool.create_client()
    session = invite_and_begin(cognito_idp, pool)
    assert refusal(
        respond, idp=cognito_idp, client_id=pool.client.id, session=session, USERNAME="bob", NEW_PASSWORD=NEW
    ) == ("InvalidParameterException", "Invalid attributes given, name is missing")


def test_an_attribute_that_the_client_may_not_write_is_refused(cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(WriteAttributes=["email"])
    invite(cognito_idp, pool)
    session = challenged(cognito_idp, client.id)["Session"]
    assert refusal(
        respond,
        idp=cognito_idp,
        client_id=client.id,
        session=session,
        USERNAME="bob",
        NEW_PASSWORD=NEW,
        **{"userAttributes.nickname": "bobby"},
    ) == ("NotAuthorizedException", "A client attempted to write unauthorized attribute")


def test_the_answer_needs_the_hash_of_its_own_user_name(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    client = pool.create_client(GenerateSecret=True)
    invite(cognito_idp, pool, "bob@example.com")
    sub, email = pool.user("bob@example.com").sub, "bob@example.com"
    begun = begin(cognito_idp, client.id, USERNAME=email, PASSWORD=PASSWORD, SECRET_HASH=client.secret_hash(email))
    call = {"client_id": client.id, "session": begun["Session"], "USERNAME": sub, "NEW_PASSWORD": NEW}
    assert refusal(respond, idp=cognito_idp, **call) == (
        "NotAuthorizedException",
        f"Client {client.id} is configured with secret but SECRET_HASH was not received",
    )
    assert refusal(respond, idp=cognito_idp, **call, SECRET_HASH=client.secret_hash(email)) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {client.id}",
    )
    answer = respond(cognito_idp, **call, SECRET_HASH=client.secret_hash(sub))
    assert "IdToken" in answer["AuthenticationResult"]


def test_a_user_who_was_disabled_meanwhile_is_refused(cognito_idp: Any, pool: Any, session: str) -> None:
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="bob")
    assert refusal(
        respond, idp=cognito_idp, client_id=pool.client.id, session=session, USERNAME="bob", NEW_PASSWORD=NEW
    ) == ("NotAuthorizedException", "User is disabled.")


def test_a_password_that_was_set_meanwhile_leaves_nothing_to_answer(cognito_idp: Any, pool: Any, session: str) -> None:
    set_by_admin = "Set-by-admin-9"
    cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="bob", Password=set_by_admin, Permanent=True)
    answer = {"USERNAME": "bob", "NEW_PASSWORD": NEW}
    assert refusal(respond, idp=cognito_idp, client_id=pool.client.id, session=session, **answer) == INVALID
    assert "IdToken" in sign_in(cognito_idp, pool.client.id, "bob", set_by_admin)


# Sessions


@pytest.fixture
def answer(pool: Any) -> dict[str, str]:
    return {"client_id": pool.client.id, "USERNAME": "bob", "NEW_PASSWORD": NEW}


def test_a_session_is_used_once(cognito_idp: Any, session: str, answer: dict[str, str]) -> None:
    respond(cognito_idp, session=session, **answer)
    assert refusal(respond, idp=cognito_idp, session=session, **answer) == USED


def test_a_refused_answer_leaves_the_session(cognito_idp: Any, session: str, answer: dict[str, str]) -> None:
    assert refusal(respond, idp=cognito_idp, session=session, **{**answer, "NEW_PASSWORD": "weak"})
    assert "AuthenticationResult" in respond(cognito_idp, session=session, **answer)


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_session_lasts_as_long_as_the_client_says(cognito: Any, cognito_idp: Any, pool: Any, minutes: int) -> None:
    client = pool.create_client(**({} if minutes == 3 else {"AuthSessionValidity": minutes}))
    invite(cognito_idp, pool)
    first, second = (challenged(cognito_idp, client.id)["Session"] for _ in range(2))
    responses = {"client_id": client.id, "USERNAME": "bob", "NEW_PASSWORD": NEW}
    cognito.clock.advance(minutes=minutes, seconds=-5)
    assert "AuthenticationResult" in respond(cognito_idp, session=first, **responses)
    cognito.clock.advance(seconds=5)
    assert refusal(respond, idp=cognito_idp, session=second, **responses) == EXPIRED


def test_a_session_of_another_client_is_refused(
    cognito_idp: Any, pool: Any, session: str, answer: dict[str, str]
) -> None:
    other = pool.create_client()
    assert refusal(respond, idp=cognito_idp, session=session, **{**answer, "client_id": other.id}) == INVALID


def test_a_session_that_never_was_is_refused(cognito_idp: Any, session: str, answer: dict[str, str]) -> None:
    assert refusal(respond, idp=cognito_idp, session="A" * 1500, **answer) == INVALID


def test_a_missing_session_is_named(cognito_idp: Any, pool: Any, session: str) -> None:
    assert refusal(
        cognito_idp.respond_to_auth_challenge,
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        ChallengeResponses={"USERNAME": "bob", "NEW_PASSWORD": NEW},
    ) == ("InvalidParameterException", "Missing required parameter Session")


@pytest.mark.parametrize("challenge", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "CUSTOM_CHALLENGE"])
def test_a_session_of_another_challenge_is_refused(cognito_idp: Any, pool: Any, session: str, challenge: str) -> None:
    assert (
        refusal(
            cognito_idp.respond_to_auth_challenge,
            ClientId=pool.client.id,
            ChallengeName=challenge,
            Session=session,
            ChallengeResponses={"USERNAME": "bob", "ANSWER": "1"},
        )
        == INVALID
    )


def test_the_session_of_a_deleted_user_is_not_his_successors(
    cognito_idp: Any, pool: Any, session: str, answer: dict[str, str]
) -> None:
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="bob")
    invite(cognito_idp, pool)
    assert refusal(respond, idp=cognito_idp, session=session, **answer) == INVALID
