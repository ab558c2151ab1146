"""Test runs inside a test run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.aws.operation import registered
from tests.support.inner_runs import run_inside

Run = Callable[..., pytest.RunResult]
WITH_ASYNCIO: dict[str, Any] = {
    "others": ("pytest_asyncio.plugin",),
    "ini": "asyncio_default_fixture_loop_scope = function",
}
"""Arguments for a run with coroutines among its tests."""


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

    def run_source(
        source: str, *arguments: str, ini: str = "", conftest: str = "", others: tuple[str, ...] = ()
    ) -> pytest.RunResult:
        pytester.makeini("[pytest]\n" + ini)
        if conftest:
            pytester.makeconftest(conftest)
        pytester.makepyfile(source)
        return run_inside(pytester, *arguments, others=others)

    return run_source
