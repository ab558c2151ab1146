"""The project's own addresses are those in pyproject.toml, and a page links to what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from .tree import ROOT, pages

URLS: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
OWN = re.compile(r"https://(?:github\.com/pytest-cognito|pytest-cognito\.readthedocs)[^\s\"'`)>]*")
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#]*)(?:#([^)]+))?\)|(?:src|href)=\"(?!https?://)([^\"]+)\"")
FILES = sorted(
    path
    for pattern in ("*.md", "*.toml", "*.ini", ".*.yaml", "docs/*.md", "docs/*.py", ".github/**/*.yml", ".github/*.md")
    for path in ROOT.glob(pattern)
)


def test_every_address_of_the_project_is_one_of_its_urls() -> None:
    homes = (URLS["Source"], URLS["Documentation"])
    found = {(path.name, address) for path in FILES for address in OWN.findall(path.read_text("utf-8"))}

    assert len(found) > 5
    assert [each for each in found if not each[1].startswith(homes)] == []
    assert all(address.startswith(homes) for address in URLS.values())


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    links = [path or source for path, _, source in LINK.findall(text)]

    assert [link for link in links if link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_heading(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    aims = [(page.parent / path if path else page, heading) for path, heading, _ in LINK.findall(text) if heading]

    assert [heading for path, heading in aims if heading not in headings(path)] == []


def headings(page: Path) -> set[str]:
    """The anchors of a page, as GitHub and MyST make them from its headings."""
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}
