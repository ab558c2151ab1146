"""What the server shows on the console."""

from __future__ import annotations

import datetime as dt
import io
import json
import signal
import threading
from typing import Any

import pytest

from pytest_cognito.commands.console import Console
from pytest_cognito.kernel.outbox import Message, Outbox

from .loopback import PASSWORD, Command, Wire, start


def call(wire: Wire, operation: str, **parameters: Any) -> Any:
    answer = wire.call(operation, json.dumps(parameters).encode())
    assert answer.status == 200, answer.body
    return json.loads(answer.body or b"null")


def invite(wire: Wire, pool: str, name: str = "ann") -> None:
    email = [{"Name": "email", "Value": f"{name}@example.com"}]
    call(
        wire, "AdminCreateUser", UserPoolId=pool, Username=name, UserAttributes=email, DesiredDeliveryMediums=["EMAIL"]
    )


def end(command: Command) -> str:
    command.process.send_signal(signal.SIGTERM)
    out, errors = command.process.communicate(timeout=30)
    assert (command.process.returncode, errors) == (0, "")
    return out


def test_each_message_is_a_line(command: Command) -> None:
    with Wire(command.endpoint_url) as wire:
        pool = call(wire, "CreateUserPool", PoolName="app", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
        client = call(wire, "CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
        email = [{"Name": "email", "Value": "bob@example.com"}]
        call(wire, "SignUp", ClientId=client, Username="bob", Password=PASSWORD, UserAttributes=email)
        invite(wire, pool)
        sent = json.loads(wire.send("GET", "/_cognito/outbox").body)["messages"]

    assert end(command).splitlines() == [
        f"e-mail to bob@example.com: code {sent[0]['code']} (SignUp, bob of {pool})",
        f"e-mail to ann@example.com: temporary password {sent[1]['code']} (AdminCreateUser, ann of {pool})",
    ]


def test_verbose_shows_each_request() -> None:
    command = start("--port", "0", "--verbose")
    with Wire(command.endpoint_url) as wire:
        wire.call("ListUserPools", b'{"MaxResults":1}')
        wire.call("DescribeUserPool", b'{"UserPoolId":"us-east-1_none"}')
        wire.send("POST", "/", {}, b"Action=GetCallerIdentity&Version=2011-06-15")
        wire.send("GET", "/confirmUser?confirmation_code=123456")
        wire.send("POST", "/", {"X-Amz-Target": "Service.\x9b31m"}, b"{}")

    lines = [line.partition(" ") for line in end(command).splitlines()]

    assert [shown for _, _, shown in lines] == [
        "ListUserPools → 200",
        "DescribeUserPool → 400 ResourceNotFoundException: User pool us-east-1_none does not exist.",
        "GetCallerIdentity → 403",
        "GET /confirmUser → 400",
        r"\x9b31m → 400 UnknownOperationException: No operation is known for the header X-Amz-Target: Service. 31m",
    ]
    assert all(len(time) == len("12:34:56") for time, _, _ in lines)


def test_a_console_that_nobody_reads_holds_no_call_up(command: Command) -> None:
    """A pipe takes 64 kB; then a write to it waits until somebody reads."""
    with Wire(command.endpoint_url) as wire:
        ses = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a"}
        pool = call(wire, "CreateUserPool", PoolName="app", EmailConfiguration=ses)["UserPool"]["Id"]
        for number in range(800):
            invite(wire, pool, f"somebody-with-a-long-name-{number}")

    assert len(end(command).splitlines()) > 100


def test_a_console_that_is_closed_holds_no_call_up(command: Command) -> None:
    assert command.process.stdout is not None
    command.process.stdout.close()
    with Wire(command.endpoint_url) as wire:
        pool = call(wire, "CreateUserPool", PoolName="app")["UserPool"]["Id"]
        for name in ("ann", "bob", "carol"):
            invite(wire, pool, name)

    command.process.send_signal(signal.SIGTERM)
    assert command.process.wait(timeout=30) == 0


def message(**different: Any) -> Message:
    settings = {
        "medium": "SMS",
        "to": "+15555550100",
        "subject": None,
        "body": "Your code is 123456",
        "code": "123456",
        "link": None,
        "source": "SignUp",
        "pool_id": "us-east-1_a",
        "username": "ann",
        "sent": dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    }
    return Message(**{**settings, **different})


@pytest.mark.parametrize(
    ("different", "line"),
    [
        ({}, "SMS to +15555550100: code 123456 (SignUp, ann of us-east-1_a)"),
        (
            {"username": "\x1b[2Jann\n", "to": "é\x00"},
            r"SMS to é\x00: code 123456 (SignUp, \x1b[2Jann\n of us-east-1_a)",
        ),
        (
            {"link": "https://notes.auth.us-east-1.amazoncognito.com/confirmUser/?a=1&b=2"},
            "SMS to +15555550100: link http://127.0.0.1:1/confirmUser/?a=1&b=2 (SignUp, ann of us-east-1_a)",
        ),
        ({"code": None}, "SMS to +15555550100: text Your code is 123456 (SignUp, ann of us-east-1_a)"),
        ({"code": None, "subject": "Hello"}, "SMS to +15555550100: text Hello (SignUp, ann of us-east-1_a)"),
    ],
    ids=["a code", "control characters", "a link", "a text", "a subject"],
)
def test_the_line_of_a_message(different: dict[str, Any], line: str) -> None:
    outbox, stream = Outbox(), io.StringIO()
    with Console(stream) as console:
        console.show_messages(outbox, "http://127.0.0.1:1")
        outbox.add(message(**different))

    assert stream.getvalue() == f"{line}\n"


class Stuck(io.StringIO):
    """A stream that takes no line until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()

    def write(self, line: str) -> int:
        assert self.may_go_on.wait(timeout=30)
        return super().write(line)


def test_lines_that_nobody_takes_do_not_fill_the_memory() -> None:
    stream = Stuck()
    with Console(stream) as console:
        for number in range(20_000):
            console.write(str(number))
        stream.may_go_on.set()

    written = stream.getvalue().splitlines()
    assert len(written) in (10_000, 10_001)
    assert written == [str(number) for number in range(len(written))]
