"""Reading a translation: a file of gettext's format ``.po``, which translators and their programs edit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

_KEYWORDS = ("msgid", "msgstr")


def read(path: Path) -> dict[str, str]:
    """The translations of a file by their English texts, without those that are empty or marked as fuzzy.

    The format is read as it is, and not what a compiler makes of it: so a change is seen at once, and there are no two
    files that could differ. Plural forms and contexts, which no page has, are an error.
    """
    entries = _entries(path.read_text(encoding="utf-8"))
    return {english: translated for english, translated in entries if english and translated}


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for block in text.split("\n\n"):
        strings = dict.fromkeys(_KEYWORDS, "")
        keyword, fuzzy = "", False
        for line in block.splitlines():
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            if not line.startswith('"'):
                keyword, _, line = line.partition(" ")  # noqa: PLW2901
            strings[keyword] += json.loads(line)
        if not fuzzy:
            yield strings["msgid"], strings["msgstr"]
