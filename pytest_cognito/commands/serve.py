"""``python -m pytest_cognito serve``: the loopback server as a program."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from pytest_cognito.commands.console import Console
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.stacks.stack import Stack
    from pytest_cognito.server.socket import Server
    from pytest_cognito.world import World

PORT = 9229
_HISTORY = 500
"""How many messages, calls and invocations the server remembers of each."""
_DESCRIPTION = """\
Serve Amazon Cognito on one endpoint until Ctrl+C stops it; what it holds is lost then.

Services: user pools (cognito-idp), with their OpenID documents, identity pools
(cognito-identity), Cognito Sync (cognito-sync) and STS (sts).

The pages of a user pool's domain are at http://<prefix>.localhost:<port>/ for
browsers, and at /<prefix>/ where such names are not resolved.

What it sends by e-mail and SMS is on the console, and at /_cognito/outbox:
a page in a browser, JSON for programs. /_cognito/ shows the user pools and what
is in them. /health answers 200.
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
    parser.add_argument(
        "--seed", metavar="file", help="a TOML file with the user pools, app clients, users … to begin with"
    )
    parser.add_argument(
        "--template",
        metavar="path",
        help="a template of CloudFormation or SAM, a directory of CDK, or what terraform show -json prints, whose "
        "resources there are to begin with",
    )
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="Name=value",
        help="the value of a parameter of the template; may be given several times",
    )
    parser.add_argument(
        "--tls", action="store_true", help="serve HTTPS, by a certificate authority that is made now and printed"
    )
    parser.add_argument(
        "--issuer",
        default="aws",
        help="whom tokens and OpenID documents name as the issuer: aws, local for the address of this server, or an "
        "address by which others know it, such as http://cognito:9229; default: %(default)s",
    )
    parser.add_argument("--verbose", action="store_true", help="show each request")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve a new world until the process gets SIGINT or SIGTERM; return the exit status."""
    from pytest_cognito.server.socket import Server
    from pytest_cognito.world import World

    world = World(history=_HISTORY)
    server = Server(world, host=options.host, port=options.port, tls=options.tls, issuer=options.issuer)
    try:
        _on_signals(signal.default_int_handler)
        with ExitStack() as stack:
            deployed = _prepare(world, options, stack)
            stack.enter_context(_listening(server, options))
            stack.callback(_on_signals, signal.SIG_IGN)  # the end is not interrupted
            console = stack.enter_context(Console(sys.stdout))
            console.write(f"Amazon Cognito is at {server.endpoint_url} (Ctrl+C stops it)")
            if options.tls:
                console.write(f"Clients trust it by the certificate authority in {server.ca_certificate}")
            for line in _of_template(world, deployed, server.endpoint_url):
                console.write(line)
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


def _prepare(world: World, options: argparse.Namespace, stack: ExitStack) -> Stack | None:
    """Answer by the world, in the process, what the functions of triggers call of Cognito, and what Cognito asks of
    simulated identity providers. Then make what the world begins with, the stack of a template among it.
    """
    if options.parameter and options.template is None:
        raise UsageError("--parameter is for a template: --template template.yaml --parameter Stage=dev")
    from pytest_cognito import active
    from pytest_cognito.environment import DefaultEnvironment
    from pytest_cognito.interception import hooks

    hooks.install()
    stack.enter_context(DefaultEnvironment(world.region, override_region=False))
    active.activate(world)
    stack.callback(active.deactivate, world)
    if options.triggers is not None:
        from pytest_cognito.server.functions import ModuleFunctions

        world.functions.find = ModuleFunctions(options.triggers).find
    if options.seed is not None:
        from pytest_cognito.cognito import Cognito
        from pytest_cognito.commands import seed_file

        seed_file.plant(Cognito(world), options.seed)
    if options.template is None:
        return None
    from pytest_cognito.cognito import Cognito
    from pytest_cognito.commands import template

    return template.deploy(Cognito(world), options.template, options.parameter)


def _of_template(world: World, stack: Stack | None, origin: str) -> Iterable[str]:
    """What to show of the stack of a template."""
    if stack is None:
        return ()
    from pytest_cognito.commands import template

    return template.lines(world, stack, origin)


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
