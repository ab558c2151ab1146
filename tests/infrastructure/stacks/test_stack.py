"""What a test holds of a stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_cognito import Cognito, Stack, UsageError
from tests.infrastructure.conftest import Deploy

TEMPLATE = """
Parameters:
  Secret: {Type: String, NoEcho: true, Default: hidden}
Resources:
  UserPool:
    Type: AWS::Cognito::UserPool
    Metadata: {aws:cdk:path: Notes/Auth/Pool/Resource}
  WebClient: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref UserPool}}
  MobileClient: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref UserPool}}
  Identities: {Type: AWS::Cognito::IdentityPool, Properties: {AllowUnauthenticatedIdentities: false}}
  Alarm: {Type: AWS::CloudWatch::Alarm}
Outputs:
  AlarmArn: {Value: !GetAtt Alarm.Arn}
  Secret: {Value: !Ref Secret}
"""


@pytest.fixture
def stack(deploy: Deploy) -> Stack:
    return deploy(TEMPLATE)


def test_resources_by_logical_id(stack: Stack) -> None:
    pool = stack.user_pool("UserPool")
    assert {stack.client("WebClient").id, stack.client("MobileClient").id} == {each.id for each in pool.clients}
    assert stack.identity_pool("Identities").id == stack.identity_pool().id == stack.physical_id("Identities")
    assert stack.resource("UserPool").attributes["Arn"] == pool.arn


@pytest.mark.parametrize("path", ["Notes/Auth/Pool/Resource", "Notes/Auth/Pool", "Auth/Pool"])
def test_resources_by_their_path_in_cdk(stack: Stack, path: str) -> None:
    assert stack.user_pool(path).id == stack.user_pool("UserPool").id


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda stack: stack.client(), "has 2 resources of the kind app client: name one, of WebClient, MobileClient"),
        (lambda stack: stack.client("Webclien"), "has no app client 'Webclien': did you mean 'WebClient'?"),
        (lambda stack: stack.user_pool("WebClient"), "WebClient is not a user pool, but AWS::Cognito::UserPoolClient"),
        (lambda stack: stack.environment("Api"), "has no function 'Api': there is none"),
        (lambda stack: stack.resource("Userpol"), "has no resource 'Userpol': did you mean 'UserPool'?"),
    ],
)
def test_a_wrong_id(stack: Stack, ask: object, told: str) -> None:
    assert callable(ask)
    with pytest.raises(UsageError) as refused:
        ask(stack)

    assert told in str(refused.value)


def test_what_nobody_makes_is_left_out(stack: Stack) -> None:
    assert list(stack.left_out) == ["Alarm"]
    assert "AWS::CloudWatch::Alarm" in stack.left_out["Alarm"]
    assert stack.outputs["AlarmArn"].startswith("arn:aws:cloudwatch:us-east-1:123456789012:notes-Alarm-")
    assert repr(stack) == "<Stack notes of template.yaml: 4 resources, left out Alarm>"


def test_hidden_parameters_are_not_shown(stack: Stack) -> None:
    assert (stack.parameters, stack.outputs["Secret"]) == ({"Secret": "****"}, "hidden")


def test_stacks_of_a_world(stack: Stack, cognito: Cognito, tmp_path: Path) -> None:
    assert cognito.stack().id == cognito.stack("notes").id == stack.id
    cognito.deploy(tmp_path / "template.yaml", name="other")
    with pytest.raises(UsageError, match="there are several stacks: say which one"):
        cognito.stack()
    with pytest.raises(UsageError, match="there is no stack 'othr': did you mean 'other'"):
        cognito.stack("othr")
    cognito.reset()
    with pytest.raises(UsageError, match="there is no stack: make one"):
        cognito.stack("notes")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.yaml", "there is no template .*missing.yaml: a relative path begins"),
        (".", "it has no manifest.json"),
    ],
)
def test_a_path_without_a_template(cognito: Cognito, tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        cognito.deploy(tmp_path / name)


def test_the_name_of_a_stack(cognito: Cognito, tmp_path: Path) -> None:
    text = "Resources: {Pool: {Type: AWS::Cognito::UserPool}}"
    (tmp_path / "auth_pool.yaml").write_text(text)
    directory = tmp_path / "my-notes"
    directory.mkdir()
    (directory / "template.yaml").write_text(text)

    assert cognito.deploy(tmp_path / "auth_pool.yaml").name == "auth-pool"
    assert cognito.deploy(directory / "template.yaml").name == "my-notes"
    with pytest.raises(UsageError, match="name is 1 to 128 letters, digits and hyphens"):
        cognito.deploy(directory / "template.yaml", name="my notes")
