"""Operations: functions with boto3's name for the operation and boto3's parameters as keyword arguments."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, overload

from botocore import xform_name

Response = dict[str, Any]
Function = Callable[..., Response]
F = TypeVar("F", bound=Function)

_PACKAGE = __name__.partition(".")[0]
_DECORATED = re.compile(r"^@operation\b.*\n(?:@.*\n)*def (\w+)\(", re.MULTILINE)


class Operation(NamedTuple):
    """An operation's function, and the members of the request that it takes by AWS's names (``settings``)."""

    function: Function
    settings: frozenset[str]

    def keywords(self, members: Mapping[str, Any]) -> dict[str, str]:
        """The function's keyword argument for each member of the request, without members that it does not take."""
        parameters = inspect.signature(self.function).parameters.values()
        names = {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
        keywords = {member: keyword for member in members if (keyword := xform_name(member)) in names}
        return {**keywords, **{member: member for member in members if member in self.settings}}


_operations: dict[tuple[str, str], Operation] = {}


@overload
def operation(function: F, /) -> F: ...


@overload
def operation(*, settings: frozenset[str]) -> Callable[[F], F]: ...


def operation(function: F | None = None, /, *, settings: frozenset[str] = frozenset()) -> F | Callable[[F], F]:
    """Register a function as the operation of its name, in the service that its package is named after.

    ``admin_get_user`` in ``pytest_cognito.cognito_idp.operations.users`` is ``AdminGetUser`` of ``cognito-idp``. For
    members that a request omits, the defaults of the signature apply. ``settings`` are the members that the function
    takes by AWS's names, as ``**settings``.
    """

    def register(function: F) -> F:
        service = function.__module__.split(".")[1].replace("_", "-")
        _operations[service, function.__name__] = Operation(function, settings)
        return function

    return register if function is None else register(function)


def find(service: str, name: str) -> Operation | None:
    """The operation of a service by boto3's name for it; None if there is none. Imports the operation's module."""
    module = index(service).get(name)
    if module is not None:
        importlib.import_module(module)
    return _operations.get((service, name))


def registered(service: str) -> dict[str, Function]:
    """The functions of all operations of a service, by boto3's names for them."""
    operations = {name: find(service, name) for name in index(service)}
    return {name: operation.function for name, operation in operations.items() if operation is not None}


@cache
def index(service: str) -> dict[str, str]:
    """The modules of a service's operations, by boto3's names for the operations.

    The names are read from the source of the modules, which are not imported.
    """
    name = f"{_PACKAGE}.{service.replace('-', '_')}"
    if importlib.util.find_spec(name) is None:
        return {}
    package = importlib.import_module(f"{name}.operations")
    return {
        function: f"{package.__name__}.{module.name}"
        for module in pkgutil.iter_modules(package.__path__)
        for function in _DECORATED.findall(_source(package.__name__, module.name))
    }


def _source(package: str, module: str) -> str:
    source = pkgutil.get_data(package, f"{module}.py")
    if source is None:
        raise ImportError(f"the source of {package}.{module} can't be read", name=f"{package}.{module}")
    return source.decode()
