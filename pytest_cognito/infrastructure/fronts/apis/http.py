"""The front of an HTTP API of a template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts.api_gateway.entries import AWS_IAM
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.http_api.api import HttpApi
from pytest_cognito.fronts.http_api.authorizers.iam import IamAuthorizer
from pytest_cognito.fronts.http_api.cors import Cors
from pytest_cognito.fronts.http_api.payloads import PAYLOADS
from pytest_cognito.fronts.http_api.route import Authorizer, Route
from pytest_cognito.fronts.targets import Target
from pytest_cognito.fronts.targets.functions import FunctionTarget
from pytest_cognito.infrastructure.fronts.apis import authorizers
from pytest_cognito.infrastructure.fronts.apis.integrations import HttpTarget, Integration, NothingTarget
from pytest_cognito.infrastructure.fronts.apis.plans import Plan
from pytest_cognito.infrastructure.fronts.apis.records import AUTHORIZER, INTEGRATION, ROUTE
from pytest_cognito.world import World

_TIMEOUT = 30_000
_TARGET = "integrations/"


def make(world: World, plan: Plan) -> HttpApi:
    """The front of a stage."""
    deployed = plan.deployed
    api, settings = deployed.api, deployed.api.settings
    known = {part.id: authorizers.of_http_api(api, world.account_id, part) for part in deployed.of(AUTHORIZER)}
    integrations = {part.id: part.properties for part in deployed.of(INTEGRATION)}
    stage = Stage(api.id, api.region, plan.stage_name, plan.variables)
    return HttpApi(
        world,
        api.id,
        api.region,
        routes=[_route(world, plan, stage, part.properties, known, integrations) for part in deployed.of(ROUTE)],
        stage=stage.name,
        stage_variables=stage.variables,
        cors=cors_of(settings),
    )


def cors_of(settings: Mapping[str, Any]) -> Cors | None:
    """The CORS configuration of an API, which may have texts in place of numbers and truth values."""
    found = dict(settings.get("CorsConfiguration") or {})
    if not found:
        return None
    if found.get("MaxAge") is not None:
        found["MaxAge"] = int(found["MaxAge"])
    if "AllowCredentials" in found:
        found["AllowCredentials"] = str(found["AllowCredentials"]).lower() == "true"
    return Cors.of(found)


def _route(
    world: World,
    plan: Plan,
    stage: Stage,
    given: Mapping[str, Any],
    known: Mapping[str, Authorizer],
    integrations: Mapping[str, Mapping[str, Any]],
) -> Route:
    kind, key = given.get("AuthorizationType") or "NONE", str(given["RouteKey"])
    authorizer: Authorizer | None = IamAuthorizer() if kind == AWS_IAM else None
    if kind in ("CUSTOM", "JWT"):
        authorizer = known.get(str(given.get("AuthorizerId")))
    scopes = tuple(given.get("AuthorizationScopes") or ()) if kind == "JWT" else ()
    properties = integrations.get(str(given.get("Target") or "").removeprefix(_TARGET), {})
    integration = Integration.of(properties, plan.variables, v2=True)
    target = _target(world, plan, stage, key, integration)
    return Route(key, target, authorizer, scopes, integration.payload_format)


def _target(world: World, plan: Plan, stage: Stage, key: str, integration: Integration) -> Target:
    if integration.function is not None and not integration.parameters:
        method, _, path = key.rpartition(" ")
        named = f"{'*' if method == 'ANY' else method}{path}" if method else path
        needs = authorizers.invoker(plan.deployed.api, world.account_id, f"{stage.name}/{named}")
        limit = dt.timedelta(milliseconds=integration.timeout or _TIMEOUT)
        payload = PAYLOADS[integration.payload_format](stage)
        return FunctionTarget(integration.function, payload, limit, None if integration.credentials else needs)
    if integration.is_http:
        return HttpTarget(integration, plan.application, None)
    return NothingTarget(integration)
