"""HTTP and WebSocket APIs: ``aws_apigatewayv2_api`` and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.fronts.apis import making
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment

_CORS = ("allow_credentials", "allow_headers", "allow_methods", "allow_origins", "expose_headers", "max_age")


def capitalised(name: str) -> str:
    """The member that an argument is: ``allow_origins`` is ``AllowOrigins``."""
    return "".join(part.capitalize() for part in name.split("_"))


class NamedPartType(DelegatedType):
    """A type whose arguments have the names of the properties, but for those that are said."""

    arguments: ClassVar[tuple[str, ...]]
    renamed: ClassVar[Mapping[str, str]] = {}
    """The arguments that have another name: argument by property."""

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = {capitalised(each): arguments.get(each) for each in self.arguments}
        return {**found, **{name: arguments.get(mine) for name, mine in self.renamed.items()}}


class ApiType(NamedPartType):
    """An API."""

    like = "AWS::ApiGatewayV2::Api"
    required = frozenset(("name", "protocol_type"))
    create_only = frozenset(("protocol_type",))
    arguments = ("name", "protocol_type", "route_selection_expression", "target", "route_key", "description", "version")
    renamed = {"CredentialsArn": "credentials_arn", "DisableExecuteApiEndpoint": "disable_execute_api_endpoint"}  # noqa: RUF012 - ClassVar of the base
    known_as = {"api_endpoint": "ApiEndpoint", "execution_arn": "ExecuteApiArn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = super().properties(deployment, arguments)
        cors = block(arguments, "cors_configuration") or {}
        found["CorsConfiguration"] = {capitalised(each): cors[each] for each in _CORS if cors.get(each)}
        found["Body"] = making.parsed(arguments.get("body"))
        return found

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"arn": f"arn:aws:apigateway:{deployment.region}::/apis/{made.physical_id}"}


class AuthorizerType(NamedPartType):
    """An authorizer."""

    like = "AWS::ApiGatewayV2::Authorizer"
    required = frozenset(("api_id", "authorizer_type", "name"))
    create_only = frozenset(("api_id",))
    arguments = (
        *("api_id", "authorizer_credentials_arn", "authorizer_payload_format_version"),
        *("authorizer_result_ttl_in_seconds", "authorizer_type", "authorizer_uri", "enable_simple_responses", "name"),
    )
    renamed = {"IdentitySource": "identity_sources"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = super().properties(deployment, arguments)
        jwt = block(arguments, "jwt_configuration")
        if jwt is not None:
            found["JwtConfiguration"] = {"Audience": jwt.get("audience"), "Issuer": jwt.get("issuer")}
        return found


class IntegrationType(NamedPartType):
    """What is behind routes. Its payload format is 1.0 unless it says another."""

    like = "AWS::ApiGatewayV2::Integration"
    required = frozenset(("api_id", "integration_type"))
    create_only = frozenset(("api_id", "integration_type"))
    arguments = (
        *("api_id", "connection_id", "connection_type", "credentials_arn", "description", "integration_method"),
        *("integration_subtype", "integration_type", "integration_uri", "payload_format_version"),
        *("request_parameters", "request_templates"),
    )
    renamed = {"TimeoutInMillis": "timeout_milliseconds"}  # noqa: RUF012 - ClassVar of the base


class RouteType(NamedPartType):
    """A route."""

    like = "AWS::ApiGatewayV2::Route"
    required = frozenset(("api_id", "route_key"))
    create_only = frozenset(("api_id",))
    arguments = (
        *("api_id", "api_key_required", "authorization_scopes", "authorization_type", "authorizer_id"),
        *("operation_name", "route_key", "target"),
    )


class StageType(NamedPartType):
    """A stage. Its ``id`` is its name."""

    like = "AWS::ApiGatewayV2::Stage"
    required = frozenset(("api_id", "name"))
    create_only = frozenset(("api_id", "name"))
    arguments = ("api_id", "auto_deploy", "deployment_id", "description", "stage_variables")
    renamed = {"StageName": "name"}  # noqa: RUF012 - ClassVar of the base

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        api_id, name = arguments["api_id"], made.physical_id
        host = hosts.rest_or_http_api(api_id, deployment.region)
        scheme = "wss" if making.is_websocket(deployment, api_id) else "https"
        path = "" if name == "$default" else name
        return {
            "execution_arn": f"{making.execute_api_arn(deployment, api_id)}/{name}",
            "invoke_url": f"{scheme}://{host}/{path}",
        }


class DeploymentType(NamedPartType):
    """A deployment."""

    like = "AWS::ApiGatewayV2::Deployment"
    required = frozenset(("api_id",))
    create_only = frozenset(("api_id", "triggers"))
    arguments = ("api_id", "description")
