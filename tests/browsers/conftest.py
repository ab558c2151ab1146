"""Chromium, driven by Playwright: the pages of a domain as people see them.

Without Playwright or Chromium these tests are skipped; in the tox environment ``browsers`` they fail where CI is set.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP *.localhost 127.0.0.1"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium. It is closed after each module: while it runs, its thread has a running event loop."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if importlib.util.find_spec("playwright") is None:
        _lacking("Playwright is not installed: pip install playwright")
    if program is None:
        _lacking("Chromium is not installed: it is a package of the system, such as Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies."""
    context = chromium.new_context(locale="en-US")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def tab(visitor: BrowserContext) -> Page:
    """An empty tab of the visitor's browser."""
    return visitor.new_page()


def _lacking(what: str) -> None:
    if os.environ.get("PYTEST_COGNITO_BROWSERS"):
        pytest.fail(what)
    pytest.skip(what)
