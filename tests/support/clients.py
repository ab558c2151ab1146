"""Clients of boto3 by a name that is known only when the test runs; the stubs ask for a literal one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import boto3

_make: Callable[..., Any] = boto3.client


def client(service: str, **options: Any) -> Any:
    """What ``boto3.client`` makes of the same parameters."""
    return _make(service, **options)
