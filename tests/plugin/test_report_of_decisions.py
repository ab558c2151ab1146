"""What a failing test shows of the decisions of policies that it asked for."""

from __future__ import annotations

import re

import pytest

from .conftest import Run

TEST = """
from pytest_cognito import iam

POLICY = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/${aws:username}/*"},
}
ALICE = iam.Principal("arn:aws:iam::123456789012:user/alice", "AIDA", "123456789012", "User", username="alice")

def can(key):
    request = iam.Request(ALICE, "s3:GetObject", "arn:aws:s3:::notes/" + key)
    return iam.evaluate(request, iam.Policies((iam.NamedPolicy("own", iam.parse(POLICY)),)))
"""
DENIED = """\
denied: s3:GetObject on arn:aws:s3:::notes/bob/a.txt
by: arn:aws:iam::123456789012:user/alice
because no identity-based policy allows the s3:GetObject action
own (identity-based policy), statement 0 does not apply:
    resource no: arn:aws:s3:::notes/alice/*
"""
ALLOWED = """\
allowed: s3:GetObject on arn:aws:s3:::notes/alice/a.txt
by: arn:aws:iam::123456789012:user/alice
own (identity-based policy), statement 0 allows it
    by resource arn:aws:s3:::notes/alice/*
"""


def shown(result: pytest.RunResult) -> list[str]:
    return re.findall(
        r"^-+ Decisions of policies -+\n(.*?)(?=^[-_=]{3})", result.stdout.str(), re.MULTILINE | re.DOTALL
    )


@pytest.mark.parametrize(
    ("lines", "section"),
    [
        ('assert can("bob/a.txt")', DENIED),
        ('assert not can("alice/a.txt")', ALLOWED),
        ('found = can("bob/a.txt"); assert found', DENIED),
        ('assert can("alice/a.txt") and can("bob/a.txt")', f"{ALLOWED}\n{DENIED}"),
    ],
)
def test_the_decisions_that_an_assertion_saw(run: Run, lines: str, section: str) -> None:
    result = run(f"{TEST}\ndef test_it():\n    {lines}\n")

    assert shown(result) == [section]


def test_the_assertion_itself_has_one_line(run: Run) -> None:
    result = run(f"{TEST}\ndef test_it():\n    assert can('bob/a.txt')\n")

    reason = "because no identity-based policy allows the s3:GetObject action"
    result.stdout.fnmatch_lines(
        [f"E*assert <denied: s3:GetObject on arn:aws:s3:::notes/bob/a.txt, {reason}>", "E* = can('bob/a.txt')"]
    )


def test_no_section_without_decisions(run: Run) -> None:
    result = run(f"{TEST}\ndef test_passes():\n    assert can('alice/a.txt')\n\ndef test_fails():\n    assert not 1\n")

    result.assert_outcomes(passed=1, failed=1)
    assert not shown(result)
