"""What AppSync refuses of a template."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.infrastructure.errors import DeploymentError
from tests.support.graphql_templates import attribute, field, function, part, resources, source
from tests.support.trigger_projects import Project

API_ID = attribute("Api", "ApiId")
NOW = 1_900_000_000  # 2030-03-17T17:46:40Z
UNORDERED = part("Resolver", ApiId=API_ID, TypeName="Query", FieldName="js", DataSourceName="notes")
NO_POOL = part("GraphQLApi", Name="notes", AuthenticationType="AMAZON_COGNITO_USER_POOLS")


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"Twice": field("Query", "notes")}, "Only one resolver is allowed per field"),
        ({"Js": field("Query", "js", "other")}, "No data source found named other"),
        ({"Js": field("Query", "js", None)}, "must have a dataSourceName"),
        ({"Js": field("Query", "js", None, Kind="PIPELINE")}, "must have a pipelineConfig"),
        (
            {"Js": field("Query", "js", None, Kind="PIPELINE", PipelineConfig={"Functions": ["none"]})},
            "No function found with id none",
        ),
        ({"Fn": function(DataSourceName="other")}, "No data source found named other"),
        ({"Second": source("notes", "people")}, "Data source with name notes already exists"),
        ({"Second": source("other", None)}, "must have a lambdaConfig"),
        ({"Second": source("other", None, "FILE")}, "The data source type FILE is not valid"),
        ({"Schema": part("GraphQLSchema", ApiId=API_ID)}, "A schema must have a definition"),
        ({"Key": part("ApiKey", ApiId="other")}, "GraphQL API other not found"),
        ({"Key": part("ApiKey", ApiId=API_ID, Expires=NOW + 7200)}, "valid for a minimum of 1 days"),
        ({"Key": part("ApiKey", ApiId=API_ID, Expires=NOW + 366 * 86_400)}, "valid for a maximum of 365 days"),
        ({"Api": NO_POOL}, "AMAZON_COGNITO_USER_POOLS must have a userPoolConfig"),
        ({"Api": part("GraphQLApi", Name="notes", AuthenticationType="NONE")}, "authentication type NONE is not valid"),
        ({"Api": part("GraphQLApi", Nam="notes", AuthenticationType="API_KEY")}, r"required key \[Name\] not found"),
    ],
)
def test_refusals(project: Project, others: dict[str, Any], told: str) -> None:
    project.write(**{"src/app.py": "def notes(event, context): ..."})
    project.cognito.clock.move_to("2030-03-17T17:46:40Z")

    with pytest.raises(DeploymentError, match=told):
        project.deploy(resources(**others))

    assert project.cognito.pools == []


def test_a_resolver_comes_after_the_schema(project: Project) -> None:
    project.write(**{"src/app.py": "def notes(event, context): ..."})
    parts = resources()
    schema = parts.pop("Schema")
    parts.pop("Field")

    with pytest.raises(DeploymentError, match=r"No schema found for the API .*\n.*add DependsOn: Schema"):
        project.deploy(
            {**parts, "Early": {**UNORDERED, "DependsOn": ["Source"]}, "Schema": {**schema, "DependsOn": "Early"}}
        )


def test_a_merged_api_is_left_out(project: Project) -> None:
    merged = part("GraphQLApi", Name="all", AuthenticationType="API_KEY", ApiType="MERGED")

    assert "merged APIs" in project.deploy({"Api": merged}).left_out["Api"]
