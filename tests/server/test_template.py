"""``serve --template template.yaml``: a server with the resources of a template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests

from pytest_cognito import Cognito
from pytest_cognito import __main__ as command_line
from pytest_cognito.commands import template
from pytest_cognito.kernel.errors import UsageError

from .loopback import client, start

TEMPLATE = """
Parameters:
  Stage: {Type: String}
Resources:
  Pool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Sub "notes-${Stage}"}}
  Client: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool}}
  Api: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: notes, AuthenticationType: API_KEY}}
  Schema:
    Type: AWS::AppSync::GraphQLSchema
    Properties: {ApiId: !GetAtt Api.ApiId, Definition: "type Query { notes: String }"}
  Key: {Type: AWS::AppSync::ApiKey, Properties: {ApiId: !GetAtt Api.ApiId}}
Outputs:
  Url: {Value: !GetAtt Api.GraphQLUrl}
  Key: {Value: !GetAtt Key.ApiKey}
  Stage: {Value: !Ref Stage}
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "template.yaml"
    file.write_text(TEMPLATE, "utf-8")
    return str(file)


def test_the_server_has_what_the_template_makes(path: str) -> None:
    server = start("--port", "0", "--template", path, "--parameter", "Stage=dev")
    assert server.process.stdout is not None
    try:
        shown = dict(server.process.stdout.readline().strip().replace(" = ", ": ").split(": ", 1) for _ in range(6))
        described = client(server.endpoint_url).describe_user_pool(UserPoolId=shown["Pool"])["UserPool"]
        local = shown["Url"].partition(", here ")[2]
        answer = requests.post(local, json={"query": "{ notes }"}, headers={"x-api-key": shown["Key"]}, timeout=10)
    finally:
        server.process.terminate()
        server.process.communicate(timeout=20)

    assert (described["Name"], shown["Stage"]) == ("notes-dev", "dev")
    assert local.startswith(server.endpoint_url)
    assert answer.json() == {"data": {"notes": None}}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--template", "{path}"], r"Parameters: \[Stage\] must have values"),
        (["--template", "{path}", "--parameter", "Stage"], "such as Stage=dev; not 'Stage'"),
        (["--template", "missing.yaml"], "there is no template"),
        (["--parameter", "Stage=dev"], "--parameter is for a template"),
    ],
)
def test_mistakes_are_one_line(path: str, given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["serve", "--port", "0", *(each.format(path=path) for each in given)]

    assert command_line.main(arguments) != 0

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert re.search(told, line)


def test_what_aws_refuses_names_the_resource(cognito: Cognito, tmp_path: Path) -> None:
    file = tmp_path / "refused.yaml"
    file.write_text("Resources: {Client: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: x}}}", "utf-8")

    with pytest.raises(UsageError, match=r"refused\.yaml:1: Client .*CREATE_FAILED"):
        template.deploy(cognito, str(file), [])
