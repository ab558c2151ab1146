"""A front of each kind, and a stack, each made and used as a test does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_cognito import AsgiApplication, Cognito, WsgiApplication
from tests.support.balanced import echo

SCHEMA = "type Query { notes: String }"
TEMPLATE = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreTokenGeneration: !GetAtt Claims.Arn}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
  Claims:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      Role: !GetAtt Role.Arn
      Code: {ZipFile: "def handler(event, context): return event"}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Claims
      Principal: cognito-idp.amazonaws.com
      SourceArn: !GetAtt Pool.Arn
"""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return {"statusCode": 200, "body": "{}"}


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})
        return
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


WEB, OLD_WEB = AsgiApplication(application), WsgiApplication(echo())


def _headers(cognito: Cognito) -> tuple[Any, dict[str, str]]:
    pool = cognito.create_user_pool()
    return pool, pool.create_user("ann").sign_in().auth_header


def http_api(cognito: Cognito, directory: Path) -> None:
    pool, headers = _headers(cognito)
    api = cognito.http_api({"GET /notes": handler, "GET /web": WEB, "GET /old": OLD_WEB}, authorizer=pool)
    assert [api.get(path, headers=headers).status_code for path in ("/notes", "/web", "/old")] == [200] * 3


def rest_api(cognito: Cognito, directory: Path) -> None:
    pool, headers = _headers(cognito)
    api = cognito.rest_api({"GET /notes": handler}, authorizer=pool)
    assert api.get("/notes", headers=headers).status_code == 401  # which takes ID tokens
    assert api.get("/notes").status_code == 401


def load_balancer(cognito: Cognito, directory: Path) -> None:
    balancer = cognito.load_balancer(WEB, cognito.create_user_pool(), rules={"/open": "forward"})
    assert balancer.get("/open").status_code == 200
    assert balancer.get("/notes").status_code == 302


def appsync(cognito: Cognito, directory: Path) -> None:
    pool, headers = _headers(cognito)
    api = cognito.appsync(SCHEMA, {"Query.notes": lambda event, context: "one"}, authorization=pool)
    assert api.query("{ notes }", auth=headers["Authorization"].removeprefix("Bearer "))["notes"] == "one"


def stack(cognito: Cognito, directory: Path) -> None:
    path = directory / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    cognito.deploy(path, name="notes").user_pool().create_user("ann").sign_in()


MAKERS: tuple[Callable[[Cognito, Path], None], ...] = (http_api, rest_api, load_balancer, appsync, stack)
