"""AppSync: ``aws_appsync_graphql_api``, ``…_datasource``, ``…_function``, ``…_resolver``, ``…_api_key``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.graphql_apis import GraphQLSchemaType
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_POOL = {
    "AppIdClientRegex": "app_id_client_regex",
    "AwsRegion": "aws_region",
    "DefaultAction": "default_action",
    "UserPoolId": "user_pool_id",
}
_OPEN_ID = {"AuthTTL": "auth_ttl", "ClientId": "client_id", "IatTTL": "iat_ttl", "Issuer": "issuer"}
_AUTHORIZER = {
    "AuthorizerResultTtlInSeconds": "authorizer_result_ttl_in_seconds",
    "AuthorizerUri": "authorizer_uri",
    "IdentityValidationExpression": "identity_validation_expression",
}
_MODES = {
    "LambdaAuthorizerConfig": ("lambda_authorizer_config", _AUTHORIZER),
    "OpenIDConnectConfig": ("openid_connect_config", _OPEN_ID),
    "UserPoolConfig": ("user_pool_config", _POOL),
}


class GraphQLApiType(DelegatedType):
    """A GraphQL API with its schema. Its ``id`` is its id, ``uris`` are its addresses."""

    like = "AWS::AppSync::GraphQLApi"
    required = frozenset(("authentication_type", "name"))
    create_only = frozenset(("visibility",))
    known_as = {"arn": "Arn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        further = arguments.get("additional_authentication_provider") or ()
        return {
            **_mode(arguments),
            "AdditionalAuthenticationProviders": [_mode(each) for each in further],
            "ApiType": arguments.get("api_type"),
            "IntrospectionConfig": arguments.get("introspection_config"),
            "Name": arguments.get("name"),
            "QueryDepthLimit": arguments.get("query_depth_limit"),
            "ResolverCountLimit": arguments.get("resolver_count_limit"),
        }

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        self._put_schema(deployment, made, properties)
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        made = super().update(deployment, declared, properties, deployed)
        self._put_schema(deployment, made, properties)
        return made

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        uris = {"GRAPHQL": made.attributes["GraphQLUrl"], "REALTIME": made.attributes["RealtimeUrl"]}
        return {"id": made.attributes["ApiId"], "uris": uris}

    def _put_schema(self, deployment: Deployment, made: Made, arguments: Mapping[str, Any]) -> None:
        if arguments.get("schema"):
            GraphQLSchemaType().put(deployment, made.attributes["ApiId"], arguments["schema"])


def _mode(arguments: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"AuthenticationType": arguments.get("authentication_type")}
    for member, (argument, names) in _MODES.items():
        own = block(arguments, argument)
        if own is not None:
            given = {name: own.get(mine) for name, mine in names.items()}
            found[member] = {name: value for name, value in given.items() if value not in (None, "")}
    return found


class DataSourceType(DelegatedType):
    """A data source."""

    like = "AWS::AppSync::DataSource"
    required = frozenset(("api_id", "name", "type"))
    create_only = frozenset(("api_id", "name"))
    known_as = {"arn": "DataSourceArn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        config = block(arguments, "lambda_config")
        return {
            "ApiId": arguments.get("api_id"),
            "LambdaConfig": {"LambdaFunctionArn": config.get("function_arn")} if config else None,
            "Name": arguments.get("name"),
            "ServiceRoleArn": arguments.get("service_role_arn"),
            "Type": arguments.get("type"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"id": f"{arguments['api_id']}-{arguments['name']}"}


class FunctionType(DelegatedType):
    """A function of pipelines."""

    like = "AWS::AppSync::FunctionConfiguration"
    required = frozenset(("api_id", "data_source", "name"))
    create_only = frozenset(("api_id",))
    known_as = {"arn": "FunctionArn", "function_id": "FunctionId"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "ApiId": arguments.get("api_id"),
            "Code": arguments.get("code"),
            "DataSourceName": arguments.get("data_source"),
            "MaxBatchSize": arguments.get("max_batch_size"),
            "Name": arguments.get("name"),
            "RequestMappingTemplate": arguments.get("request_mapping_template"),
            "ResponseMappingTemplate": arguments.get("response_mapping_template"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"id": f"{arguments['api_id']}-{made.attributes['FunctionId']}"}


class ResolverType(DelegatedType):
    """The resolver of a field."""

    like = "AWS::AppSync::Resolver"
    required = frozenset(("api_id", "field", "type"))
    create_only = frozenset(("api_id", "field", "type"))
    known_as = {"arn": "ResolverArn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        pipeline = block(arguments, "pipeline_config")
        return {
            "ApiId": arguments.get("api_id"),
            "Code": arguments.get("code"),
            "DataSourceName": arguments.get("data_source"),
            "FieldName": arguments.get("field"),
            "Kind": arguments.get("kind"),
            "MaxBatchSize": arguments.get("max_batch_size"),
            "PipelineConfig": None if pipeline is None else {"Functions": pipeline.get("functions") or []},
            "RequestMappingTemplate": arguments.get("request_template"),
            "ResponseMappingTemplate": arguments.get("response_template"),
            "TypeName": arguments.get("type"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"id": f"{arguments['api_id']}-{arguments['type']}-{arguments['field']}"}


class ApiKeyType(DelegatedType):
    """An API key. ``expires`` is a time as RFC 3339 writes it."""

    like = "AWS::AppSync::ApiKey"
    required = frozenset(("api_id",))
    create_only = frozenset(("api_id",))
    known_as = {"key": "ApiKey"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        expires = arguments.get("expires")
        return {
            "ApiId": arguments.get("api_id"),
            "Expires": dt.datetime.fromisoformat(expires).timestamp() if expires else None,
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"id": f"{arguments['api_id']}:{made.attributes['ApiKey']}"}
