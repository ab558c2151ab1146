"""The same in Chromium: the site and the pages of the domain are on ports of this machine. pip install playwright."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from notes_service.app import app
from notes_service.settings import REGION
from pytest_cognito import Server, Stack

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ANN = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}

pytestmark = [
    pytest.mark.skipif(
        not CHROMIUM and "CI" not in os.environ, reason="Chromium, a package of the system, is not installed"
    ),
    pytest.mark.cognito(region=REGION, users=[ANN]),
]


@pytest.fixture
def cognito_server_options() -> dict[str, Any]:
    """OpenID documents and tokens name the server, so that the site sends the browser there."""
    return {"issuer": "local"}


@pytest.fixture
def port() -> Iterator[socket.socket]:
    """A free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as port:
        yield port


@pytest.fixture
def site_url(port: socket.socket) -> str:
    return f"http://localhost:{port.getsockname()[1]}"


@pytest.fixture
def cognito_stack(cognito_stack: Stack, site_url: str) -> Stack:
    """Deployed again, for a site at that address."""
    cognito_stack.update(parameters={"SiteUrl": site_url})
    return cognito_stack


@pytest.fixture
def site(port: socket.socket, site_url: str, cognito_server: Server) -> Iterator[str]:
    """The site on that port, in a thread of the test's process: its own calls are answered there."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([port],))
    thread.start()
    yield site_url
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP *.localhost 127.0.0.1"]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab of a browser without cookies."""
    page = chromium.new_page()
    yield page
    page.close()


def test_a_user_signs_in_and_out(tab: Page, site: str) -> None:
    tab.goto(site)
    tab.get_by_role("link", name="Sign in", exact=True).click()
    tab.get_by_label("Email").fill(ANN["username"])
    tab.get_by_label("Password").fill(ANN["password"])
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.get_by_role("heading", name="Notes of ann@acme.example").wait_for()

    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_role("link", name="Sign in", exact=True).click()
    tab.get_by_label("Password").wait_for()


def test_the_company_by_saml(tab: Page, site: str) -> None:
    tab.goto(site)
    tab.get_by_role("link", name="Sign in with Globex").click()
    tab.get_by_label("Id").fill("h.scorpio")
    tab.get_by_label("E-mail address").fill("hank@globex.example")
    tab.get_by_role("button", name="Sign in", exact=True).click()

    tab.get_by_role("heading", name="Notes of hank@globex.example").wait_for()
