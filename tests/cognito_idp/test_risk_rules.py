"""Which sign-ins a risk is of, and addresses that are always blocked or never assessed."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, App
from tests.support.refusals import refusal
from tests.support.srp import SrpClient, gives_tokens
from tests.support.threats import (
    AUDIT,
    FULL,
    REQUEST_BLOCKED,
    SIGN_IN_BLOCKED,
    configure,
    event,
    events,
    outcome,
    respond,
    sign_in_from,
)

FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]
NO_RISK: dict[str, Any] = {"RiskDecision": "NoRisk", "CompromisedCredentialsDetected": False}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool(UserPoolAddOns=FULL, AutoVerifiedAttributes=["email"])
    pool.create_client(ExplicitAuthFlows=FLOWS)
    pool.create_user("alice", email="alice@example.com")
    return pool


class TestRules:
    """What a risk is of."""

    @pytest.mark.parametrize(
        ("rule", "blocked"),
        [
            ({"username": "alice@example.com"}, False),
            ({"username": "bob"}, False),
            ({"ip": "203.0.113.0/24"}, True),
            ({"ip": "203.0.113.8"}, False),
            ({"device": "chrome 125"}, True),
            ({"device": "Firefox"}, False),
            ({"user_agent": "Win64"}, True),
            ({"username": "alice", "ip": "203.0.113.7", "device": "Windows"}, True),
            ({"username": "alice", "ip": "198.51.100.0/24"}, False),
            ({}, True),
        ],
    )
    def test_it_fits(self, cognito: Cognito, app: App, rule: dict[str, str], blocked: bool) -> None:
        respond(app, "BLOCK")
        cognito.threats.risk(level="High", **rule)

        if blocked:
            assert refusal(sign_in_from, app=app, ip="203.0.113.7") == SIGN_IN_BLOCKED
        else:
            assert gives_tokens(sign_in_from(app, "203.0.113.7"))

    def test_the_last_one_decides(self, cognito: Cognito, app: App) -> None:
        respond(app, "BLOCK")
        cognito.threats.risk(level="High", ip="203.0.113.0/24")
        cognito.threats.risk("alice", "None")

        assert gives_tokens(sign_in_from(app, "203.0.113.7"))


class TestAddresses:
    """The lists of addresses that are always blocked, and never assessed."""

    def test_a_blocked_one_gets_nowhere(self, app: App) -> None:
        configure(app, RiskExceptionConfiguration={"BlockedIPRangeList": ["127.0.0.0/8"]})

        assert refusal(app.sign_in) == REQUEST_BLOCKED
        assert refusal(app.sign_in, password="Wr0ng-horse!") == REQUEST_BLOCKED
        assert refusal(SrpClient(app).begin) == REQUEST_BLOCKED
        for operation, more in (
            ("forgot_password", {}),
            ("confirm_forgot_password", {"ConfirmationCode": "1", "Password": PASSWORD}),
            ("resend_confirmation_code", {}),
            ("confirm_sign_up", {"ConfirmationCode": "1"}),
            ("sign_up", {"Password": PASSWORD}),
        ):
            assert refusal(app.public, operation=operation, **more) == REQUEST_BLOCKED
        assert [(found["EventType"], *outcome(found)) for found in events(app)] == [
            (kind, "Fail", {**NO_RISK, "RiskDecision": "Block"})
            for kind in ("ResendCode", "PasswordChange", "ForgotPassword", "SignIn", "SignIn", "SignIn")
        ]
        assert event(app)["ChallengeResponses"] == []
        assert gives_tokens(sign_in_from(app, "203.0.113.7"))

    def test_it_is_blocked_between_challenges_as_well(self, app: App) -> None:
        client = SrpClient(app)
        challenge = client.begin()
        configure(app, RiskExceptionConfiguration={"BlockedIPRangeList": ["127.0.0.0/8"]})

        assert refusal(client.answer, responses=client.proof(challenge)) == REQUEST_BLOCKED

    def test_in_audit_mode_it_is_not_blocked(self, app: App) -> None:
        configure(app, RiskExceptionConfiguration={"BlockedIPRangeList": ["127.0.0.0/8"]})
        app.call("update_user_pool", UserPoolId=app.pool_id, UserPoolAddOns=AUDIT)

        assert app.sign_in()

    def test_a_skipped_one_has_no_risk(self, cognito: Cognito, app: App) -> None:
        takeover = {"Actions": {"HighAction": {"EventAction": "BLOCK", "Notify": False}}}
        skipped = {"SkippedIPRangeList": ["203.0.113.0/24"]}
        configure(app, AccountTakeoverRiskConfiguration=takeover, RiskExceptionConfiguration=skipped)
        cognito.threats.risk("alice", "High")

        assert gives_tokens(sign_in_from(app, "203.0.113.7"))
        assert outcome(event(app)) == ("Pass", NO_RISK)
        assert refusal(sign_in_from, app=app, ip="198.51.100.7") == SIGN_IN_BLOCKED
