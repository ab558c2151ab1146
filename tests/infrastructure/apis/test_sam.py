"""APIs of SAM, whose translator writes them as OpenAPI definitions."""

from __future__ import annotations

import pytest
import requests

from pytest_cognito import Stack
from tests.support.trigger_projects import Project

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.12, CodeUri: src/, Handler: app.handler}
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'*'"
      GatewayResponses:
        UNAUTHORIZED: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*'"}}}
      Auth:
        DefaultAuthorizer: Pools
        AddDefaultAuthorizerToCorsPreflight: false
        Authorizers:
          Pools: {UserPoolArn: !GetAtt Pool.Arn}
          Own: {FunctionArn: !GetAtt Guard.Arn, FunctionPayloadType: REQUEST, Identity: {Headers: [X-Secret]}}
        UsagePlan: {CreateUsagePlan: PER_API}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: {AllowOrigins: [https://app.example.com], AllowMethods: [GET]}
      Auth:
        DefaultAuthorizer: Tokens
        EnableIamAuthorizer: true
        Authorizers:
          Tokens:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: !GetAtt Pool.ProviderURL, audience: [!Ref Client]}
          Own:
            FunctionArn: !GetAtt Simple.Arn
            AuthorizerPayloadFormatVersion: "2.0"
            EnableSimpleResponses: true
            EnableFunctionDefaultPermissions: true
            Identity: {Headers: [X-Secret]}
  Notes:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /notes, Method: get}}
        Public: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /public, Method: get, Auth: {Authorizer: NONE}}}
        Keyed:
          Type: Api
          Properties:
            {RestApiId: !Ref Rest, Path: "/keyed/{id}", Method: any, Auth: {Authorizer: NONE, ApiKeyRequired: true}}
        Own: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /own, Method: get, Auth: {Authorizer: Own}}}
        HttpList: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /notes, Method: get}}
        HttpScoped:
          Type: HttpApi
          Properties:
            {ApiId: !Ref Http, Path: /scoped, Method: get, Auth: {Authorizer: Tokens, AuthorizationScopes: [notes/a]}}
        HttpIam: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /iam, Method: get, Auth: {Authorizer: AWS_IAM}}}
        HttpOwn: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /own, Method: get, Auth: {Authorizer: Own}}}
        HttpRest: {Type: HttpApi, Properties: {ApiId: !Ref Http, Auth: {Authorizer: NONE}}}
  Guard: {Type: AWS::Serverless::Function, Properties: {Handler: app.allow}}
  Simple: {Type: AWS::Serverless::Function, Properties: {Handler: app.simple}}
Outputs:
  RestUrl: {Value: !Sub "https://${Rest}.execute-api.${AWS::Region}.amazonaws.com/prod"}
  HttpUrl: {Value: !Sub "https://${Http}.execute-api.${AWS::Region}.amazonaws.com"}
"""


@pytest.fixture
def stack(project: Project) -> Stack:
    return project.deploy(TEMPLATE)


@pytest.fixture
def tokens(stack: Stack) -> dict[str, str]:
    signed_in = stack.user_pool().create_user("ann").sign_in(client=stack.client())
    return {"id": signed_in.id_token, "access": signed_in.access_token}


def test_a_rest_api(stack: Stack, tokens: dict[str, str]) -> None:
    api = stack.api("Rest")

    refused = api.get("/notes")
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, "*")
    assert api.get("/notes", headers={"Authorization": tokens["id"]}).status_code == 200
    assert api.get("/public").status_code == 200
    assert api.options("/notes").headers["Access-Control-Allow-Methods"] == "GET,OPTIONS"
    assert requests.get(f"{stack.outputs['RestUrl']}/public", timeout=1).status_code == 200


def test_its_lambda_authorizer_and_its_key(stack: Stack) -> None:
    api = stack.api("Rest")

    assert api.get("/own").status_code == 401
    assert api.get("/own", headers={"X-Secret": "open"}).status_code == 200
    assert api.put("/keyed/1").status_code == 403
    (key,) = api.api_keys  # type: ignore[union-attr]
    assert api.put("/keyed/1", headers={"x-api-key": key}).json()["parameters"] == {"id": "1"}


def test_an_http_api(stack: Stack, tokens: dict[str, str]) -> None:
    api, bearer = stack.api("Http"), {"Authorization": f"Bearer {tokens['access']}"}

    assert api.get("/notes").status_code == 401
    assert api.get("/notes", headers=bearer).status_code == 200
    assert api.get("/scoped", headers=bearer).status_code == 403
    assert api.get("/iam").status_code == 403
    assert api.get("/own", headers={"X-Secret": "shut"}).status_code == 403
    told = api.get("/own", headers={"X-Secret": "open"}).json()
    assert told["authorizer"]["lambda"] == {"tenant": "t1"}
    assert requests.post(f"{stack.outputs['HttpUrl']}/else", timeout=1).json()["authorizer"] is None
    origin = {"Origin": "https://app.example.com"}
    assert api.get("/else", headers=origin).headers["access-control-allow-origin"] == "https://app.example.com"


def test_the_api_that_sam_adds(project: Project) -> None:
    stack = project.deploy(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Notes:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: python3.12
              CodeUri: src/
              Handler: app.handler
              Events: {List: {Type: Api, Properties: {Path: "/{proxy+}", Method: any}}}
        """
    )

    told = stack.api().post("/a/b", json={"a": 1}).json()
    assert (told["stage"], told["parameters"], told["body"]) == ("Prod", {"proxy": "a/b"}, '{"a": 1}')
