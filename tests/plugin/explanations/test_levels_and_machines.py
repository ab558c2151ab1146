"""What explains that a sign-in does not reach an authentication level, and that an app client gets no token."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool

from .conftest import Explained

CLIENT: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}


def aim(pool: UserPool, level: str) -> None:
    pool.create_client(**CLIENT)
    user = {"USERNAME": "alice", "TARGET_ACR_VALUES": level}
    Cognito(pool.world).call("InitiateAuth", ClientId=pool.client.id, AuthFlow="USER_AUTH", AuthParameters=user)


def test_the_factors_of_a_user(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: aim(pool, "urn:cognito:loa:4")) == [
        "alice can prove PASSWORD; after a password no second one"
    ]
    assert "TARGET_ACR_VALUES=urn:cognito:loa:4" in repr(Cognito(pool.world).calls[-1])


def test_the_names_of_the_levels(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: aim(pool, "gold")) == [
        f"levels of {pool.id}: urn:cognito:loa:1, urn:cognito:loa:2, urn:cognito:loa:3, urn:cognito:loa:4"
    ]


@pytest.mark.needs("GetClientToken")
@pytest.mark.parametrize("has_secret", [True, False])
def test_the_secret_of_a_client(pool: UserPool, explained: Explained, has_secret: bool) -> None:
    client = pool.create_client(GenerateSecret=has_secret)
    told = (
        "a secret, which is the Secret of this call"
        if has_secret
        else "no secret, so that it gets no tokens for itself"
    )
    call: dict[str, Any] = {"ClientId": client.id, "Secret": "0" * 51}
    assert explained(lambda: Cognito(pool.world).call("GetClientToken", **call)) == [f"{client.id} has {told}"]
