"""GraphQL APIs of templates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, UsageError
from pytest_cognito.kernel.errors import Unsupported
from tests.support.graphql_templates import (
    attribute,
    field,
    function,
    part,
    python,
    ref,
    resources,
    source,
)
from tests.support.trigger_projects import Project

CODE = """
def notes(event, context):
    return [event["identity"]["sub"], str(event["prev"])]

def authorize(event, context):
    return {"isAuthorized": event["authorizationToken"] == "let me in", "resolverContext": {"tenant": "t1"}}

def batch(events, context):
    return [f"{each['source']['id']}!" for each in events]

def people(event, context):
    return [{"id": "1"}, {"id": "2"}]
"""
LAMBDA_MODE = {
    "AuthenticationType": "AWS_LAMBDA",
    "LambdaAuthorizerConfig": {
        "AuthorizerUri": attribute("Authorizer", "Arn"),
        "AuthorizerResultTtlInSeconds": "300",
        "IdentityValidationExpression": "let.*",
    },
}
PERMISSION = {
    "Type": "AWS::Lambda::Permission",
    "Properties": {
        "FunctionName": ref("Authorizer"),
        "Action": "lambda:InvokeFunction",
        "Principal": "appsync.amazonaws.com",
        "SourceArn": ref("Api"),
    },
}
INVOKE = '{"version": "2017-02-28", "operation": "Invoke", "payload": $util.toJson($ctx)}'


@pytest.fixture
def code(project: Project) -> Project:
    """A project with the code of the template's functions."""
    return project.write(**{"src/app.py": CODE})


def test_the_functions_of_the_template_resolve_fields(code: Project) -> None:
    stack = code.deploy(resources())
    alice = stack.user_pool().create_user("alice")

    api = stack.graphql_api("Api")

    assert api.query("{ notes }", auth=alice)["notes"] == [alice.sub, "None"]
    assert api.query("{ notes }").status_code == 401
    assert stack.graphql_api() is api
    assert stack.function("Notes").invocations[0].event["info"]["fieldName"] == "notes"


def test_at_its_address_without_being_asked_for(code: Project) -> None:
    stack = code.deploy(resources(Key=part("ApiKey", ApiId=attribute("Api", "ApiId"))))
    attributes = stack.resource("Api").attributes
    headers = {"x-api-key": stack.resource("Key").attributes["ApiKey"]}

    answer = requests.post(attributes["GraphQLUrl"], json={"query": "{ public }"}, headers=headers, timeout=5)

    assert answer.json() == {"data": {"public": None}}
    with pytest.raises(Unsupported, match="real-time endpoint"):
        requests.get(f"https://{attributes['RealtimeDns']}/graphql?header=a", timeout=5)
    with pytest.raises(Unsupported, match="real-time endpoint"):
        stack.graphql_api().get("/graphql/realtime")


def test_pipelines_batches_and_plain_templates(code: Project) -> None:
    first, second = function(), function(Name="second")
    pipeline = {"Functions": [attribute("First", "FunctionId"), attribute("Second", "FunctionId")]}
    templates = {"RequestMappingTemplate": INVOKE, "ResponseMappingTemplate": "$util.toJson($context.result)"}
    stack = code.deploy(
        resources(
            First=first,
            Second=second,
            Both=field("Query", "both", None, Kind="PIPELINE", PipelineConfig=pipeline),
            Templated=field("Query", "templated", **templates),
            ASource=source("people", "people"),
            BSource=source("batch", "batch"),
            People=field("Query", "people", "people"),
            Loud=field("Person", "loud", "batch", MaxBatchSize=5),
        )
    )
    alice = stack.user_pool().create_user("alice")

    answer = stack.graphql_api().query("{ both templated people { loud } }", auth=alice)

    assert answer["both"][1].startswith("{'result': ['")
    assert answer["templated"][0] == alice.sub
    assert answer["people"] == [{"loud": "1!"}, {"loud": "2!"}]


def test_lambda_authorizers_need_a_permission(code: Project) -> None:
    others = {"Authorizer": python("authorize"), "Api": part("GraphQLApi", Name="notes", **LAMBDA_MODE)}
    stack = code.deploy(resources(**others))
    assert stack.graphql_api().query("{ public }", auth="let me in").status_code == 401
    assert "lets appsync.amazonaws.com invoke it" in code.report()

    code.update(stack, resources(**others, Allow=PERMISSION))

    assert stack.graphql_api().query("{ public }", auth="let me in").data == {"public": None}
    assert stack.graphql_api().query("{ public }", auth="other").status_code == 401


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (
            {"Js": field("Query", "js", Code="export …", Runtime={"Name": "APPSYNC_JS"})},
            "JavaScript of the resolver Js",
        ),
        ({"Js": field("Query", "js", RequestMappingTemplate="{}")}, "mapping templates of the resolver Js"),
        ({"ATable": source("table", None, "AMAZON_DYNAMODB"), "Js": field("Query", "js", "table")}, "AMAZON_DYNAMODB"),
        (
            {
                "Fn": function(CodeS3Location="s3://a/b.js"),
                "Js": field(
                    "Query", "js", None, Kind="PIPELINE", PipelineConfig={"Functions": [attribute("Fn", "FunctionId")]}
                ),
            },
            "JavaScript of the function first",
        ),
    ],
)
def test_what_does_not_run_here_is_told_where_it_is_asked_for(code: Project, others: dict[str, Any], told: str) -> None:
    stack = code.deploy(resources(**others))
    alice = stack.user_pool().create_user("alice")
    api = stack.graphql_api()

    assert api.query("{ notes }", auth=alice)["notes"][0] == alice.sub
    with pytest.raises(Unsupported, match=f"does not run .*{re.escape(told)}.*resolvers="):
        api.query("{ js }", auth=alice)
    given = stack.graphql_api(resolvers={"Query.js": lambda event, context: "python"})
    assert given.query("{ js }", auth=alice)["js"] == "python"


def test_keys_expire(code: Project, cognito: Cognito) -> None:
    soon = cognito.clock.now() + dt.timedelta(days=2)
    key = part("ApiKey", ApiId=attribute("Api", "ApiId"), Expires=int(soon.timestamp()))
    stack = code.deploy(resources(Key=key))
    api = stack.graphql_api()

    assert api.api_key == stack.resource("Key").attributes["ApiKey"]
    assert api.query("{ public }", auth=api.api_key).data == {"public": None}
    cognito.clock.advance(days=2)
    assert api.query("{ public }", auth=api.api_key).status_code == 401


def test_a_schema_in_a_file(code: Project) -> None:
    text = resources()["Schema"]["Properties"]["Definition"]
    code.write(**{"api/schema.graphql": text})
    api_id = attribute("Api", "ApiId")
    stack = code.deploy(
        resources(Schema=part("GraphQLSchema", ApiId=api_id, DefinitionS3Location="api/schema.graphql"))
    )
    assert "Query" in stack.graphql_api().schema.graphql.type_map

    code.update(stack, resources(Schema=part("GraphQLSchema", ApiId=api_id, DefinitionS3Location="s3://bucket/a")))

    with pytest.raises(UsageError, match="the schema of Api is not in the working tree"):
        stack.graphql_api()
    assert "Query" in stack.graphql_api(schema=text).schema.graphql.type_map


def test_a_change_is_there_and_a_deleted_api_is_not(code: Project) -> None:
    stack = code.deploy(resources())
    alice = stack.user_pool().create_user("alice")
    url = stack.graphql_api().graphql_url
    changed = resources(ASource=source("people", "people"), People=field("Query", "people", "people"))
    changed["Api"]["Properties"] |= {"QueryDepthLimit": "1", "IntrospectionConfig": "DISABLED"}

    code.update(stack, changed)

    assert stack.graphql_api().graphql_url == url
    answer = stack.graphql_api().query("{ people { id } }", auth=alice)
    assert answer.errors[0]["errorType"] == "QueryDepthLimitExceeded"
    stack.delete()
    with pytest.raises(requests.ConnectionError):
        requests.post(url, timeout=1)


def test_the_names_of_what_is_made(code: Project) -> None:
    stack = code.deploy(resources(Key=part("ApiKey", ApiId=attribute("Api", "ApiId")), First=function()))
    made = {name: (each.physical_id, each.attributes) for name, each in stack.resources.items()}
    api_id = made["Api"][1]["ApiId"]
    arn = f"arn:aws:appsync:us-east-1:123456789012:apis/{api_id}"

    assert made["Api"][0] == made["Api"][1]["Arn"] == stack.graphql_api().arn == arn
    assert made["Api"][1]["GraphQLUrl"] == stack.graphql_api().graphql_url
    assert made["Api"][1]["RealtimeUrl"] == f"wss://{made['Api'][1]['RealtimeDns']}/graphql"
    assert made["Source"] == (
        f"{arn}/datasources/notes",
        {"DataSourceArn": f"{arn}/datasources/notes", "Name": "notes"},
    )
    assert made["Field"][0] == f"{arn}/types/Query/resolvers/notes"
    assert made["First"][0] == f"{arn}/functions/{made['First'][1]['FunctionId']}"
    assert made["Key"][0] == f"{arn}/apikeys/{made['Key'][1]['ApiKeyId']}"
    assert made["Schema"][0] == f"{api_id}GraphQLSchema"
