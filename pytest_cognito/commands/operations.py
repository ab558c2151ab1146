"""``python -m pytest_cognito operations``: which operations are answered."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add_to(parsers: Any) -> None:
    parser = parsers.add_parser(
        "operations",
        help="print which operations are answered",
        description="Print a table, in Markdown, of the operations of the installed botocore that are answered.",
    )
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Print the table; return the exit status."""
    from pytest_cognito.aws import coverage

    sys.stdout.write(coverage.page())
    return 0
