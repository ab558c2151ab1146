"""HTTP APIs of resources: routes, JWT and Lambda authorizers, IAM, quick create, CORS."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import DeploymentError, Stack
from tests.support.api_templates import FUNCTION, http_api, may_invoke, uri
from tests.support.stacks import attribute, ref, resource
from tests.support.trigger_projects import Project, function


def header(stack: Stack) -> dict[str, str]:
    tokens = stack.user_pool().create_user("ann").sign_in(client=stack.client())
    return {"Authorization": f"Bearer {tokens.access_token}"}


def test_a_token_is_needed(project: Project) -> None:
    stack = project.deploy(http_api())
    api = stack.api("Api")

    assert api.get("/notes").status_code == 401
    told = api.get("/notes/7", headers=header(stack)).json()
    assert told["authorizer"]["jwt"]["claims"]["username"] == "ann"
    assert told["parameters"] == {"id": "7"}


def test_its_attributes_are_its_address(project: Project) -> None:
    stack = project.deploy(http_api())
    made = stack.resource("Api").attributes

    assert requests.get(f"{made['ApiEndpoint']}/notes", headers=header(stack), timeout=1).status_code == 200
    assert made["ExecuteApiArn"] == f"arn:aws:execute-api:us-east-1:123456789012:{stack.physical_id('Api')}"


@pytest.mark.parametrize("source", [None, "*/*/other", "*/POST/*"])
def test_a_permission_that_lacks(project: Project, source: str | None) -> None:
    stack = project.deploy(http_api(Permission=source and may_invoke(source)))

    response = stack.api().get("/notes", headers=header(stack))

    assert (response.status_code, response.json()) == (500, {"message": "Internal Server Error"})
    assert "Add one with FunctionName: Notes" in project.report()


def test_a_permission_with_the_variables_of_the_route(project: Project) -> None:
    stack = project.deploy(http_api(Permission=may_invoke("*/*/notes/{id}")))
    assert stack.api().get("/notes/7", headers=header(stack)).status_code == 200


@pytest.mark.parametrize(
    ("handler", "properties"),
    [
        ("app.simple", {"AuthorizerPayloadFormatVersion": "2.0", "EnableSimpleResponses": True}),
        ("app.allow", {"AuthorizerPayloadFormatVersion": "1.0"}),
    ],
)
def test_lambda_authorizers(project: Project, handler: str, properties: dict[str, Any]) -> None:
    others = {
        "Tokens": resource(
            "ApiGatewayV2::Authorizer",
            ApiId=ref("Api"),
            Name="own",
            AuthorizerType="REQUEST",
            AuthorizerUri=uri("Guard"),
            IdentitySource=["$request.header.x-secret"],
            **properties,
        ),
        "Guard": function(handler=handler),
        "GuardPermission": may_invoke("authorizers/*", ref("Guard")),
        "List": resource(
            "ApiGatewayV2::Route",
            ApiId=ref("Api"),
            RouteKey="GET /notes",
            AuthorizationType="CUSTOM",
            AuthorizerId=ref("Tokens"),
            Target={"Fn::Sub": "integrations/${Function}"},
        ),
        "Note": None,
    }
    api = project.deploy(http_api(**others)).api()

    assert api.get("/notes").status_code == 401
    assert api.get("/notes", headers={"x-secret": "shut"}).status_code == 403
    assert api.get("/notes", headers={"x-secret": "open"}).status_code == 200


def test_iam(project: Project) -> None:
    route = resource(
        "ApiGatewayV2::Route",
        ApiId=ref("Api"),
        RouteKey="GET /notes",
        AuthorizationType="AWS_IAM",
        Target={"Fn::Sub": "integrations/${Function}"},
    )
    assert project.deploy(http_api(List=route)).api().get("/notes").status_code == 403


def test_quick_create(project: Project) -> None:
    api = resource("ApiGatewayV2::Api", Name="notes", ProtocolType="HTTP", Target=attribute("Notes", "Arn"))
    stack = project.deploy({**FUNCTION, "Api": api, "Permission": may_invoke("*/$default")})

    assert stack.api().post("/any/where").json()["path"] == "/any/where"


def test_an_alias_is_what_is_invoked(project: Project) -> None:
    others = {
        "Live": resource("Lambda::Alias", FunctionName=ref("Notes"), FunctionVersion="$LATEST", Name="live"),
        "Permission": may_invoke("*/*", ref("Live")),
        "Function": resource(
            "ApiGatewayV2::Integration",
            ApiId=ref("Api"),
            IntegrationType="AWS_PROXY",
            IntegrationUri=ref("Live"),
            PayloadFormatVersion="2.0",
        ),
    }
    stack = project.deploy(http_api(**others))

    assert stack.api().get("/notes", headers=header(stack)).status_code == 200
    assert [one.arn.endswith(":live") for one in stack.function("Notes").invocations] == [True]


def test_cors_and_a_stage_with_a_name(project: Project) -> None:
    others = {
        "Api": resource(
            "ApiGatewayV2::Api",
            Name="notes",
            ProtocolType="HTTP",
            CorsConfiguration={"AllowOrigins": ["https://app.example.com"], "AllowMethods": ["GET"], "MaxAge": "60"},
        ),
        "Stage": resource(
            "ApiGatewayV2::Stage", ApiId=ref("Api"), StageName="v1", AutoDeploy="true", StageVariables={"a": "1"}
        ),
    }
    stack = project.deploy(http_api(**others))
    api = stack.api()

    asked = {"Origin": "https://app.example.com", "Access-Control-Request-Method": "GET"}
    assert api.options("/notes", headers=asked).headers["access-control-max-age"] == "60"
    told = api.get("/notes", headers=header(stack)).json()
    assert (told["path"], told["variables"]) == ("/v1/notes", {"a": "1"})


def test_without_automatic_deployment_a_stage_has_what_its_deployment_has(project: Project) -> None:
    others = {
        "Deployed": resource("ApiGatewayV2::Deployment", "List", ApiId=ref("Api")),
        "Stage": resource("ApiGatewayV2::Stage", ApiId=ref("Api"), StageName="$default", DeploymentId=ref("Deployed")),
    }
    others["Note"] = {**http_api()["Note"], "DependsOn": ["Deployed"]}
    stack = project.deploy(http_api(**others))

    assert stack.api().get("/notes").status_code == 401
    assert stack.api().get("/notes/7").status_code == 404


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"Twice": {**http_api()["List"], "DependsOn": ["List"]}}, "Route with key GET /notes already exists"),
        ({"Bad": resource("ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="notes")}, "not formatted properly"),
        (
            {"Bad": resource("ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="GET /", Target="integrations/a")},
            "Invalid integration identifier",
        ),
        (
            {"Bad": resource("ApiGatewayV2::Authorizer", ApiId=ref("Api"), Name="a", AuthorizerType="JWT")},
            "JwtConfiguration",
        ),
        ({"Bad": resource("ApiGatewayV2::Api", Name="a")}, "ProtocolType"),
        (
            {
                "Function": resource(
                    "ApiGatewayV2::Integration",
                    ApiId=ref("Api"),
                    IntegrationType="AWS_PROXY",
                    PayloadFormatVersion="3.0",
                )
            },
            "payload format version 3.0",
        ),
        (
            {"Again": {**http_api()["Stage"], "DependsOn": ["Stage"]}},
            "Stage already exists",
        ),
    ],
)
def test_what_aws_refuses(project: Project, others: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeploymentError, match=reason):
        project.deploy(http_api(**others))

    assert not project.cognito.world.sites.registered()
