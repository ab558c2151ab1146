"""The service models of botocore: loaded once a process, and the way from a request on the wire to its operation."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from botocore.loaders import Loader, create_loader
from botocore.model import OperationModel, ServiceModel

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.aws.http import Request

SERVICES: Final[tuple[str, ...]] = ("cognito-idp", "cognito-identity", "cognito-sync", "sts")

Shape: TypeAlias = Any
"""A shape of botocore's model. What it has differs by its ``type_name``; botocore carries no annotations for it."""

UNKNOWN_TARGET = ErrorText("UnknownOperationException", "No operation is known for the header X-Amz-Target: {target}")
UNKNOWN_ACTION = ErrorText("UnknownOperationException", "No operation is known for Action={action}")
UNKNOWN_PATH = ErrorText("UnknownOperationException", "No operation is known for {method} {path}")


_models: dict[str, ServiceModel] = {}


@cache
def loader() -> Loader:
    """The loader that all models come from; it keeps what it has read."""
    return create_loader()


def offer(model: ServiceModel) -> None:
    """Take the model that a client has, unless there is one: reading it again would take tens of milliseconds."""
    _models.setdefault(model.service_name, model)


def service_model(service: str) -> ServiceModel:
    """The newest model of a service that the installed botocore has."""
    model = _models.get(service)
    if model is None:
        model = _models[service] = ServiceModel(loader().load_service_model(service, "service-2"), service)
    return model


@cache
def operation_model(service: str, operation: str) -> OperationModel:
    """The model of an operation; raises botocore's ``OperationNotFoundError`` for an unknown one."""
    return service_model(service).operation_model(operation)


def protocol(service: str) -> str:
    """``json``, ``rest-json`` or ``query``."""
    return str(service_model(service).metadata["protocol"])


def route(request: Request) -> tuple[str, str]:
    """The service and the operation that a request means.

    The header ``X-Amz-Target`` names them for the JSON protocol, ``Action`` in the form or the query string for the
    query protocol, method and path for REST. Raises ``UnknownOperationException``.
    """
    target = request.headers.get("x-amz-target")
    if target is not None:
        return _by_target(target)
    found = _by_path(request.method, request.path)
    if found is not None:
        return found
    action = dict(form(request.query) + form(request.body)).get("Action")
    if action is not None:
        return _by_action(action)
    raise UNKNOWN_PATH(method=request.method, path=request.path)


def form(text: str | bytes) -> list[tuple[str, str]]:
    """The names and values of a form or a query string, in their order; what is not UTF-8 is replaced."""
    decoded = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return parse_qsl(decoded, keep_blank_values=True)


def _by_target(target: str) -> tuple[str, str]:
    prefix, _, operation = target.rpartition(".")
    # Older clients put a package before the prefix: com.amazonaws.cognito.identity.model.AWSCognitoIdentityService.
    service = _target_prefixes().get(prefix.rpartition(".")[2])
    if service is None or operation not in _operations(service):
        raise UNKNOWN_TARGET(target=target)
    return service, operation


def _by_action(action: str) -> tuple[str, str]:
    for service in _speaking("query"):
        if action in _operations(service):
            return service, action
    raise UNKNOWN_ACTION(action=action)


def _by_path(method: str, path: str) -> tuple[str, str] | None:
    for service in _speaking("rest-json"):
        for verb, template, operation in _rest_routes(service):
            if verb == method and template.fullmatch(path):
                return service, operation
    return None


@cache
def path_template(uri: str) -> re.Pattern[str]:
    """A pattern of the paths that a ``requestUri`` of the model stands for, with a group for each label."""
    parts = re.split(r"\{(\w+)\}", uri)
    labels = [f"(?P<{part}>[^/]+)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(labels))


@cache
def _rest_routes(service: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    operations = (operation_model(service, name) for name in service_model(service).operation_names)
    return tuple((each.http["method"], path_template(each.http["requestUri"]), each.name) for each in operations)


@cache
def _target_prefixes() -> dict[str, str]:
    return {service_model(service).metadata["targetPrefix"]: service for service in _speaking("json")}


@cache
def _speaking(name: str) -> tuple[str, ...]:
    return tuple(service for service in SERVICES if protocol(service) == name)


@cache
def _operations(service: str) -> frozenset[str]:
    return frozenset(service_model(service).operation_names)
