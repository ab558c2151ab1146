"""``serve --triggers``: the functions that pools name, from a module."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.functions import ModuleFunctions

from .loopback import PASSWORD, Command, Wire, start

ARN = "arn:aws:lambda:us-east-1:123456789012:function:"
MODULE = """
import boto3

idp = boto3.client("cognito-idp")


def greet_new_users(event, context):
    assert context.function_name == "greet-new-users"
    event["response"]["autoConfirmUser"] = True
    return event


def add_to_group(event, context):
    group = {"UserPoolId": event["userPoolId"], "GroupName": "new"}
    idp.create_group(**group)
    idp.admin_add_user_to_group(**group, Username=event["userName"])
    return event


def refuse(event, context):
    raise ValueError("not you")


GREETING = "hello"
"""
Start = Callable[..., Command]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Start]:
    """Start the server in a directory with the module."""
    (tmp_path / "functions_of_app.py").write_text(MODULE)
    started: list[Command] = []

    def start_it() -> Command:
        started.append(start("--port", "0", "--triggers", "functions_of_app", cwd=tmp_path))
        return started[-1]

    yield start_it
    for command in started:
        command.process.kill()
        command.process.communicate()


def sign_up(wire: Wire, **triggers: str) -> tuple[int, Any, str]:
    """A sign-up in a pool with triggers: the status, the answer, and the id of the pool."""

    def call(operation: str, **parameters: Any) -> tuple[int, Any]:
        answer = wire.call(operation, json.dumps(parameters).encode())
        return answer.status, json.loads(answer.body)

    config = {trigger: f"{ARN}{function}" for trigger, function in triggers.items()}
    pool = call("CreateUserPool", PoolName="app", LambdaConfig=config)[1]["UserPool"]["Id"]
    client = call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")[1]["UserPoolClient"]["ClientId"]
    return *call("SignUp", ClientId=client, Username="ann", Password=PASSWORD), pool


@pytest.mark.parametrize("version", ["", ":7", ":live"])
def test_a_function_of_the_module_runs(serve: Start, version: str) -> None:
    with Wire(serve().endpoint_url) as wire:
        status, answer, _ = sign_up(wire, PreSignUp=f"greet-new-users{version}")

    assert (status, answer["UserConfirmed"]) == (200, True)


def test_its_own_calls_of_cognito_are_answered_by_the_server(serve: Start) -> None:
    with Wire(serve().endpoint_url) as wire:
        status, _, pool = sign_up(wire, PreSignUp="greet-new-users", PostConfirmation="add-to-group")
        body = json.dumps({"UserPoolId": pool, "GroupName": "new"}).encode()
        members = json.loads(wire.call("ListUsersInGroup", body).body)["Users"]

    assert (status, [user["Username"] for user in members]) == (200, ["ann"])


def test_an_error_of_a_function_is_on_the_console(serve: Start) -> None:
    command = serve()
    with Wire(command.endpoint_url) as wire:
        status, answer, _ = sign_up(wire, PreSignUp="refuse")
    command.process.terminate()
    _, errors = command.process.communicate(timeout=30)

    assert (status, answer["__type"]) == (400, "UserLambdaValidationException")
    assert answer["message"] == "PreSignUp failed with error not you."
    assert 'raise ValueError("not you")' in errors


@pytest.mark.parametrize("function", ["nobody-has-this", "GREETING"])
def test_a_function_that_the_module_does_not_have(serve: Start, function: str) -> None:
    with Wire(serve().endpoint_url) as wire:
        status, answer, _ = sign_up(wire, PreSignUp=function)

    assert (status, answer["__type"]) == (400, "UsageError")
    assert f"{ARN}{function}" in answer["message"]
    assert "serve --triggers module" in answer["message"]


@pytest.mark.parametrize(
    ("module", "said"),
    [("nothing_of_that_name", "there is no module 'nothing_of_that_name' here"), ("empty", "empty has no functions")],
)
def test_a_module_of_no_use(tmp_path: Path, module: str, said: str) -> None:
    (tmp_path / "empty.py").write_text("from pathlib import Path\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest_cognito", "serve", "--port", "0", "--triggers", module],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        f"pytest-cognito: {said}" if module == "empty" else "pytest-cognito: --triggers takes"
    )
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_in_the_module_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "functions_that_import.py").write_text("import nothing_of_that_name\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        ModuleFunctions("functions_that_import")
    with pytest.raises(UsageError, match=r"there is no module 'json\.nothing' here"):
        ModuleFunctions("json.nothing")


def test_every_name_of_a_lambda_function_has_one_in_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "functions_with_names.py").write_text("def _2nd_of_app(event, context): ...\n")
    monkeypatch.syspath_prepend(tmp_path)
    functions = ModuleFunctions("functions_with_names")

    assert functions.find(f"{ARN}2nd-of-app") is not None
    assert functions.find(f"{ARN}another") is None
    assert functions.find("arn:aws:sns:us-east-1:123456789012:2nd-of-app") is None
