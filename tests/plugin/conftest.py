"""Test runs inside a test run."""

from __future__ import annotations

from collections.abc import Callable

import boto3  # noqa: F401 - see below
import pytest
import yaml  # noqa: F401

# A run inside forgets what it imported; what keeps state of the process, or can't be loaded twice, is loaded before.
from pytest_cognito import marker, mock, preparation  # noqa: F401
from pytest_cognito.aws.operation import registered
from pytest_cognito.iam.records import users  # noqa: F401
from pytest_cognito.report import explanations, sections  # noqa: F401

Run = Callable[..., pytest.RunResult]
# pytest collects garbage several times at the end of a run, to find exceptions that nobody could raise. In a process
# that has loaded many service models this takes longer than most tests.
_WITHOUT = ("-p", "no:randomly", "-p", "no:unraisableexception")
_INI = """
[pytest]
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
"""


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """Every module of the service is loaded."""
    registered("cognito-idp")


@pytest.fixture(autouse=True)
def as_at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run inside prints is the same everywhere: with one of these variables set, pytest shortens nothing."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run pytest on the source of a test file, in this process, with further arguments and lines for the ini file."""

    def run_source(source: str, *arguments: str, ini: str = "", conftest: str = "") -> pytest.RunResult:
        pytester.makeini(_INI + ini)
        if conftest:
            pytester.makeconftest(conftest)
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess(*_WITHOUT, *arguments)

    return run_source
