"""``AWS::ApiGateway::RestApi`` and its parts: resources, methods, authorizers, gateway responses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.model import Shape
from pytest_cognito.fronts.rest_api.texts import TYPES
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.apis import authorizers, making, refusals, rest, site
from pytest_cognito.infrastructure.fronts.apis.integrations import application_of
from pytest_cognito.infrastructure.fronts.apis.records import (
    APIS,
    AUTHORIZER,
    GATEWAY_RESPONSE,
    METHOD,
    PARTS,
    RESOURCE,
    REST,
    Api,
    Part,
    parts_of,
)
from pytest_cognito.infrastructure.properties import JSON, NUMBER, SWITCH, TAGS, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.infrastructure.resources.api_parts import ApiPartType
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import Context

_PATH_PART = re.compile(r"[a-zA-Z0-9._:$~!*'(),;=@&+-]+|\{[a-zA-Z0-9._:-]+\+?\}")
_WITH_AUTHORIZER = ("CUSTOM", "COGNITO_USER_POOLS")
_API: Final[Mapping[str, Shape]] = own(
    ApiKeySourceType=TEXT,
    BinaryMediaTypes=TEXTS,
    Body=JSON,
    BodyS3Location=JSON,
    CloneFrom=TEXT,
    Description=TEXT,
    DisableExecuteApiEndpoint=SWITCH,
    EndpointAccessMode=TEXT,
    EndpointConfiguration=JSON,
    FailOnWarnings=SWITCH,
    MinimumCompressionSize=NUMBER,
    Mode=TEXT,
    Name=TEXT,
    Parameters=JSON,
    Policy=JSON,
    SecurityPolicy=TEXT,
    Tags=TAGS,
    Version=TEXT,
)


class RestApiType(ResourceType):
    """A REST API. ``Ref`` gives its id. It answers when it has a stage."""

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, _API, self.required)
        if given.get("CloneFrom"):
            raise UsageError("pytest-cognito does not clone APIs: leave CloneFrom out, and write the API down")
        application = application_of(deployment.given.applications.get(declared.logical_id))
        root = making.new_id(deployment)
        api = Api(making.new_id(deployment), REST, deployment.region, declared.logical_id, {}, root)
        api = self._put(deployment, declared, api, given)
        site.ApiSite(deployment.world, api, application)
        return self._made(api)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        with making.step(deployment) as context:
            api = making.existing(deployment, context, deployed.physical_id)
        return self._made(self._put(deployment, declared, api, checked(properties, _API, self.required)))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(APIS).delete(deployed.physical_id)
        site.remove(deployment.world, deployed.physical_id, deployed.region)

    def _put(self, deployment: Deployment, declared: Declared, api: Api, given: Mapping[str, Any]) -> Api:
        body = making.body_of(deployment, declared, given)
        settings = making.settings_of(given, body)
        changed = Api(api.id, api.kind, api.region, api.logical_id, settings, api.root_id)
        with making.step(deployment) as context:
            context.table(APIS).put(changed)
            making.put_body(deployment, context, changed, body)
            for part in parts_of(context.world, api.id):
                if part.of_body and part.kind == AUTHORIZER:
                    authorizers.of_rest_api(changed, context.account, part)
            rest.policy_of(changed, context.account)
        return changed

    def _made(self, api: Api) -> Made:
        return Made(api.id, {"RestApiId": api.id, "RootResourceId": api.root_id})


class PathResourceType(ApiPartType):
    """A resource: one part of a path."""

    kind = RESOURCE
    required = create_only = frozenset(("ParentId", "PathPart", "RestApiId"))
    known = own(ParentId=TEXT, PathPart=TEXT, RestApiId=TEXT)
    id_attribute = "ResourceId"

    def check_new(self, context: Context, api: Api, part: Part) -> None:
        parent, name = part.properties["ParentId"], part.properties["PathPart"]
        resources = [each for each in parts_of(context.world, api.id) if each.kind == RESOURCE]
        if parent != api.root_id and parent not in {each.id for each in resources}:
            raise refusals.RESOURCE_NOT_FOUND()
        if _PATH_PART.fullmatch(name) is None:
            raise refusals.PATH_PART()
        for each in resources:
            if each.properties["ParentId"] != parent:
                continue
            if each.properties["PathPart"] == name:
                raise refusals.RESOURCE_EXISTS(name=name)
            if _form(name) == _form(each.properties["PathPart"]) != "":
                raise refusals.VARIABLE_EXISTS(id=each.id)


def _form(part: str) -> str:
    """The form of a variable, of which a resource has one at most: ``{}`` or ``{+}``; nothing for a fixed part."""
    return "" if not part.startswith("{") else "{+}" if part.endswith("+}") else "{}"


class MethodType(ApiPartType):
    """A method of a resource, with its integration."""

    kind = METHOD
    required = frozenset(("HttpMethod", "ResourceId", "RestApiId"))
    create_only = required
    known = own(
        ApiKeyRequired=SWITCH,
        AuthorizationScopes=TEXTS,
        AuthorizationType=TEXT,
        AuthorizerId=TEXT,
        HttpMethod=TEXT,
        Integration=JSON,
        MethodResponses=JSON,
        OperationName=TEXT,
        RequestModels=JSON,
        RequestParameters=JSON,
        RequestValidatorId=TEXT,
        ResourceId=TEXT,
        RestApiId=TEXT,
    )

    def part_id(self, deployment: Deployment, given: Mapping[str, Any]) -> str:
        return f"{given['ResourceId']}/{given['HttpMethod']}"

    def check_new(self, context: Context, api: Api, part: Part) -> None:
        if context.table(PARTS).get((api.id, METHOD, part.id)) is not None:
            raise refusals.METHOD_EXISTS()

    def check(self, context: Context, api: Api, part: Part) -> None:
        given, table = part.properties, context.table(PARTS)
        if given["ResourceId"] != api.root_id and table.get((api.id, RESOURCE, given["ResourceId"])) is None:
            raise refusals.RESOURCE_NOT_FOUND()
        authorizer = (api.id, AUTHORIZER, given.get("AuthorizerId"))
        if given.get("AuthorizationType") in _WITH_AUTHORIZER and table.get(authorizer) is None:
            raise refusals.AUTHORIZER_NEEDED()


class AuthorizerType(ApiPartType):
    """An authorizer: of user pools, or by a function."""

    kind = AUTHORIZER
    required = frozenset(("Name", "RestApiId", "Type"))
    create_only = frozenset(("RestApiId",))
    known = own(
        AuthType=TEXT,
        AuthorizerCredentials=TEXT,
        AuthorizerResultTtlInSeconds=NUMBER,
        AuthorizerUri=TEXT,
        IdentitySource=TEXT,
        IdentityValidationExpression=TEXT,
        Name=TEXT,
        ProviderARNs=TEXTS,
        RestApiId=TEXT,
        Type=TEXT,
    )
    id_attribute = "AuthorizerId"

    def check(self, context: Context, api: Api, part: Part) -> None:
        authorizers.of_rest_api(api, context.account, part)


class GatewayResponseType(ApiPartType):
    """What an API answers by itself, for one type of response."""

    kind = GATEWAY_RESPONSE
    required = create_only = frozenset(("ResponseType", "RestApiId"))
    known = own(ResponseParameters=JSON, ResponseTemplates=JSON, ResponseType=TEXT, RestApiId=TEXT, StatusCode=TEXT)
    id_attribute = "Id"

    def part_id(self, deployment: Deployment, given: Mapping[str, Any]) -> str:
        return str(given["ResponseType"])

    def check(self, context: Context, api: Api, part: Part) -> None:
        if part.id not in TYPES:
            raise UsageError(f"there is no gateway response {part.id!r}: {suggestion(part.id, TYPES)}")
