"""APIs whose template changes, what AWS refuses of one, and what answers in an unusual way."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import flask
import pytest

from pytest_cognito import Cognito, DeploymentError, UsageError
from pytest_cognito.kernel.errors import Unsupported
from tests.support.api_templates import FUNCTION, POOL, http_api, may_invoke, method, rest_api, uri
from tests.support.stacks import attribute, ref, resource
from tests.support.terraform_documents import resource as terraform
from tests.support.terraform_documents import write_state
from tests.support.trigger_projects import Project

ROOT = attribute("Api", "RootResourceId")
SECRET = "k" * 20


def path(part: str, parent: object = ROOT) -> dict[str, Any]:
    return resource("ApiGateway::Resource", "NotesPath", RestApiId=ref("Api"), ParentId=parent, PathPart=part)


def authorizer(**properties: Any) -> dict[str, Any]:
    return resource("ApiGateway::Authorizer", RestApiId=ref("Api"), Name="own", **properties)


def keyed(enabled: bool = True, stage: object = None, **more: Any) -> dict[str, Any]:
    stages = [{"ApiId": ref("Api"), "Stage": stage or ref("Prod")}]
    return rest_api(
        List=method(ref("NotesPath"), ApiKeyRequired=True),
        Key=resource("ApiGateway::ApiKey", Enabled=enabled, Value=SECRET),
        Plan=resource("ApiGateway::UsagePlan", ApiStages=stages),
        PlanKey=resource("ApiGateway::UsagePlanKey", KeyId=ref("Key"), KeyType="API_KEY", UsagePlanId=ref("Plan")),
        **more,
    )


@pytest.mark.parametrize("changed", [keyed(enabled=False), keyed(stage="other"), {**keyed(), "PlanKey": None}])
def test_a_key_that_is_not_good_any_more(project: Project, changed: dict[str, Any]) -> None:
    headers = {"x-api-key": SECRET}
    stack = project.deploy(keyed())
    assert stack.api().get("/notes", headers=headers).status_code == 200

    project.update(stack, {name: part for name, part in changed.items() if part is not None})

    assert stack.api().get("/notes", headers=headers).status_code == 403
    project.update(stack, keyed())
    assert stack.api().get("/notes", headers=headers).status_code == 200
    stack.delete()


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"Key": resource("ApiGateway::UsagePlanKey", KeyId="a", KeyType="API_KEY", UsagePlanId="b")}, "API Key ident"),
        ({"A": path("{a}"), "B": {**path("{b}"), "DependsOn": ["A"]}}, "already has a variable path part"),
        ({"A": path("a", "none")}, "Invalid Resource identifier"),
        ({"Pools": authorizer(Type="COGNITO_USER_POOLS")}, "Provider ARNs list cannot be empty"),
    ],
)
def test_what_aws_refuses(project: Project, others: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeploymentError, match=reason):
        project.deploy(rest_api(**others))


def test_a_key_for_no_plan(project: Project) -> None:
    key = {**keyed(), "PlanKey": resource("ApiGateway::UsagePlanKey", KeyId=ref("Key"), KeyType="A", UsagePlanId="b")}
    with pytest.raises(DeploymentError, match="Invalid Usage Plan ID"):
        project.deploy(key)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"Api": resource("ApiGateway::RestApi", Name="notes", CloneFrom="abc")}, "does not clone APIs"),
        ({"Api": resource("ApiGateway::RestApi", Name="notes", Body=5)}, "the Body of Api is an OpenAPI definition"),
        (
            {"Bad": resource("ApiGateway::GatewayResponse", RestApiId=ref("Api"), ResponseType="UNAUTHORISED")},
            "no gateway response 'UNAUTHORISED': did you mean 'UNAUTHORIZED'",
        ),
    ],
)
def test_what_is_no_api(project: Project, others: dict[str, Any], reason: str) -> None:
    with pytest.raises((UsageError, DeploymentError), match=reason):
        project.deploy(rest_api(**others))


def test_an_authorizer_of_an_unknown_kind(project: Project) -> None:
    own = authorizer(Type="POOLS", AuthorizerUri=uri("Notes"))
    with pytest.raises(UsageError, match="is COGNITO_USER_POOLS, TOKEN or REQUEST, not 'POOLS'"):
        project.deploy(rest_api(Pools=own)).api().get("/notes")


def test_an_authorizer_of_an_unknown_kind_of_an_http_api(project: Project) -> None:
    tokens = resource("ApiGatewayV2::Authorizer", ApiId=ref("Api"), Name="own", AuthorizerType="TOKEN")
    with pytest.raises(UsageError, match="is JWT or REQUEST, not 'TOKEN'"):
        project.deploy(http_api(Tokens=tokens)).api().get("/notes")


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        (
            {"Bad": resource("ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="GET /a", AuthorizationType="JWT")},
            "Invalid authorizer ID",
        ),
        (
            {"List": None, "Note": None, "Deployed": resource("ApiGatewayV2::Deployment", ApiId=ref("Api"))},
            "At least one route is required",
        ),
    ],
)
def test_what_aws_refuses_of_an_http_api(project: Project, others: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeploymentError, match=reason):
        project.deploy(http_api(**others))


def test_a_deployment_that_a_stage_has_stays(project: Project) -> None:
    """Another stack deletes a deployment that a stage, which was made beside it, has."""
    stack = project.deploy(rest_api())
    deployed = resource("ApiGateway::Deployment", RestApiId=stack.physical_id("Api"), StageName="test")
    (project.root / "other.json").write_text(json.dumps({"Resources": {"Deployed": deployed}}))
    other = project.cognito.deploy(project.root / "other.json", name="other")
    stage = resource(
        "ApiGateway::Stage",
        RestApiId=stack.physical_id("Api"),
        DeploymentId=other.physical_id("Deployed"),
        StageName="live",
    )
    (project.root / "third.json").write_text(json.dumps({"Resources": {"Stage": stage}}))
    third = project.cognito.deploy(project.root / "third.json", name="third")
    assert stack.api(stage="test").get("/notes").status_code == 401

    with pytest.raises(DeploymentError, match="Active stages pointing to this deployment"):
        other.delete()

    third.delete()
    other.delete()
    with pytest.raises(UsageError, match="no stage 'test'"):
        stack.api(stage="test")


def test_a_mock_without_a_response(project: Project) -> None:
    templates = {"application/json": '{"statusCode": 418}'}
    answers = [{"StatusCode": "200", "SelectionPattern": "200"}]
    mock = {"Type": "MOCK", "RequestTemplates": templates, "IntegrationResponses": answers}
    api = project.deploy(rest_api(List=method(ref("NotesPath"), Integration=mock))).api()

    assert asyncio.run(api.aget("/notes")).json() == {"message": "Internal server error"}
    assert "has no response for the status code 418" in project.report()


def test_what_asynchronous_calls_get(project: Project) -> None:
    app, inner = flask.Flask("inner"), project.cognito.http_api(lambda event, context: {"inner": event["rawPath"]})

    @app.route("/notes")
    def notes() -> dict[str, Any]:
        return dict(flask.request.args)

    def leads_to(uri: str, kind: str = "HTTP_PROXY") -> dict[str, Any]:
        parameters = {"integration.request.querystring.by": "'them'"}
        own = {"Type": kind, "IntegrationHttpMethod": "GET", "Uri": uri, "RequestParameters": parameters}
        return rest_api(List=method(ref("NotesPath"), Integration=own))

    stack = project.deploy(leads_to("http://inner.internal/notes"))
    assert asyncio.run(stack.api(application=app).aget("/notes?a=1")).json() == {"a": "1", "by": "them"}
    own = project.cognito.deploy(written(project, leads_to(f"{inner.url}/inside")), name="front")
    assert asyncio.run(own.api().aget("/notes")).json() == {"inner": "/inside"}
    other = project.cognito.deploy(written(project, leads_to("arn:aws:apigateway:a:sqs:path/q", "AWS")), name="other")
    with pytest.raises(Unsupported, match="does not run the integration AWS"):
        asyncio.run(other.api().aget("/notes"))


def written(project: Project, resources: dict[str, Any]) -> Path:
    file = project.root / "own.json"
    file.write_text(json.dumps({"Resources": resources}))
    return file


def test_what_is_behind_a_vpc_link(project: Project) -> None:
    app = flask.Flask("inner")

    @app.route("/<path:path>")
    def tell(path: str) -> dict[str, Any]:
        return {"path": path}

    listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2"
    linked = resource(
        "ApiGatewayV2::Integration",
        ApiId=ref("Api"),
        IntegrationType="HTTP_PROXY",
        IntegrationMethod="ANY",
        ConnectionType="VPC_LINK",
        IntegrationUri=listener,
        PayloadFormatVersion="1.0",
    )
    route = http_api()["List"]
    route["Properties"] = {key: value for key, value in route["Properties"].items() if not key.startswith("Author")}
    api = project.deploy(http_api(Function=linked, List=route)).api(application=app)

    assert api.get("/notes").json() == {"path": "notes"}


BODY = """
openapi: 3.0.1
info: {title: notes, version: "1"}
x-amazon-apigateway-cors: true
paths:
  /notes:
    get:
      x-amazon-apigateway-auth: {type: AWS_IAM}
      x-amazon-apigateway-integration: {$ref: "#/components/x-amazon-apigateway-integrations/notes"}
"""
INTEGRATION = """
components:
  x-amazon-apigateway-integrations:
    notes: {type: http_proxy, httpMethod: GET, uri: "http://inner.internal/", payloadFormatVersion: "1.0"}
"""


def of_terraform(tmp_path: Path, body: object) -> Path:
    return write_state(
        tmp_path / "state.json",
        terraform("aws_apigatewayv2_api.notes", id="abcdef1234", name="notes", protocol_type="HTTP", body=body),
        terraform("aws_apigatewayv2_stage.live", api_id="abcdef1234", name="$default", auto_deploy=True),
    )


def test_a_definition_in_a_text_of_terraform(cognito: Cognito, tmp_path: Path) -> None:
    api = cognito.deploy(of_terraform(tmp_path, BODY + INTEGRATION)).api()

    refused = api.get("/notes", headers={"Origin": "https://a.example.com"})
    assert (refused.status_code, refused.json()) == (403, {"message": "Forbidden"})
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_a_definition_that_refers_to_nothing(cognito: Cognito, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"refers to #/components/.*/notes, which is not in it"):
        cognito.deploy(of_terraform(tmp_path, BODY)).api()


def test_credentials_of_an_http_api_as_text(project: Project) -> None:
    cors = {"AllowOrigins": ["https://a.example.com"], "AllowCredentials": "true"}
    api = resource("ApiGatewayV2::Api", Name="notes", ProtocolType="HTTP", CorsConfiguration=cors)
    answer = project.deploy(http_api(Api=api)).api().get("/notes", headers={"Origin": "https://a.example.com"})

    assert answer.headers["Access-Control-Allow-Credentials"] == "true"


def socket(**connect: Any) -> dict[str, Any]:
    """A WebSocket API with ``$connect`` alone."""
    api_id = {"ApiId": ref("Api")}
    own = {"RouteKey": "$connect", "Target": {"Fn::Sub": "integrations/${Function}"}, **api_id, **connect}
    return {
        **POOL,
        **FUNCTION,
        "Permission": may_invoke("*"),
        "Api": resource("ApiGatewayV2::Api", Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$a"),
        "Function": resource("ApiGatewayV2::Integration", IntegrationType="MOCK", **api_id),
        "Connect": resource("ApiGatewayV2::Route", **own),
        "Deployed": resource("ApiGatewayV2::Deployment", "Connect", **api_id),
        "Stage": resource("ApiGatewayV2::Stage", StageName="prod", DeploymentId=ref("Deployed"), **api_id),
    }


def test_credentials_at_a_websocket_api(project: Project) -> None:
    chat = project.deploy(socket(AuthorizationType="AWS_IAM")).api()
    assert chat.connect().status_code == 403  # type: ignore[union-attr]


def test_an_integration_of_a_websocket_api_that_does_not_run(project: Project) -> None:
    chat = project.deploy(socket()).api()
    with pytest.raises(Unsupported, match=r"does not run the integration MOCK of the route \$connect"):
        chat.connect()  # type: ignore[union-attr]
