"""Which module has the handler of a type of resource. Modules are imported when a template needs them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pytest_cognito.infrastructure.resource_type import ResourceType

_TYPES: Mapping[str, str] = {}
"""Handlers by type: ``"AWS::Cognito::UserPool": "user_pools.UserPoolType"``, in ``resources``."""


@cache
def find(type_name: str) -> ResourceType | None:
    """The handler of a type; None for one that has none here, such as that of a table."""
    home = _TYPES.get(type_name)
    if home is None:
        return None
    module, _, name = home.rpartition(".")
    handler: type[ResourceType] = getattr(import_module(f"pytest_cognito.infrastructure.resources.{module}"), name)
    return handler()
