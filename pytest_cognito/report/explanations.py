"""Explanations of failed calls. A service that explains its errors exports a function ``explain``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from pytest_cognito.aws.model import SERVICES
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import World

Explain = Callable[[World, Call], tuple[str, ...]]


def explain(world: World, call: Call) -> tuple[str, ...]:
    """Lines on the state that led to the error of a call, from the first service that explains it; often none."""
    for explain_one in _explainers():
        lines = explain_one(world, call)
        if lines:
            return lines
    return ()


@cache
def _explainers() -> tuple[Explain, ...]:
    names = [f"pytest_cognito.{service.replace('-', '_')}" for service in SERVICES]
    packages = [import_module(name) for name in names if find_spec(name) is not None]
    return tuple(package.explain for package in packages if "explain" in package.__all__)
