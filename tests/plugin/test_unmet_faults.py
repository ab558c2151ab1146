"""A test that injects a fault which no call meets fails at its end."""

from __future__ import annotations

import textwrap

import pytest

from .conftest import Run


def body(lines: str) -> str:
    return f"""
import boto3, pytest
from pytest_cognito import mock_cognito

def test_it(cognito, cognito_user):
{textwrap.indent(textwrap.dedent(lines), "    ")}
"""


UNMET = {
    "no call of it": (
        "cognito.faults.throttle('GetUser')",
        "no call of GetUser met the injected fault, TooManyRequestsException of GetUser: there was none.",
    ),
    "a call before it": (
        "boto3.client('cognito-idp').list_user_pools(MaxResults=1); cognito.faults.fail('ListUserPools')",
        "no call of ListUserPools met *: the one there was came before it, or from a handle.",
    ),
    "a call of a handle": (
        "cognito.faults.time_out('admin_initiate_auth'); cognito_user.sign_in()",
        "no call of admin_initiate_auth met the injected fault, a read time-out of admin_initiate_auth: the one there*",
    ),
    "no call at all": (
        "cognito.faults.slow_down(seconds=1)",
        "no call met *, 1 seconds of latency of any operation: *",
    ),
    "in a mock inside": (
        "with mock_cognito() as inner:\n    inner.faults.throttle('SignUp')",
        "no call of SignUp met *: there was none.",
    ),
}


@pytest.mark.parametrize(("lines", "message"), UNMET.values(), ids=UNMET)
def test_the_test_fails(run: Run, lines: str, message: str) -> None:
    result = run(body(lines))

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([message])
    assert "pytest_cognito/" not in result.stdout.str()


@pytest.mark.parametrize(
    "lines",
    [
        """
        cognito.faults.throttle("ListUserPools", times=9)
        with pytest.raises(Exception, match="Rate exceeded"):
            boto3.client("cognito-idp").list_user_pools(MaxResults=1)
        """,
        """
        cognito.faults.throttle("GetUser")
        cognito.faults.clear()
        """,
        """
        cognito.faults.throttle("GetUser")
        pytest.skip("not here")
        """,
    ],
    ids=["met once", "cleared", "skipped"],
)
def test_the_test_does_not_fail(run: Run, lines: str) -> None:
    outcomes = run(body(lines)).parseoutcomes()

    assert "failed" not in outcomes
    assert "errors" not in outcomes


def test_a_test_that_fails_by_itself_says_why_and_no_more(run: Run) -> None:
    result = run(body("cognito.faults.throttle('GetUser'); assert 1 == 2"))

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E       assert 1 == 2"])
    result.stdout.no_fnmatch_line("*injected fault*")


def test_a_fault_of_a_fixture_counts_as_the_tests(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.fixture
        def throttled(cognito_faults):
            cognito_faults.throttle("GetUser")

        def test_it(throttled):
            pass
        """
    )

    result.assert_outcomes(failed=1)
