"""What ``Stack.api`` does."""

from __future__ import annotations

from typing import Any

from pytest_cognito.infrastructure.fronts.apis import site
from pytest_cognito.infrastructure.fronts.apis.integrations import application_of
from pytest_cognito.infrastructure.records import Deployed, StackRecord
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_STAGES = ("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage", "aws_api_gateway_stage", "aws_apigatewayv2_stage")
_NAMES = ("StageName", "stage_name", "name")


def front(world: World, record: StackRecord, made: Deployed, stage: str | None, application: Any) -> site.ApiFront:
    """The front of an API of a stack. The stages of the template go before those that a deployment has made."""
    found = site.find(world, made.physical_id, made.region)
    if found is None:
        raise UsageError(f"{made.logical_id} is not there any more")
    if application is not None:
        found.application = application_of(application)
    stages = [each.properties for each in record.resources.values() if each.type in _STAGES]
    preferred = tuple(str(each[name]) for each in stages for name in _NAMES if each.get(name))
    return found.front(stage, preferred=preferred)
