"""Errors in the use of pytest-cognito that a test has not seen, because the code under test swallowed them.

An ``except Exception`` of an application is not meant for them: the test would pass for a wrong reason.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from types import CodeType, TracebackType
from typing import Any

import pytest

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.report import locations

_EXPECTING = frozenset(("NotMocked", "Unsupported", "UsageError", "raises", "assertRaises", "assertRaisesRegex"))
"""What a function that expects such an error names: the error, or what expects errors."""

_RUNNERS = ("_pytest", "unittest")
"""The packages that report what they catch: the test fails anyway."""

_MESSAGE = """\
{what} did not reach the test, since the code under test caught it:

{errors}

If the test expects it, let it say so: with pytest.raises({kind}): …"""


def fail_unless_seen(errors: Sequence[UsageError], test: Any) -> None:
    """Fail the test in which these errors occurred, unless it has seen them all. ``test`` is its function."""
    code = getattr(inspect.unwrap(test), "__code__", None) if test is not None else None
    unseen = [error for error in errors if not _is_seen(error, code)]
    if not unseen:
        return
    texts = list(dict.fromkeys(map(_text, unseen)))
    what = "An error of pytest-cognito" if len(texts) == 1 else f"{len(texts)} errors of pytest-cognito"
    pytest.fail(_MESSAGE.format(what=what, errors="\n\n".join(texts), kind=type(unseen[0]).__name__), pytrace=False)


def _is_seen(error: UsageError, test: CodeType | None) -> bool:
    """Whether an error came as far as the function of the test, or was caught by a function that expects it."""
    traceback = error.__traceback__
    if traceback is None:  # unittest's assertRaises removes it
        return True
    catcher = traceback.tb_frame
    if catcher.f_globals.get("__name__", "").partition(".")[0] in _RUNNERS:
        return True
    return not _EXPECTING.isdisjoint(catcher.f_code.co_names) or any(code is test for code in _codes(traceback))


def _codes(traceback: TracebackType | None) -> Iterator[CodeType]:
    while traceback is not None:
        yield traceback.tb_frame.f_code
        traceback = traceback.tb_next


def _text(error: UsageError) -> str:
    traceback = error.__traceback__
    if traceback is None:
        return f"{type(error).__name__}: {error}"
    code = traceback.tb_frame.f_code
    where = locations.relative(f"{code.co_filename}:{traceback.tb_lineno}")
    return f"{type(error).__name__}, caught in {code.co_name} at {where}: {error}"
