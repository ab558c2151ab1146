"""The one pipeline that every call goes through, whichever door it came in by: validate, run, log."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from botocore import xform_name

from .aws import model, operation, protocol, validation
from .kernel.calls import Call, depth
from .kernel.usage import Unsupported
from .world import Context, World


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
    package = importlib.import_module(f"{__package__}.{service.replace('-', '_')}")
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
        record.error = error
        raise
    record.result = result
    return result


def _unsupported(target: Endpoint) -> Unsupported:
    return Unsupported(
        f"pytest-cognito does not answer {target.name} of {target.service} yet; nothing was sent to AWS. "
        f"The coverage page of the documentation lists what it answers."
    )


@contextmanager
def step(world: World, name: str, region: str | None = None) -> Iterator[Context]:
    """An atomic step that is no call: what a test arranges by hand. It leaves nothing in the log of calls."""
    load("cognito-idp")
    where = region or world.region
    record = Call("pytest-cognito", name, {}, where, "")
    world.store.begin()
    try:
        yield Context(world, where, world.account_id, record)
    except BaseException:
        world.store.abort()
        raise
    world.store.end()
