"""Templates with GraphQL APIs."""

from __future__ import annotations

from typing import Any

from tests.support.trigger_projects import LAMBDA_TRUST

SCHEMA = """
type Query {
  notes: [String]
  both: [String]
  templated: [String]
  people: [Person]
  js: String
  public: String @aws_api_key @aws_lambda
}
type Person { id: ID loud: String }
"""


def attribute(name: str, of: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, of]}


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


def part(kind: str, *depends_on: str, **properties: Any) -> dict[str, Any]:
    """A resource of AppSync."""
    depending = {"DependsOn": list(depends_on)} if depends_on else {}
    return {"Type": f"AWS::AppSync::{kind}", **depending, "Properties": properties}


def python(handler: str) -> dict[str, Any]:
    """A function in ``src/app.py``."""
    own = {"Code": "src", "Handler": f"app.{handler}", "Runtime": "python3.12", "Role": attribute("Role", "Arn")}
    return {"Type": "AWS::Lambda::Function", "Properties": own}


def source(name: str, handler: str | None, kind: str = "AWS_LAMBDA") -> dict[str, Any]:
    """A data source; that of a ``handler`` has its function of `resources`."""
    own: dict[str, Any] = {}
    if handler is not None:
        own = {"LambdaConfig": {"LambdaFunctionArn": attribute(f"{handler.capitalize()}Function", "Arn")}}
    return part("DataSource", ApiId=attribute("Api", "ApiId"), Name=name, Type=kind, **own)


def field(kind: str, name: str, source_name: str | None = "notes", **more: Any) -> dict[str, Any]:
    """The resolver of a field, of a data source."""
    own = {"ApiId": attribute("Api", "ApiId"), "TypeName": kind, "FieldName": name}
    named = {} if source_name is None else {"DataSourceName": source_name}
    return part("Resolver", "Schema", "Source", **own, **named, **more)


def function(**changes: Any) -> dict[str, Any]:
    """A function of pipelines."""
    own = {"ApiId": attribute("Api", "ApiId"), "DataSourceName": "notes", "Name": "first", **changes}
    return part("FunctionConfiguration", "Source", **own)


def resources(**others: Any) -> dict[str, Any]:
    """An API for users of a pool, and with keys, of which a function resolves a field; ``others`` come beside."""
    modes = {
        "AuthenticationType": "AMAZON_COGNITO_USER_POOLS",
        "UserPoolConfig": {"UserPoolId": ref("Pool"), "AwsRegion": ref("AWS::Region"), "DefaultAction": "ALLOW"},
        "AdditionalAuthenticationProviders": [{"AuthenticationType": "API_KEY"}],
    }
    own_source = part(
        "DataSource",
        ApiId=attribute("Api", "ApiId"),
        Name="notes",
        Type="AWS_LAMBDA",
        LambdaConfig={"LambdaFunctionArn": attribute("Notes", "Arn")},
    )
    client = {"UserPoolId": ref("Pool"), "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
    return {
        "Pool": {"Type": "AWS::Cognito::UserPool"},
        "Client": {"Type": "AWS::Cognito::UserPoolClient", "Properties": client},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": LAMBDA_TRUST}},
        "Notes": python("notes"),
        "PeopleFunction": python("people"),
        "BatchFunction": python("batch"),
        "Api": part("GraphQLApi", Name="notes", **modes),
        "Schema": part("GraphQLSchema", ApiId=attribute("Api", "ApiId"), Definition=SCHEMA),
        "Source": own_source,
        "Field": field("Query", "notes"),
        **others,
    }
