"""Every page by axe-core, which knows what people with a screen reader, weak eyes or a keyboard alone can't use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import node
from tests.support.example_pages import PAGES
from tests.support.pictures import looks
from tests.support.rendering import rendered

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUN = """
() => axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(
  ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`
))
"""


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """A phone: nothing may be wider than it."""
    return {"viewport": {"width": 360, "height": 740}}


def test_every_page(tab: Page) -> None:
    tab.goto("about:blank")
    tab.evaluate(node.package("axe-core/axe.min.js"))
    found = {}
    for look, context in looks().items():
        tab.emulate_media(color_scheme="dark" if "dark" in look else "light")
        for name, page in PAGES.items():
            tab.set_content(rendered(page, context))
            wide = tab.evaluate("document.documentElement.scrollWidth > 360")
            found[look, name] = [*tab.evaluate(RUN), *(["wider than a phone"] if wide else [])]

    assert {where: told for where, told in found.items() if told} == {}
