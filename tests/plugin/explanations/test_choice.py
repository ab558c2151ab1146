"""Choice-based sign-in that fails: what the user could have chosen, and that there may be no user."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.cognito import UserPool
from tests.support.choice import CHOICE, HIDING, first_factors

from .conftest import Explained


@pytest.fixture
def choosing(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(**first_factors("PASSWORD", "EMAIL_OTP"))
    pool.create_client(**CHOICE)
    pool.create_client(**HIDING)
    return pool


def begin(pool: UserPool, client: str, username: str) -> dict[str, Any]:
    given = {"USERNAME": username}
    return Cognito(pool.world).call("InitiateAuth", AuthFlow="USER_AUTH", ClientId=client, AuthParameters=given)


def answer(pool: UserPool, client: str, challenge: dict[str, Any], username: str, **responses: str) -> dict[str, Any]:
    return Cognito(pool.world).call(
        "RespondToAuthChallenge",
        ClientId=client,
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": username, **responses},
    )


def test_a_choice_that_is_not_available(choosing: UserPool, explained: Explained) -> None:
    choosing.create_user("bob")
    client = choosing.clients[0].id
    asked = begin(choosing, client, "bob")

    said = explained(lambda: answer(choosing, client, asked, "bob", ANSWER="EMAIL_OTP"))

    assert said == ["bob can sign in with PASSWORD; the pool allows PASSWORD, EMAIL_OTP"]


def test_no_code_of_a_user_who_is_made_up_is_right(choosing: UserPool, explained: Explained) -> None:
    client = choosing.clients[1].id
    asked = begin(choosing, client, "nobody")

    said = explained(lambda: answer(choosing, client, asked, "nobody", EMAIL_OTP_CODE="12345678"))

    assert said == ["there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"]


def test_a_sign_up_that_needs_a_password(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    email = {"Name": "email", "Value": "bob@example.com"}

    def sign_up() -> None:
        Cognito(pool.world).call("SignUp", ClientId=client.id, Username="bob", UserAttributes=[email])

    assert explained(sign_up) == [
        f"AllowedFirstAuthFactors of {pool.id}: PASSWORD",
        f"AutoVerifiedAttributes of {pool.id}: email",
        f"ExplicitAuthFlows of {client.id}: ALLOW_USER_SRP_AUTH",
    ]
