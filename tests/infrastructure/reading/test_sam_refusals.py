"""What SAM refuses, and what AWS refuses of what SAM has made, with the template's lines."""

from __future__ import annotations

import pytest

from pytest_cognito.infrastructure.errors import DeploymentError
from tests.support.trigger_projects import Project

HOOK = "Handler: a.b, Runtime: python3.12, CodeUri: src"
EVENT = "{Type: Cognito, Properties: {UserPool: !Ref UserPool, Trigger: PreSignUp}}"


@pytest.mark.parametrize(
    ("resource", "said", "line"),
    [
        (
            "{Handler: a.b, Runtime: python3.12}",
            r"Resource with id \[Hook\] is invalid. Only one of 'InlineCode'",
            5,
        ),
        (
            f"{{{HOOK}, Events: {{E: {{Type: Cognito, Properties: {{UserPool: pool, Trigger: PreSignUp}}}}}}}}",
            r"Event with id \[E\] is invalid. .*UserPool",
            5,
        ),
        (
            f"{{{HOOK}, Events: {{A: {EVENT}, B: {EVENT}}}}}",
            'Cognito trigger "PreSignUp" defined multiple times',
            5,
        ),
    ],
)
def test_what_sam_refuses_comes_with_the_line(project: Project, resource: str, said: str, line: int) -> None:
    template = f"""\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          UserPool:
            Type: AWS::Cognito::UserPool
          Hook:
            Type: AWS::Serverless::Function
            Properties: {resource}
    """
    with pytest.raises(Exception, match=rf"template.yaml:{line}: Transform AWS::Serverless.* failed with: .*{said}"):
        project.deploy(template)


def test_a_refusal_of_what_sam_has_made_comes_with_the_line_of_the_function(project: Project) -> None:
    template = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Hook:
            Type: AWS::Serverless::Function
            Properties:
              InlineCode: x
              Handler: index.handler
              Runtime: python3.12
              Environment: {Variables: {AWS_REGION: x}}
    """
    with pytest.raises(DeploymentError, match=r"template.yaml:3: Hook .*Reserved keys"):
        project.deploy(template)


def test_a_resource_that_sam_has_added_is_at_the_line_of_its_function(project: Project) -> None:
    template = """\
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Hook:
            Type: AWS::Serverless::Function
            Properties:
              InlineCode: x
              Handler: index.handler
              Runtime: python3.12
              Policies: {Statement: [{Effect: Perhaps, Action: s3:GetObject, Resource: "*"}]}
    """
    with pytest.raises(DeploymentError, match=r"template.yaml:3: HookRole "):
        project.deploy(template)


def test_nothing_is_logged(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Exception, match=r"failed with"):
        project.deploy("Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Function}}")
    assert not [record for record in caplog.records if record.name.startswith("samtranslator")]
