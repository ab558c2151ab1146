"""Making stacks: order, conditions, refusals and roll-back, deletion."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, DeploymentError, TemplateError
from tests.infrastructure.conftest import Deploy, Write

NOTES = """
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  WebClient:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref UserPool
      ClientName: !Sub "${Stage}-web"
      GenerateSecret: !If [Live, true, !Ref "AWS::NoValue"]
  Admins:
    Type: AWS::Cognito::UserPoolGroup
    Condition: Live
    Properties: {UserPoolId: !Ref UserPool, GroupName: admins}
  UserPool:
    Type: AWS::Cognito::UserPool
    Properties:
      UserPoolName: !Sub "${AWS::StackName}-${Stage}"
Outputs:
  PoolArn: {Value: !GetAtt UserPool.Arn, Export: {Name: !Sub "${AWS::StackName}:pool"}}
  ClientId: {Value: !Ref WebClient}
  Group: {Condition: Live, Value: !Ref Admins}
"""


def test_resources_are_made_after_what_they_refer_to(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(NOTES)

    made = [call.operation for call in cognito.calls]
    assert made == ["CreateStack", "CreateUserPool", "CreateUserPoolClient"]
    pool = stack.user_pool("UserPool")
    assert list(stack.resources) == ["UserPool", "WebClient"]
    assert (pool.name, [client.name for client in pool.clients], pool.groups) == ("notes-dev", ["dev-web"], [])
    assert stack.outputs == {"PoolArn": pool.arn, "ClientId": stack.client("WebClient").id}
    assert stack.exports == {"notes:pool": pool.arn}


def test_conditions_decide_what_is_made(deploy: Deploy) -> None:
    stack = deploy(NOTES, parameters={"Stage": "live"})

    assert stack.user_pool().groups == ["admins"]
    assert stack.outputs["Group"] == "admins"
    assert stack.client().secret is not None


def test_the_same_name_twice(deploy: Deploy) -> None:
    deploy(NOTES)

    with pytest.raises(TemplateError, match=r"Stack \[notes\] already exists"):
        deploy(NOTES)
    assert deploy(NOTES, region="eu-west-1").user_pool().region == "eu-west-1"


@pytest.mark.parametrize(
    ("resources", "reason", "line"),
    [
        (
            (
                "A: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Ref B}}\n"
                "  C: {Type: AWS::Cognito::UserPool}\n"
                "  B: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Sub '${A}'}}"
            ),
            "Circular dependency between resources: [A, B]",
            2,
        ),
        (
            "A: {Type: AWS::Cognito::UserPool, DependsOn: A}",
            "Circular dependency between resources: [A]",
            2,
        ),
        (
            "A: {Type: AWS::Cognito::UserPool, DependsOn: [Gone]}",
            "Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template",
            2,
        ),
        (
            "A:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      UserPoolName: !Sub x-${Gone}",
            "Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template",
            5,
        ),
        (
            "A: {Type: AWS::Cognito::UserPool, Condition: Gone}",
            "Template format error: Unresolved condition dependency Gone in the Resources block of the template",
            2,
        ),
    ],
)
def test_references_are_checked_before_anything_is_made(
    deploy: Deploy, cognito: Cognito, resources: str, reason: str, line: int
) -> None:
    with pytest.raises(TemplateError) as refused:
        deploy(f"Resources:\n  {resources}\n")

    assert (refused.value.reason, refused.value.location and refused.value.location.line) == (reason, line)
    assert str(refused.value).startswith(f"template.yaml:{line}: ")
    assert (cognito.pools, cognito.stacks) == ([], [])


def test_a_condition_knows_no_resource(deploy: Deploy) -> None:
    with pytest.raises(TemplateError, match="Cannot reference resources in the Conditions block of the template"):
        deploy(
            """
            Conditions: {C: !Equals [!Ref Pool, a]}
            Resources: {Pool: {Type: AWS::Cognito::UserPool, Condition: C}}
            """
        )
    with pytest.raises(TemplateError, match=r"Circular dependency between conditions: \[C, D\]"):
        deploy(
            """
            Conditions: {C: !Not [!Condition D], D: !Not [!Condition C]}
            Resources: {Pool: {Type: AWS::Cognito::UserPool, Condition: C}}
            """
        )


REFUSED = """
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
  Kept:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: {policy}
    Properties: {{UserPoolName: kept}}
  Group:
    Type: AWS::Cognito::UserPoolGroup
    Properties: {{UserPoolId: !Ref Pool, GroupName: admins}}
  Web:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: [Group, Kept]
    Properties:
      UserPoolId: !Ref Pool
      SupportedIdentityProviders: [Google]
"""


@pytest.mark.parametrize(("policy", "left"), [("RetainExceptOnCreate", []), ("Retain", ["kept"]), ("Delete", [])])
def test_what_was_made_is_deleted_again_where_aws_refuses(
    deploy: Deploy, cognito: Cognito, policy: str, left: list[str]
) -> None:
    with pytest.raises(DeploymentError) as refused:
        deploy(REFUSED.format(policy=policy))

    error = refused.value
    assert (error.logical_id, error.type, error.status) == ("Web", "AWS::Cognito::UserPoolClient", "CREATE_FAILED")
    assert str(error).startswith("template.yaml:12: Web (AWS::Cognito::UserPoolClient) CREATE_FAILED: ")
    assert error.reason.startswith('Resource handler returned message: "The provider Google does not exist for User')
    assert "(Service: CognitoIdentityProvider, Status Code: 400, Request ID: " in error.reason
    assert "HandlerErrorCode: InvalidRequest)" in error.reason
    assert ([pool.name for pool in cognito.pools], cognito.stacks) == (left, [])


def test_a_stack_is_deleted_in_reverse(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(NOTES + "  Nothing: {Value: x}\n")
    cognito.calls.clear()

    stack.delete()

    assert [call.operation for call in cognito.calls] == ["DeleteStack", "DeleteUserPoolClient", "DeleteUserPool"]
    assert (cognito.pools, cognito.stacks) == ([], [])
    assert repr(stack) == "<Stack notes, which is not there any more>"


def test_what_is_retained_stays(deploy: Deploy, cognito: Cognito) -> None:
    deploy("Resources: {Pool: {Type: AWS::Cognito::UserPool, DeletionPolicy: Retain}}").delete()

    assert (len(cognito.pools), cognito.stacks) == (1, [])


def test_what_aws_refuses_to_delete(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy("Resources: {Pool: {Type: AWS::Cognito::UserPool, Properties: {DeletionProtection: ACTIVE}}}")

    with pytest.raises(DeploymentError, match="DELETE_FAILED"):
        stack.delete()
    assert cognito.stacks[0].user_pool().id == stack.user_pool().id


def test_what_is_gone_already_is_deleted(deploy: Deploy, cognito: Cognito) -> None:
    stack = deploy(NOTES)
    cognito.call("DeleteUserPool", UserPoolId=stack.user_pool().id)

    stack.delete()

    assert cognito.stacks == []


def test_exports_and_imports(deploy: Deploy, write: Write, cognito: Cognito) -> None:
    importing = "Resources: {Pool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: %s}}}"
    text = importing % "!Select [1, !Split ['/', !ImportValue 'notes:pool']]"
    with pytest.raises(TemplateError, match=r"No export named notes:pool found: deploy the stack .* or pass imports="):
        deploy(text, name="other")
    given = deploy(text, name="given", imports={"notes:pool": "arn/given"})
    assert given.user_pool().name == "given"
    given.delete()

    notes = deploy(NOTES)
    other = deploy(text, name="other")
    assert other.user_pool().name == notes.user_pool().id
    with pytest.raises(TemplateError, match="Cannot delete export notes:pool as it is in use by other"):
        notes.delete()
    with pytest.raises(TemplateError, match="Export with name notes:pool is already exported by stack notes"):
        deploy(NOTES.replace("${AWS::StackName}:pool", "notes:pool"), name="twice")
    assert [stack.name for stack in cognito.stacks] == ["notes", "other"]
    other.delete()
    notes.delete()
    assert cognito.pools == []


def test_nested_stacks(deploy: Deploy, write: Write, cognito: Cognito) -> None:
    write(NOTES, "auth/pool.yaml")

    stack = deploy(
        """
        Resources:
          Auth:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: auth/pool.yaml, Parameters: {Stage: live}}
        Outputs: {Arn: {Value: !GetAtt Auth.Outputs.PoolArn}}
        """
    )

    nested = stack.nested("Auth")
    assert stack.physical_id("Auth") == nested.id
    assert stack.outputs["Arn"] == nested.user_pool("UserPool").arn
    assert nested.user_pool().groups == ["admins"]
    assert [each.name for each in cognito.stacks] == ["notes"]
    stack.delete()
    assert cognito.pools == []


def test_a_nested_stack_whose_file_is_not_there(deploy: Deploy) -> None:
    with pytest.raises(TemplateError, match=r"template.yaml:\d+: there is no file auth.yaml in"):
        deploy("Resources: {A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: auth.yaml}}}")
