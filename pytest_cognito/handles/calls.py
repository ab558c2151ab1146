"""Calls of operations by handles, without botocore."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pytest_cognito import gateway
from pytest_cognito.aws.caller import TEST_CALLER
from pytest_cognito.world import World


def call(
    world: World,
    operation: str,
    /,
    *,
    service: str = "cognito-idp",
    region: str | None = None,
    pins: Mapping[str, str | None] | None = None,
    **parameters: Any,
) -> dict[str, Any]:
    """Call an operation by AWS's name with the API's parameters, and return what boto3 returns."""
    target = gateway.find_target(service, operation)
    pinned = {name: value for name, value in (pins or {}).items() if value is not None}
    result = gateway.call(world, target, deepcopy(parameters), region=region, pins=pinned, caller=TEST_CALLER)
    return target.codec.python(result)
