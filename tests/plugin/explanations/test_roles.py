"""Why a role could not be assumed: the decision of the policies, or the roles that there are."""

from __future__ import annotations

from pytest_cognito.cognito import Cognito
from tests.support.policies import trusting

from .conftest import Explained


def test_a_trust_policy_that_does_not_hold(cognito: Cognito, explained: Explained) -> None:
    condition = {"StringEquals": {"sts:ExternalId": "notes-42"}}
    role = cognito.create_role("app", trusting("arn:aws:iam::123456789012:root", Condition=condition))

    lines = "\n".join(explained(lambda: role.assume(ExternalId="notes-43")))

    assert "denied: sts:AssumeRole on arn:aws:iam::123456789012:role/app" in lines
    assert "by: arn:aws:iam::123456789012:user/testing" in lines
    assert "the trust policy of app, statement 0" in lines
    assert "sts:ExternalId" in lines
    assert "notes-42" in lines


def test_a_role_that_does_not_exist(cognito: Cognito, explained: Explained) -> None:
    def fail() -> None:
        arn = "arn:aws:iam::123456789012:role/apps"
        cognito.call("AssumeRole", service="sts", RoleArn=arn, RoleSessionName="session")

    assert explained(fail) == ["there is no role arn:aws:iam::123456789012:role/apps: there is none"]
    cognito.create_role("app")
    assert explained(fail)[0].endswith("role/apps: arn:aws:iam::123456789012:role/app")
