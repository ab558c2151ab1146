"""What pages look like: languages, colours, a phone, styles; and the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import pages
from tests.support.chromium import Site, alert, fill, press

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def version() -> int:
    return pages.MANAGED


def colour(tab: Page, selector: str, name: str) -> str:
    """The colour that an element has."""
    return str(tab.locator(selector).evaluate("(one, name) => getComputedStyle(one)[name]", name))


def brightness(tab: Page, selector: str) -> int:
    """How bright the background of an element is, from 0 to 765."""
    return sum(int(part) for part in colour(tab, selector, "backgroundColor").strip("rgb()").split(", "))


class TestLooks:
    @pytest.fixture
    def browser_options(self) -> dict[str, Any]:
        return {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}, "has_touch": True}

    def test_a_dark_phone_in_german(self, tab: Page, site: Site) -> None:
        look = {"global": {"colorSchemeMode": "DYNAMIC"}, "form": {"languageSelector": {"enabled": True}}}
        site.style({"categories": look})
        site.start(tab, lang="de")
        assert tab.locator("html").get_attribute("lang") == "de"
        assert brightness(tab, ".card") < 200
        assert brightness(tab, "body") < 200
        tab.emulate_media(color_scheme="light")
        assert brightness(tab, ".card") == 765

        fill(tab, Benutzername="alice", Passwort="falsch")
        press(tab, "Anmelden")
        assert tab.locator("html").get_attribute("lang") == "de"  # the cookie knows it
        assert tab.evaluate("document.documentElement.scrollWidth") == 360
        tab.locator(".languages summary").tap()
        tab.get_by_role("link", name="Français").tap()
        tab.get_by_label("Mot de passe").wait_for()

    def test_a_style(self, tab: Page, site: Site) -> None:
        button = {"defaults": {"backgroundColor": "7a1fa2ff", "textColor": "fffbe6ff"}}
        modes = {"lightMode": button, "darkMode": button}
        site.style({"components": {"primaryButton": modes}})
        site.start(tab)

        assert colour(tab, "button.primary", "backgroundColor") == "rgb(122, 31, 162)"
        assert colour(tab, "button.primary", "color") == "rgb(255, 251, 230)"


class TestClassicLooks:
    @pytest.fixture
    def version(self) -> int:
        return pages.CLASSIC

    def test_a_style(self, tab: Page, site: Site) -> None:
        css = ".submitButton-customizable { background-color: #7a1fa2; }"
        site.pool.call("SetUICustomization", CSS=css)
        site.start(tab)

        assert colour(tab, "[type=Submit]", "backgroundColor") == "rgb(122, 31, 162)"


def test_the_keyboard_alone(tab: Page, site: Site) -> None:
    site.start(tab)
    keys = tab.keyboard
    keys.type("alice")
    keys.press("Tab")
    keys.type("not-it")
    with tab.expect_navigation():
        keys.press("Enter")
    assert alert(tab) == "Incorrect username or password."
    keys.type(site.password)  # the focus is where the user goes on
    order = [focused(tab)]
    while len(order) < 10 and order[-1] != "Sign in":
        keys.press("Tab")
        order.append(focused(tab))
    assert order == ["password", "Forgot your password?", "Sign in"]
    keys.press("Enter")

    assert site.user(tab) == "alice"


def focused(tab: Page) -> str:
    """What has the focus; a ring around it shows that."""
    assert tab.locator(":focus").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    return str(tab.locator(":focus").evaluate("one => one.name === 'password' ? one.name : one.innerText"))
