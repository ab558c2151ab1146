"""An API is there from its deployment to its deletion, and in the tests that begin with it."""

from __future__ import annotations

import pytest
import requests

from pytest_cognito import Cognito, DeploymentError, Stack, UsageError
from pytest_cognito.world import World
from tests.support.api_templates import FUNCTION, http_api, may_invoke, rest_api, uri
from tests.support.stacks import attribute, ref, resource
from tests.support.trigger_projects import Project

LEFT = ("apigateway/apis", "apigateway/parts", "apigateway/keys", "apigateway/usage_plans")


def left(cognito: Cognito) -> list[str]:
    """What there is of APIs: tables with records, and sites."""
    tables = cognito.world.store.tables()
    return [name for name in LEFT if name in tables and list(tables[name])] + list(cognito.world.sites.registered())


@pytest.mark.parametrize("template", [rest_api(), http_api()], ids=["REST", "HTTP"])
def test_nothing_of_a_deleted_stack_remains(project: Project, template: dict[str, object]) -> None:
    stack = project.deploy(template)
    address = stack.api().url
    assert requests.get(f"{address}/notes", timeout=1).status_code == 401
    stack.delete()

    assert left(project.cognito) == []


@pytest.mark.parametrize("template", [rest_api, http_api], ids=["REST", "HTTP"])
def test_nothing_of_a_stack_that_is_rolled_back_remains(project: Project, template: object) -> None:
    wrong = resource(
        "Cognito::UserPoolClient", "Prod" if template is rest_api else "Stage", UserPoolId="eu-west-1_none"
    )
    made = rest_api(Wrong=wrong) if template is rest_api else http_api(Wrong=wrong)
    with pytest.raises(DeploymentError):
        project.deploy(made)

    assert left(project.cognito) == []


def test_an_update_changes_it_where_it_is(project: Project) -> None:
    stack = project.deploy(http_api())
    address = stack.api().url
    route = {
        "Added": resource(
            "ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="GET /notes-public", Target="integrations/none"
        )
    }
    with pytest.raises(DeploymentError):
        project.update(stack, http_api(**route))
    assert stack.api().get("/notes-public").status_code == 404

    route["Added"]["Properties"]["Target"] = {"Fn::Sub": "integrations/${Function}"}
    project.update(stack, http_api(**route, List=None))
    assert requests.get(f"{address}/notes-public", timeout=1).status_code == 200
    assert requests.get(f"{address}/notes", timeout=1).status_code == 404


def test_an_update_that_is_undone_leaves_it_as_it_was(project: Project) -> None:
    stack = project.deploy(http_api())
    wrong = resource("Cognito::UserPoolClient", "Api", UserPoolId="eu-west-1_none")
    cors = {"AllowOrigins": ["*"]}
    changed = resource("ApiGatewayV2::Api", Name="notes", ProtocolType="HTTP", CorsConfiguration=cors)
    with pytest.raises(DeploymentError):
        project.update(stack, http_api(Api=changed, Wrong=wrong))

    assert "access-control-allow-origin" not in stack.api().get("/notes", headers={"Origin": "https://a.b"}).headers


def test_a_world_that_begins_with_it_has_one_of_its_own(project: Project) -> None:
    stack = project.deploy(rest_api())
    url = stack.api().url
    world = World.from_snapshot(project.cognito.world.snapshot())
    later = Cognito(world).stack("notes")

    assert later.api().url == url
    later.delete()
    assert not world.sites.registered()
    assert stack.api().get("/notes").status_code == 401


def test_which_api_is_meant(project: Project) -> None:
    other = resource("ApiGatewayV2::Api", Name="other", ProtocolType="HTTP", Target=attribute("Notes", "Arn"))
    stack = project.deploy(http_api(Other=other, OtherPermission=may_invoke("*")))

    with pytest.raises(UsageError, match="2 resources of the kind API: name one, of Api, Other"):
        stack.api()
    with pytest.raises(UsageError, match="no API 'Apis': did you mean 'Api'"):
        stack.api("Apis")
    with pytest.raises(UsageError, match="Notes is not a API, but AWS::Lambda::Function"):
        stack.api("Notes")


def test_which_stage_is_meant(project: Project) -> None:
    test = resource("ApiGatewayV2::Stage", ApiId=ref("Api"), StageName="test", AutoDeploy=True)
    stack = project.deploy(http_api(Test=test))

    with pytest.raises(UsageError, match=r"several stages: say which one, by stage=, of \$default, test"):
        stack.api()
    with pytest.raises(UsageError, match="no stage 'tests': did you mean 'test'"):
        stack.api(stage="tests")
    assert stack.api(stage="test").url.endswith(".com/test")
    assert requests.get(f"{stack.api(stage='test').url}/notes", timeout=1).status_code == 401
    assert requests.get(f"{stack.api(stage='$default').url}/notes", timeout=1).status_code == 401


@pytest.mark.parametrize("property_name", ["DisableExecuteApiEndpoint", None])
def test_an_api_that_answers_nowhere(project: Project, property_name: str | None) -> None:
    if property_name is None:
        stack = project.deploy(http_api(Stage=None))
    else:
        api = resource("ApiGatewayV2::Api", Name="notes", ProtocolType="HTTP", DisableExecuteApiEndpoint=True)
        stack = project.deploy(http_api(Api=api))
    endpoint = stack.resource("Api").attributes["ApiEndpoint"]

    assert requests.get(f"{endpoint}/notes", timeout=1).status_code == 404
    with pytest.raises(UsageError, match="no stage that answers"):
        stack.api()


def test_a_websocket_api(project: Project, deployed_chat: Stack) -> None:
    chat = deployed_chat.api()

    assert chat.connect().status_code == 401  # type: ignore[union-attr]
    connection = chat.connect(params={"secret": "open"})  # type: ignore[union-attr]
    assert connection.status_code == 101
    connection.send('{"action": "say"}')
    (told,) = [one.event for one in project.cognito.triggers if one.source == "say"]
    assert told["requestContext"]["authorizer"]["principalId"] == "ann"


def test_a_websocket_api_needs_permissions(project: Project, deployed_chat: Stack) -> None:
    permission = may_invoke("authorizers/*")
    project.update(deployed_chat, {**chat_template(), "Permission": permission})

    connection = deployed_chat.api().connect(params={"secret": "open"})  # type: ignore[union-attr]

    assert connection.status_code == 502
    assert "Add one with FunctionName: Notes" in project.report()


@pytest.fixture
def deployed_chat(project: Project) -> Stack:
    project.write(**{"src/app.py": SOCKET})
    return project.deploy(chat_template())


SOCKET = """
def handler(event, context):
    if event.get("type") == "REQUEST":
        statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
        return {"principalId": "ann", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    return {"statusCode": 200}
"""


def chat_template() -> dict[str, object]:
    target = {"Fn::Sub": "integrations/${Function}"}
    invocations = uri("Notes")
    return {
        **FUNCTION,
        "Permission": may_invoke("*"),
        "Api": resource(
            "ApiGatewayV2::Api",
            Name="chat",
            ProtocolType="WEBSOCKET",
            RouteSelectionExpression="${request.body.action}",
        ),
        "Guard": resource(
            "ApiGatewayV2::Authorizer",
            ApiId=ref("Api"),
            Name="guard",
            AuthorizerType="REQUEST",
            AuthorizerUri=invocations,
            IdentitySource=["route.request.querystring.secret"],
        ),
        "Function": resource(
            "ApiGatewayV2::Integration", ApiId=ref("Api"), IntegrationType="AWS_PROXY", IntegrationUri=invocations
        ),
        "Connect": resource(
            "ApiGatewayV2::Route",
            ApiId=ref("Api"),
            RouteKey="$connect",
            AuthorizationType="CUSTOM",
            AuthorizerId=ref("Guard"),
            Target=target,
        ),
        "Say": resource("ApiGatewayV2::Route", ApiId=ref("Api"), RouteKey="say", Target=target),
        "Deployed": resource("ApiGatewayV2::Deployment", "Connect", "Say", ApiId=ref("Api")),
        "Stage": resource("ApiGatewayV2::Stage", ApiId=ref("Api"), StageName="prod", DeploymentId=ref("Deployed")),
    }
