"""``python -m pytest_cognito serve``: the loopback server as a program."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from pytest_cognito.commands.console import Console
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.server.socket import Server
    from pytest_cognito.world import World

PORT = 9229
_HISTORY = 500
"""How many messages, calls and invocations the server remembers of each."""
_DESCRIPTION = """\
Serve Amazon Cognito on one endpoint until Ctrl+C stops it; what it holds is lost then.

Services: user pools (cognito-idp), with their OpenID documents. Operations of
identity pools (cognito-identity), Cognito Sync (cognito-sync) and STS (sts) are
not there yet; the answer to one is status 501 and says so.

What it sends by e-mail and SMS is on the console, and at /_cognito/outbox:
a page in a browser, JSON for programs. /health answers 200.
"""


def add_to(parsers: Any) -> None:
    """Add the parser of this command."""
    parser = parsers.add_parser(
        "serve",
        help="run the loopback server",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; default: %(default)s")
    parser.add_argument(
        "--port", default=PORT, type=_port, help="the port to listen on, 0 for any that is free; default: %(default)s"
    )
    parser.add_argument(
        "--triggers",
        metavar="module",
        help="a module with the Lambda functions that LambdaConfig names: for the function greet-new-users of an ARN, "
        "the function greet_new_users(event, context)",
    )
    parser.add_argument("--verbose", action="store_true", help="show each request")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve a new world until the process gets SIGINT or SIGTERM; return the exit status."""
    from pytest_cognito.server.socket import Server
    from pytest_cognito.world import World

    world = World(history=_HISTORY)
    server = Server(world, host=options.host, port=options.port)
    try:
        _on_signals(signal.default_int_handler)
        with ExitStack() as stack:
            if options.triggers is not None:
                _register_functions(world, options.triggers, stack)
            stack.enter_context(_listening(server, options))
            stack.callback(_on_signals, signal.SIG_IGN)  # the end is not interrupted
            console = stack.enter_context(Console(sys.stdout))
            console.write(f"Amazon Cognito is at {server.endpoint_url} (Ctrl+C stops it)")
            console.show_messages(world.outbox, server.endpoint_url)
            if options.verbose:
                console.show_log(logging.getLogger("pytest_cognito.server"))
            server.wait()
    except KeyboardInterrupt:
        return 0
    return 0


def _listening(server: Server, options: argparse.Namespace) -> Server:
    """The server, started."""
    try:
        return server.start()
    except OSError as error:
        raise UsageError(f"cannot listen on {options.host}:{options.port}: {_reason(error)}") from None


def _register_functions(world: World, module: str, stack: ExitStack) -> None:
    """Let pools run the functions of a module. What these call of Cognito is answered by the world, in the process."""
    from pytest_cognito import active
    from pytest_cognito.environment import DefaultEnvironment
    from pytest_cognito.interception import hooks
    from pytest_cognito.server.functions import ModuleFunctions

    hooks.install()
    stack.enter_context(DefaultEnvironment(world.region, override_region=False))
    active.activate(world)
    stack.callback(active.deactivate, world)
    world.functions.find = ModuleFunctions(module).find


def _on_signals(handler: Any) -> None:
    """Set the handler of SIGINT, which a shell ignores for background processes, and of SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _reason(error: OSError) -> str:
    """The system's message, without what Python adds to it."""
    if error.errno is None or isinstance(error, socket.gaierror):
        return error.strerror or str(error)
    return os.strerror(error.errno)


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number up to 65535, not {text!r}")
