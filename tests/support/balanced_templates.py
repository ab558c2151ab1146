"""Templates with load balancers."""

from __future__ import annotations

from typing import Any

from tests.support.trigger_projects import LAMBDA_TRUST

ELB = "AWS::ElasticLoadBalancingV2::"
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"}


def attribute(name: str, of: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, of]}


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


def elb(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"{ELB}{kind}", "Properties": properties}


def fixed(text: str, status: str = "200") -> dict[str, Any]:
    return {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": status, "MessageBody": text}}


def forward(group: str = "Targets", **more: Any) -> dict[str, Any]:
    return {"Type": "forward", "TargetGroupArn": ref(group), **more}


def authenticate(**changes: Any) -> dict[str, Any]:
    """The action ``authenticate-cognito`` of the pool, the client and the domain of `resources`."""
    own = {
        "UserPoolArn": attribute("Pool", "Arn"),
        "UserPoolClientId": ref("Client"),
        "UserPoolDomain": ref("Domain"),
        **changes,
    }
    return {"Type": "authenticate-cognito", "Order": 1, "AuthenticateCognitoConfig": own}


def rule(priority: int, *actions: dict[str, Any], **condition: Any) -> dict[str, Any]:
    """A rule with one condition: ``rule(1, fixed("ok"), path_pattern=["/health"])``."""
    conditions = [{"Field": field.replace("_", "-"), "Values": values} for field, values in condition.items()]
    return elb(
        "ListenerRule",
        ListenerArn=ref("Listener"),
        Priority=priority,
        Conditions=conditions,
        Actions=list(actions),
    )


def listener(*actions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    own = {
        "LoadBalancerArn": ref("Balancer"),
        "Port": 443,
        "Protocol": "HTTPS",
        "Certificates": [CERTIFICATE],
        "DefaultActions": list(actions),
        **changes,
    }
    return elb("Listener", **{name: value for name, value in own.items() if value is not None})


def resources(**others: Any) -> dict[str, Any]:
    """A load balancer before an application, at which users of a pool sign in; ``others`` replace or come beside."""
    client = {
        "UserPoolId": ref("Pool"),
        "GenerateSecret": True,
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": ["https://notes.example.com/oauth2/idpresponse"],
    }
    return {
        "Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"AutoVerifiedAttributes": ["email"]}},
        "Client": {"Type": "AWS::Cognito::UserPoolClient", "Properties": client},
        "Domain": {
            "Type": "AWS::Cognito::UserPoolDomain",
            "Properties": {"UserPoolId": ref("Pool"), "Domain": "notes"},
        },
        "Balancer": elb("LoadBalancer", Subnets=["subnet-1", "subnet-2"], Scheme="internet-facing"),
        "Targets": elb("TargetGroup", TargetType="ip", Port=8000, Protocol="HTTP", VpcId="vpc-1"),
        "Listener": listener(authenticate(Scope="openid email", SessionTimeout="3600"), forward(Order=2)),
        **others,
    }


def with_function(permitted: bool = True, **others: Any) -> dict[str, Any]:
    """A load balancer whose only target is a function, in ``src/app.py``."""
    permission = {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "FunctionName": attribute("Api", "Arn"),
            "Action": "lambda:InvokeFunction",
            "Principal": "elasticloadbalancing.amazonaws.com",
        },
    }
    group = elb("TargetGroup", TargetType="lambda", Targets=[{"Id": attribute("Api", "Arn")}])
    code = {"Code": "src", "Handler": "app.handler", "Runtime": "python3.12", "Role": attribute("Role", "Arn")}
    found = {
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": LAMBDA_TRUST}},
        "Api": {"Type": "AWS::Lambda::Function", "Properties": code},
        "Balancer": elb("LoadBalancer", Name="notes"),
        "Targets": {**group, "DependsOn": ["Permission"]} if permitted else group,
        "Listener": listener(forward()),
        **({"Permission": permission} if permitted else {}),
    }
    return {**found, **others}
