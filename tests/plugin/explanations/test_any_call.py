"""What holds for the explanation of any call."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito import UserPool
from pytest_cognito.cognito_idp.explanations import EXPLAINERS, explain
from pytest_cognito.kernel.calls import Call

from .conftest import Explained

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


def test_an_injected_fault(pool: UserPool, cognito_idp: CognitoIdentityProviderClient) -> None:
    pool.world.faults.throttle("ListUsers", times=9)

    with pytest.raises(cognito_idp.exceptions.TooManyRequestsException):
        cognito_idp.list_users(UserPoolId=pool.id)

    assert pool.world.calls[-1].explanation == ("a fault that the test injected",)


def test_parameters_that_the_model_refuses_say_it_all(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: Cognito(pool.world).call("DescribeUserPool", UserPoolId="x")) == []


SPARSE: tuple[dict[str, Any], ...] = (
    {},
    {"UserPoolId": "us-east-1_gone", "Username": "nobody"},
    {"ClientId": "gone", "Username": "alice", "Session": "gone", "AuthParameters": {"USERNAME": "alice"}},
    {"AccessToken": "not.a.token", "RefreshToken": "gone", "ChallengeResponses": {}},
    {"UserPoolId": 7, "Username": None, "AuthParameters": [], "UserAttributes": {}, "AccessToken": {}},
)


@pytest.mark.parametrize("kind", EXPLAINERS, ids=lambda kind: str(kind.text)[:40])
def test_explainers_do_with_what_the_call_has(pool: UserPool, kind: ErrorText) -> None:
    """They explain or stay silent, and never get in the way of the call."""
    there = ({"UserPoolId": pool.id, "Username": "alice"}, {"ClientId": pool.client.id, "Username": "ALICE"})
    for parameters in (*SPARSE, *there):
        call = Call("cognito-idp", "ConfirmForgotPassword", parameters, "us-east-1", "")
        call.error = kind(**dict.fromkeys(_placeholders(kind), "x"))

        lines: tuple[Any, ...] = explain(pool.world, call)

        assert all(isinstance(line, str) and line for line in lines)


def _placeholders(kind: ErrorText) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(kind.text) if name]
