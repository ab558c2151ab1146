"""AWS's host names: one module knows them."""

from __future__ import annotations

import re

from .tree import PACKAGE, modules, place, told

HOME = PACKAGE / "http" / "hosts.py"
SUFFIX = re.compile(r"amazonaws\.com|amazoncognito\.com")


def test_one_module_knows_the_host_names_of_aws() -> None:
    found = {path: _lines_with_suffix(path.read_text(encoding="utf-8")) for path in modules(PACKAGE)}

    assert found.pop(HOME)
    elsewhere = [place(path, line) for path, lines in found.items() for line in lines]
    assert not elsewhere, told(f"take these host names from {HOME.name}", elsewhere)


def _lines_with_suffix(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if SUFFIX.search(line)]
