"""REST APIs of resources: methods, authorizers, stages, gateway responses, API keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from pytest_cognito import DeploymentError, Stack
from tests.support.api_templates import may_invoke, method, rest_api, uri
from tests.support.stacks import attribute, ref, resource
from tests.support.trigger_projects import Project, function


def id_token(stack: Stack) -> dict[str, str]:
    tokens = stack.user_pool().create_user("ann").sign_in(client=stack.client())
    return {"Authorization": tokens.id_token}


def test_a_token_is_needed_and_the_function_hears_of_it(project: Project) -> None:
    stack = project.deploy(rest_api())
    api = stack.api("Api")

    assert (api.get("/notes").status_code, api.get("/notes").json()) == (401, {"message": "Unauthorized"})
    told = api.get("/notes", headers=id_token(stack)).json()
    assert told["authorizer"]["claims"]["cognito:username"] == "ann"
    assert (told["stage"], told["variables"], told["path"]) == ("prod", {"table": "t1"}, "/notes")


def test_variables_of_paths(project: Project) -> None:
    stack = project.deploy(rest_api())

    assert stack.api().put("/notes/7", headers=id_token(stack)).json()["parameters"] == {"id": "7"}


def test_every_http_library_finds_it_at_the_address_of_an_output(project: Project) -> None:
    address = {"Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Prod}"}
    path = project.root / "template.json"
    path.write_text(json.dumps({"Resources": rest_api(), "Outputs": {"Url": {"Value": address}}}))
    stack = project.cognito.deploy(path)

    assert requests.get(stack.outputs["Url"] + "/notes", timeout=1).status_code == 401
    assert requests.get(stack.outputs["Url"] + "/notes", headers=id_token(stack), timeout=1).status_code == 200
    assert stack.api().url == stack.outputs["Url"]


@pytest.mark.parametrize("source", [None, "*/POST/*", "test/*/*"])
def test_a_permission_that_lacks(project: Project, source: str | None) -> None:
    stack = project.deploy(rest_api(Permission=source and may_invoke(source)))

    response = stack.api().get("/notes", headers=id_token(stack))

    assert (response.status_code, response.json()) == (500, {"message": "Internal server error"})
    assert "Add one with FunctionName: Notes, Action: lambda:InvokeFunction, Principal: apigateway" in project.report()


@pytest.mark.parametrize("source", ["prod/GET/notes", "*/GET/notes", "prod/*/*", "*"])
def test_permissions_that_let_it(project: Project, source: str) -> None:
    stack = project.deploy(rest_api(Permission=may_invoke(source)))
    assert stack.api().get("/notes", headers=id_token(stack)).status_code == 200


def test_scopes_of_a_method(project: Project) -> None:
    protected: dict[str, Any] = {"AuthorizationType": "COGNITO_USER_POOLS", "AuthorizerId": ref("Pools")}
    scoped = method(ref("NotesPath"), AuthorizationScopes=["notes/read"], **protected)
    stack = project.deploy(rest_api(List=scoped))
    pool = stack.user_pool()
    pool.create_user("ann")

    good, bad = (pool.tokens_for("ann", scopes=[scope]).access_token for scope in ("notes/read", "notes/write"))
    assert stack.api().get("/notes", headers={"Authorization": good}).status_code == 200
    assert stack.api().get("/notes", headers={"Authorization": bad}).status_code == 401


@pytest.mark.parametrize(
    ("kind", "source", "header"),
    [
        ("TOKEN", "method.request.header.Authorization", "Authorization"),
        ("REQUEST", "method.request.header.X-Secret", "X-Secret"),
    ],
)
def test_lambda_authorizers(project: Project, kind: str, source: str, header: str) -> None:
    authorizer = resource(
        "ApiGateway::Authorizer",
        RestApiId=ref("Api"),
        Name="own",
        Type=kind,
        AuthorizerUri=uri("Guard"),
        IdentitySource=source,
    )
    others = {
        "Pools": authorizer,
        "Guard": function(handler="app.allow"),
        "GuardPermission": may_invoke("authorizers/${Pools}", ref("Guard")),
        "List": method(ref("NotesPath"), AuthorizationType="CUSTOM", AuthorizerId=ref("Pools")),
        "Note": None,
        "Deployed": resource("ApiGateway::Deployment", "List", RestApiId=ref("Api")),
    }
    api = project.deploy(rest_api(**others)).api()

    assert api.get("/notes").status_code == 401
    assert api.get("/notes", headers={header: "shut"}).status_code == 403
    assert api.get("/notes", headers={header: "open"}).json()["authorizer"]["principalId"] == "ann"


def test_a_lambda_authorizer_needs_a_permission_too(project: Project) -> None:
    others = {
        "Pools": resource(
            "ApiGateway::Authorizer", RestApiId=ref("Api"), Name="own", Type="TOKEN", AuthorizerUri=uri("Guard")
        ),
        "Guard": function(handler="app.allow"),
        "List": method(ref("NotesPath"), AuthorizationType="CUSTOM", AuthorizerId=ref("Pools")),
        "Note": method(ref("NotePath")),
    }
    response = project.deploy(rest_api(**others)).api().get("/notes", headers={"Authorization": "open"})

    assert (response.status_code, response.json()) == (500, {"message": None})
    assert "Add one with FunctionName: Guard" in project.report()


def test_gateway_responses_and_cors_by_a_mock(project: Project) -> None:
    mock = {
        "Type": "MOCK",
        "RequestTemplates": {"application/json": "{ statusCode: 200 }"},
        "IntegrationResponses": [
            {"StatusCode": "204", "ResponseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'"}}
        ],
    }
    others = {
        "Refused": resource(
            "ApiGateway::GatewayResponse",
            RestApiId=ref("Api"),
            ResponseType="UNAUTHORIZED",
            StatusCode="403",
            ResponseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
            ResponseTemplates={"application/json": '{"error": $context.error.messageString}'},
        ),
        "Cors": method(ref("NotesPath"), "OPTIONS", Integration=mock),
        "Deployed": resource("ApiGateway::Deployment", "List", "Note", "Cors", "Refused", RestApiId=ref("Api")),
    }
    api = project.deploy(rest_api(**others)).api()

    refused, preflight = api.get("/notes"), api.options("/notes")
    assert (refused.status_code, refused.json()) == (403, {"error": "Unauthorized"})
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_api_keys_of_a_usage_plan(project: Project) -> None:
    others: dict[str, Any] = {
        "List": method(ref("NotesPath"), ApiKeyRequired=True),
        "Key": resource("ApiGateway::ApiKey", Enabled=True, Value="k" * 20),
        "Other": resource("ApiGateway::ApiKey", Enabled=True),
        "Plan": resource("ApiGateway::UsagePlan", ApiStages=[{"ApiId": ref("Api"), "Stage": ref("Prod")}]),
        "PlanKey": resource("ApiGateway::UsagePlanKey", KeyId=ref("Key"), KeyType="API_KEY", UsagePlanId=ref("Plan")),
    }
    api = project.deploy(rest_api(**others)).api()

    assert api.get("/notes").status_code == 403
    assert api.get("/notes", headers={"x-api-key": "k" * 20}).status_code == 200


def test_a_method_that_is_made_after_the_deployment_is_not_in_it(project: Project) -> None:
    late = method(ref("NotesPath"), "POST")
    stack = project.deploy(rest_api(Late={**late, "DependsOn": ["Deployed"]}))
    again = resource("ApiGateway::Deployment", "Late", RestApiId=ref("Api"))
    prod = resource("ApiGateway::Stage", RestApiId=ref("Api"), DeploymentId=ref("Again"), StageName="prod")

    assert stack.api().post("/notes").json() == {"message": "Missing Authentication Token"}
    project.update(stack, rest_api(Late=late, Deployed=None, Again=again, Prod=prod))
    assert stack.api().post("/notes").status_code == 200


@pytest.mark.parametrize("written", [dict, json.dumps])
def test_a_resource_policy(project: Project, written: Any) -> None:
    statements = [
        {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"},
        {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*/PUT/*"},
    ]
    policy = written({"Version": "2012-10-17", "Statement": statements})
    api = resource("ApiGateway::RestApi", Name="notes", Policy=policy)
    stack = project.deploy(rest_api(Api=api, Note=method(ref("NotePath"), "ANY")))

    assert stack.api().get("/notes/1").status_code == 200
    assert stack.api().put("/notes/1").status_code == 403


NOTES = resource(
    "ApiGateway::Resource", RestApiId=ref("Api"), ParentId=attribute("Api", "RootResourceId"), PathPart="notes"
)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"Twice": {**NOTES, "DependsOn": ["NotesPath"]}}, "Another resource with the same parent already has this"),
        ({"Twice": {**method(ref("NotesPath")), "DependsOn": ["List"]}}, "Method already exists for this resource"),
        ({"List": None, "Note": None, "Deployed": resource("ApiGateway::Deployment", RestApiId=ref("Api"))}, "contain"),
        ({"List": method(ref("NotesPath"), AuthorizationType="CUSTOM")}, "requires a valid authorizer"),
        ({"Api": resource("ApiGateway::RestApi", Names="notes")}, r"extraneous key \[Names\]"),
        ({"Note": method("nowhere")}, "Invalid Resource identifier specified"),
        ({"Prod": resource("ApiGateway::Stage", RestApiId="another000", StageName="prod")}, "Invalid API identifier"),
        (
            {"Prod": resource("ApiGateway::Stage", RestApiId=ref("Api"), DeploymentId="none", StageName="prod")},
            "Deployment id does not exist",
        ),
        (
            {"Bad": resource("ApiGateway::Resource", RestApiId=ref("Api"), ParentId=ref("NotesPath"), PathPart="a/b")},
            "path part",
        ),
        (
            {"Bad": resource("ApiGateway::Authorizer", RestApiId=ref("Api"), Name="a", Type="TOKEN")},
            "Authorizer URI cannot be empty",
        ),
    ],
)
def test_what_aws_refuses(project: Project, others: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeploymentError, match=reason):
        project.deploy(rest_api(**others))

    assert not project.cognito.world.sites.registered()
