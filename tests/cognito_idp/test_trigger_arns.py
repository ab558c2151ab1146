"""Functions for triggers that a LambdaConfig names by ARN: registered, or in moto's Lambda."""

from __future__ import annotations

import io
import zipfile

import boto3
import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App
from tests.support.functions import unchanged
from tests.support.refusals import LAMBDA_NOT_JSON, Refusal, refusal

ARN = "arn:aws:lambda:us-east-1:123456789012:function:pre-auth"

NOT_JSON = (
    "done",
    '{"response": NaN}',
    '{"response": 1e400}',
    '{"response": "\\ud800"}',
    '{"response": ' + "[" * 200 + "]" * 200 + "}",
    "[" * 100_000,
    "9" * 5000,
)
"""What Lambda may send back that is no JSON, or none that can be passed on."""


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool whose PreAuthentication is the function of an ARN, with alice."""
    pool = cognito.create_user_pool(LambdaConfig={"PreAuthentication": ARN})
    pool.create_user("alice", email="alice@example.com")
    return pool


def test_a_function_is_registered_for_an_arn(cognito: Cognito, app: App) -> None:
    cognito.triggers.register(ARN, unchanged)
    app.sign_in()
    assert cognito.triggers.last("PreAuthentication").arn == ARN


def test_an_arn_that_nobody_registered_names_the_cure(app: App) -> None:
    with pytest.raises(UsageError) as caught:
        app.sign_in()
    message = str(caught.value)
    assert f'cognito_triggers.register("{ARN}", handler)' in message
    assert '@pool.on("PreAuthentication")' in message


def create_function() -> None:
    role = boto3.client("iam", region_name="us-east-1").create_role(RoleName="lambda", AssumeRolePolicyDocument="{}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.py", "def handler(event, context): return event")
    boto3.client("lambda", region_name="us-east-1").create_function(
        FunctionName="pre-auth",
        Runtime="python3.12",
        Role=role["Role"]["Arn"],
        Handler="index.handler",
        Code={"ZipFile": archive.getvalue()},
    )


def test_a_function_in_motos_lambda_is_run(cognito: Cognito, app: App) -> None:
    from moto import mock_aws
    from moto.awslambda_simple.models import lambda_simple_backends

    # Without Docker, moto's Lambda answers with what it is given, or what it is told to.
    with mock_aws(config={"lambda": {"use_docker": False}}):
        create_function()
        assert "IdToken" in app.sign_in()
        for payload in NOT_JSON:
            lambda_simple_backends["123456789012"]["us-east-1"].lambda_simple_results_queue.append(payload)
            assert refusal(app.sign_in) == LAMBDA_NOT_JSON
    first, *others = cognito.triggers
    assert (first.result, first.error) == (first.event, None)
    assert ["Invalid JSON" in str(one.error) for one in others] == [True] * len(NOT_JSON)


def test_a_function_that_motos_lambda_lacks_cannot_be_invoked(app: App) -> None:
    from moto import mock_aws

    with mock_aws():
        assert refusal(app.sign_in) == Refusal(
            "UnexpectedLambdaException",
            "PreAuthentication invocation failed due to error ResourceNotFoundException.",
        )
