"""A user who isn't let in, or isn't found: how the user stands, who is there, which code waits."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool

from .calls import confirm, sign_in, sign_up
from .conftest import Explained


def test_a_wrong_password_is_explained_by_how_the_user_stands(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, enabled, password as arranged"]


@pytest.mark.parametrize("permanent", [True, False])
def test_and_by_who_set_the_password_last(pool: UserPool, explained: Explained, permanent: bool) -> None:
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=permanent)

    (said,) = explained(lambda: sign_in(pool))

    assert said.endswith("enabled, password set by AdminSetUserPassword")


def test_a_disabled_user(pool: UserPool, explained: Explained) -> None:
    pool.call("AdminDisableUser", Username="alice")

    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, disabled, password as arranged"]


def test_a_user_found_by_another_name(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    pool.create_user("alice", email="alice@example.com")

    (said,) = explained(lambda: sign_in(pool, "alice@example.com"))

    assert said == "alice: found by alice@example.com, CONFIRMED, enabled, password as arranged"


def test_a_locked_user(pool: UserPool, explained: Explained) -> None:
    for _ in range(7):
        with suppress(AWSError):
            sign_in(pool)

    (said,) = explained(lambda: sign_in(pool))

    assert re.fullmatch(r"alice: locked, until TIME, now TIME; \d failed sign-ins in a row", said)


def test_an_unknown_user_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool, "nobody")) == [f"users of {pool.id}: alice"]


def test_of_many_users_some_are_named(pool: UserPool, explained: Explained) -> None:
    pool.create_users(50)

    (said,) = explained(lambda: pool.user("nobody"))

    assert said == f"users of {pool.id}: alice, user00001, user00002, user00003, user00004, user00005 …"


def test_a_user_of_another_case(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": True})
    pool.create_user("alice")

    assert explained(lambda: pool.user("Alice"))[1] == (
        "names of this pool differ by case (UsernameConfiguration.CaseSensitive)"
    )


def test_a_user_of_another_pool(pool: UserPool, explained: Explained) -> None:
    other = Cognito(pool.world).create_user_pool()
    other.create_user("zoe")

    assert explained(lambda: pool.user("zoe"))[1] == f"zoe is a user of {other.id}"


def test_a_user_whom_the_client_hides(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    parameters = {"USERNAME": "nobody", "PASSWORD": "x"}

    said = explained(
        lambda: Cognito(pool.world).call(
            "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=client.id, AuthParameters=parameters
        )
    )

    assert said[0] == "there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"


def test_an_unconfirmed_user_is_explained_by_the_code_that_waits(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)

    state, code = explained(lambda: sign_in(pool, "bob", "Passw0rd!"))

    assert state == "bob: UNCONFIRMED, enabled, password set by SignUp"
    assert code.startswith(f"the SignUp code sent to the email is {pool.world.outbox.last().code}, good until ")


def test_a_wrong_code_is_explained_by_the_right_one(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)

    (said,) = explained(lambda: confirm(pool))

    assert said.startswith(f"the SignUp code sent to the email is {pool.world.outbox.last().code}, good until ")


def test_an_expired_code(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)
    pool.world.clock.advance(hours=25)

    (said,) = explained(lambda: confirm(pool))

    assert re.fullmatch(r"the SignUp code sent to the email is \d{6}, expired .*TIME, now .*TIME", said)


def test_a_code_that_was_never_sent(pool: UserPool, explained: Explained) -> None:
    (said,) = explained(
        lambda: Cognito(pool.world).call(
            "ConfirmForgotPassword",
            ClientId=pool.client.id,
            Username="alice",
            ConfirmationCode="123456",
            Password="Passw0rd!",
        )
    )

    assert said == "no ForgotPassword code waits for alice"


def test_a_refused_password_is_explained_by_the_policy(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_up(pool, password="short")) == [
        f"{pool.id} asks for 8 characters or more, upper case, lower case, digits, symbols"
    ]


def test_a_name_that_is_taken(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_up(pool, "alice")) == ["alice: CONFIRMED, enabled, password as arranged"]


def test_a_second_factor_that_cannot_be_proven(pool: UserPool, explained: Explained) -> None:
    sms = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "app"}
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="ON", SmsMfaConfiguration={"SmsConfiguration": sms})

    password = pool.user("alice").password or ""
    assert explained(lambda: sign_in(pool, password=password)) == [
        f"{pool.id}: MfaConfiguration ON, offers SMS_MFA",
        "alice: has turned on no factor",
        "alice: email alice@example.com, verified",
        "alice: no phone_number",
    ]


def test_a_reset_code_of_another_client(pool: UserPool, explained: Explained) -> None:
    first, other = pool.client, pool.create_client()
    Cognito(pool.world).call("ForgotPassword", ClientId=first.id, Username="alice")
    code = pool.world.outbox.last().code

    (said,) = explained(
        lambda: Cognito(pool.world).call(
            "ConfirmForgotPassword",
            ClientId=other.id,
            Username="alice",
            ConfirmationCode=code,
            Password="An0ther-one!",
        )
    )

    assert said.startswith(f"the ForgotPassword code sent to the email is {code}, good until ")
    assert said.endswith(f"; it is good at client {first.id}, which asked for it")
