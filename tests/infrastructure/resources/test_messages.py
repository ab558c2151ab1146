"""What is told of a common mistake: the line, the resource, AWS's words, and what to write instead."""

from __future__ import annotations

import pytest

from pytest_cognito import DeploymentError
from tests.infrastructure.conftest import Deploy

POOL = "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n"


@pytest.mark.parametrize(
    ("properties", "line", "said", "advice"),
    [
        (
            "      UserPoolName: notes\n      Policies: {PasswordPolicy: {MinimumLenght: 8}}",
            6,
            "#/Policies/PasswordPolicy: extraneous key [MinimumLenght] is not permitted",
            "MinimumLenght: did you mean 'MinimumLength'?",
        ),
        (
            "      UserPoolName: notes\n      AutoVerifiedAttributes: email",
            6,
            "#/AutoVerifiedAttributes: expected type: JSONArray, found: String",
            "",
        ),
        (
            "      MfaConfiguration: OFF",
            2,
            "Value 'false' at 'mfaConfiguration' failed to satisfy constraint",
            'write MfaConfiguration: "OFF"',
        ),
        (
            "      MfaConfiguration: on\n      EnabledMfas: [SOFTWARE_TOKEN_MFA]",
            2,
            "Value 'true' at 'mfaConfiguration' failed to satisfy constraint",
            'write MfaConfiguration: "ON"',
        ),
    ],
)
def test_a_mistake_in_a_pool(deploy: Deploy, properties: str, line: int, said: str, advice: str) -> None:
    with pytest.raises(DeploymentError) as refused:
        deploy(POOL + properties)

    error = refused.value
    assert (error.logical_id, error.location.line) == ("Pool", line)
    assert str(error).startswith(f"template.yaml:{line}: Pool (AWS::Cognito::UserPool) CREATE_FAILED: ")
    assert said in error.reason
    assert error.reason.endswith(advice)
