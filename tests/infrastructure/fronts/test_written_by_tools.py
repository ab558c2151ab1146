"""GraphQL APIs and load balancers as SAM makes them, and as the CDK writes them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.kernel.errors import Unsupported
from tests.support.balanced import echo
from tests.support.trigger_projects import LAMBDA_TRUST, Project

SAM = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
  Notes: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Runtime: python3.12, CodeUri: src}}
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaUri: ./schema.graphql
      Auth:
        Type: AMAZON_COGNITO_USER_POOLS
        UserPool: {UserPoolId: !Ref Pool, DefaultAction: ALLOW, AwsRegion: !Ref AWS::Region}
        Additional: [{Type: API_KEY}]
      ApiKeys: {Public: {Description: for everybody}}
      DataSources: {Lambda: {Notes: {FunctionArn: !GetAtt Notes.Arn}}}
      Functions:
        ask: {Runtime: {Name: APPSYNC_JS, Version: 1.0.0}, DataSource: Notes, CodeUri: ./ask.js}
      Resolvers:
        Query:
          notes: {Runtime: {Name: APPSYNC_JS, Version: 1.0.0}, CodeUri: ./notes.js, Pipeline: [ask]}
Outputs:
  Url: {Value: !GetAtt Api.GraphQLUrl}
"""


def get(name: str, of: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, of]}


def test_a_graphql_api_of_sam(project: Project) -> None:
    project.write(
        **{
            "schema.graphql": "type Query { notes: [String] }",
            "src/app.py": "def handler(event, context): ...",
            "notes.js": "export …",
            "ask.js": "export …",
        }
    )
    stack = project.deploy(SAM)
    ann = stack.user_pool().create_user("ann")

    with pytest.raises(Unsupported, match="the JavaScript of the resolver ApiQuerynotes"):
        stack.graphql_api("Api").query("{ notes }", auth=ann)

    api = stack.graphql_api(resolvers={"Query.notes": lambda event, context: [event["identity"]["username"]]})
    assert api.query("{ notes }", auth=ann)["notes"] == ["ann"]
    assert stack.outputs["Url"] == api.graphql_url
    assert len(api.keys) == 1


def cdk() -> dict[str, Any]:
    """What the CDK writes for a load balancer with a function and an address that leads to HTTPS."""
    elb, notes = "AWS::ElasticLoadBalancingV2::", get("FC4345940", "Arn")
    role = {"AssumeRolePolicyDocument": LAMBDA_TRUST}
    code = {"ZipFile": "def handler(event, context): return {'statusCode': 200, 'body': event['path']}"}
    own = {"Code": code, "Handler": "index.handler", "Runtime": "python3.12", "Role": get("Role", "Arn")}
    allowed = {"Action": "lambda:InvokeFunction", "Principal": "elasticloadbalancing.amazonaws.com"}
    redirect = {"RedirectConfig": {"Port": "443", "Protocol": "HTTPS", "StatusCode": "HTTP_301"}, "Type": "redirect"}
    conditions = [
        {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/fn/*"]}},
        {"Field": "host-header", "HostHeaderConfig": {"Values": ["notes.example.com"]}},
    ]
    https = {
        "Certificates": [{"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"}],
        "DefaultActions": [{"TargetGroupArn": {"Ref": "TGB29B09E7"}, "Type": "forward"}],
        "LoadBalancerArn": {"Ref": "LB8A12904C"},
        "Port": 443,
        "Protocol": "HTTPS",
    }
    properties = {
        "Role": ("AWS::IAM::Role", role),
        "FC4345940": ("AWS::Lambda::Function", own),
        "FInvoke2": ("AWS::Lambda::Permission", {**allowed, "FunctionName": notes}),
        "LBSecurityGroup8A41EA2B": ("AWS::EC2::SecurityGroup", {"GroupDescription": "for the load balancer"}),
        "LB8A12904C": (
            f"{elb}LoadBalancer",
            {
                "LoadBalancerAttributes": [{"Key": "deletion_protection.enabled", "Value": "false"}],
                "Scheme": "internet-facing",
                "SecurityGroups": [get("LBSecurityGroup8A41EA2B", "GroupId")],
                "Type": "application",
            },
        ),
        "TGB29B09E7": (f"{elb}TargetGroup", {"Port": 80, "Protocol": "HTTP", "TargetType": "ip"}),
        "LBLFnGroup877D2F07": (f"{elb}TargetGroup", {"TargetType": "lambda", "Targets": [{"Id": notes}]}),
        "LBL6F71F66B": (f"{elb}Listener", https),
        "LBRedirect80To443": (
            f"{elb}Listener",
            {"DefaultActions": [redirect], "LoadBalancerArn": {"Ref": "LB8A12904C"}, "Port": 80, "Protocol": "HTTP"},
        ),
        "LBLFnRuleAD1A0997": (
            f"{elb}ListenerRule",
            {
                "Actions": [{"TargetGroupArn": {"Ref": "LBLFnGroup877D2F07"}, "Type": "forward"}],
                "Conditions": conditions,
                "ListenerArn": {"Ref": "LBL6F71F66B"},
                "Priority": 5,
            },
        ),
    }
    found: dict[str, Any] = {name: {"Type": kind, "Properties": given} for name, (kind, given) in properties.items()}
    found["LBLFnGroup877D2F07"]["DependsOn"] = ["FInvoke2"]
    return found


def test_a_load_balancer_of_the_cdk(project: Project) -> None:
    outputs = {"Dns": {"Value": get("LB8A12904C", "DNSName")}}
    (project.root / "Notes.template.json").write_text(json.dumps({"Resources": cdk(), "Outputs": outputs}))
    stack = project.cognito.deploy(project.root / "Notes.template.json", name="Notes")

    balancer = stack.load_balancer(echo())

    assert balancer.url == "https://notes.example.com"
    assert balancer.get("/fn/a").text == "/fn/a"
    assert balancer.get("/other").json()["path"] == "/other"
    assert stack.outputs["Dns"] == balancer.dns_name
    assert set(stack.left_out) == {"LBSecurityGroup8A41EA2B"}
