"""A pytest plugin that writes down how long each test, with all its fixtures, was on the processor."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from pathlib import Path

import pytest

_SECONDS = pytest.StashKey[list[float]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stopwatch", type=Path, required=True)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SECONDS] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    start = time.process_time()
    result = yield
    item.config.stash[_SECONDS].append(time.process_time() - start)
    return result


def pytest_unconfigure(config: pytest.Config) -> None:
    config.getoption("stopwatch").write_text(json.dumps(config.stash[_SECONDS]))
