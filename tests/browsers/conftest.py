"""Chromium, driven by Playwright: the pages of a domain as people see them.

Without Playwright or Chromium these tests are skipped; in the tox environment ``browsers`` they fail where CI is set.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito, UserPool
from pytest_cognito.handles.hosted_ui import HostedUI
from pytest_cognito.server.socket import Server
from tests.support import pages
from tests.support.chromium import Application, Problems, Site
from tests.support.lacking import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP *.localhost 127.0.0.1"]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A running Chromium. It is closed after this package: while it runs, its thread has a running event loop."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if importlib.util.find_spec("playwright") is None:
        lacking("Playwright is not installed: pip install playwright")
    if program is None:
        lacking("Chromium is not installed: it is a package of the system, such as Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """What the visitor's browser is like. Override this fixture to say it."""
    return {}


@pytest.fixture
def problems() -> Problems:
    """What must not happen on any page: errors in the console, requests that fail. Fails the test at its end."""
    return Problems()


@pytest.fixture
def visitor(chromium: Browser, browser_options: dict[str, Any], problems: Problems) -> Iterator[BrowserContext]:
    """A browser without cookies."""
    context = chromium.new_context(**{"locale": "en-US", **browser_options})
    context.set_default_timeout(10_000)
    problems.watch(context)
    yield context
    context.close()
    assert problems.found == []


@pytest.fixture
def tab(visitor: BrowserContext) -> Page:
    """An empty tab of the visitor's browser."""
    return visitor.new_page()


@pytest.fixture
def application() -> Iterator[Application]:
    """An application on this machine, to which users come back."""
    with Application() as application:
        yield application


@pytest.fixture(params=[pages.CLASSIC, pages.MANAGED], ids=["classic", "managed"])
def version(request: pytest.FixtureRequest) -> int:
    """The version of the pages. Override this fixture for one of them alone."""
    number: int = request.param
    return number


@pytest.fixture
def pool_settings() -> dict[str, Any]:
    """What the site's pool is made with. Override this fixture to say it."""
    return {}


@pytest.fixture
def client_settings() -> dict[str, Any]:
    """What the site's app client is made with, beside the OAuth settings. Override this fixture to say it."""
    return {}


@pytest.fixture
def pool(cognito: Cognito, version: int, pool_settings: dict[str, Any]) -> UserPool:
    """A pool whose domain has pages in one version, and alice."""
    return pages.make_pool(cognito, version, **pool_settings)


@pytest.fixture
def site(pool: UserPool, cognito_server: Server, application: Application, client_settings: dict[str, Any]) -> Site:
    """The pages for an application that is to sign alice in."""
    client = pages.make_client(pool, **{**application.client, **client_settings}).client
    return Site(HostedUI(pool, cognito_server), pool, client, application)
