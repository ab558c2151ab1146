"""The front of a REST API of a template."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.fronts.api_gateway import routes
from pytest_cognito.fronts.api_gateway.entries import AWS_IAM
from pytest_cognito.fronts.rest_api import events, resource_policies
from pytest_cognito.fronts.rest_api.api import RestApi
from pytest_cognito.fronts.rest_api.authorizers import Authorizer
from pytest_cognito.fronts.rest_api.authorizers.iam_callers import IamAuthorizer
from pytest_cognito.fronts.rest_api.gateway_responses import GatewayResponse, check
from pytest_cognito.fronts.rest_api.methods import ApiKey, ApiKeys, Method
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.fronts.targets import Target
from pytest_cognito.fronts.targets.functions import FunctionTarget
from pytest_cognito.infrastructure.fronts.apis import authorizers
from pytest_cognito.infrastructure.fronts.apis.integrations import HttpTarget, Integration, MockTarget, NothingTarget
from pytest_cognito.infrastructure.fronts.apis.plans import Plan
from pytest_cognito.infrastructure.fronts.apis.records import (
    AUTHORIZER,
    GATEWAY_RESPONSE,
    INTEGRATION,
    INTEGRATION_RESPONSE,
    METHOD,
    RESOURCE,
    Api,
    Part,
    Snapshot,
)
from pytest_cognito.world import World

_HEADER = "gatewayresponse.header."
_TIMEOUT = 29_000


def make(world: World, plan: Plan) -> RestApi:
    """The front of a stage."""
    deployed = plan.deployed
    paths = paths_of(deployed)
    stage = _stage(world, plan, paths)
    known = {part.id: authorizers.of_rest_api(deployed.api, world.account_id, part) for part in deployed.of(AUTHORIZER)}
    methods = []
    for part, integration in _integrated(deployed):
        key = routes.at_path(part.properties["HttpMethod"], paths[part.properties["ResourceId"]])
        target = _target(world, plan, stage, key, Integration.of(integration, plan.variables))
        methods.append(_method(part.properties, key, target, known))
    keys = tuple(ApiKey(each.id, each.value) for each in plan.keys)
    return RestApi(world, stage, methods, ApiKeys(keys, deployed.api.settings.get("ApiKeySourceType") or "HEADER"))


def paths_of(deployed: Snapshot) -> dict[str, str]:
    """The paths of resources by their ids."""
    resources = {part.id: part.properties for part in deployed.of(RESOURCE)}

    def path(resource: str) -> str:
        if resource not in resources:  # the root
            return ""
        return f"{path(resources[resource]['ParentId'])}/{resources[resource]['PathPart']}"

    return {deployed.api.root_id: "/", **{resource: path(resource) for resource in resources}}


def _integrated(deployed: Snapshot) -> Iterator[tuple[Part, Mapping[str, Any]]]:
    """Methods with their integrations: Terraform makes these by themselves."""
    apart = {part.id: part.properties for part in deployed.of(INTEGRATION)}
    responses: dict[str, list[Mapping[str, Any]]] = {}
    for part in deployed.of(INTEGRATION_RESPONSE):
        responses.setdefault(part.id.rpartition("/")[0], []).append(part.properties)
    for part in deployed.of(METHOD):
        own = part.properties.get("Integration") or apart.get(part.id) or {}
        further = responses.get(part.id)
        yield part, {**own, "IntegrationResponses": further} if further else own


def _stage(world: World, plan: Plan, paths: Mapping[str, str]) -> Stage:
    api, settings = plan.deployed.api, plan.deployed.api.settings
    given = {} if plan.stage is None else plan.stage.properties
    return Stage(
        api_id=api.id,
        region=api.region,
        name=plan.stage_name,
        variables=plan.variables,
        deployment_id=str(given.get("DeploymentId") or ""),
        resource_ids={path: resource for resource, path in paths.items()},
        binary_media_types=tuple(settings.get("BinaryMediaTypes") or ()),
        gateway_responses=check(dict(map(_gateway_response, plan.deployed.of(GATEWAY_RESPONSE)))),
        policy=policy_of(api, world.account_id),
    )


def policy_of(api: Api, account: str) -> iam.NamedPolicy | None:
    """The resource policy of an API, an object or a text."""
    given = api.settings.get("Policy")
    if not given:
        return None
    document = json.loads(given) if isinstance(given, str) else given
    return resource_policies.parsed(document, api_id=api.id, region=api.region, account=account)


def _gateway_response(part: Part) -> tuple[str, GatewayResponse]:
    given = part.properties
    status, parameters = given.get("StatusCode"), given.get("ResponseParameters") or {}
    headers = {name.removeprefix(_HEADER): str(value) for name, value in parameters.items() if name.startswith(_HEADER)}
    templates = given.get("ResponseTemplates") or {}
    return given["ResponseType"], GatewayResponse(None if status is None else int(status), headers, None, templates)


def _target(world: World, plan: Plan, stage: Stage, key: routes.RouteKey, integration: Integration) -> Target:
    if integration.function is not None:
        api: Api = plan.deployed.api
        path = f"{stage.name}/{'*' if key.method == routes.ANY else key.method}{key.path}"
        invoker = None if integration.credentials else authorizers.invoker(api, world.account_id, path)
        limit = dt.timedelta(milliseconds=integration.timeout or _TIMEOUT)
        return FunctionTarget(integration.function, events.ProxyEvents(stage), limit, invoker)
    if integration.type == "MOCK":
        return MockTarget(integration, lambda exchange: events.values_of(exchange, stage))
    if integration.is_http:
        return HttpTarget(integration, plan.application, lambda exchange: events.values_of(exchange, stage))
    return NothingTarget(integration)


def _method(given: Mapping[str, Any], key: routes.RouteKey, target: Target, known: Mapping[str, Authorizer]) -> Method:
    kind = given.get("AuthorizationType") or "NONE"
    authorizer: Authorizer | None = IamAuthorizer() if kind == AWS_IAM else None
    if kind in ("CUSTOM", "COGNITO_USER_POOLS"):
        authorizer = known.get(str(given.get("AuthorizerId")))
    scopes = tuple(given.get("AuthorizationScopes") or ()) if kind == "COGNITO_USER_POOLS" else ()
    return Method(key, target, authorizer, scopes, str(given.get("ApiKeyRequired", False)).lower() == "true")
