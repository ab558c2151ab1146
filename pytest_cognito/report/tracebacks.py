"""Mistakes in using the plugin, shown at the line that made them rather than by the ways of pytest and botocore."""

from __future__ import annotations

from typing import Any

import pytest

from ..aws.errors import AWSError
from ..kernel.usage import UsageError

_BETWEEN = ("pytest_cognito", "botocore", "aiobotocore", "boto3", "_pytest", "pluggy", "pytest_asyncio", "anyio")


def shorten(report: pytest.TestReport, excinfo: pytest.ExceptionInfo[Any]) -> None:
    """Leave of a usage error's traceback what is the suite's own; the message alone where nothing is."""
    if not isinstance(excinfo.value, UsageError | AWSError):
        return
    own = [entry for entry in excinfo.traceback if _root(entry) not in _BETWEEN]
    if own:
        excinfo.traceback = type(excinfo.traceback)(own)
        report.longrepr = excinfo.getrepr(style="short")
    else:
        report.longrepr = excinfo.getrepr(style="value")


def _root(entry: Any) -> str:
    name: str = entry.frame.f_globals.get("__name__", "")
    return name.partition(".")[0]
