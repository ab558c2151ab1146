"""``python -m pytest_cognito``."""

from __future__ import annotations

import platform
import signal
import socket
import subprocess
import sys
from typing import Any

import botocore
import pytest

import pytest_cognito
from pytest_cognito import __main__ as command_line
from pytest_cognito.aws import coverage, model, operation
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import Command, Wire, start


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest_cognito", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_without_arguments_it_explains_itself() -> None:
    done = run()

    assert done.returncode == 0
    assert done.stdout.startswith("usage: python -m pytest_cognito")
    assert "serve" in done.stdout


def test_the_versions() -> None:
    done = run("--version")

    assert done.returncode == 0
    assert done.stdout == (
        f"pytest-cognito {pytest_cognito.__version__} "
        f"(Python {platform.python_version()}, botocore {botocore.__version__})\n"
    )


def test_the_help_says_which_services_there_are() -> None:
    done = run("serve", "--help")

    services, _, missing = done.stdout.partition("Services: ")[2].partition(". Operations of")
    missing = missing.partition("are\nnot there yet")[0]
    assert {name for name in model.SERVICES if f"({name})" in services} == set(filter(operation.index, model.SERVICES))
    assert {name for name in model.SERVICES if f"({name})" in missing} == {
        name for name in model.SERVICES if not operation.index(name)
    }


def test_it_prints_which_operations_are_answered() -> None:
    done = run("operations")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == coverage.page()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_when_it_is_ready_and_ends_cleanly(command: Command, number: signal.Signals) -> None:
    assert command.line == f"Amazon Cognito is at {command.endpoint_url} (Ctrl+C stops it)\n"
    with Wire(command.endpoint_url) as wire:
        assert wire.call("ListUserPools", b'{"MaxResults":1}').status == 200

    command.process.send_signal(number)
    out, errors = command.process.communicate(timeout=30)

    assert (command.process.returncode, out, errors) == (0, "", "")


def test_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"pytest-cognito: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_no_port(port: str) -> None:
    done = run("serve", "--port", port)

    assert done.returncode == 2
    assert f"a port is a number up to 65535, not '{port}'" in done.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_host_that_is_not_this_machine(host: str) -> None:
    done = run("serve", "--port", "0", "--host", host)

    assert done.returncode == 1
    assert done.stderr.startswith(f"pytest-cognito: cannot listen on {host}:0: ")
    assert done.stderr.count("\n") == 1


def test_sigint_is_heard_where_a_shell_has_it_ignored() -> None:
    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    command = start("--port", "0", preexec_fn=ignore)
    command.process.send_signal(signal.SIGINT)
    command.process.communicate(timeout=30)

    assert command.process.returncode == 0


def test_without_waitress(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "waitress", None)
    before: Any = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with pytest.raises(UsageError, match=r'pip install "pytest-cognito\[server\]"'):
        Server(World()).start()
    try:
        assert command_line.main(["serve", "--port", "0"]) == 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert "which is not installed" in capsys.readouterr().err


def test_a_server_that_does_not_run() -> None:
    server = Server(World())
    with pytest.raises(UsageError, match="call start"):
        _ = server.endpoint_url

    url = server.start().endpoint_url
    server.stop()
    server.stop()

    with pytest.raises(ConnectionRefusedError):
        Wire(url).call("ListUserPools")


def test_ipv6() -> None:
    if not socket.has_ipv6:
        pytest.skip("this Python has no IPv6")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"this machine has no IPv6 loopback: {error}")
    with Server(World(), host="::1") as server, Wire(server.endpoint_url) as wire:
        assert server.endpoint_url.startswith("http://[::1]:")
        assert wire.call("ListUserPools", b'{"MaxResults":1}').status == 200
