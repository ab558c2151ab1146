"""The front of a WebSocket API of a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts.api_gateway.entries import AWS_IAM
from pytest_cognito.fronts.targets.functions import InvokedArn
from pytest_cognito.fronts.websocket_api.api import WebSocketApi
from pytest_cognito.fronts.websocket_api.authorizers import CONNECT, WebSocketAuthorizer, WebSocketIam
from pytest_cognito.infrastructure.fronts.apis import authorizers
from pytest_cognito.infrastructure.fronts.apis.integrations import Integration
from pytest_cognito.infrastructure.fronts.apis.plans import Plan
from pytest_cognito.infrastructure.fronts.apis.records import AUTHORIZER, INTEGRATION, ROUTE
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.kernel.functions import Function
from pytest_cognito.world import World

_SELECTION = "$request.body.action"
_TARGET = "integrations/"


def make(world: World, plan: Plan) -> WebSocketApi:
    """The front of a stage. A route without an integration takes no message."""
    deployed = plan.deployed
    api = deployed.api
    known = {part.id: authorizers.of_websocket_api(api, world.account_id, part) for part in deployed.of(AUTHORIZER)}
    integrations = {part.id: part.properties for part in deployed.of(INTEGRATION)}
    routes: dict[str, str | Function] = {}
    authorizer: WebSocketAuthorizer | WebSocketIam | None = None
    for part in deployed.of(ROUTE):
        key, given = str(part.properties["RouteKey"]), part.properties
        properties = integrations.get(str(given.get("Target") or "").removeprefix(_TARGET))
        if properties is not None:
            routes[key] = _function(world, plan, key, properties)
        if key == CONNECT:
            authorizer = _authorizer(given, known)
    selection = str(api.settings.get("RouteSelectionExpression") or _SELECTION)
    return WebSocketApi(
        world,
        api.id,
        api.region,
        routes=routes,
        authorizer=authorizer,
        stage=plan.stage_name,
        stage_variables=plan.variables,
        selection=selection.replace("${", "$").removesuffix("}"),
    )


def _authorizer(
    given: Mapping[str, Any], known: Mapping[str, WebSocketAuthorizer]
) -> WebSocketAuthorizer | WebSocketIam | None:
    kind = given.get("AuthorizationType") or "NONE"
    if kind == AWS_IAM:
        return WebSocketIam()
    return known.get(str(given.get("AuthorizerId"))) if kind == "CUSTOM" else None


def _function(world: World, plan: Plan, key: str, properties: Mapping[str, Any]) -> str | Function:
    integration = Integration.of(properties, plan.variables, v2=True)
    if integration.function is None:
        return _nothing(key, integration.type)
    needs = authorizers.invoker(plan.deployed.api, world.account_id, f"{plan.stage_name}/{key}")
    return InvokedArn.of(integration.function, None if integration.credentials else needs)


def _nothing(key: str, kind: str) -> Function:
    def nothing(event: dict[str, Any], context: Any) -> None:  # noqa: ARG001
        raise Unsupported(
            f"pytest-cognito does not run the integration {kind} of the route {key} of a WebSocket API: AWS_PROXY with "
            f"a Lambda function is there"
        )

    return nothing
