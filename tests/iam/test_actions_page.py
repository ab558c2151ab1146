"""The page on IAM actions has the services that have a table."""

from __future__ import annotations

from pathlib import Path

from pytest_cognito.iam.actions.tables import services, table

PAGE = Path(__file__).parents[2] / "docs" / "iam-actions.md"


def test_the_page_has_a_row_for_each_service() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if line.startswith("| `")] == rows()


def rows() -> list[str]:
    """The rows of the page: the service as boto3 names it, the prefix of its actions, its operations, its own keys.

    One whose operations are all such that a table can't tell has none.
    """
    return [row for row in map(_row, services()) if row]


def _row(service: str) -> str:
    known = table(service)
    assert known is not None
    if not known.lines:
        return ""
    own = {key for lines in known.lines.values() for line in lines for key in line.keys} | set(known.keys)
    keys = ", ".join(f"`{key}…`" if key.endswith(":") else f"`{key}`" for key in sorted(own))
    return f"| `{service}` | `{known.prefix}:` | {len(known.lines)} | {keys} |"
