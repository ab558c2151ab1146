"""Pictures of the example pages in both versions, light and dark, on a phone and on a desk, by Chromium.

Run from the root of the project. The first makes a sheet with all pages for each of them; the second makes a picture of
each page that is named:

    python -m tests.support.pictures <directory>
    python -m tests.support.pictures <directory> sign-in sign-up
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pytest_cognito import mock_cognito
from tests.support.example_pages import PAGES
from tests.support.rendering import Context, of_client, rendered

SIZES = {"phone": (360, 780), "desk": (1280, 860)}
COLUMNS = {"phone": 6, "desk": 4}
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-sync")
SHEET = """<!DOCTYPE html><meta charset="utf-8">
<style>
body {{ margin: 0; display: grid; grid-template-columns: repeat({columns}, {width}px); gap: 8px; background: #888; }}
iframe {{ width: {width}px; height: {height}px; border: 0; }}</style>
{frames}"""


def looks() -> dict[str, Context]:
    with mock_cognito() as cognito:
        return {
            "classic": of_client(cognito, 1),
            "managed-light": of_client(cognito, 2, settings=settings("LIGHT")),
            "managed-dark": of_client(cognito, 2, settings=settings("DARK")),
        }


def settings(mode: str) -> dict[str, Any]:
    return {"categories": {"global": {"colorSchemeMode": mode}, "form": {"languageSelector": {"enabled": True}}}}


def take(page: Path, picture: Path, width: int, height: int) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as profile:
        given = (f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}")
        command = [browser, *OPTIONS, *given, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    print(picture)


def sheet(files: Iterable[Path], picture: Path, size: str) -> None:
    """All pages side by side in one picture."""
    width, height = SIZES[size]
    frames = [f'<iframe src="{file.as_uri()}" title="{file.stem}"></iframe>' for file in files]
    rows = -(-len(frames) // COLUMNS[size])
    page = picture.with_suffix(".html")
    page.write_text(
        SHEET.format(columns=COLUMNS[size], width=width, height=height, frames="".join(frames)), encoding="utf-8"
    )
    take(page, picture, COLUMNS[size] * (width + 8), rows * (height + 8))


def main(directory: Path, names: list[str]) -> None:
    for look, context in looks().items():
        place = directory / look
        place.mkdir(parents=True, exist_ok=True)
        files = []
        for name in names or PAGES:
            file = place / f"{name}.html"
            file.write_text(rendered(PAGES[name], context), encoding="utf-8")
            files.append(file)
        for size in SIZES:
            if not names:
                sheet(files, directory / f"{look}-{size}.png", size)
            for file in files if names else ():
                sheet([file], file.with_name(f"{file.stem}-{size}.png"), size)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
