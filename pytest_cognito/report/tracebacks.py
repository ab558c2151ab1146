"""Short tracebacks of usage errors and AWS errors, without the frames of pytest, botocore and this library."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import active
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.kernel.errors import UsageError

_LIBRARIES = active.LIBRARIES | {"_pytest", "pluggy", "pytest_asyncio", "anyio"}


def shorten(report: pytest.TestReport, excinfo: pytest.ExceptionInfo[Any]) -> None:
    """Reduce the traceback of such an error to the frames of the test suite, or to the message if there are none."""
    if not isinstance(excinfo.value, UsageError | AWSError):
        return
    # What AWS's error was made of is within this library, and is explained beside the call.
    chain = not (isinstance(excinfo.value, AWSError) and excinfo.value.__cause__ is not None)
    own = [entry for entry in excinfo.traceback if _top_level_package(entry) not in _LIBRARIES]
    if own:
        excinfo.traceback = type(excinfo.traceback)(own)
        report.longrepr = excinfo.getrepr(style="short", chain=chain)
    else:
        report.longrepr = excinfo.getrepr(style="value", chain=chain)


def _top_level_package(entry: Any) -> str:
    return str(entry.frame.f_globals.get("__name__")).partition(".")[0]
