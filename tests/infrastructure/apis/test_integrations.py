"""What is behind an API by HTTP: an application of the test, another front of the world; and mocks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import flask
import pytest
import requests

from pytest_cognito import UsageError
from pytest_cognito.kernel.errors import Unsupported
from tests.support.api_templates import http_api, method, rest_api
from tests.support.stacks import ref, resource
from tests.support.trigger_projects import Project

BACKEND = {"Type": "HTTP_PROXY", "IntegrationHttpMethod": "ANY", "Uri": "http://backend.internal/v2/notes/{note}"}
MAPPED = {
    "integration.request.path.note": "method.request.path.id",
    "integration.request.header.X-User": "context.authorizer.claims.sub",
}


@pytest.fixture
def app() -> flask.Flask:
    app = flask.Flask("backend")

    @app.route("/<path:path>", methods=["GET", "PUT"])
    def tell(path: str) -> dict[str, Any]:
        request = flask.request
        told = {"user": request.headers.get("X-User"), "host": request.host, "query": request.query_string.decode()}
        return {"path": path, "method": request.method, **told}

    return app


def behind_http(properties: Mapping[str, Any] = MappingProxyType({}), **integration: Any) -> dict[str, Any]:
    return rest_api(Note=method(ref("NotePath"), "ANY", Integration={**BACKEND, **integration}, **properties))


def test_an_application_that_the_test_gives(project: Project, app: flask.Flask) -> None:
    api = project.deploy(behind_http(RequestParameters=MAPPED)).api(application=app)

    told = api.put("/notes/7", params={"q": "1"}).json()
    assert told == {"path": "v2/notes/7", "method": "PUT", "user": "", "host": "backend.internal", "query": "q=1"}
    assert requests.get(f"{api.url}/notes/7", timeout=1).json()["path"] == "v2/notes/7"


def test_it_is_told_of_the_caller(project: Project, app: flask.Flask) -> None:
    protected = {"AuthorizationType": "COGNITO_USER_POOLS", "AuthorizerId": ref("Pools")}
    stack = project.deploy(behind_http(protected, RequestParameters=MAPPED))
    ann = stack.user_pool().create_user("ann")
    header = {"Authorization": ann.sign_in(client=stack.client()).id_token}

    assert stack.api(application=app).get("/notes/7", headers=header).json()["user"] == ann.sub


def test_an_application_that_the_deployment_is_given(project: Project, app: flask.Flask) -> None:
    stack = project.deploy(behind_http(RequestParameters=MAPPED), applications={"Api": app})
    assert stack.api().get("/notes/7").json()["path"] == "v2/notes/7"


def test_an_application_for_what_is_not_there(project: Project, app: flask.Flask) -> None:
    with pytest.raises(UsageError, match="applications names 'Apis', which the template does not have"):
        project.deploy(behind_http(), applications={"Apis": app})


def test_another_front_of_the_test(project: Project) -> None:
    inner = project.cognito.http_api(lambda event, context: {"inner": event["rawPath"]}, id="innerapi00")
    route = {
        "Api": resource("ApiGatewayV2::Api", Name="a", ProtocolType="HTTP", Target=f"{inner.url}/inside"),
    }
    assert project.deploy(route).api().get("/outside").json() == {"inner": "/inside"}


def test_parameters_of_an_http_api_are_not_mapped(project: Project) -> None:
    mapped = http_api()["Function"]
    mapped["Properties"]["RequestParameters"] = {"append:header.x": "$context.requestId"}
    api = project.deploy(
        http_api(
            Function=mapped,
            List=resource(
                "ApiGatewayV2::Route",
                ApiId=ref("Api"),
                RouteKey="GET /notes",
                Target={"Fn::Sub": "integrations/${Function}"},
            ),
        )
    ).api()
    with pytest.raises(Unsupported, match=r"does not map append:header\.x of the integration of GET /notes"):
        api.get("/notes")


def test_without_one_it_is_told(project: Project) -> None:
    api = project.deploy(behind_http(RequestParameters=MAPPED)).api()
    with pytest.raises(UsageError, match=r"ANY /notes/\{id\} leads to http://backend.internal.*application=app"):
        api.get("/notes/7")


def test_what_is_no_application(project: Project) -> None:
    with pytest.raises(UsageError, match="application is 'app': pass a WSGI or an ASGI application"):
        project.deploy(behind_http()).api(application="app")


@pytest.mark.parametrize(
    ("integration", "named"),
    [
        ({"Type": "AWS", "Uri": "arn:aws:apigateway:us-east-1:sqs:path/q"}, "integration AWS of"),
        ({"Type": "HTTP", "RequestTemplates": {"application/json": "$input"}}, "HTTP integration of"),
        ({"RequestParameters": {"integration.request.multivalueheader.a": "'a'"}}, "does not map"),
        (
            {
                "Type": "MOCK",
                "RequestTemplates": {"application/json": '{"statusCode": 200}'},
                "IntegrationResponses": [{"StatusCode": 200, "ResponseTemplates": {"application/json": "$a"}}],
            },
            "mapping templates",
        ),
    ],
)
def test_what_is_not_run(project: Project, app: flask.Flask, integration: dict[str, Any], named: str) -> None:
    api = project.deploy(behind_http(**integration)).api(application=app)
    with pytest.raises(Unsupported, match=named):
        api.get("/notes/7")


def test_a_mock_chooses_by_its_status_code(project: Project) -> None:
    responses = [
        {"StatusCode": "200", "ResponseTemplates": {"application/json": '{"up": true}'}},
        {"StatusCode": "503", "SelectionPattern": "5\\d\\d"},
    ]
    mock = {"Type": "MOCK", "IntegrationResponses": responses}
    up, down = ({**mock, "RequestTemplates": {"application/json": f'{{"statusCode": {code}}}'}} for code in (200, 500))
    others = {
        "List": method(ref("NotesPath"), Integration=up),
        "Note": method(ref("NotePath"), Integration=down),
        "None": method(ref("NotesPath"), "PUT", Integration={"Type": "MOCK"}),
        "Deployed": resource("ApiGateway::Deployment", "List", "Note", "None", RestApiId=ref("Api")),
    }
    api = project.deploy(rest_api(**others)).api()

    assert (api.get("/notes").status_code, api.get("/notes").json()) == (200, {"up": True})
    assert api.get("/notes/1").status_code == 503
    assert api.put("/notes").status_code == 500


def test_in_an_event_loop(project: Project) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    api = project.deploy(behind_http(RequestParameters=MAPPED)).api(application=app)

    assert asyncio.run(api.aget("/notes/7")).text == "/v2/notes/7"
