"""What Lambda's Python runtime says of code that it can't run."""

from __future__ import annotations


class RuntimeProblem(Exception):
    """The runtime could not call the handler; the text is the ``errorMessage`` of the invocation."""


class ImportModuleError(RuntimeProblem):
    """The module of the handler can't be imported."""


class UserCodeSyntaxError(RuntimeProblem):
    """The module of the handler is no Python."""


class HandlerNotFound(RuntimeProblem):
    """The module has no such function."""


class MalformedHandlerName(RuntimeProblem):
    """The handler is not ``module.function``."""


class MarshalError(RuntimeProblem):
    """What the handler has returned is nothing that JSON has."""


class ExitError(RuntimeProblem):
    """The code has ended its process."""


def exited(request_id: str, status: object) -> ExitError:
    """What Lambda says of a process that has ended; ``status`` is what was given to ``sys.exit``."""
    if status is None or status == 0:
        return ExitError(f"RequestId: {request_id} Error: Runtime exited without providing a reason")
    shown = status if isinstance(status, int) else 1
    return ExitError(f"RequestId: {request_id} Error: Runtime exited with error: exit status {shown}")
