"""Sign-ins that a test says are risky: what a pool does with them, by level, mode, flow and address."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, mfa
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.jwts import claims
from tests.support.mfa import ADDRESSES, SMS_MFA, TOTP
from tests.support.refusals import INCORRECT, refusal
from tests.support.srp import SrpClient, gives_tokens
from tests.support.threats import (
    AUDIT,
    FULL,
    SIGN_IN_BLOCKED,
    configure,
    event,
    events,
    outcome,
    respond,
)

FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]
RISKY = {"RiskDecision": "AccountTakeover", "RiskLevel": "High", "CompromisedCredentialsDetected": False}
BLOCKED = {**RISKY, "RiskDecision": "Block"}
NO_RISK = {"RiskDecision": "NoRisk", "CompromisedCredentialsDetected": False}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with optional MFA by SMS and authenticator, and alice, who has turned none on."""
    pool = mfa.make_pool(cognito, "OPTIONAL", SMS_MFA, TOTP, UserPoolAddOns=FULL, AutoVerifiedAttributes=["email"])
    pool.create_client(ExplicitAuthFlows=FLOWS)
    pool.create_user("alice", email="alice@example.com")
    return pool


def give_phone(app: App) -> None:
    app.admin(
        "admin_update_user_attributes",
        UserAttributes=[{"Name": "phone_number", "Value": ADDRESSES["phone_number"]}],
    )


def test_a_block(cognito: Cognito, app: App) -> None:
    respond(app, "BLOCK")
    cognito.threats.risk("alice", "High")

    assert refusal(app.sign_in) == SIGN_IN_BLOCKED
    assert outcome(event(app)) == ("Fail", BLOCKED)
    assert event(app)["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Success"}]
    assert app.status() == "CONFIRMED"


def test_a_wrong_password_is_no_more_than_that(cognito: Cognito, app: App) -> None:
    respond(app, "BLOCK")
    cognito.threats.risk("alice", "High")

    assert refusal(app.sign_in, password="Wr0ng-horse!") == INCORRECT
    assert outcome(event(app)) == ("Fail", NO_RISK)


@pytest.mark.parametrize("level", ["Low", "Medium"])
def test_each_level_has_its_own_response(cognito: Cognito, app: App, level: str) -> None:
    respond(app, "BLOCK", level="Medium")
    cognito.threats.risk("alice", level)

    if level == "Medium":
        assert refusal(app.sign_in) == SIGN_IN_BLOCKED
    else:
        assert app.sign_in()
    assert event(app)["EventRisk"]["RiskLevel"] == level


def test_srp_is_assessed_once_the_password_is_proven(cognito: Cognito, app: App) -> None:
    respond(app, "BLOCK")
    cognito.threats.risk("alice", "High")

    client = SrpClient(app)
    challenge = client.begin()
    assert outcome(event(app)) == ("InProgress", NO_RISK)
    assert refusal(client.answer, responses=client.proof(challenge)) == SIGN_IN_BLOCKED
    assert outcome(event(app)) == ("Fail", BLOCKED)
    assert len(events(app)) == 1


def test_an_answer_that_can_be_given_again_is_assessed_again(cognito: Cognito, app: App) -> None:
    respond(app, "BLOCK")
    client = SrpClient(app)
    responses = client.proof(client.begin())
    first, second = client.answer(responses), client.answer(responses)
    ids = [claims(one["AuthenticationResult"]["AccessToken"])["event_id"] for one in (first, second)]
    assert ids == [found["EventId"] for found in reversed(events(app))]

    cognito.threats.risk("alice", "High")
    for _ in range(2):
        assert refusal(client.answer, responses=responses) == SIGN_IN_BLOCKED
    assert len(events(app)) == 4


@pytest.mark.parametrize("action", ["MFA_REQUIRED", "MFA_IF_CONFIGURED"])
def test_a_second_factor_is_asked_of_who_has_only_an_address(cognito: Cognito, app: App, action: str) -> None:
    give_phone(app)
    respond(app, action)
    assert app.sign_in()
    cognito.threats.risk("alice", "High")

    challenge = app.begin()
    assert challenge["ChallengeName"] == "SMS_MFA"
    assert outcome(event(app)) == ("InProgress", RISKY)
    cognito.threats.clear()  # what was assessed stands
    code = str(cognito.outbox.last(to=ADDRESSES["phone_number"]).code)
    assert refusal(app.respond, challenge=challenge, SMS_MFA_CODE="no").code == "CodeMismatchException"
    assert "AuthenticationResult" in app.respond(challenge, SMS_MFA_CODE=code)

    assert outcome(event(app)) == ("Pass", RISKY)
    assert [tuple(one.values()) for one in event(app)["ChallengeResponses"]] == [
        ("Password", "Success"),
        ("Mfa", "Failure"),
        ("Mfa", "Success"),
    ]


def test_one_of_several_factors_is_chosen(cognito: Cognito, app: App) -> None:
    give_phone(app)
    authenticator = mfa.enrol(app, app.pool.tokens_for("alice").access_token)
    cognito.clock.advance(minutes=2)
    respond(app, "MFA_REQUIRED")
    assert app.sign_in()
    cognito.threats.risk("alice", "High")

    choice = app.begin()
    assert choice["ChallengeName"] == "SELECT_MFA_TYPE"
    challenge = app.respond(choice, ANSWER=TOTP)
    code = authenticator.code()
    assert "AuthenticationResult" in app.respond(challenge, SOFTWARE_TOKEN_MFA_CODE=code)


def test_a_temporary_password_is_replaced_before_the_second_factor(cognito: Cognito, app: App) -> None:
    give_phone(app)
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=False)
    respond(app, "MFA_REQUIRED")
    cognito.threats.risk("alice", "High")

    challenge = app.begin()
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert app.respond(challenge, NEW_PASSWORD="Another-horse-8")["ChallengeName"] == "SMS_MFA"


@pytest.mark.parametrize(("action", "blocked"), [("MFA_REQUIRED", True), ("MFA_IF_CONFIGURED", False)])
def test_who_has_no_factor(cognito: Cognito, app: App, action: str, blocked: bool) -> None:
    respond(app, action)
    cognito.threats.risk("alice", "High")

    if blocked:
        assert refusal(app.sign_in) == SIGN_IN_BLOCKED
    else:
        assert app.sign_in()
    assert outcome(event(app)) == (("Fail", BLOCKED) if blocked else ("Pass", RISKY))


def test_who_loses_the_factor_meanwhile_does_not_get_in(cognito: Cognito, app: App) -> None:
    give_phone(app)
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=False)
    respond(app, "MFA_IF_CONFIGURED")
    cognito.threats.risk("alice", "High")
    challenge = app.begin()
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])

    assert refusal(app.respond, challenge=challenge, NEW_PASSWORD="Another-horse-8") == SIGN_IN_BLOCKED


@pytest.mark.parametrize("how", ["audit", "no action", "no configuration", "level without action"])
def test_a_risk_is_only_noted_where_nothing_is_done_about_it(cognito: Cognito, app: App, how: str) -> None:
    respond(app, "NO_ACTION" if how == "no action" else "BLOCK", level="Low" if "level" in how else "High")
    if how == "audit":
        app.call("update_user_pool", UserPoolId=app.pool_id, UserPoolAddOns=AUDIT)
    elif how == "no configuration":
        configure(app)
    cognito.threats.risk("alice", "High")

    assert app.sign_in()
    assert outcome(event(app)) == ("Pass", RISKY)


def test_a_pool_without_threat_protection_knows_of_nothing(cognito: Cognito, make_app: MakeApp) -> None:
    app = make_app(UserPoolTier="PLUS")
    app.pool.create_user("alice")
    respond(app, "BLOCK")
    configure(app, RiskExceptionConfiguration={"BlockedIPRangeList": ["0.0.0.0/0"]})
    cognito.threats.risk("alice", "High")
    cognito.threats.compromise(password=PASSWORD)

    assert app.sign_in()
    assert len(cognito.logs) == 0
    error = refusal(app.admin, operation="admin_list_user_auth_events")
    assert error.code == "UserPoolAddOnNotEnabledException"


@pytest.mark.parametrize(
    ("mode", "action", "blocked"),
    [
        ("ENFORCED", "BLOCK", True),
        ("AUDIT", "BLOCK", False),
        ("ENFORCED", "MFA_IF_CONFIGURED", False),
        ("ENFORCED", "MFA_REQUIRED", True),
        ("", "BLOCK", False),
    ],
)
def test_custom_authentication_has_a_mode_of_its_own(
    cognito: Cognito, cognito_idp: Any, mode: str, action: str, blocked: bool
) -> None:
    additional = {"AdvancedSecurityAdditionalFlows": {"CustomAuthMode": mode}} if mode else {}
    app = App(cognito_idp, custom.make_pool(cognito, UserPoolAddOns={**FULL, **additional}))
    respond(app, action)
    cognito.threats.risk("alice", "High")

    challenge = custom.begin(app)
    if blocked:
        assert refusal(app.respond, challenge=challenge, ANSWER=custom.RIGHT) == SIGN_IN_BLOCKED
    else:
        assert gives_tokens(app.respond(challenge, ANSWER=custom.RIGHT))
    assert [outcome(one) for one in events(app)] == (
        [] if not mode else [("Fail", BLOCKED) if blocked else ("Pass", RISKY)]
    )
