"""Load balancers and GraphQL APIs of Terraform."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito, Stack
from tests.support.balanced import echo
from tests.support.terraform_documents import POOL_ID, TRUST, pool, resource, write_state

Deploy = Callable[..., Stack]
ACCOUNT = "arn:aws:elasticloadbalancing:eu-west-1:123456789012"
BALANCER = f"{ACCOUNT}:loadbalancer/app/notes/1"
LISTENER, GROUP, FUNCTIONS = (
    f"{ACCOUNT}:listener/app/notes/1/2",
    f"{ACCOUNT}:targetgroup/notes/3",
    f"{ACCOUNT}:targetgroup/f/4",
)
FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:notes"
POOL_ARN = f"arn:aws:cognito-idp:eu-west-1:123456789012:userpool/{POOL_ID}"
API_ID, FUNCTION_ID = "abcdefghijklmnopqrstuvwx01", "abcdefghijklmnopqrstuvwx02"
CODE = """
def handler(event, context):
    if "info" in event:
        return event["identity"]["sub"]
    return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": event["path"]}
"""
ROLE = resource("aws_iam_role.f", id="f", name="f", arn="arn:aws:iam::123456789012:role/f", assume_role_policy=TRUST)
CODED = resource(
    "aws_lambda_function.notes",
    id="notes",
    function_name="notes",
    arn=FUNCTION,
    role=ROLE["values"]["arn"],
    filename="notes.zip",
    handler="notes.handler",
    runtime="python3.12",
)


@pytest.fixture
def deploy(cognito: Cognito, tmp_path: Path) -> Deploy:
    with zipfile.ZipFile(tmp_path / "notes.zip", "w") as archive:
        archive.writestr("notes.py", CODE)

    def deploy(*resources: dict[str, Any]) -> Stack:
        path = write_state(tmp_path / "state.json", *resources)
        content = json.loads(path.read_text())
        for each in content["values"]["root_module"]["resources"]:
            each.setdefault("depends_on", DEPENDS.get(each["type"], []))
        path.write_text(json.dumps(content))
        return cognito.deploy(path, name="app")

    return deploy


DEPENDS = {
    "aws_lb_listener": ["aws_lb.notes", "aws_cognito_user_pool_client.web", "aws_cognito_user_pool_domain.notes"],
    "aws_lb_listener_rule": ["aws_lb_listener.https"],
    "aws_lb_target_group_attachment": ["aws_lambda_permission.elb", "aws_lb_target_group.functions"],
    "aws_appsync_resolver": ["aws_appsync_datasource.notes", "aws_appsync_function.notes"],
    "aws_appsync_function": ["aws_appsync_datasource.notes"],
}


def client() -> dict[str, Any]:
    return resource(
        "aws_cognito_user_pool_client.web",
        id="1234567890abcdefghijklmnop",
        name="web",
        user_pool_id=POOL_ID,
        generate_secret=True,
        allowed_oauth_flows=["code"],
        allowed_oauth_flows_user_pool_client=True,
        allowed_oauth_scopes=["openid"],
        callback_urls=["https://notes.example.com/oauth2/idpresponse"],
        supported_identity_providers=["COGNITO"],
        explicit_auth_flows=["ALLOW_USER_PASSWORD_AUTH"],
    )


def test_a_load_balancer(deploy: Deploy) -> None:
    sign_in = {
        "user_pool_arn": POOL_ARN,
        "user_pool_client_id": "1234567890abcdefghijklmnop",
        "user_pool_domain": "notes",
        "session_timeout": 3600,
        "authentication_request_extra_params": {"lang": "de"},
    }
    actions = [
        {"type": "authenticate-cognito", "order": 1, "authenticate_cognito": [sign_in], "forward": []},
        {"type": "forward", "order": 2, "target_group_arn": GROUP, "authenticate_cognito": []},
    ]
    forward = {"type": "forward", "forward": [{"target_group": [{"arn": FUNCTIONS, "weight": 1}], "stickiness": []}]}
    fixed = {"type": "fixed-response", "fixed_response": [{"content_type": "text/plain", "status_code": "200"}]}
    permission = {"action": "lambda:InvokeFunction", "function_name": "notes"}
    stack = deploy(
        *(pool(arn=POOL_ARN), client(), ROLE, CODED),
        resource("aws_cognito_user_pool_domain.notes", id="notes", domain="notes", user_pool_id=POOL_ID),
        resource("aws_lambda_permission.elb", principal="elasticloadbalancing.amazonaws.com", **permission),
        resource("aws_lb.notes", id=BALANCER, arn=BALANCER, name="notes", load_balancer_type="application"),
        resource("aws_lb_target_group.app", id=GROUP, arn=GROUP, name="notes", target_type="ip"),
        resource("aws_lb_target_group.functions", id=FUNCTIONS, arn=FUNCTIONS, name="f", target_type="lambda"),
        resource("aws_lb_target_group_attachment.f", id="a", target_group_arn=FUNCTIONS, target_id=FUNCTION),
        resource(
            "aws_lb_listener.https",
            id=LISTENER,
            arn=LISTENER,
            load_balancer_arn=BALANCER,
            port=443,
            protocol="HTTPS",
            certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/1",
            default_action=actions,
        ),
        resource(
            "aws_lb_listener_rule.api",
            listener_arn=LISTENER,
            priority=5,
            action=[forward],
            condition=[{"path_pattern": [{"values": ["/api/*"]}], "host_header": [], "query_string": []}],
        ),
        resource(
            "aws_lb_listener_rule.last",
            listener_arn=LISTENER,
            priority=None,
            action=[fixed],
            condition=[{"query_string": [{"key": "v", "value": "2"}], "path_pattern": []}],
        ),
    )

    balancer = stack.load_balancer("notes", echo(), host="notes.example.com")

    assert balancer.get("/api/a").text == "/api/a"
    assert (balancer.get("/?v=2").status_code, balancer.get("/?v=2").text) == (200, "")
    assert "&lang=de" in balancer.get("/").headers["Location"]
    assert balancer.arn == stack.physical_id("aws_lb.notes")
    assert stack.resource("aws_lb.notes").attributes["dns_name"] == balancer.dns_name
    stack.delete()


def test_a_graphql_api(deploy: Deploy) -> None:
    pools = {"user_pool_id": POOL_ID, "default_action": "ALLOW", "app_id_client_regex": None, "aws_region": None}
    pipeline = [{"functions": [FUNCTION_ID]}]
    in_api = {"api_id": API_ID}
    schema = "type Query { me: ID both: ID public: ID @aws_api_key }"
    stack = deploy(
        *(pool(arn=POOL_ARN), client(), ROLE, CODED),
        resource(
            "aws_appsync_graphql_api.notes",
            id=API_ID,
            name="notes",
            authentication_type="AMAZON_COGNITO_USER_POOLS",
            schema=schema,
            user_pool_config=[pools],
            lambda_authorizer_config=[],
            additional_authentication_provider=[{"authentication_type": "API_KEY", "user_pool_config": []}],
        ),
        resource("aws_appsync_api_key.key", id=f"{API_ID}:da2-1", key="da2-1", **in_api),
        resource(
            "aws_appsync_datasource.notes",
            name="notes",
            type="AWS_LAMBDA",
            lambda_config=[{"function_arn": FUNCTION}],
            **in_api,
        ),
        resource("aws_appsync_function.notes", name="fn", data_source="notes", function_id=FUNCTION_ID, **in_api),
        resource("aws_appsync_resolver.me", type="Query", field="me", data_source="notes", kind="UNIT", **in_api),
        resource(
            "aws_appsync_resolver.both", type="Query", field="both", kind="PIPELINE", pipeline_config=pipeline, **in_api
        ),
        resource("aws_appsync_resolver.public", type="Query", field="public", data_source="notes", code="…", **in_api),
    )
    ann = stack.user_pool().create_user("ann")

    api = stack.graphql_api("notes", resolvers={"Query.public": lambda event, context: "1"})

    assert api.query("{ me both }", auth=ann).data == {"me": ann.sub, "both": ann.sub}
    assert api.query("{ public }", auth=stack.resource("aws_appsync_api_key.key").attributes["key"])["public"] == "1"
    assert stack.resource("aws_appsync_graphql_api.notes").attributes["uris"]["GRAPHQL"] == api.graphql_url
    stack.delete()
