"""What the models of an older botocore lack is not there: an operation, a member of a request or of an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito.aws.model import loader
from tests.support import plugins

ERROR = "ResourceNotFoundException"
TESTS = """
import json
import urllib.request
from urllib.error import HTTPError

import boto3
import pytest
from botocore.exceptions import ClientError, ParamValidationError

POOL = {"PoolName": "app"}


@pytest.fixture
def idp(cognito):
    return boto3.client("cognito-idp")


def over_http(server, operation, **parameters):
    key = "Credential=AKIDEXAMPLE/20300101/us-east-1/cognito-idp/aws4_request"
    headers = {
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        "Content-Type": "application/x-amz-json-1.1",
        "Authorization": f"AWS4-HMAC-SHA256 {key}, SignedHeaders=host, Signature=0",
    }
    request = urllib.request.Request(server.endpoint_url, json.dumps(parameters).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_an_operation(idp, cognito_server):
    assert not hasattr(idp, "list_tags_for_resource")
    with pytest.raises(HTTPError, match="400") as refused:
        over_http(cognito_server, "ListTagsForResource", ResourceArn="arn:aws:cognito-idp:us-east-1:123456789012:x")
    assert json.load(refused.value)["__type"] == "UnknownOperationException"


def test_a_member_of_a_request(idp, cognito_server):
    with pytest.raises(ParamValidationError, match='Unknown parameter in input: "UserPoolTier"'):
        idp.create_user_pool(**POOL, UserPoolTier="PLUS")
    made = over_http(cognito_server, "CreateUserPool", **POOL, UserPoolTier="PLUS")
    assert made["UserPool"]["Name"] == "app"


def test_a_member_of_an_answer(idp, cognito_server):
    pool = idp.create_user_pool(**POOL)["UserPool"]
    described = over_http(cognito_server, "DescribeUserPool", UserPoolId=pool["Id"])["UserPool"]
    assert pool["SchemaAttributes"]
    assert set(described) == set(pool)
    assert "UserPoolTier" not in pool


def test_an_error(idp):
    with pytest.raises(ClientError) as refused:
        idp.describe_user_pool(UserPoolId="us-east-1_Missing00")
    assert type(refused.value) is ClientError
    assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"
"""


@pytest.fixture
def older(tmp_path: Path) -> str:
    """A directory with a model of user pools that lacks an operation, members and an error of the installed one."""
    model: dict[str, Any] = json.loads(json.dumps(loader().load_service_model("cognito-idp", "service-2")))
    del model["operations"]["ListTagsForResource"]
    for shape in ("CreateUserPoolRequest", "UserPoolType"):
        del model["shapes"][shape]["members"]["UserPoolTier"]
    for operation in model["operations"].values():
        operation["errors"] = [each for each in operation.get("errors", []) if each["shape"] != ERROR]
    del model["shapes"][ERROR]
    path = tmp_path / "cognito-idp" / model["metadata"]["apiVersion"] / "service-2.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(model), encoding="utf-8")
    return str(tmp_path)


def test_what_an_older_model_lacks_is_not_there(
    older: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DATA_PATH", older)
    plugins.alone(monkeypatch)
    pytester.makepyfile(TESTS)
    pytester.runpytest_subprocess(timeout=120).assert_outcomes(passed=4)
