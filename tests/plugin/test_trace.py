"""`--cognito-trace`: what is shown of every test, not of failed ones alone."""

from __future__ import annotations

import pytest

from tests.support import plugins

from .conftest import Run

TRACED = """
def test_good(cognito):
    cognito.call("ListUserPools", MaxResults=1)

def test_bad(cognito):
    cognito.call("ListUserPools", MaxResults=2)
    assert False
"""


def test_a_trace_is_of_passing_tests_too(run: Run) -> None:
    said = run(TRACED, "--cognito-trace").stdout.str()

    _, _, trace = said.partition(" Cognito trace ")
    assert "::test_good ___" in trace
    assert "ListUserPools MaxResults=1 → UserPools=[]" in trace
    assert said.count("MaxResults=1") == said.count("ListUserPools MaxResults=2") == 1


def test_a_trace_is_not_printed_twice_where_pytest_shows_passed_tests(run: Run) -> None:
    result = run(TRACED, "--cognito-trace", "-rA")

    assert result.stdout.str().count("ListUserPools MaxResults=1") == 1


def test_a_trace_leaves_nothing_out(run: Run) -> None:
    result = run(
        "def test_it(cognito):\n for _ in range(60): cognito.call('ListUserPools', MaxResults=1)", "--cognito-trace"
    )

    assert result.stdout.str().count("ListUserPools") == 60


def test_sections_come_from_xdist_workers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.alone(monkeypatch, "xdist.plugin")
    said = run(TRACED, "--cognito-trace", "-n", "1").stdout.str()

    assert said.count("ListUserPools MaxResults=1") == said.count("ListUserPools MaxResults=2") == 1
