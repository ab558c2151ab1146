"""The one pipeline that every call goes through, whichever door it came in by: validate, run, log."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from botocore import xform_name

from .aws import model, operation, protocol, validation
from .aws.errors import AWSError
from .kernel.calls import Call, depth
from .kernel.faults import INJECTED
from .kernel.usage import Unsupported
from .world import Context, World

observers: list[Callable[[Call], None]] = []
"""Told of each call when it has been answered or refused. Nobody is, unless he asks to be."""


class Endpoint:
    """One operation, ready to be called."""

    __slots__ = ("codec", "function", "name", "names", "service", "validate")

    def __init__(self, service: str, name: str) -> None:
        self.service = service
        self.name = name
        self.codec = protocol.codec(service, name)
        self.validate = validation.validator(service, name)
        self.function = _function(service, name)
        self.names = self._parameters()

    def _parameters(self) -> dict[str, str]:
        """The function's keywords by the API's member names."""
        shape = model.service_model(self.service).operation_model(self.name).input_shape
        known = operation.parameters(self.function) if self.function else set()
        members = shape.members if shape is not None else ()
        return {member: keyword for member in members if (keyword := xform_name(member)) in known}

    def arguments(self, params: Mapping[str, Any]) -> dict[str, Any]:
        names = self.names
        try:
            return {names[member]: value for member, value in params.items()}
        except KeyError as unknown:
            raise Unsupported(
                f"pytest-cognito's {self.name} does not know the parameter {unknown} yet; nothing was sent to AWS."
            ) from None


@cache
def endpoint(service: str, name: str) -> Endpoint:
    """The operation of a service by AWS's name for it."""
    load(service)
    return Endpoint(service, name)


@cache
def load(service: str) -> None:
    """Import every module of a service's package, so that its operations are registered."""
    name = f"{__package__}.{service.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        return
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def _function(service: str, name: str) -> Callable[..., dict[str, Any]] | None:
    return operation.find(service, xform_name(name))


def call(
    world: World,
    target: Endpoint,
    params: Mapping[str, Any],
    *,
    region: str | None = None,
    user_agent: str = "",
    pins: Mapping[str, str] | None = None,
    request_id: str | None = None,
) -> dict[str, Any]:
    """Answer one call in the API's shape, or raise the `AWSError` that AWS would answer.

    The operation runs as one atomic step: when it fails, nothing of it stays but what it committed on purpose.
    """
    store = world.store
    where = region or world.region
    record = Call(target.service, target.name, params, where, request_id or world.ids.request_id(), depth.get())
    world.calls.add(record)
    try:
        if target.function is None:
            raise _unsupported(target)
        target.validate(params)
        arguments = target.arguments(params)
        context = Context(world, where, world.account_id, record, user_agent, pins or {})
        store.begin()
        try:
            result = target.function(context, **arguments)
        except BaseException:
            store.abort()
            raise
        store.end()
    except Exception as error:
        world.calls.failed(record, error)
        _tell(record)
        raise
    record.result = result
    if observers:
        _tell(record)
    return result


def parse(
    world: World,
    target: Endpoint,
    method: str,
    path: str,
    query: str | Mapping[str, Any],
    headers: Mapping[str, str],
    body: bytes | Mapping[str, Any],
    *,
    region: str | None,
    request_id: str,
) -> dict[str, Any]:
    """The parameters of a request, see `Codec.parse`. One that can't be read is logged as a call without parameters."""
    try:
        return target.codec.parse(method, path, query, headers, body)
    except AWSError as error:
        fail(world, target, {}, error, region=region, request_id=request_id, why="a request that can't be read")
        raise


def fail(
    world: World,
    target: Endpoint,
    params: Mapping[str, Any],
    error: Exception,
    *,
    region: str | None,
    request_id: str,
    why: str = INJECTED,
) -> None:
    """Log a call that never got to its operation, and why."""
    world.calls.add(
        Call(
            target.service,
            target.name,
            params,
            region or world.region,
            request_id,
            depth.get(),
            error=error,
            explanation=(why,),
        )
    )


def _tell(record: Call) -> None:
    for observe in observers:
        observe(record)


def _unsupported(target: Endpoint) -> Unsupported:
    return Unsupported(
        f"pytest-cognito does not answer {target.name} of {target.service} yet; nothing was sent to AWS. "
        f"The coverage page of the documentation lists what it answers."
    )
