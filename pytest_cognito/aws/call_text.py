"""A call of the log as words: its parameters, and its result or error, without secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel

from pytest_cognito.aws import model, values
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.text import first_line, printable

_REPEATED = frozenset(
    {
        "code_challenge",
        "code_challenge_method",
        "cognitoAsfData",
        "lang",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    }
)
"""The parameters of an authorization request, which stand in the URL of each page, and the device's fingerprint."""
_STACKS = "cloudformation"
"""The service of deployments of templates in the log of calls."""
_WEB = ("web", "provider", "execute-api", "elb", "appsync")
"""The services of web requests in the log of calls: to Cognito, to simulated identity providers, and to fronts."""


def describe(call: Call) -> str:
    """A call on one line: ``AdminGetUser UserPoolId=… Username=… → UserNotFoundException: User does not exist.``"""
    words = [call.operation, *parameters(call), "→", *outcome(call)]
    return printable(" ".join(words))


def parameters(call: Call) -> list[str]:
    """``name=value`` of each parameter."""
    if call.service in _WEB:
        return values.web_parameters(_without_repetition(call))
    if call.service == _STACKS:
        return [f"{name}={value}" for name, value in call.parameters.items()]
    shapes = _operation(call)
    return [] if shapes is None else values.parameters(shapes.input_shape, call.parameters)


def _without_repetition(call: Call) -> Mapping[str, Any]:
    """The parameters of a web request; of a form on a page without those of the authorization request in its URL."""
    if not call.operation.startswith("POST /") or call.operation.startswith("POST /oauth2/"):
        return call.parameters
    return {name: value for name, value in call.parameters.items() if name not in _REPEATED}


def outcome(call: Call) -> list[str]:
    """The error in words, or what the result has to say, or else ``ok``."""
    error = call.error
    if isinstance(error, AWSError):
        return [f"{error.code}:", *error.message.split(" ")] if error.message else [error.code]
    if error is not None:
        return [f"{type(error).__name__}:", *first_line(error).split(" ")]
    if call.result is None:
        return ["(not finished)"]
    if call.service in _WEB:
        return values.web_result(call.result)
    shapes = _operation(call)
    return (shapes is not None and values.result(shapes.output_shape, call.result)) or ["ok"]


def _operation(call: Call) -> OperationModel | None:
    """The operation; None for a step of a handle, which is no call of the API."""
    return model.operation_model(call.service, call.operation) if model.is_loaded(call.service) else None
