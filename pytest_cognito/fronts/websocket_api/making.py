"""Making a WebSocket API of what a test writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.fronts.api_gateway import handlers
from pytest_cognito.fronts.websocket_api.api import WebSocketApi
from pytest_cognito.fronts.websocket_api.authorizers import WebSocketAuthorizer, WebSocketIam
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import World

_AWS_IAM = "AWS_IAM"


def websocket_api(
    world: World,
    routes: Mapping[str, Any],
    *,
    authorizer: Any = None,
    stage: str = "prod",
    stage_variables: Mapping[str, str] | None = None,
    selection: str = "$request.body.action",
    region: str | None = None,
    id: str | None = None,
) -> WebSocketApi:
    """See `Cognito.websocket_api`."""
    if not isinstance(routes, Mapping):
        raise UsageError(f'routes takes a dict, such as {{"$connect": handler, "$default": handler}}; not {routes!r}')
    if not selection.startswith("$request.body."):
        raise UsageError(f'selection is an expression such as "$request.body.action", not {selection!r}')
    made = {key: handlers.function_of(handler, f"the handler of {key!r}") for key, handler in routes.items()}
    return WebSocketApi(
        world,
        id or world.ids.text(10, LOWERCASE_AND_DIGITS),
        region or world.region,
        routes=made,
        authorizer=_authorizer(authorizer),
        stage=stage,
        stage_variables=stage_variables,
        selection=selection,
    )


def _authorizer(given: Any) -> WebSocketAuthorizer | WebSocketIam | None:
    if given is None or isinstance(given, WebSocketAuthorizer):
        return given
    if given == _AWS_IAM:
        return WebSocketIam()
    if isinstance(given, UserPool):
        raise UsageError(
            "a WebSocket API has no authorizer for user pools: pass a function that verifies the token and returns a "
            'policy, or "AWS_IAM"'
        )
    return WebSocketAuthorizer(given)
