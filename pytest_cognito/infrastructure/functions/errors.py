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
