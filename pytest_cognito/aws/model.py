"""The service models of botocore, loaded once per process, and the routing of HTTP requests to operations."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any, Final, TypeAlias

from botocore.loaders import Loader, create_loader
from botocore.model import OperationModel, ServiceModel

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.http.messages import Request, form
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

SERVICES: Final[tuple[str, ...]] = ("cognito-idp", "cognito-identity", "cognito-sync", "sts")

Shape: TypeAlias = Any
"""A shape of botocore's model. Its attributes depend on its ``type_name``; botocore has no annotations for it."""

SYNC_PATH: Final = "/identitypools"
"""The beginning of every path of Cognito Sync."""

UNKNOWN_TARGET = ErrorText("UnknownOperationException", "No operation is known for the header X-Amz-Target: {target}")
UNKNOWN_ACTION = ErrorText("InvalidAction", "Could not find operation {action} for version {version}")
UNKNOWN_PATH = ErrorText("UnknownOperationException", "No operation is known for {method} {path}")


_models: dict[str, ServiceModel] = {}


@cache
def loader() -> Loader:
    """The loader of all models, which looks where a client's does. It caches what it has read."""
    return create_loader(os.environ.get("AWS_DATA_PATH"))


def reuse_model(model: ServiceModel) -> None:
    """Use the model that a client has loaded, unless there is one: loading it again takes tens of milliseconds."""
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


def check_operation(name: str, service: str | None = None) -> None:
    """Raise `UsageError` unless a service, by default any of them, has an operation of this name, AWS's or boto3's."""
    wanted = name.replace("_", "").lower()
    services = SERVICES if service is None else (service,)
    if not any(wanted in _lowercase_operations(each) for each in services):
        known = [operation for each in services for operation in service_model(each).operation_names]
        owner = "Cognito and STS have" if service is None else f"{service} has"
        raise UsageError(f"{owner} no operation {name!r}: {suggestion(name, known)}")


@cache
def _lowercase_operations(service: str) -> frozenset[str]:
    return frozenset(name.lower() for name in service_model(service).operation_names)


def protocol(service: str) -> str:
    """``json``, ``rest-json`` or ``query``."""
    return str(service_model(service).metadata["protocol"])


def protocol_of(model: ServiceModel) -> str:
    """The protocol of botocore's clients with a model: the best of those that a service has, by a newer botocore."""
    return str(getattr(model, "resolved_protocol", None) or model.metadata["protocol"])


def is_loaded(service: str) -> bool:
    """Whether the model of a service is at hand: it is one of ours, or a client has loaded it."""
    return service in SERVICES or service in _models


def route(request: Request) -> tuple[str, str]:
    """The service and the operation of a request.

    They are determined by the header ``X-Amz-Target`` in the JSON protocol, by ``Action`` in the form or the query
    string in the query protocol, and by method and path in REST. Raises ``UnknownOperationException``, in the query
    protocol ``InvalidAction``.
    """
    target = request.headers.get("x-amz-target")
    if target is not None:
        return _by_target(target)
    found = _by_path(request.method, request.path)
    if found is not None:
        return found
    name = action(request)
    if name is not None:
        return _by_action(name, _query(request).get("Version") or "NO_VERSION_SPECIFIED")
    raise UNKNOWN_PATH(method=request.method, path=request.path)


def service_by_form(request: Request) -> str | None:
    """The service whose protocol has the form of a request; None for the JSON protocol, which two services have."""
    if "x-amz-target" in request.headers:
        return None
    if request.path.startswith(SYNC_PATH):
        return _services_with_protocol("rest-json")[0]
    return None if action(request) is None else _services_with_protocol("query")[0]


def action(request: Request) -> str | None:
    """The ``Action`` of a request in the query protocol; None if it has none."""
    return _query(request).get("Action")


def _query(request: Request) -> dict[str, str]:
    """The parameters of a request in the query protocol."""
    return dict(form(request.query) + form(request.body))


def _by_target(target: str) -> tuple[str, str]:
    prefix, _, operation = target.rpartition(".")
    # Older clients send a package before the prefix: com.amazonaws.cognito.identity.model.AWSCognitoIdentityService.
    service = _target_prefixes().get(prefix.rpartition(".")[2])
    if service is None or operation not in _operations(service):
        raise UNKNOWN_TARGET(target=target)
    return service, operation


def _by_action(name: str, version: str) -> tuple[str, str]:
    for service in _services_with_protocol("query"):
        if name in _operations(service):
            return service, name
    raise UNKNOWN_ACTION(action=name, version=version)


def _by_path(method: str, path: str) -> tuple[str, str] | None:
    for service in _services_with_protocol("rest-json"):
        for verb, template, operation in _rest_routes(service):
            if verb == method and template.fullmatch(path):
                return service, operation
    return None


@cache
def path_template(uri: str) -> re.Pattern[str]:
    """The pattern of the paths that match a ``requestUri`` of the model, with a group for each label."""
    parts = re.split(r"\{(\w+)\}", uri)
    labels = [f"(?P<{part}>[^/]+)" if position % 2 else re.escape(part) for position, part in enumerate(parts)]
    return re.compile("".join(labels))


@cache
def _rest_routes(service: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    operations = (operation_model(service, name) for name in service_model(service).operation_names)
    return tuple((each.http["method"], path_template(each.http["requestUri"]), each.name) for each in operations)


@cache
def _target_prefixes() -> dict[str, str]:
    return {service_model(service).metadata["targetPrefix"]: service for service in _services_with_protocol("json")}


@cache
def _services_with_protocol(name: str) -> tuple[str, ...]:
    return tuple(service for service in SERVICES if protocol(service) == name)


@cache
def _operations(service: str) -> frozenset[str]:
    return frozenset(service_model(service).operation_names)
