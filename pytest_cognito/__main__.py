"""``python -m pytest_cognito``: the command line.

A subcommand is a module of ``commands`` with a function ``add_to``, which adds its parser, and whose parser has the
default ``run``: a function that takes the parsed options and returns the exit status.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence

from pytest_cognito import __version__
from pytest_cognito.commands import operations, serve
from pytest_cognito.kernel.errors import UsageError

_COMMANDS = (serve, operations)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m pytest_cognito", description="Amazon Cognito on this machine, for tests and development."
    )
    parser.add_argument("--version", action="store_true", help="show the versions, for reports of faults, and exit")
    parsers = parser.add_subparsers(metavar="command")
    for command in _COMMANDS:
        command.add_to(parsers)
    options = parser.parse_args(arguments)
    if options.version:
        sys.stdout.write(_versions())
        return 0
    if "run" not in options:
        parser.print_help()
        return 0
    try:
        return int(options.run(options))
    except UsageError as error:
        sys.stderr.write(f"pytest-cognito: {error}\n")
        return 1


def _versions() -> str:
    from importlib.metadata import version

    return f"pytest-cognito {__version__} (Python {platform.python_version()}, botocore {version('botocore')})\n"


if __name__ == "__main__":
    sys.exit(main())
