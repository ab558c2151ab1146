"""Making a WebSocket API of what a test writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts import places
from pytest_cognito.fronts.api_gateway import handlers
from pytest_cognito.fronts.api_gateway.entries import AWS_IAM
from pytest_cognito.fronts.api_gateway.stages import checked_stage
from pytest_cognito.fronts.websocket_api.api import WebSocketApi
from pytest_cognito.fronts.websocket_api.authorizers import WebSocketAuthorizer, WebSocketIam
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World


def websocket_api(
    world: World,
    routes: Mapping[str, Any],
    *,
    authorizer: Any = None,
    stage: str = "prod",
    stage_variables: Mapping[str, str] | None = None,
    route_selection_expression: str = "$request.body.action",
    region: str | None = None,
    id: str | None = None,
) -> WebSocketApi:
    """See `Cognito.websocket_api`."""
    if not isinstance(routes, Mapping):
        raise UsageError(f'routes takes a dict, such as {{"$connect": handler, "$default": handler}}; not {routes!r}')
    if not route_selection_expression.startswith("$request.body."):
        raise UsageError(
            f'route_selection_expression is such as "$request.body.action", not {route_selection_expression!r}'
        )
    made = {key: handlers.function_of(handler, f"the handler of {key!r}") for key, handler in routes.items()}
    return WebSocketApi(
        world,
        places.id_of(world, id),
        places.region_of(world, region),
        routes=made,
        authorizer=_authorizer(authorizer),
        stage=checked_stage(stage),
        stage_variables=stage_variables,
        selection=route_selection_expression,
    )


def _authorizer(given: Any) -> WebSocketAuthorizer | WebSocketIam | None:
    if given is None or isinstance(given, WebSocketAuthorizer):
        return given
    if given == AWS_IAM:
        return WebSocketIam()
    if isinstance(given, UserPool):
        raise UsageError(
            "a WebSocket API has no authorizer for user pools: pass a function that verifies the token and returns a "
            'policy, or "AWS_IAM"'
        )
    return WebSocketAuthorizer(given)
