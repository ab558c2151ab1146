"""APIs of Terraform, of states as AWS's provider writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, Stack
from tests.support.terraform_documents import POOL_ID, TRUST, pool, resource, write_state

ACCOUNT = "111122223333"
FUNCTION_ARN = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:notes"
INVOKE_ARN = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{FUNCTION_ARN}/invocations"
ISSUER = f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL_ID}"
CLIENT_ID = "1234567890abcdefghijklmnop"
SHARED = (
    pool(arn=f"arn:aws:cognito-idp:eu-west-1:{ACCOUNT}:userpool/{POOL_ID}"),
    resource(
        "aws_cognito_user_pool_client.web",
        id=CLIENT_ID,
        name="web",
        user_pool_id=POOL_ID,
        explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    ),
    resource("aws_iam_role.notes", id="notes", name="notes", assume_role_policy=TRUST),
    resource(
        "aws_lambda_function.notes",
        id="notes",
        arn=FUNCTION_ARN,
        invoke_arn=INVOKE_ARN,
        function_name="notes",
        handler="app.handler",
        runtime="nodejs22.x",
        role=f"arn:aws:iam::{ACCOUNT}:role/notes",
    ),
)


def permission(api: str, path: str = "*/*") -> dict[str, Any]:
    return resource(
        "aws_lambda_permission.notes",
        action="lambda:InvokeFunction",
        function_name="notes",
        principal="apigateway.amazonaws.com",
        source_arn=f"arn:aws:execute-api:eu-west-1:{ACCOUNT}:{api}/{path}",
    )


def http_api() -> list[dict[str, Any]]:
    api = {"api_id": "httpapi123"}
    return [
        *SHARED,
        permission("httpapi123"),
        resource(
            "aws_apigatewayv2_api.notes",
            id="httpapi123",
            name="notes",
            protocol_type="HTTP",
            api_endpoint="https://httpapi123.execute-api.eu-west-1.amazonaws.com",
            execution_arn=f"arn:aws:execute-api:eu-west-1:{ACCOUNT}:httpapi123",
            cors_configuration=[{"allow_origins": ["https://a.example.com"], "allow_credentials": False}],
        ),
        resource(
            "aws_apigatewayv2_authorizer.tokens",
            id="auth12",
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration=[{"audience": [CLIENT_ID], "issuer": ISSUER}],
            name="tokens",
            **api,
        ),
        resource(
            "aws_apigatewayv2_integration.notes",
            id="integr1",
            integration_type="AWS_PROXY",
            integration_uri=INVOKE_ARN,
            payload_format_version="2.0",
            **api,
        ),
        resource(
            "aws_apigatewayv2_route.list",
            id="route12",
            authorization_type="JWT",
            authorizer_id="auth12",
            route_key="GET /notes",
            target="integrations/integr1",
            **api,
        ),
        resource("aws_apigatewayv2_stage.live", id="live", name="live", auto_deploy=True, **api),
    ]


def rest_api() -> list[dict[str, Any]]:
    api = {"rest_api_id": "restapi123"}
    notes = {"resource_id": "path12", "http_method": "GET", **api}
    cors = {"resource_id": "path12", "http_method": "OPTIONS", **api}
    return [
        *SHARED,
        permission("restapi123", "*/GET/notes"),
        resource(
            "aws_api_gateway_rest_api.notes",
            id="restapi123",
            name="notes",
            root_resource_id="rootroot12",
            execution_arn=f"arn:aws:execute-api:eu-west-1:{ACCOUNT}:restapi123",
        ),
        resource("aws_api_gateway_resource.notes", id="path12", parent_id="rootroot12", path_part="notes", **api),
        resource(
            "aws_api_gateway_authorizer.pools",
            id="auth12",
            name="pools",
            type="COGNITO_USER_POOLS",
            provider_arns=[f"arn:aws:cognito-idp:eu-west-1:{ACCOUNT}:userpool/{POOL_ID}"],
            **api,
        ),
        resource("aws_api_gateway_method.list", authorization="COGNITO_USER_POOLS", authorizer_id="auth12", **notes),
        resource(
            "aws_api_gateway_integration.list",
            type="AWS_PROXY",
            integration_http_method="POST",
            uri=INVOKE_ARN,
            **notes,
        ),
        resource("aws_api_gateway_method.cors", authorization="NONE", **cors),
        resource(
            "aws_api_gateway_integration.cors",
            type="MOCK",
            request_templates={"application/json": '{"statusCode": 200}'},
            **cors,
        ),
        resource(
            "aws_api_gateway_integration_response.cors",
            status_code="200",
            response_parameters={"method.response.header.Access-Control-Allow-Origin": "'*'"},
            **cors,
        ),
        resource(
            "aws_api_gateway_gateway_response.refused",
            response_type="UNAUTHORIZED",
            response_templates={"application/json": '{"refused": true}'},
            **api,
        ),
        {
            **resource("aws_api_gateway_deployment.now", id="deploy", triggers={"a": "1"}, **api),
            "depends_on": [
                "aws_api_gateway_integration.list",
                "aws_api_gateway_integration_response.cors",
                "aws_api_gateway_gateway_response.refused",
            ],
        },
        resource(
            "aws_api_gateway_stage.live",
            id="ags-restapi123-live",
            deployment_id="deploy",
            stage_name="live",
            variables={"a": "1"},
            **api,
        ),
    ]


@pytest.fixture
def deployed(cognito: Cognito, tmp_path: Path) -> Any:
    def deploy(resources: list[dict[str, Any]], **outputs: Any) -> Stack:
        stack = cognito.deploy(write_state(tmp_path / "state.json", *resources, **outputs), name="app")
        arn = stack.resource("aws_lambda_function.notes").attributes["arn"]
        cognito.triggers.register(arn, lambda event, context: {"statusCode": 200, "body": "notes"})
        return stack

    return deploy


def tokens_of(stack: Stack) -> Any:
    return stack.user_pool().create_user("ann").sign_in(client=stack.client())


def test_an_http_api(deployed: Any) -> None:
    stack = deployed(http_api())
    api = stack.api("aws_apigatewayv2_api.notes")

    assert api.get("/notes").status_code == 401
    assert api.get("/notes", headers=tokens_of(stack).auth_header).text == "notes"
    made = stack.resource("aws_apigatewayv2_stage.live").attributes
    assert made["invoke_url"] == api.url
    assert stack.resource("aws_apigatewayv2_api.notes").attributes["api_endpoint"] == f"https://{api.host}"
    assert requests.get(f"{made['invoke_url']}/notes", timeout=1).status_code == 401


def test_a_rest_api(deployed: Any) -> None:
    stack = deployed(rest_api())
    api = stack.api()

    assert (api.get("/notes").status_code, api.get("/notes").json()) == (401, {"refused": True})
    assert api.get("/notes", headers={"Authorization": tokens_of(stack).id_token}).text == "notes"
    assert api.options("/notes").headers["Access-Control-Allow-Origin"] == "*"
    assert stack.resource("aws_api_gateway_stage.live").attributes["invoke_url"] == api.url
    assert stack.resource("aws_api_gateway_resource.notes").attributes["path"] == "/notes"


@pytest.mark.parametrize("resources", [http_api, rest_api])
def test_a_permission_that_lacks(deployed: Any, cognito: Cognito, resources: Any) -> None:
    stack = deployed([each for each in resources() if each["type"] != "aws_lambda_permission"])
    tokens = tokens_of(stack)

    assert stack.api().get("/notes", headers={"Authorization": tokens.id_token}).status_code == 500


@pytest.mark.parametrize("resources", [http_api, rest_api])
def test_nothing_remains(deployed: Any, cognito: Cognito, resources: Any) -> None:
    stack = deployed(resources())
    stack.delete()

    assert not cognito.world.sites.registered()
    assert not list(cognito.world.store.tables()["apigateway/parts"])


def test_another_deployment(deployed: Any, tmp_path: Path) -> None:
    stack = deployed(rest_api())
    changed = rest_api()
    for each in changed:
        if each["type"] == "aws_api_gateway_deployment":
            each["values"]["triggers"] = {"a": "2"}
        if each["type"] == "aws_api_gateway_gateway_response":
            each["values"]["response_templates"] = {"application/json": '{"refused": "again"}'}

    stack.update(write_state(tmp_path / "state.json", *changed))

    assert stack.api().get("/notes").json() == {"refused": "again"}
