"""``AWS::ApiGatewayV2::Api`` and its parts: HTTP APIs and WebSocket APIs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.model import Shape
from pytest_cognito.fronts.api_gateway import routes
from pytest_cognito.fronts.http_api.payloads import PAYLOADS
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.apis import authorizers, http, making, refusals, site
from pytest_cognito.infrastructure.fronts.apis.integrations import application_of, function_arn
from pytest_cognito.infrastructure.fronts.apis.records import (
    APIS,
    AUTHORIZER,
    HTTP,
    INTEGRATION,
    PARTS,
    ROUTE,
    STAGE,
    WEBSOCKET,
    Api,
    Part,
    parts_of,
)
from pytest_cognito.infrastructure.properties import JSON, NUMBER, SWITCH, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.infrastructure.resources.api_parts import ApiDeploymentType, ApiPartType, ApiStageType
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import Context

_QUICK = ("CredentialsArn", "RouteKey", "Target")
_TARGET = "integrations/"
_WITH_AUTHORIZER = ("CUSTOM", "JWT")
_API: Final[Mapping[str, Shape]] = own(
    ApiKeySelectionExpression=TEXT,
    BasePath=TEXT,
    Body=JSON,
    BodyS3Location=JSON,
    CorsConfiguration=JSON,
    CredentialsArn=TEXT,
    Description=TEXT,
    DisableExecuteApiEndpoint=SWITCH,
    DisableSchemaValidation=SWITCH,
    FailOnWarnings=SWITCH,
    IpAddressType=TEXT,
    Name=TEXT,
    ProtocolType=TEXT,
    RouteKey=TEXT,
    RouteSelectionExpression=TEXT,
    Tags=JSON,
    Target=TEXT,
    Version=TEXT,
)


class ApiType(ResourceType):
    """An HTTP API, or a WebSocket API by its ``ProtocolType``. ``Ref`` gives its id."""

    create_only = frozenset(("ProtocolType",))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, _API, self.required)
        protocol = given.get("ProtocolType")
        if protocol is None and not any(given.get(name) for name in making.BODIES):
            raise refusals.PROTOCOL_NEEDED()
        application = application_of(deployment.given.applications.get(declared.logical_id))
        kind = WEBSOCKET if protocol == WEBSOCKET else HTTP
        api = Api(making.new_id(deployment), kind, deployment.region, declared.logical_id, {})
        api = self._put(deployment, declared, api, given)
        site.ApiSite(deployment.world, api, application)
        return self._made(deployment, api)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        with making.step(deployment) as context:
            api = making.existing(deployment, context, deployed.physical_id)
        return self._made(deployment, self._put(deployment, declared, api, checked(properties, _API, self.required)))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(APIS).delete(deployed.physical_id)
        site.remove(deployment.world, deployed.physical_id, deployed.region)

    def _put(self, deployment: Deployment, declared: Declared, api: Api, given: Mapping[str, Any]) -> Api:
        body = making.body_of(deployment, declared, given)
        settings = making.settings_of(given, body)
        changed = Api(api.id, api.kind, api.region, api.logical_id, settings)
        with making.step(deployment) as context:
            context.table(APIS).put(changed)
            making.put_body(deployment, context, changed, body)
            for part in parts_of(context.world, api.id):
                if part.of_body and part.kind == AUTHORIZER:
                    authorizers.of_http_api(changed, context.account, part)
            if given.get("Target"):
                _put_quickly(context, changed, given)
        http.cors_of(settings)
        return changed

    def _made(self, deployment: Deployment, api: Api) -> Made:
        scheme = "wss" if api.kind == WEBSOCKET else "https"
        endpoint = f"{scheme}://{hosts.rest_or_http_api(api.id, api.region)}"
        arn = making.execute_api_arn(deployment, api.id)
        return Made(api.id, {"ApiEndpoint": endpoint, "ApiId": api.id, "ExecuteApiArn": arn})


def _put_quickly(context: Context, api: Api, given: Mapping[str, Any]) -> None:
    """What a quick create makes beside the API: a route to the target, and the stage ``$default``."""
    key, target = given.get("RouteKey") or routes.DEFAULT, given["Target"]
    is_function = function_arn(target) is not None
    integration = {
        "IntegrationType": "AWS_PROXY" if is_function else "HTTP_PROXY",
        "IntegrationUri": target,
        "PayloadFormatVersion": "2.0" if is_function else "1.0",
        "CredentialsArn": given.get("CredentialsArn"),
    }
    parts = {
        (INTEGRATION, "quick"): integration,
        (ROUTE, "quick"): {"RouteKey": key, "Target": f"{_TARGET}quick"},
        (STAGE, "$default"): {"StageName": "$default", "AutoDeploy": True},
    }
    for (kind, name), properties in parts.items():
        context.table(PARTS).put(Part(api.id, kind, name, properties, of_body=True))


class AuthorizerType(ApiPartType):
    """An authorizer of tokens, or by a function."""

    kind, owner, id_attribute = AUTHORIZER, "ApiId", "AuthorizerId"
    required = frozenset(("ApiId", "AuthorizerType", "Name"))
    create_only = frozenset(("ApiId",))
    known = own(
        ApiId=TEXT,
        AuthorizerCredentialsArn=TEXT,
        AuthorizerPayloadFormatVersion=TEXT,
        AuthorizerResultTtlInSeconds=NUMBER,
        AuthorizerType=TEXT,
        AuthorizerUri=TEXT,
        EnableSimpleResponses=SWITCH,
        IdentitySource=TEXTS,
        IdentityValidationExpression=TEXT,
        JwtConfiguration=JSON,
        Name=TEXT,
    )

    def check(self, context: Context, api: Api, part: Part) -> None:
        make = authorizers.of_websocket_api if api.kind == WEBSOCKET else authorizers.of_http_api
        make(api, context.account, part)


class IntegrationType(ApiPartType):
    """What is behind routes."""

    kind, owner, id_attribute, id_length = INTEGRATION, "ApiId", "IntegrationId", 7
    required = frozenset(("ApiId", "IntegrationType"))
    create_only = frozenset(("ApiId",))
    known = own(
        ApiId=TEXT,
        ConnectionId=TEXT,
        ConnectionType=TEXT,
        ContentHandlingStrategy=TEXT,
        CredentialsArn=TEXT,
        Description=TEXT,
        IntegrationMethod=TEXT,
        IntegrationSubtype=TEXT,
        IntegrationType=TEXT,
        IntegrationUri=TEXT,
        PassthroughBehavior=TEXT,
        PayloadFormatVersion=TEXT,
        RequestParameters=JSON,
        RequestTemplates=JSON,
        ResponseParameters=JSON,
        TemplateSelectionExpression=TEXT,
        TimeoutInMillis=NUMBER,
        TlsConfig=JSON,
    )

    def check(self, context: Context, api: Api, part: Part) -> None:
        version = part.properties.get("PayloadFormatVersion")
        if version is not None and version not in PAYLOADS:
            raise refusals.PAYLOAD_FORMAT(version=version)


class RouteType(ApiPartType):
    """A route: which requests or messages it takes, who may send them, and where they go."""

    kind, owner, id_attribute, id_length = ROUTE, "ApiId", "RouteId", 7
    required = frozenset(("ApiId", "RouteKey"))
    create_only = frozenset(("ApiId",))
    known = own(
        ApiId=TEXT,
        ApiKeyRequired=SWITCH,
        AuthorizationScopes=TEXTS,
        AuthorizationType=TEXT,
        AuthorizerId=TEXT,
        ModelSelectionExpression=TEXT,
        OperationName=TEXT,
        RequestModels=JSON,
        RequestParameters=JSON,
        RouteKey=TEXT,
        RouteResponseSelectionExpression=TEXT,
        Target=TEXT,
    )

    def check(self, context: Context, api: Api, part: Part) -> None:
        given, table = part.properties, context.table(PARTS)
        key, target = given["RouteKey"], given.get("Target")
        if api.kind == HTTP:
            try:
                routes.parse(key)
            except UsageError:
                raise refusals.ROUTE_KEY() from None
        for each in parts_of(context.world, api.id):
            if each.kind == ROUTE and each.id != part.id and each.properties["RouteKey"] == key:
                raise refusals.ROUTE_EXISTS(key=key)
        if target and table.get((api.id, INTEGRATION, target.removeprefix(_TARGET))) is None:
            raise refusals.INTEGRATION_NOT_FOUND(target=target)
        authorizer = (api.id, AUTHORIZER, given.get("AuthorizerId"))
        if given.get("AuthorizationType") in _WITH_AUTHORIZER and table.get(authorizer) is None:
            raise refusals.AUTHORIZER_NEEDED()


class StageType(ApiStageType):
    """A stage. With ``AutoDeploy`` it has what there is, without it what its deployment has."""

    owner = "ApiId"
    required = frozenset(("ApiId", "StageName"))
    create_only = required
    known = own(
        AccessLogSettings=JSON,
        ApiId=TEXT,
        AutoDeploy=SWITCH,
        ClientCertificateId=TEXT,
        DefaultRouteSettings=JSON,
        DeploymentId=TEXT,
        Description=TEXT,
        RouteSettings=JSON,
        StageName=TEXT,
        StageVariables=JSON,
        Tags=JSON,
    )


class DeploymentType(ApiDeploymentType):
    """A deployment: the routes as they are when it is made."""

    owner = "ApiId"
    required = frozenset(("ApiId",))
    create_only = frozenset(("ApiId",))
    known = own(ApiId=TEXT, Description=TEXT, StageName=TEXT)
