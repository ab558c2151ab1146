"""Enforcement of policies: whether the credentials that a world has issued may make a call of AWS, and the refusal.

It is asked before the services, if a test wants it. Each name is imported lazily, from its module.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.enforcement.authorizing import decide, evaluate
    from pytest_cognito.enforcement.calls import check_call

_HOMES = {
    "decide": "authorizing",
    "evaluate": "authorizing",
    "check_call": "calls",
}

__all__ = ["check_call", "decide", "evaluate"]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
