"""The command line: ``python -m pytest_cognito``."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from collections.abc import Sequence
from typing import Any

from pytest_cognito.kernel.errors import UsageError

PORT = 9229


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    return serve(options.host, options.port)


def serve(host: str, port: int) -> int:
    """Serve a new world until the process gets SIGINT or SIGTERM; return the exit status."""
    from pytest_cognito.server.socket import Server
    from pytest_cognito.world import World

    server = Server(World(), host=host, port=port)
    try:
        _on_signals(signal.default_int_handler)
        server.start()
        sys.stdout.write(f"Amazon Cognito is at {server.endpoint_url} (Ctrl+C stops it)\n")
        sys.stdout.flush()
        server.wait()
    except KeyboardInterrupt:
        _on_signals(signal.SIG_IGN)
        server.stop()
    except OSError as error:
        return _fail(f"cannot listen on {host}:{port}: {_reason(error)}")
    except UsageError as error:
        return _fail(str(error))
    return 0


def _on_signals(handler: Any) -> None:
    """Set the handler of SIGINT, which a shell ignores for background processes, and of SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _reason(error: OSError) -> str:
    """The system's message, without what Python adds to it."""
    if error.errno is None or isinstance(error, socket.gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno)


def _fail(message: str) -> int:
    sys.stderr.write(f"pytest-cognito: {message}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pytest_cognito", description="Amazon Cognito on this machine, for tests and development."
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    server = commands.add_parser(
        "serve",
        help="run the loopback server",
        description="Serve user pools and STS on one endpoint. What it holds is lost when it stops.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    server.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    server.add_argument("--port", default=PORT, type=_port, help="the port to listen on; 0 takes any that is free")
    return parser


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number up to 65535, not {text!r}")
