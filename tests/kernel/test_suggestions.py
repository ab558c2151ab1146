"""What is proposed in place of a name that there is not."""

from __future__ import annotations

import pytest

from pytest_cognito.kernel.suggestions import suggestion

KNOWN = ("LambdaConfig", "MfaConfiguration", "InitiateAuth", "AdminInitiateAuth", "SignUp")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("InitiateAuht", "did you mean 'InitiateAuth'?"),
        ("initiate_auth", "did you mean 'InitiateAuth'?"),
        ("SIGNUP", "did you mean 'SignUp'?"),
        ("MfaConfig", "did you mean 'MfaConfiguration'?"),
        ("Frobnicate", "there is LambdaConfig, MfaConfiguration, InitiateAuth, AdminInitiateAuth, SignUp"),
    ],
)
def test_the_nearest_or_all_there_are(name: str, said: str) -> None:
    assert suggestion(name, KNOWN) == said


def test_very_many_names_are_not_listed() -> None:
    assert suggestion("Frobnicate", [f"x{number}" for number in range(100)]) == "no name that there is comes near it"
