"""The triggers that there are, and the sources of each, as AWS's guide lists them."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS

MESSAGES = {
    "SignUp",
    "ResendCode",
    "ForgotPassword",
    "UpdateUserAttribute",
    "VerifyUserAttribute",
    "AdminCreateUser",
    "Authentication",
}
SOURCES = {
    "InboundFederation": {"InboundFederation_ExternalProvider"},
    "PreSignUp": {"PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"},
    "PostConfirmation": {"PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"},
    "PreAuthentication": {"PreAuthentication_Authentication"},
    "PostAuthentication": {"PostAuthentication_Authentication"},
    "DefineAuthChallenge": {"DefineAuthChallenge_Authentication"},
    "CreateAuthChallenge": {"CreateAuthChallenge_Authentication"},
    "VerifyAuthChallengeResponse": {"VerifyAuthChallengeResponse_Authentication"},
    "PreTokenGeneration": {
        "TokenGeneration_HostedAuth",
        "TokenGeneration_Authentication",
        "TokenGeneration_NewPasswordChallenge",
        "TokenGeneration_AuthenticateDevice",
        "TokenGeneration_RefreshTokens",
    },
    "UserMigration": {"UserMigration_Authentication", "UserMigration_ForgotPassword"},
    "CustomMessage": {f"CustomMessage_{source}" for source in MESSAGES},
    "CustomEmailSender": {f"CustomEmailSender_{source}" for source in MESSAGES},
    "CustomSMSSender": {f"CustomSMSSender_{source}" for source in MESSAGES},
}


def test_no_trigger_is_missing() -> None:
    assert set(TRIGGERS) == set(SOURCES)


@pytest.mark.parametrize("trigger", SOURCES)
def test_no_source_is_missing(trigger: str) -> None:
    assert SOURCES[trigger] <= set(TRIGGERS[trigger].trigger_sources)
