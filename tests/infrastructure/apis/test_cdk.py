"""APIs as CDK's constructs write them: ``LambdaRestApi``, and a WebSocket API."""

from __future__ import annotations

from typing import Any

from tests.support.api_templates import FUNCTION
from tests.support.stacks import attribute, ref, resource
from tests.support.trigger_projects import Project


def joined(*parts: object) -> dict[str, Any]:
    """A text as CDK puts it together."""
    return {"Fn::Join": ["", list(parts)]}


INVOKE = joined(
    "arn:",
    {"Ref": "AWS::Partition"},
    ":apigateway:us-east-1:lambda:path/2015-03-31/functions/",
    attribute("Notes", "Arn"),
    "/invocations",
)


def permission(*path: object) -> dict[str, Any]:
    source = joined("arn:", {"Ref": "AWS::Partition"}, ":execute-api:us-east-1:123456789012:", ref("Api"), *path)
    return resource(
        "Lambda::Permission",
        Action="lambda:InvokeFunction",
        FunctionName=attribute("Notes", "Arn"),
        Principal="apigateway.amazonaws.com",
        SourceArn=source,
    )


def any_method(parent: object) -> dict[str, Any]:
    integration = {"IntegrationHttpMethod": "POST", "Type": "AWS_PROXY", "Uri": INVOKE}
    return resource(
        "ApiGateway::Method",
        AuthorizationType="NONE",
        HttpMethod="ANY",
        Integration=integration,
        ResourceId=parent,
        RestApiId=ref("Api"),
    )


def test_a_function_for_all_requests(project: Project) -> None:
    root = attribute("Api", "RootResourceId")
    api = resource("ApiGateway::RestApi", Name="All")
    stage = ref("ApiDeploymentStageprod")
    template = {
        **FUNCTION,
        "Api": {**api, "Metadata": {"aws:cdk:path": "Notes/All/Resource"}},
        "ApiAccount": {
            **resource("ApiGateway::Account", "Api", CloudWatchRoleArn=attribute("Role", "Arn")),
            "DeletionPolicy": "Retain",
        },
        "ApiDeployment": resource(
            "ApiGateway::Deployment", "ApiproxyANY", "Apiproxy", "ApiANY", Description="Automatic", RestApiId=ref("Api")
        ),
        "ApiDeploymentStageprod": resource(
            "ApiGateway::Stage",
            "ApiAccount",
            DeploymentId=ref("ApiDeployment"),
            RestApiId=ref("Api"),
            StageName="prod",
        ),
        "Apiproxy": resource("ApiGateway::Resource", ParentId=root, PathPart="{proxy+}", RestApiId=ref("Api")),
        "ApiproxyANY": any_method(ref("Apiproxy")),
        "ApiproxyANYApiPermission": permission("/", stage, "/*/*"),
        "ApiproxyANYApiPermissionTest": permission("/test-invoke-stage/*/*"),
        "ApiANY": any_method(root),
        "ApiANYApiPermission": permission("/", stage, "/*/"),
    }
    stack = project.deploy(template)

    assert list(stack.left_out) == ["ApiAccount"]
    assert stack.api("Notes/All").get("/").status_code == 200
    assert stack.api("All").put("/a/b").json()["parameters"] == {"proxy": "a/b"}


def test_the_permission_of_a_websocket_api(project: Project) -> None:
    """CDK writes no slash between the stage and the key of a route."""
    template = {
        **FUNCTION,
        "Api": resource(
            "ApiGatewayV2::Api",
            Name="Chat",
            ProtocolType="WEBSOCKET",
            RouteSelectionExpression="$request.body.action",
        ),
        "Permission": permission("/*$connect"),
        "Function": resource(
            "ApiGatewayV2::Integration", ApiId=ref("Api"), IntegrationType="AWS_PROXY", IntegrationUri=INVOKE
        ),
        "Connect": resource(
            "ApiGatewayV2::Route",
            ApiId=ref("Api"),
            AuthorizationType="NONE",
            RouteKey="$connect",
            Target=joined("integrations/", ref("Function")),
        ),
        "Stage": resource("ApiGatewayV2::Stage", ApiId=ref("Api"), AutoDeploy=True, StageName="prod"),
    }
    assert project.deploy(template).api().connect().status_code == 101  # type: ignore[union-attr]
