"""States in which an explanation that fits most others would be false."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool

from .calls import confirm, refresh, sign_in, sign_up
from .conftest import Explained

RENEWED: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}


def test_a_user_of_an_earlier_user_s_name_has_their_password_from_nobody(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)
    pool.call("AdminConfirmSignUp", Username="bob")
    pool.call("AdminDeleteUser", Username="bob")
    pool.create_user("bob")

    assert explained(lambda: sign_in(pool, "bob")) == ["bob: CONFIRMED, enabled, password as arranged"]


def test_and_so_has_one_whose_namesake_s_password_was_set(pool: UserPool, explained: Explained) -> None:
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=True)
    pool.call("AdminDeleteUser", Username="alice")
    pool.create_user("alice")

    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, enabled, password as arranged"]


def test_a_migrated_user_has_their_password_from_the_sign_in(pool: UserPool, explained: Explained) -> None:
    @pool.on("UserMigration")
    def migrate(event: dict[str, Any], context: object) -> dict[str, Any]:
        attributes = {"email": "old@example.com", "email_verified": "true"}
        event["response"] |= {"userAttributes": attributes, "finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS"}
        return event

    sign_in(pool, "old", "Passw0rd!")

    assert explained(lambda: sign_in(pool, "old")) == ["old: CONFIRMED, enabled, password set by InitiateAuth"]


def test_failures_of_long_ago_are_not_in_a_row(pool: UserPool, explained: Explained) -> None:
    for _ in range(3):
        with suppress(AWSError):
            sign_in(pool)
    pool.call("AdminDisableUser", Username="alice")
    pool.world.clock.advance(minutes=16)

    password = pool.user("alice").password or ""
    assert explained(lambda: sign_in(pool, password=password)) == ["alice: CONFIRMED, disabled, password as arranged"]


def test_calls_of_more_than_an_hour_ago_do_not_count(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)
    for _ in range(5):
        Cognito(pool.world).call("ResendConfirmationCode", ClientId=pool.client.id, Username="bob")
    pool.world.clock.advance(hours=2)
    for _ in range(15):
        with suppress(AWSError):
            confirm(pool)

    (said,) = explained(lambda: confirm(pool))

    assert said.startswith("bob: ConfirmSignUp 15 times within an hour")


def test_names_that_differ_by_case_where_case_does_not_count(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": False})
    pool.create_user("alice")
    assert pool.user("ALICE").username == "alice"

    assert explained(lambda: pool.user("bob")) == [f"users of {pool.id}: alice"]


def test_an_alias_is_of_another_user(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"], AutoVerifiedAttributes=["email"])
    pool.create_user("alice", email="bob@example.com")
    sign_up(pool)
    code = pool.world.outbox.last().code or ""

    assert explained(lambda: confirm(pool, code=code)) == ["bob@example.com is of alice: CONFIRMED"]


def test_a_name_that_is_the_address_of_another_user(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email", "phone_number"])
    pool.create_user("+15550100", email="bob@example.com")

    (said,) = explained(lambda: sign_up(pool, "+15550101", email="bob@example.com"))

    assert said.startswith("bob@example.com is of ")


def test_codes_for_another_purpose_are_not_told(pool: UserPool, explained: Explained) -> None:
    tokens = pool.user("alice").sign_in()
    call = Cognito(pool.world).call
    call("ForgotPassword", ClientId=pool.client.id, Username="alice")

    said = explained(
        lambda: call("VerifyUserAttribute", AccessToken=tokens.access_token, AttributeName="email", Code="123456")
    )

    assert said == ["no VerifyUserAttribute email code waits for alice"]


def test_a_code_for_a_user_whom_the_client_hides(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    names: dict[str, Any] = {"ClientId": client.id, "Username": "nobody", "ConfirmationCode": "123456"}
    password: dict[str, Any] = {"Password": "Passw0rd!"}

    for operation, more in (("ConfirmSignUp", {}), ("ConfirmForgotPassword", password)):
        assert explained(lambda: Cognito(pool.world).call(operation, **names, **more)) == [  # noqa: B023 - called here
            "there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"
        ]


@pytest.mark.needs("GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation")
@pytest.mark.parametrize("used_before", [True, False])
def test_a_refresh_token_that_was_rotated(pool: UserPool, explained: Explained, used_before: bool) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}
    client = pool.create_client(RefreshTokenRotation=rotation, **RENEWED)
    password = pool.user("alice").password or ""
    first = Cognito(pool.world).call(
        "InitiateAuth",
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=client.id,
        AuthParameters={"USERNAME": "alice", "PASSWORD": password},
    )["AuthenticationResult"]["RefreshToken"]

    def rotate() -> dict[str, Any]:
        return Cognito(pool.world).call("GetTokensFromRefreshToken", ClientId=client.id, RefreshToken=first)

    if used_before:
        rotate()
        pool.world.clock.advance(minutes=1)
        whose, replaced = explained(rotate)
        assert replaced == "a newer one has replaced it; its grace period: expired TIME, now TIME"
    else:
        pool.call("AdminUserGlobalSignOut", Username="alice")
        (whose,) = explained(rotate)
    assert whose.startswith(f"refresh token of alice from client {client.id}: good until ")


def test_a_session_of_a_deleted_user(pool: UserPool, explained: Explained) -> None:
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=False)
    session = sign_in(pool, password="Passw0rd!")["Session"]
    pool.call("AdminDeleteUser", Username="alice")

    (said,) = explained(
        lambda: Cognito(pool.world).call(
            "RespondToAuthChallenge",
            ClientId=pool.client.id,
            ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=session,
            ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "N3w-Passw0rd"},
        )
    )

    assert said == "this session is of no challenge here, or of a user or an app client that is deleted"


def test_a_refresh_by_a_token_that_was_never_given_names_no_user(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: refresh(pool, "gone")) == ["no sign-in here has given this refresh token"]
