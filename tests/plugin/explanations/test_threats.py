"""What threat protection refuses: where the attempt came from, and what was found in it."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD
from tests.support.threats import AUDIT, FULL

from .calls import sign_in
from .conftest import Explained


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL)
    pool.create_client()
    pool.create_user("alice", password=PASSWORD)
    return pool


def test_a_blocked_sign_in(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    actions = {"HighAction": {"Notify": False, "EventAction": "BLOCK"}}
    pool.call("SetRiskConfiguration", AccountTakeoverRiskConfiguration={"Actions": actions})
    cognito.threats.risk("alice", "High")

    assert explained(lambda: sign_in(pool, password=PASSWORD)) == [
        "alice: SignIn from 127.0.0.1 (unknown): High risk, decision Block"
    ]


def test_a_blocked_address(pool: UserPool, explained: Explained) -> None:
    pool.call("SetRiskConfiguration", RiskExceptionConfiguration={"BlockedIPRangeList": ["127.0.0.1/32"]})

    assert explained(lambda: sign_in(pool)) == ["alice: SignIn from 127.0.0.1 (unknown): no risk, decision Block"]


def test_a_compromised_password(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    compromised = {"Actions": {"EventAction": "BLOCK"}}
    pool.call("SetRiskConfiguration", CompromisedCredentialsRiskConfiguration=compromised)
    cognito.threats.compromise(username="alice")

    said = explained(lambda: sign_in(pool, password=PASSWORD))

    assert said[0].startswith("alice: RESET_REQUIRED, enabled")
    assert said[-1] == "alice: the password is compromised, as the test says by cognito.threats"


def test_a_compromised_password_of_a_new_user(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    compromised = {"Actions": {"EventAction": "BLOCK"}}
    pool.call("SetRiskConfiguration", CompromisedCredentialsRiskConfiguration=compromised)
    cognito.threats.compromise(password=PASSWORD)

    def sign_up() -> None:
        cognito.call("SignUp", ClientId=pool.client.id, Username="bob", Password=PASSWORD)

    assert explained(sign_up) == ["the password is compromised, as the test says by cognito.threats"]


def test_a_pool_without_it(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(UserPoolAddOns=AUDIT)
    pool.call("UpdateUserPool", UserPoolTier="PLUS", UserPoolAddOns={"AdvancedSecurityMode": "OFF"})
    pool.create_user("alice")

    assert explained(lambda: pool.call("AdminListUserAuthEvents", Username="alice")) == [
        f"{pool.id}: AdvancedSecurityMode OFF, UserPoolTier PLUS"
    ]
