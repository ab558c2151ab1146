"""``AWS::AppSync::DataSource``, ``…::Resolver`` and ``…::FunctionConfiguration``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.arn import arn
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.graphql_apis import refusals
from pytest_cognito.infrastructure.fronts.graphql_apis.records import (
    FUNCTIONS,
    RESOLVERS,
    SCHEMAS,
    SOURCES,
    FunctionRecord,
    ResolverRecord,
    SourceRecord,
)
from pytest_cognito.infrastructure.fronts.tables import discard, step
from pytest_cognito.infrastructure.properties import JSON, NUMBER, TEXT, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.graphql_apis import check_api
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.infrastructure.resources.modelled import depends_on, with_hint
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS

_ID_LENGTH = 26
_TYPES = (
    *("AMAZON_BEDROCK_RUNTIME", "AMAZON_DYNAMODB", "AMAZON_ELASTICSEARCH", "AMAZON_EVENTBRIDGE"),
    *("AMAZON_OPENSEARCH_SERVICE", "AWS_LAMBDA", "HTTP", "NONE", "RELATIONAL_DATABASE"),
)
_CODE = ("Code", "CodeS3Location")
_TEMPLATES = (
    *("RequestMappingTemplate", "RequestMappingTemplateS3Location"),
    *("ResponseMappingTemplate", "ResponseMappingTemplateS3Location"),
)
_PLAIN: Final = (
    re.compile(
        r'\{"version":"20(?:17-02-28|18-05-29)","operation":"Invoke","payload":\$utils?\.toJson\(\$(?:ctx|context)\)\}'
    ),
    re.compile(r"\$utils?\.toJson\(\$(?:ctx|context)\.result\)"),
)
"""Templates that do what a resolver without any does: the whole context goes to the function, its result comes back."""
_TEMPLATED: Mapping[str, Any] = dict.fromkeys((*_CODE, *_TEMPLATES), TEXT)


class DataSourceType(OwnProperties):
    """A data source. ``Ref`` gives its ARN. Of those of other types than ``AWS_LAMBDA`` no field can be resolved."""

    required = frozenset(("ApiId", "Name", "Type"))
    create_only = frozenset(("ApiId", "Name"))
    declared_properties = own(
        ApiId=TEXT,
        Description=TEXT,
        DynamoDBConfig=JSON,
        ElasticsearchConfig=JSON,
        EventBridgeConfig=JSON,
        HttpConfig=JSON,
        LambdaConfig=JSON,
        MetricsConfig=TEXT,
        Name=TEXT,
        OpenSearchServiceConfig=JSON,
        RelationalDatabaseConfig=JSON,
        ServiceRoleArn=TEXT,
        Type=TEXT,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        api_id, name = given["ApiId"], given["Name"]
        with step(deployment) as context:
            check_api(context, api_id)
            if context.table(SOURCES).get((api_id, name)) is not None:
                raise refusals.SOURCE_EXISTS(name=name)
            context.table(SOURCES).put(_source(given))
        own_arn = arn("appsync", deployment.region, deployment.account_id, f"apis/{api_id}/datasources/{name}")
        return Made(own_arn, {"DataSourceArn": own_arn, "Name": name})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        with step(deployment) as context:
            context.table(SOURCES).put(_source(given))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        name = (str(deployed.properties["ApiId"]), str(deployed.properties["Name"]))
        discard(deployment, SOURCES, name)


def _source(given: Mapping[str, Any]) -> SourceRecord:
    kind, function = given["Type"], (given.get("LambdaConfig") or {}).get("LambdaFunctionArn")
    if kind not in _TYPES:
        raise refusals.SOURCE_TYPE(type=kind)
    if kind == "AWS_LAMBDA" and not function:
        raise refusals.FUNCTION_MISSING()
    return SourceRecord(given["ApiId"], given["Name"], kind, function if kind == "AWS_LAMBDA" else None)


class FunctionConfigurationType(OwnProperties):
    """A function of pipelines. ``Ref`` gives its ARN."""

    required = frozenset(("ApiId", "DataSourceName", "Name"))
    create_only = frozenset(("ApiId",))
    declared_properties = own(
        ApiId=TEXT,
        DataSourceName=TEXT,
        Description=TEXT,
        FunctionVersion=TEXT,
        MaxBatchSize=NUMBER,
        Name=TEXT,
        Runtime=JSON,
        SyncConfig=JSON,
        **_TEMPLATED,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        function_id = deployment.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS)
        self._put(deployment, function_id, given)
        path = f"apis/{given['ApiId']}/functions/{function_id}"
        own_arn = arn("appsync", deployment.region, deployment.account_id, path)
        names = {"DataSourceName": given["DataSourceName"], "Name": given["Name"]}
        return Made(own_arn, {"FunctionArn": own_arn, "FunctionId": function_id, **names})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        self._put(deployment, str(deployed.attributes["FunctionId"]), given)
        names = {"DataSourceName": given["DataSourceName"], "Name": given["Name"]}
        return Made(deployed.physical_id, {**deployed.attributes, **names})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        name = (str(deployed.properties["ApiId"]), str(deployed.attributes["FunctionId"]))
        discard(deployment, FUNCTIONS, name)

    def _put(self, deployment: Deployment, function_id: str, given: Mapping[str, Any]) -> None:
        api_id, source = given["ApiId"], given["DataSourceName"]
        with step(deployment) as context:
            check_api(context, api_id)
            if context.table(SOURCES).get((api_id, source)) is None:
                raise refusals.SOURCE_NOT_FOUND(name=source)
            context.table(FUNCTIONS).put(FunctionRecord(api_id, function_id, given["Name"], source, _code_of(given)))


class ResolverType(OwnProperties):
    """The resolver of a field. ``Ref`` gives its ARN."""

    required = frozenset(("ApiId", "FieldName", "TypeName"))
    create_only = frozenset(("ApiId", "FieldName", "TypeName"))
    declared_properties = own(
        ApiId=TEXT,
        CachingConfig=JSON,
        DataSourceName=TEXT,
        FieldName=TEXT,
        Kind=TEXT,
        MaxBatchSize=NUMBER,
        MetricsConfig=TEXT,
        PipelineConfig=JSON,
        Runtime=JSON,
        SyncConfig=JSON,
        TypeName=TEXT,
        **_TEMPLATED,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        api_id, type_name, field = given["ApiId"], given["TypeName"], given["FieldName"]
        with step(deployment) as context:
            check_api(context, api_id)
            if context.table(SCHEMAS).get(api_id) is None:
                _refuse_without_schema(deployment, declared, api_id)
            if context.table(RESOLVERS).get((api_id, type_name, field)) is not None:
                raise refusals.RESOLVER_EXISTS()
        self._put(deployment, declared, given)
        path = f"apis/{api_id}/types/{type_name}/resolvers/{field}"
        own_arn = arn("appsync", deployment.region, deployment.account_id, path)
        return Made(own_arn, {"FieldName": field, "ResolverArn": own_arn, "TypeName": type_name})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        self._put(deployment, declared, checked(properties, self.properties(), self.required))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        name = tuple(str(deployed.properties[part]) for part in ("ApiId", "TypeName", "FieldName"))
        discard(deployment, RESOLVERS, name)

    def _put(self, deployment: Deployment, declared: Declared, given: Mapping[str, Any]) -> None:
        api_id, source = given["ApiId"], given.get("DataSourceName")
        functions = tuple((given.get("PipelineConfig") or {}).get("Functions") or ())
        is_pipeline = (given.get("Kind") or "UNIT") == "PIPELINE"
        if not is_pipeline and not source:
            raise refusals.NO_SOURCE()
        if is_pipeline and "PipelineConfig" not in given:
            raise refusals.NO_PIPELINE()
        with step(deployment) as context:
            if not is_pipeline and context.table(SOURCES).get((api_id, source)) is None:
                raise refusals.SOURCE_NOT_FOUND(name=source)
            for function_id in functions:
                if context.table(FUNCTIONS).get((api_id, function_id)) is None:
                    raise refusals.PIPELINE_FUNCTION_NOT_FOUND(id=function_id)
            record = ResolverRecord(
                api_id,
                given["TypeName"],
                given["FieldName"],
                declared.logical_id,
                None if is_pipeline else source,
                functions,
                _code_of(given),
                int(given.get("MaxBatchSize") or 0),
            )
            context.table(RESOLVERS).put(record)


def _refuse_without_schema(deployment: Deployment, declared: Declared, api_id: str) -> None:
    error = refusals.NO_SCHEMA(id=api_id)
    waiting = [
        name
        for name, other in deployment.template.resources.items()
        if other.type == "AWS::AppSync::GraphQLSchema" and name not in deployment.resources
    ]
    raise with_hint(error, depends_on(declared.logical_id, *waiting)) if waiting else error


def _code_of(given: Mapping[str, Any]) -> str:
    """What runs beside a data source, in words; empty where only a function of Lambda does."""
    if any(given.get(name) for name in _CODE):
        return "JavaScript"
    request, response = (given.get(name) for name in ("RequestMappingTemplate", "ResponseMappingTemplate"))
    written = [text for text in (request, response) if text]
    elsewhere = any(given.get(name) for name in _TEMPLATES if name.endswith("S3Location"))
    plain = all(
        pattern.fullmatch(re.sub(r"\s", "", text))
        for pattern, text in zip(_PLAIN, (request, response), strict=True)
        if text
    )
    return "mapping templates" if elsewhere or (written and not plain) else ""
