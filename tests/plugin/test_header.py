"""The line at the start of a run."""

from __future__ import annotations

import pytest

from .conftest import Run

SOURCE = "def test_it(): pass"


@pytest.fixture(autouse=True)
def no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "nowhere")


def test_nothing_is_said_where_nothing_was_asked(run: Run) -> None:
    run(SOURCE).stdout.no_fnmatch_line("cognito: *")


@pytest.mark.parametrize(
    ("arguments", "ini", "line"),
    [
        (("-v",), "", "region us-east-1 (default), calls to AWS blocked (default)"),
        (("--cognito-trace",), "", "region us-east-1 (default), calls to AWS blocked (default)"),
        ((), "cognito_region = eu-west-1", "region eu-west-1 (cognito_region), calls to AWS blocked (default)"),
        ((), "cognito_allow_real = true", "region us-east-1 (default), calls to AWS allowed (cognito_allow_real)"),
        (
            (),
            "cognito_user_pool_id = eu-west-1_App1\ncognito_account_id = 111122223333",
            "region eu-west-1 (cognito_user_pool_id), account 111122223333 (cognito_account_id), *",
        ),
        (
            (),
            "cognito_user_pool_id = eu-west-1_App1",
            "*, user pool eu-west-1_App1 (cognito_user_pool_id), calls to AWS blocked (default)",
        ),
        (
            (),
            "cognito_env = CLIENT = client_id",
            "*, app client pytest00000000000000000000 (cognito_env), sets CLIENT (cognito_env), *",
        ),
    ],
    ids=["-v", "trace", "region", "real", "account", "pool", "environment"],
)
def test_each_value_and_where_it_comes_from(run: Run, arguments: tuple[str, ...], ini: str, line: str) -> None:
    run(SOURCE, *arguments, ini=ini).stdout.fnmatch_lines([f"cognito: pytest-cognito *, {line}"])


def test_a_region_of_the_machine(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-south-1")

    run(SOURCE, "-v").stdout.fnmatch_lines(["cognito: *, region ap-south-1 (environment), *"])
