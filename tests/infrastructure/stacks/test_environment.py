"""The environment variables of the functions of a stack."""

from __future__ import annotations

from tests.infrastructure.conftest import Deploy


def test_the_environment_of_a_function(deploy: Deploy) -> None:
    stack = deploy(
        """
        Resources:
          Pool: {Type: AWS::Cognito::UserPool}
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: 2012-10-17
                Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}
          Api:
            Type: AWS::Lambda::Function
            Properties:
              Code: {ZipFile: "def handler(event, context): return event"}
              Handler: index.handler
              Runtime: python3.13
              Role: !GetAtt Role.Arn
              Environment: {Variables: {POOL_ID: !Ref Pool, LEVEL: 3, DEBUG: true, REGION: !Ref "AWS::Region"}}
        """
    )

    environment = stack.environment("Api")
    assert environment["POOL_ID"] == stack.user_pool().id
    assert (environment["LEVEL"], environment["DEBUG"], environment["REGION"]) == ("3", "true", "us-east-1")
