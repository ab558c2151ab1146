"""The plugin among others: xdist, random order, and pytest with parts switched off."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.support import plugins

from .conftest import Run

SUITE = """
import boto3, pytest

@pytest.mark.parametrize("number", range(6))
def test_users(cognito_user, cognito_idp, number):
    assert len(cognito_user.pool.users) == 1
    cognito_idp.admin_delete_user(UserPoolId=cognito_user.pool.id, Username="alice")

@pytest.mark.cognito(users=["bob"])
def test_marked():
    assert len(boto3.client("cognito-idp").list_user_pools(MaxResults=9)["UserPools"]) == 1

def test_without():
    pass
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("-p", "no:randomly"),
        ("-p", "no:cacheprovider"),
        ("--assert=plain",),
        ("-p", "no:logging", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:asyncio", "-p", "no:anyio"),
        ("-p", "no:cacheprovider", "--randomly-seed=3"),
    ],
    ids=" ".join,
)
def test_a_suite_passes(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makepyfile(SUITE)

    assert pytester.inline_run(*arguments).ret == pytest.ExitCode.OK


def test_without_the_plugin_nothing_of_it_is_there(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(cognito): pass")
    result = pytester.runpytest_inprocess("-p", "no:cognito", "-p", "no:asyncio")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'cognito' not found*"])


IDS = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_ids(cognito_user, number):
    with open(f"{number}.ids", "a") as file:
        file.write(f"{cognito_user.pool.id} {cognito_user.pool.client.id} {cognito_user.sub}\\n")
"""


def test_a_test_draws_the_same_ids_in_every_run_and_on_every_worker(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.alone(monkeypatch, "xdist.plugin")
    for arguments in ((), ("-k", "2 or 3"), ("-n", "2")):
        run(IDS, *arguments).assert_outcomes(passed=2 if "-k" in arguments else 4)

    drawn = {path.name: path.read_text().splitlines() for path in Path().glob("*.ids")}
    assert [len(lines) for _, lines in sorted(drawn.items())] == [2, 2, 3, 3]
    assert [len(set(lines)) for lines in drawn.values()] == [1, 1, 1, 1]
    assert len({lines[0] for lines in drawn.values()}) == 4


def test_keys_are_kept_in_pytests_cache(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.alone(monkeypatch)
    pytester.makepyfile("def test_it(cognito_tokens): assert cognito_tokens.access_token")

    pytester.runpytest_subprocess().assert_outcomes(passed=1)

    assert len(list(pytester.path.glob(".pytest_cache/d/cognito-keys/*.json"))) == 2


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_loading_the_plugin_imports_no_sdk(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): pass")
    printed = python(
        """
        import sys
        import pytest

        pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:pytest_httpx", "-p", "no:respx",
                     "-p", "no:requests_mock", "-p", "no:hypothesispytest", "-p", "no:randomly"])
        heavy = {"botocore", "boto3", "aiobotocore", "cryptography", "werkzeug", "requests", "responses", "jwt"}
        print("heavy:", sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
        print("plugin:", "pytest_cognito.plugin" in sys.modules)
        """
    )

    assert "1 passed" in printed
    assert "plugin: True" in printed
    assert "heavy: []" in printed


def test_the_fixtures_are_typed(pytester: pytest.Pytester) -> None:
    """A type checker knows what each fixture gives."""
    from pytest_cognito import fixtures

    source = Path(fixtures.__file__).read_text()
    wanting = re.findall(r"^def ([a-z]\w+)\((?:[^)]*)\)(?: -> Any)?:$", source, re.MULTILINE)
    assert wanting == []
