"""REST APIs: ``aws_api_gateway_rest_api`` and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.fronts.apis import making, rest
from pytest_cognito.infrastructure.fronts.apis.records import (
    INTEGRATION,
    INTEGRATION_RESPONSE,
    PARTS,
    Part,
    snapshot_of,
)
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.infrastructure.resources.terraform.delegated import document
from pytest_cognito.infrastructure.resources.terraform.http_apis import NamedPartType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_OF = {"RestApiId": "rest_api_id", "ResourceId": "resource_id"}


class RestApiType(NamedPartType):
    """A REST API."""

    like = "AWS::ApiGateway::RestApi"
    required = frozenset(("name",))
    arguments = ("name", "description", "binary_media_types", "disable_execute_api_endpoint")
    renamed = {"ApiKeySourceType": "api_key_source"}  # noqa: RUF012 - ClassVar of the base
    known_as = {"root_resource_id": "RootResourceId"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        own = super().properties(deployment, arguments)
        return {**own, "Body": making.parsed(arguments.get("body")), "Policy": document(arguments.get("policy"))}

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {
            "arn": f"arn:aws:apigateway:{deployment.region}::/restapis/{made.physical_id}",
            "execution_arn": making.execute_api_arn(deployment, made.physical_id),
        }


class PathResourceType(NamedPartType):
    """A resource: one part of a path. Its ``path`` is the whole."""

    like = "AWS::ApiGateway::Resource"
    required = create_only = frozenset(("parent_id", "path_part", "rest_api_id"))
    arguments = ("parent_id", "path_part")
    renamed = {"RestApiId": "rest_api_id"}  # noqa: RUF012 - ClassVar of the base

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        with making.step(deployment) as context:
            api = making.existing(deployment, context, arguments["rest_api_id"])
        return {"path": rest.paths_of(snapshot_of(deployment.world, api))[made.physical_id]}


class MethodType(NamedPartType):
    """A method, whose integration is a resource of its own."""

    like = "AWS::ApiGateway::Method"
    required = frozenset(("authorization", "http_method", "resource_id", "rest_api_id"))
    create_only = frozenset(("http_method", "resource_id", "rest_api_id"))
    arguments = ("api_key_required", "authorization_scopes", "authorizer_id", "http_method", "operation_name")
    renamed = {**_OF, "AuthorizationType": "authorization"}  # noqa: RUF012 - ClassVar of the base


class AuthorizerType(NamedPartType):
    """An authorizer, of the type ``TOKEN`` unless it says another."""

    like = "AWS::ApiGateway::Authorizer"
    required = frozenset(("name", "rest_api_id"))
    create_only = frozenset(("rest_api_id",))
    arguments = (
        *("authorizer_credentials", "authorizer_result_ttl_in_seconds", "authorizer_uri", "identity_source"),
        *("identity_validation_expression", "name"),
    )
    renamed = {"RestApiId": "rest_api_id", "ProviderARNs": "provider_arns"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        source = arguments.get("identity_source") or "method.request.header.Authorization"
        kind = arguments.get("type") or "TOKEN"
        return {**super().properties(deployment, arguments), "IdentitySource": source, "Type": kind}


class DeploymentType(NamedPartType):
    """A deployment. ``triggers`` are what makes a new one."""

    like = "AWS::ApiGateway::Deployment"
    required = frozenset(("rest_api_id",))
    create_only = frozenset(("rest_api_id", "stage_name", "triggers", "variables"))
    deletes_first = False  # a stage has it until then: ``create_before_destroy``
    arguments = ("description", "stage_name")
    renamed = {"RestApiId": "rest_api_id"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        variables = arguments.get("variables")
        described = {"Variables": variables} if variables else {}
        return {**super().properties(deployment, arguments), "StageDescription": described}

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return _addresses(deployment, arguments["rest_api_id"], arguments.get("stage_name") or "")


class StageType(NamedPartType):
    """A stage. Its ``id`` is ``ags-<api>-<stage>``."""

    like = "AWS::ApiGateway::Stage"
    required = frozenset(("deployment_id", "rest_api_id", "stage_name"))
    create_only = frozenset(("rest_api_id", "stage_name"))
    arguments = ("deployment_id", "description", "stage_name", "variables")
    renamed = {"RestApiId": "rest_api_id"}  # noqa: RUF012 - ClassVar of the base

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        api_id = arguments["rest_api_id"]
        return {"id": f"ags-{api_id}-{made.physical_id}", **_addresses(deployment, api_id, made.physical_id)}


class GatewayResponseType(NamedPartType):
    """A gateway response."""

    like = "AWS::ApiGateway::GatewayResponse"
    required = frozenset(("response_type", "rest_api_id"))
    create_only = frozenset(("response_type", "rest_api_id"))
    arguments = ("response_parameters", "response_templates", "response_type", "status_code")
    renamed = {"RestApiId": "rest_api_id"}  # noqa: RUF012 - ClassVar of the base


class OfMethodType(TerraformType):
    """What CloudFormation has inside of a method, and Terraform beside it."""

    kind: ClassVar[str]
    names: ClassVar[Mapping[str, str]]
    create_only = frozenset(("http_method", "resource_id", "rest_api_id"))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = {name: properties[mine] for name, mine in self.names.items() if properties.get(mine) is not None}
        part = Part(str(properties["rest_api_id"]), self.kind, self.part_id(properties), given)
        with making.step(deployment) as context:
            making.existing(deployment, context, part.api_id)
            context.table(PARTS).put(part)
        return Made(part.id, {})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        return self.create(deployment, declared, properties)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(PARTS).delete((str(deployed.properties["rest_api_id"]), self.kind, deployed.physical_id))

    def part_id(self, arguments: Mapping[str, Any]) -> str:
        """The id of the method, by which it is found."""
        return f"{arguments['resource_id']}/{arguments['http_method']}"


class IntegrationType(OfMethodType):
    """The integration of a method."""

    kind = INTEGRATION
    required = frozenset(("http_method", "resource_id", "rest_api_id", "type"))
    names = {  # noqa: RUF012 - ClassVar of the base
        "Credentials": "credentials",
        "IntegrationHttpMethod": "integration_http_method",
        "RequestParameters": "request_parameters",
        "RequestTemplates": "request_templates",
        "TimeoutInMillis": "timeout_milliseconds",
        "Type": "type",
        "Uri": "uri",
    }


class IntegrationResponseType(OfMethodType):
    """What an integration answers with, for a status code."""

    kind = INTEGRATION_RESPONSE
    required = frozenset(("http_method", "resource_id", "rest_api_id", "status_code"))
    names = {  # noqa: RUF012 - ClassVar of the base
        "ResponseParameters": "response_parameters",
        "ResponseTemplates": "response_templates",
        "SelectionPattern": "selection_pattern",
        "StatusCode": "status_code",
    }

    def part_id(self, arguments: Mapping[str, Any]) -> str:
        return f"{super().part_id(arguments)}/{arguments['status_code']}"


def _addresses(deployment: Deployment, api_id: str, stage: str) -> dict[str, str]:
    return {
        "execution_arn": f"{making.execute_api_arn(deployment, api_id)}/{stage}",
        "invoke_url": f"https://{hosts.rest_or_http_api(api_id, deployment.region)}/{stage}",
    }
