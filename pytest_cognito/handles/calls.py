"""Calls of operations by handles, without botocore's client."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from botocore.validate import ParamValidator

from pytest_cognito import gateway
from pytest_cognito.aws import model
from pytest_cognito.aws.caller import TEST_CALLER, Signer
from pytest_cognito.aws.places import check_region
from pytest_cognito.kernel.calls import Caller
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.faults import TimedOut
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.kernel.text import plain
from pytest_cognito.world import World

PINS = ("pool", "client", "identity_pool", "secret", "sub")
"""What a test may pin instead of having it drawn: ids, and the secret of an app client."""

_validator = ParamValidator()
_KINDS = {"list": "a list", "dict": "a dict", "str": "a string", "int": "a whole number", "bool": "True or False"}


def call(
    world: World,
    operation: str,
    /,
    *,
    service: str = "cognito-idp",
    region: str | None = None,
    pins: Mapping[str, str | None] | None = None,
    caller: Caller = TEST_CALLER,
    **parameters: Any,
) -> dict[str, Any]:
    """Call an operation by AWS's name with the API's parameters, and return what boto3 returns.

    Raises `UsageError` for a parameter that the operation does not have, or of a type that it does not take.
    """
    _check_names(operation, service, region, pins or {})
    shape = model.operation_model(service, operation).input_shape
    if shape is not None:
        mistakes = list(_mistakes(service, operation, _validator.validate(parameters, shape)))
        if mistakes:
            raise UsageError("\n".join(mistakes))
    target = gateway.find_target(service, operation)
    pinned = {name: value for name, value in (pins or {}).items() if value is not None}
    result = gateway.call(world, target, deepcopy(parameters), region=region, pins=pinned, caller=caller)
    return target.codec.python(result)


def call_as_application(
    world: World, operation: str, /, *, service: str, region: str, signer: Signer, **parameters: Any
) -> dict[str, Any]:
    """Call an operation as an application's client does, with credentials of its own, and return what boto3 returns.

    A fault that is injected for the operation meets the call: `AWSError`, or `TimedOut` for a time-out.
    """
    fault = world.faults.next_for(operation) if world.faults.pending(operation) else None
    if fault is not None:
        if fault.latency:
            time.sleep(fault.latency)
        target, request_id = gateway.find_target(service, operation), world.ids.request_id()
        error: Exception | None = gateway.fault_error(target, fault) if fault.code else None
        if fault.timeout:
            error = TimedOut(fault)
        if error is not None:
            gateway.log_failure(world, target, parameters, error, region=region, request_id=request_id)
            raise error
    return call(world, operation, service=service, region=region, caller=signer, **parameters)


def _check_names(operation: str, service: str, region: str | None, pins: Mapping[str, str | None]) -> None:
    if service not in model.SERVICES:
        raise UsageError(f"there is no service {service!r} here: {suggestion(service, model.SERVICES)}")
    names = model.service_model(service).operation_names
    if operation not in names:
        raise UsageError(f"{service} has no operation {operation!r}: {suggestion(operation, names)}")
    if region is not None:
        check_region(region)
    for pin, value in pins.items():
        if pin not in PINS:
            raise UsageError(f"nothing is pinned by {pin!r}: {suggestion(pin, PINS)}")
        if value is not None and not isinstance(value, str):
            raise UsageError(f"what is pinned is a string, not {value!r}")


def _mistakes(service: str, operation: str, report: Any) -> Iterator[str]:
    """What botocore's client would refuse and AWS's validation does not say: names and types."""
    for reason, path, details in report._errors:
        where = path.removeprefix(".")
        if reason == "unknown field":
            name, inside = details["unknown_param"], f" in {where}" if where else ""
            instead = None if where else _setter(service, operation, name)
            yield f"{operation} does not know {name!r}{inside}: {instead or suggestion(name, details['valid_names'])}"
        elif reason.startswith("invalid type"):
            python_type = details["valid_types"][0].removeprefix("<class '").removesuffix("'>")
            kind = _KINDS.get(python_type, python_type)
            given = details["param"]
            yield f"{operation} takes {kind} as {where}, not {plain(given)} ({type(given).__name__})"


def _setter(service: str, operation: str, name: str) -> str | None:
    """The call that sets what pools have and ``CreateUserPool`` does not take, such as a risk configuration."""
    if operation not in ("CreateUserPool", "UpdateUserPool"):
        return None
    for setter in model.service_model(service).operation_names:
        shape = model.operation_model(service, setter).input_shape
        if setter.startswith("Set") and shape is not None and name in shape.members:
            return f'that is set by {setter}: pool.call("{setter}", {name}=…)'
    return None
