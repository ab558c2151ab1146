"""Templates of SAM, each with one kind of construct that public examples have."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.reading import read
from tests.support.trigger_projects import PASSWORD, Project

PRE_SIGN_UP = """
    AWSTemplateFormatVersion: 2010-09-09
    Transform: AWS::Serverless-2016-10-31
    Parameters:
      Domain: {Type: String, Default: example.com}
    Globals:
      Function:
        CodeUri: src/
        Runtime: python3.12
        Environment: {Variables: {DOMAIN: !Ref Domain}}
    Resources:
      UserPool:
        Type: AWS::Cognito::UserPool
        Properties: {AutoVerifiedAttributes: [email]}
      Client:
        Type: AWS::Cognito::UserPoolClient
        Properties: {UserPoolId: !Ref UserPool}
      OnlyColleagues:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          Policies:
            - DynamoDBReadPolicy: {TableName: users}
            - AWSXRayDaemonWriteAccess
          Events:
            SignUp:
              Type: Cognito
              Properties: {UserPool: !Ref UserPool, Trigger: PreSignUp}
"""
ONLY_COLLEAGUES = """
    import os

    def handler(event, context):
        domain = event["request"]["userAttributes"]["email"].partition("@")[2]
        if domain != os.environ["DOMAIN"]:
            raise ValueError(f"{domain} is not {os.environ['DOMAIN']}")
        event["response"] |= {"autoConfirmUser": True, "autoVerifyEmail": True}
        return event
"""


def sign_up(project: Project, client_id: str, email: str) -> dict[str, Any]:
    attributes = [{"Name": "email", "Value": email}]
    return project.cognito.call(
        "SignUp", ClientId=client_id, Username="ann", Password=PASSWORD, UserAttributes=attributes
    )


def test_a_pre_sign_up_trigger_by_an_event(project: Project) -> None:
    stack = project.write(**{"src/app.py": ONLY_COLLEAGUES}).deploy(PRE_SIGN_UP, parameters={"Domain": "example.org"})
    client = stack.client().id
    with pytest.raises(Exception, match=r"PreSignUp failed with error example.com is not example.org"):
        sign_up(project, client, "ann@example.com")
    assert sign_up(project, client, "ann@example.org")["UserConfirmed"]
    statements = [role for role in stack.resources.values() if role.type == "AWS::IAM::Role"]
    assert [role.logical_id for role in statements] == ["OnlyColleaguesRole"]


def test_claims_by_a_trigger_of_version_two(project: Project) -> None:
    """An event can't name this trigger, since it is an object: it stands in LambdaConfig, its permission beside it."""
    template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          UserPool:
            Type: AWS::Cognito::UserPool
            Properties:
              UserPoolTier: ESSENTIALS
              LambdaConfig:
                PreTokenGenerationConfig: {LambdaArn: !GetAtt Claims.Arn, LambdaVersion: V2_0}
          Client:
            Type: AWS::Cognito::UserPoolClient
            Properties:
              UserPoolId: !Ref UserPool
              ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
          Claims:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: claims, Handler: claims.add, Runtime: python3.13}
          ClaimsPermission:
            Type: AWS::Lambda::Permission
            Properties:
              FunctionName: !GetAtt Claims.Arn
              Action: lambda:InvokeFunction
              Principal: cognito-idp.amazonaws.com
              SourceArn: !GetAtt UserPool.Arn
    """
    code = """
        def add(event, context):
            access = {"claimsToAddOrOverride": {"tenant": "t1"}, "scopesToAdd": ["notes/read"]}
            event["response"] = {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": access}}
            return event
    """
    stack = project.write(**{"claims/claims.py": code}).deploy(template)
    claims = stack.user_pool("UserPool").create_user("ann").sign_in(client=stack.client()).claims
    assert claims["tenant"] == "t1"
    assert "notes/read" in claims["scope"].split()


def test_a_custom_challenge_by_three_functions(project: Project) -> None:
    functions = "\n".join(
        f"""
          {name}:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: challenge/
              Handler: {handler}.handler
              Runtime: python3.12
              Events: {{E: {{Type: Cognito, Properties: {{UserPool: !Ref UserPool, Trigger: {trigger}}}}}}}"""
        for name, handler, trigger in (
            ("Define", "define", "DefineAuthChallenge"),
            ("Create", "create", "CreateAuthChallenge"),
            ("Verify", "verify", "VerifyAuthChallengeResponse"),
        )
    )
    template = f"""
        Transform: AWS::Serverless-2016-10-31
        Resources:
          UserPool: {{Type: AWS::Cognito::UserPool}}
          Client:
            Type: AWS::Cognito::UserPoolClient
            Properties: {{UserPoolId: !Ref UserPool, ExplicitAuthFlows: [ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH]}}
{functions}
    """
    project.write(
        **{
            "challenge/define.py": """
                def handler(event, context):
                    session = event["request"]["session"]
                    done = bool(session) and session[-1]["challengeResult"]
                    event["response"] = {"issueTokens": done, "failAuthentication": bool(session) and not done}
                    if not session:
                        event["response"]["challengeName"] = "CUSTOM_CHALLENGE"
                    return event
            """,
            "challenge/create.py": """
                def handler(event, context):
                    event["response"] = {
                        "publicChallengeParameters": {"question": "2 + 2"},
                        "privateChallengeParameters": {"answer": "4"},
                    }
                    return event
            """,
            "challenge/verify.py": """
                def handler(event, context):
                    right = event["request"]["privateChallengeParameters"]["answer"]
                    event["response"]["answerCorrect"] = event["request"]["challengeAnswer"] == right
                    return event
            """,
        }
    )
    stack = project.deploy(template)
    stack.user_pool().create_user("ann")
    client: dict[str, Any] = {"ClientId": stack.client().id}
    asked = project.cognito.call("InitiateAuth", AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "ann"}, **client)
    assert asked["ChallengeParameters"]["question"] == "2 + 2"
    answers = {"USERNAME": "ann", "ANSWER": "4"}
    answered = project.cognito.call(
        "RespondToAuthChallenge",
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses=answers,
        **client,
    )
    assert answered["AuthenticationResult"]["AccessToken"]


ALIAS = """
    Transform: AWS::Serverless-2016-10-31
    Resources:
      UserPool: {Type: AWS::Cognito::UserPool}
      Client: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref UserPool}}
      Shared:
        Type: AWS::Serverless::LayerVersion
        Metadata: {BuildMethod: python3.12}
        Properties: {ContentUri: shared/}
      Hook:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: src
          Handler: app.handler
          Runtime: python3.12
          AutoPublishAlias: live
          Layers: [!Ref Shared]
          Events:
            SignUp: {Type: Cognito, Properties: {UserPool: !Ref UserPool, Trigger: [PreSignUp, PostConfirmation]}}
"""


def test_an_alias_and_a_layer(project: Project) -> None:
    code = """
        import texts

        def handler(event, context):
            raise ValueError(f"{texts.HELLO} of version {context.function_version}")
    """
    stack = project.write(**{"src/app.py": code, "shared/texts.py": "HELLO = 'hello'"}).deploy(ALIAS)
    with pytest.raises(Exception, match=r"PreSignUp failed with error hello of version 1."):
        project.sign_up(stack)
    assert project.cognito.triggers.last().arn == f"{stack.function('Hook').arn}:live"


def test_code_in_the_template(project: Project) -> None:
    template = """
        Transform: AWS::Serverless-2016-10-31
        Globals: {Function: {Runtime: python3.12, CodeUri: src}}
        Resources:
          UserPool: {Type: AWS::Cognito::UserPool}
          Client: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref UserPool}}
          Hook:
            Type: AWS::Serverless::Function
            Properties:
              Handler: index.handler
              InlineCode: |
                def handler(event, context):
                    event["response"]["autoConfirmUser"] = True
                    return event
              Events: {SignUp: {Type: Cognito, Properties: {UserPool: !Ref UserPool, Trigger: PreSignUp}}}
    """
    assert project.sign_up(project.deploy(template))["UserConfirmed"]


def test_a_definition_in_a_file_of_its_own_is_part_of_the_template(project: Project) -> None:
    template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod, DefinitionUri: api.yaml}}
    """
    project.write(
        **{
            "api.yaml": "swagger: '2.0'\npaths: {/notes: {get: {responses: {}}}}\n",
            "template.yaml": template,
        }
    )
    (found,) = read(project.root / "template.yaml", Given(), "eu-west-1").values()
    body = found.resources["Api"].properties["Body"]
    assert body["paths"]["/notes"]["get"] == {"responses": {}}


def test_the_file_is_only_read(project: Project) -> None:
    project.write(**{"src/app.py": ONLY_COLLEAGUES})
    stack = project.deploy(PRE_SIGN_UP)
    path = project.root / "template.yaml"
    before = path.read_text()
    assert not list(stack.plan())
    assert path.read_text() == before


def test_a_built_template_is_deployed_from_where_sam_build_writes_it(project: Project) -> None:
    built = PRE_SIGN_UP.replace("CodeUri: src/", "CodeUri: OnlyColleagues")
    project.write(**{".aws-sam/build/OnlyColleagues/app.py": ONLY_COLLEAGUES, ".aws-sam/build/template.yaml": built})
    stack = project.cognito.deploy(project.root / ".aws-sam/build/template.yaml")
    assert sign_up(project, stack.client().id, "ann@example.com")["UserConfirmed"]


def test_json_is_as_good(project: Project) -> None:
    function = {"InlineCode": "def handler(event, context): return event", "Handler": "index.handler"}
    template = {
        "Transform": ["AWS::Serverless-2016-10-31"],
        "Resources": {
            "Hook": {"Type": "AWS::Serverless::Function", "Properties": {**function, "Runtime": "python3.12"}}
        },
    }
    path = project.root / "sam.json"
    path.write_text(json.dumps(template))
    assert project.cognito.deploy(path).function().invoke({"a": 1}) == {"a": 1}
