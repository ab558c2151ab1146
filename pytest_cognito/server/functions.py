"""The Lambda functions of a module, for the pools of a server, which name functions by their ARNs."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function

_log = logging.getLogger("pytest_cognito.server")
_FUNCTION = re.compile(r"arn:[^:]+:lambda:[^:]+:[^:]*:function:(?P<name>[^:]+)(?::[^:]+)?")


class ModuleFunctions:
    """The functions of a module by the names of Lambda functions: ``greet_new_users`` is ``greet-new-users``.

    The region, the account and the version of an ARN make no difference.
    """

    def __init__(self, module: str) -> None:
        self._functions = {
            name: value
            for name, value in vars(_imported(module)).items()
            if callable(value) and not isinstance(value, type) and not name.startswith("__")
        }
        if not self._functions:
            raise UsageError(
                f"{module} has no functions: it needs one for each function that a pool's LambdaConfig names"
            )

    def find(self, arn: str) -> Function | None:
        """The function of an ARN; None if the module has none."""
        found = _FUNCTION.fullmatch(arn)
        function = self._functions.get(_identifier(found["name"])) if found else None
        return None if function is None else _logged(function)


def _identifier(name: str) -> str:
    """The name of a Lambda function as a name in Python."""
    return re.sub(r"\W|^(?=\d)", "_", name)


def _imported(name: str) -> Any:
    """The module. An error of its own code comes out of it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        raise UsageError(
            f"--triggers takes the name of a module, as `import` does, and there is no module {name!r} here: "
            "run the command in the directory that has it, or put that in PYTHONPATH"
        ) from None


def _logged(function: Callable[..., Any]) -> Function:
    """The function with its errors logged: a client of the server gets the message alone."""

    @wraps(function)
    def run(event: dict[str, Any], context: Any) -> Any:
        try:
            return function(event, context)
        except Exception:
            _log.exception("%s raised an error", function.__name__)
            raise

    return run
