"""Credentials that a test says are compromised: what a pool does with them at sign-in, sign-up and a new password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.codes import last_code
from tests.support.refusals import RESET_REQUIRED, refusal
from tests.support.srp import SrpClient, gives_tokens
from tests.support.threats import AUDIT, FULL, PASSWORD_COMPROMISED, block_compromised, configure, event, events

FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL, AutoVerifiedAttributes=["email"])
    pool.create_client(ExplicitAuthFlows=FLOWS)
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture(autouse=True)
def blocking(app: App) -> None:
    block_compromised(app)


def detected(found: dict[str, Any]) -> tuple[str, str, bool]:
    risk = found["EventRisk"]
    return found["EventResponse"], risk["RiskDecision"], risk["CompromisedCredentialsDetected"]


@pytest.mark.parametrize("said", [{"password": PASSWORD}, {"username": "alice"}, {"username": "Alice@example.com"}])
def test_who_signs_in_with_them_must_reset_the_password(cognito: Cognito, make_app: MakeApp, said: Any) -> None:
    app = make_app(
        UserPoolAddOns=FULL,
        AutoVerifiedAttributes=["email"],
        AliasAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
    )
    app.pool.create_user("alice", email="alice@example.com")
    block_compromised(app)
    cognito.threats.compromise(**said)

    assert refusal(app.sign_in, username="alice@example.com") == RESET_REQUIRED
    assert app.status() == "RESET_REQUIRED"
    assert detected(event(app)) == ("Fail", "Block", True)
    assert event(app)["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Success"}]

    cognito.threats.clear()
    assert refusal(app.sign_in) == RESET_REQUIRED
    app.public("forgot_password")
    code = last_code(cognito.outbox, "alice@example.com")
    app.public("confirm_forgot_password", ConfirmationCode=code, Password=NEW_PASSWORD)
    assert app.sign_in(password=NEW_PASSWORD)


def test_an_administrators_sign_in_is_checked_as_well(cognito: Cognito, app: App) -> None:
    cognito.threats.compromise(password=PASSWORD)

    assert refusal(app.admin_initiate_auth, USERNAME="alice", PASSWORD=PASSWORD) == RESET_REQUIRED


def test_a_password_that_is_not_sent_is_not_checked(cognito: Cognito, app: App) -> None:
    cognito.threats.compromise(password=PASSWORD)

    assert gives_tokens(SrpClient(app).run())
    assert detected(event(app)) == ("Pass", "NoRisk", False)


def test_others_and_wrong_passwords_are_left_alone(cognito: Cognito, app: App) -> None:
    cognito.threats.compromise(username="bob")
    cognito.threats.compromise(username="alice", password="Wr0ng-horse!")

    refusal(app.sign_in, password="Wr0ng-horse!")
    assert app.sign_in()
    assert [detected(one) for one in events(app)] == [("Pass", "NoRisk", False), ("Fail", "NoRisk", False)]


def test_a_sign_up_with_them_makes_no_user(cognito: Cognito, app: App) -> None:
    cognito.threats.compromise(password=NEW_PASSWORD)

    assert refusal(app.sign_up, username="bob", Password=NEW_PASSWORD) == PASSWORD_COMPROMISED
    assert [user["Username"] for user in app.users()] == ["alice"]
    logged = cognito.logs.last("userAuthEvents").message
    assert (logged["eventType"], logged["eventResponse"], logged["userName"]) == ("SignUp", "Fail", "bob")
    assert logged["compromisedCredentialDetected"] == "true"


def test_a_compromised_password_is_not_the_next_one(cognito: Cognito, app: App) -> None:
    token = app.access_token()
    app.public("forgot_password")
    code = last_code(cognito.outbox, "alice@example.com")
    cognito.threats.compromise(password=NEW_PASSWORD)

    change = {"AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": NEW_PASSWORD}
    reset = {"ClientId": app.client_id, "Username": "alice", "ConfirmationCode": code}
    assert refusal(app.idp.change_password, **change) == PASSWORD_COMPROMISED
    assert refusal(app.idp.confirm_forgot_password, **reset, Password=NEW_PASSWORD) == PASSWORD_COMPROMISED
    assert [detected(one) for one in events(app)[:2]] == [("Fail", "Block", True)] * 2
    app.call("confirm_forgot_password", **reset, Password="Third-horse-9")
    assert app.sign_in(password="Third-horse-9")


def test_what_an_administrator_sets_is_not_checked(cognito: Cognito, app: App) -> None:
    cognito.threats.compromise(password=NEW_PASSWORD)

    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)


@pytest.mark.parametrize("watched", ["SIGN_IN", "SIGN_UP", "PASSWORD_CHANGE"])
def test_only_events_of_the_filter_are_blocked(cognito: Cognito, app: App, watched: str) -> None:
    token = app.access_token()
    cognito.threats.compromise(username="alice")
    cognito.threats.compromise(username="bob")
    block_compromised(app, watched)
    attempts: dict[str, Callable[[], object]] = {
        "SIGN_UP": lambda: app.sign_up("bob"),
        "PASSWORD_CHANGE": lambda: app.call(
            "change_password", AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=PASSWORD
        ),
        "SIGN_IN": app.sign_in,
    }

    for name, attempt in attempts.items():
        if name == watched:
            assert refusal(attempt) in (RESET_REQUIRED, PASSWORD_COMPROMISED)
        else:
            attempt()
            assert detected(event(app, "bob" if name == "SIGN_UP" else "alice")) == ("Pass", "NoRisk", True)


@pytest.mark.parametrize("how", ["audit", "no action", "no configuration", "skipped address"])
def test_they_are_only_noted_where_nothing_blocks_them(cognito: Cognito, app: App, how: str) -> None:
    compromised = {"Actions": {"EventAction": "NO_ACTION" if how == "no action" else "BLOCK"}}
    if how == "audit":
        app.call("update_user_pool", UserPoolId=app.pool_id, UserPoolAddOns=AUDIT)
    elif how == "no configuration":
        configure(app)
    elif how == "skipped address":
        skipped = {"SkippedIPRangeList": ["127.0.0.0/8"]}
        configure(app, CompromisedCredentialsRiskConfiguration=compromised, RiskExceptionConfiguration=skipped)
    else:
        configure(app, CompromisedCredentialsRiskConfiguration=compromised)
    cognito.threats.compromise(password=PASSWORD)

    assert app.sign_in()
    assert detected(event(app)) == ("Pass", "NoRisk", how != "skipped address")
