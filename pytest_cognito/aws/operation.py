"""What an operation is: a function that bears boto3's name and takes boto3's parameters as keywords."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

Response = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Response])

_functions: dict[tuple[str, str], Callable[..., Response]] = {}


def operation(function: F) -> F:
    """Make a function the operation of its name, in the service that its package is named after.

    ``pytest_cognito.cognito_idp.users.admin_get_user`` is ``AdminGetUser`` of ``cognito-idp``. What a request leaves
    out is the default that the signature gives.
    """
    service = function.__module__.split(".")[1].replace("_", "-")
    _functions[service, function.__name__] = function
    return function


def registered() -> dict[tuple[str, str], Callable[..., Response]]:
    """Every operation there is, by service and by boto3's name for it."""
    return dict(_functions)


def find(service: str, name: str) -> Callable[..., Response] | None:
    """The operation of a service by boto3's name for it."""
    return _functions.get((service, name))


def parameters(function: Callable[..., Response]) -> set[str]:
    """The keywords that an operation's function takes."""
    return {p.name for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY}
