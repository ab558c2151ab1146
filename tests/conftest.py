"""What holds in every test of ours: Cognito answers as its model says, and an old model says less."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
import yaml  # noqa: F401 - its part in C reads wrongly once it was loaded twice, as runs of pytest inside would have it
from hypothesis import settings

from pytest_cognito import gateway
from pytest_cognito.kernel.calls import Call
from tests.support import data_files, installed
from tests.support.inner_runs import Imports
from tests.support.modelled import departures

# The same examples in every run: a failure is of the change at hand. To look for others: HYPOTHESIS_PROFILE=search.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


os.environ["AWS_STS_REGIONAL_ENDPOINTS"] = "regional"  # as it is by default from botocore 1.40 on


NEEDS = (
    "needs(*names): skip where botocore is older and its models lack an operation, a `Shape.Member` or a `Shape.VALUE`"
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", NEEDS)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tests, their modules and libraries stay to the end, and are much: no search for garbage goes through them."""
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    lacking = installed.lacks(*(name for mark in item.iter_markers("needs") for name in mark.args))
    if lacking:
        pytest.skip(lacking)


@pytest.fixture(autouse=True)
def departures_from_the_model() -> Iterator[list[str]]:
    """Every answer of the test is held against its operation's output shape, every error against the declared ones."""
    found: list[str] = []

    def observe(call: Call) -> None:
        found.extend(departures(call))

    gateway.observers.append(observe)
    yield found
    gateway.observers.remove(observe)
    assert found == []


@pytest.fixture(scope="session", autouse=True)
def unchanged_data_files() -> Iterator[None]:
    """No session of botocore, and nothing else in the run, changed the data files that all sessions share."""
    yield
    assert list(data_files.changed()) == []


@pytest.fixture
def imports_of_runs() -> Iterator[Imports]:
    """What runs inside the test import stays imported, also after pytester."""
    imports = Imports()
    yield imports
    imports.restore()


@pytest.fixture
def pytester(imports_of_runs: Imports, pytester: pytest.Pytester) -> pytest.Pytester:
    """Pytester, whose runs import nothing a second time."""
    imports_of_runs.watch(pytester)
    return pytester
