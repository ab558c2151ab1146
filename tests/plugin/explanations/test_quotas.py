"""What explains that a quota is used up, or that a replica does not do something."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import replicated

from .calls import sign_up
from .conftest import Explained


def test_the_emails_of_a_day(pool: UserPool, explained: Explained) -> None:
    for number in range(50):
        sign_up(pool, f"user{number}", email=f"user{number}@example.com")

    [line] = explained(lambda: sign_up(pool, "ann", email="ann@example.com"))

    assert "has sent 50 e-mails for 123456789012 since 9:00 UTC" in line
    assert "EmailConfiguration.EmailSendingAccount=DEVELOPER" in line


@pytest.mark.needs("CreateUserPoolReplica")
def test_the_state_of_a_replica(cognito: Cognito, explained: Explained) -> None:
    pool = replicated.make_pool(cognito)
    pool.call("CreateUserPoolReplica", RegionName="eu-west-1")

    def create_group() -> None:
        cognito.call("CreateGroup", region="eu-west-1", UserPoolId=pool.id, GroupName="staff")

    assert explained(create_group) == [f"in eu-west-1 is the inactive replica of {pool.id} in us-east-1"]
