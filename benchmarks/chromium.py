"""The sign-in page of the loopback server, opened by many browsers at once.

They are as many contexts of one Chromium, with cookies of their own, each with the page open. All at once fetch it
again. What is measured is the server's answer as each of them sees it: from the moment at which the request is sent to
the last byte (`requestStart` to `responseEnd` of Resource Timing). Starting browsers and painting pages, which takes
Chromium far longer, is not in it.
"""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import statistics
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .measure import Row, Subject
from .server import OURS, running
from .web import CALLBACK, OAUTH

if TYPE_CHECKING:
    from playwright.async_api import Page

_BROWSERS = 16
_NAME = f"the server's answer to Chromium, {_BROWSERS} at once"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_DOMAIN = "benchmarks"
_FETCH = """async () => {
    performance.clearResourceTimings();
    await (await fetch(location.href, {cache: "no-store"})).text();
    const {requestStart, responseEnd} = performance.getEntriesByType("resource")[0];
    return responseEnd - requestStart;
}"""


def _measure(quick: bool) -> Iterable[Row]:
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None or importlib.util.find_spec("playwright") is None:
        print(f"{_NAME}: left out, because Chromium or Playwright is not installed")
        return
    with running(OURS) as server:
        url = f"http://127.0.0.1:{server.port}/{_DOMAIN}/login?{urlencode(_set_up(server.client))}"
        medians = asyncio.run(_medians(program, url, 5 if quick else 25))
    yield Row(_NAME, "nothing", 0.01, (medians, [0.0] * len(medians)), difference=True)


def _set_up(client: Any) -> dict[str, str]:
    """A pool with a domain and an app client; the parameters of its sign-in page."""
    pool_id = client.create_user_pool(PoolName="benchmarks")["UserPool"]["Id"]
    client.create_user_pool_domain(UserPoolId=pool_id, Domain=_DOMAIN)
    made = client.create_user_pool_client(UserPoolId=pool_id, ClientName="benchmarks", **OAUTH)
    return {"client_id": made["UserPoolClient"]["ClientId"], "response_type": "code", "redirect_uri": CALLBACK}


async def _medians(program: str, url: str, rounds: int) -> list[float]:
    """The median of the browsers' times, in seconds, of each round; the first round, which warms up, is left out."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        # The policy of the page has scripts fetch nothing.
        pages = [await (await chromium.new_context(bypass_csp=True)).new_page() for _ in range(_BROWSERS)]
        for page in pages:
            await page.goto(url)
        taken = [await asyncio.gather(*map(_fetch, pages)) for _ in range(rounds + 1)]
        await chromium.close()
    return [statistics.median(seconds) for seconds in taken[1:]]


async def _fetch(page: Page) -> float:
    milliseconds: float = await page.evaluate(_FETCH)
    return milliseconds / 1000


SUBJECTS = (Subject((_NAME,), _measure),)
