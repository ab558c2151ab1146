"""Definitions by OpenAPI that somebody has written: in the template, or in a file beside it."""

from __future__ import annotations

import pytest

from pytest_cognito import DeploymentError, Stack, TemplateError
from tests.support.trigger_projects import Project

FUNCTIONS = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]
  Notes:
    Type: AWS::Lambda::Function
    Properties: {Code: src, Handler: app.handler, Runtime: python3.12, Role: !GetAtt Role.Arn}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Notes, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com}
  Pool: {Type: AWS::Cognito::UserPool}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
"""
REST = (
    FUNCTIONS
    + """
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: {title: notes, version: "1"}
        x-amazon-apigateway-binary-media-types: ["image/png"]
        x-amazon-apigateway-api-key-source: HEADER
        x-amazon-apigateway-gateway-responses:
          DEFAULT_4XX: {responseTemplates: {application/json: '{"refused": $context.error.messageString}'}}
        security: [{pools: []}]
        paths:
          /notes:
            parameters: []
            get: &notes
              x-amazon-apigateway-integration: &function
                type: aws_proxy
                httpMethod: POST
                uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Notes.Arn}/invocations"
            post: {<<: *notes, security: [{pools: [notes/write]}]}
          /notes/{id}:
            x-amazon-apigateway-any-method: {<<: *notes, security: []}
          /signed:
            get: {<<: *notes, security: [{signed: []}]}
          /health:
            get:
              security: []
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses: {default: {statusCode: "200", responseTemplates: {application/json: '{"up": true}'}}}
        components:
          securitySchemes:
            pools:
              {type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authtype: cognito_user_pools,
               x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: [!GetAtt Pool.Arn]}}
            signed: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
  Deployed: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: live}}
"""
)
HTTP = (
    FUNCTIONS
    + """
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {BodyS3Location: openapi.yaml}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: true}}
"""
)
DEFINITION = """
openapi: 3.0.1
info: {title: notes}
x-amazon-apigateway-cors: {allowOrigins: ["*"], maxAge: 5}
paths:
  /notes:
    get:
      security: [{tokens: []}]
      x-amazon-apigateway-integration: {$ref: "#/components/x-amazon-apigateway-integrations/notes"}
  /$default:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration: {$ref: "#/components/x-amazon-apigateway-integrations/notes"}
components:
  x-amazon-apigateway-integrations:
    notes:
      type: AWS_PROXY
      payloadFormatVersion: "2.0"
      uri: arn:aws:lambda:us-east-1:123456789012:function:elsewhere
  securitySchemes:
    tokens:
      type: openIdConnect
      x-amazon-apigateway-authorizer:
        type: jwt
        identitySource: $request.header.Authorization
        jwtConfiguration: {issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_another00", audience: [a]}
"""


@pytest.fixture
def rest(project: Project) -> Stack:
    return project.deploy(REST)


def test_who_may_call_what(rest: Stack) -> None:
    api, pool = rest.api(), rest.user_pool()
    pool.create_user("ann")
    tokens, writer = pool.tokens_for("ann"), pool.tokens_for("ann", scopes=["notes/write"])

    assert (api.get("/notes").status_code, api.get("/notes").json()) == (401, {"refused": "Unauthorized"})
    assert api.get("/notes", headers={"X-Token": tokens.id_token}).status_code == 200
    assert api.post("/notes", headers={"X-Token": tokens.id_token}).status_code == 401
    assert api.post("/notes", headers={"X-Token": writer.access_token}).status_code == 200
    assert api.patch("/notes/1").json()["parameters"] == {"id": "1"}
    assert api.get("/signed").status_code == 403
    assert api.get("/health").json() == {"up": True}


def test_the_stage_of_a_deployment(rest: Stack) -> None:
    assert rest.api().url.endswith(".amazonaws.com/live")


def test_another_definition_replaces_the_first(project: Project, rest: Stack) -> None:
    path = project.root / "changed.yaml"
    path.write_text(REST.replace("/health:", "/alive:").replace("Deployed:", "Again:"))
    rest.update(path)

    assert rest.api().get("/alive").status_code == 200
    assert rest.api().get("/health").status_code == 403


def test_a_file_beside_the_template(project: Project) -> None:
    project.write(**{"openapi.yaml": DEFINITION})
    stack = project.deploy(HTTP)
    elsewhere = "arn:aws:lambda:us-east-1:123456789012:function:elsewhere"
    project.cognito.triggers.register(elsewhere, lambda event, context: {"route": event["routeKey"]})

    assert stack.api().get("/notes").status_code == 401
    response = stack.api().post("/else", headers={"Origin": "https://a.example.com"})
    assert response.json() == {"route": "$default"}
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_file_that_is_not_there(project: Project) -> None:
    with pytest.raises(TemplateError, match=r"the definition of Api is not in .*BodyS3Location is a file"):
        project.deploy(HTTP)


def test_a_method_without_an_integration(project: Project) -> None:
    with pytest.raises(DeploymentError, match="No integration defined for method"):
        project.deploy(REST.replace("/health:\n            get:", "/health:\n            put: {}\n            get:"))
