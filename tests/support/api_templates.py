"""APIs of API Gateway in templates that a test writes down."""

from __future__ import annotations

from typing import Any

from tests.support.stacks import attribute, ref, resource
from tests.support.trigger_projects import ROLE, function

INVOCATIONS = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${%s.Arn}/invocations"
EXECUTE_API = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/%s"
POOL = {
    "Pool": resource("Cognito::UserPool"),
    "Client": resource(
        "Cognito::UserPoolClient",
        UserPoolId=ref("Pool"),
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ),
}
FUNCTION = {"Role": ROLE, "Notes": function()}


def uri(name: str) -> dict[str, str]:
    """The address by which API Gateway invokes a function."""
    return {"Fn::Sub": INVOCATIONS % name}


def may_invoke(source: str = "*/*", name: object = None) -> dict[str, Any]:
    """A permission for the API to invoke a function, ``Notes``, for what its source says: ``*/GET/notes``."""
    return resource(
        "Lambda::Permission",
        Action="lambda:InvokeFunction",
        FunctionName=name or ref("Notes"),
        Principal="apigateway.amazonaws.com",
        SourceArn={"Fn::Sub": EXECUTE_API % source},
    )


def proxy(name: str = "Notes") -> dict[str, Any]:
    """The integration of a method with a function."""
    return {"Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": uri(name)}


def method(parent: object, name: str = "GET", **properties: Any) -> dict[str, Any]:
    """A method of the API, which anybody may call."""
    given = {"AuthorizationType": "NONE", "Integration": proxy(), **properties}
    return resource("ApiGateway::Method", RestApiId=ref("Api"), ResourceId=parent, HttpMethod=name, **given)


def rest_api(**others: Any) -> dict[str, Any]:
    """A REST API with ``GET /notes`` and ``ANY /notes/{id}`` behind the tokens of a pool; others replace or add."""
    protected: dict[str, Any] = {"AuthorizationType": "COGNITO_USER_POOLS", "AuthorizerId": ref("Pools")}
    found = {
        **POOL,
        **FUNCTION,
        "Permission": may_invoke(),
        "Api": resource("ApiGateway::RestApi", Name="notes"),
        "Pools": resource(
            "ApiGateway::Authorizer",
            RestApiId=ref("Api"),
            Name="pools",
            Type="COGNITO_USER_POOLS",
            IdentitySource="method.request.header.Authorization",
            ProviderARNs=[attribute("Pool", "Arn")],
        ),
        "NotesPath": resource(
            "ApiGateway::Resource", RestApiId=ref("Api"), ParentId=attribute("Api", "RootResourceId"), PathPart="notes"
        ),
        "NotePath": resource("ApiGateway::Resource", RestApiId=ref("Api"), ParentId=ref("NotesPath"), PathPart="{id}"),
        "List": method(ref("NotesPath"), **protected),
        "Note": method(ref("NotePath"), "ANY", **protected),
        "Deployed": resource("ApiGateway::Deployment", "List", "Note", RestApiId=ref("Api")),
        "Prod": resource(
            "ApiGateway::Stage",
            RestApiId=ref("Api"),
            DeploymentId=ref("Deployed"),
            StageName="prod",
            Variables={"table": "t1"},
        ),
        **others,
    }
    return {name: one for name, one in found.items() if one is not None}


def http_api(**others: Any) -> dict[str, Any]:
    """An HTTP API with ``GET /notes`` and ``GET /notes/{id}`` behind a JWT authorizer; others replace or add."""
    protected = {"AuthorizationType": "JWT", "AuthorizerId": ref("Tokens")}
    target = {"Fn::Sub": "integrations/${Function}"}
    found = {
        **POOL,
        **FUNCTION,
        "Permission": may_invoke("*/*/notes*"),
        "Api": resource("ApiGatewayV2::Api", Name="notes", ProtocolType="HTTP"),
        "Tokens": resource(
            "ApiGatewayV2::Authorizer",
            ApiId=ref("Api"),
            Name="tokens",
            AuthorizerType="JWT",
            IdentitySource=["$request.header.Authorization"],
            JwtConfiguration={"Issuer": attribute("Pool", "ProviderURL"), "Audience": [ref("Client")]},
        ),
        "Function": resource(
            "ApiGatewayV2::Integration",
            ApiId=ref("Api"),
            IntegrationType="AWS_PROXY",
            IntegrationUri=attribute("Notes", "Arn"),
            PayloadFormatVersion="2.0",
        ),
        "List": resource("ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="GET /notes", Target=target, **protected),
        "Note": resource(
            "ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="GET /notes/{id}", Target=target, **protected
        ),
        "Stage": resource("ApiGatewayV2::Stage", ApiId=ref("Api"), StageName="$default", AutoDeploy=True),
        **others,
    }
    return {name: one for name, one in found.items() if one is not None}
