"""A test fails at its end if the code under test has swallowed an error that only the test could have expected."""

from __future__ import annotations

import textwrap

import pytest

from .conftest import WITH_ASYNCIO, Run

HEAD = """
import asyncio, contextlib, threading, unittest, urllib.request
import boto3, pytest
from pytest_cognito import mock_cognito
from pytest_cognito.kernel.errors import NotMocked

KEYS = dict(region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing")

def blocked():
    return boto3.client("cognito-idp", **KEYS).list_user_pools(MaxResults=1)

def not_there():
    return urllib.request.urlopen("https://sts.us-east-1.amazonaws.com/another-page")

def application(call):
    try:
        return call()
    except Exception:
        return None
"""


def head(source: str) -> str:
    return HEAD + textwrap.dedent(source)


def test_a_blocked_call(run: Run) -> None:
    result = run(head("def test_it(): application(blocked)"))

    result.assert_outcomes(failed=1)
    said = result.stdout.str()
    assert "An error of pytest-cognito did not reach the test, since the code under test caught it:" in said
    assert (
        "NotMocked, caught in application at test_a_blocked_call.py:16: ListUserPools of cognito-idp would have" in said
    )
    assert "If the test expects it, let it say so: with pytest.raises(NotMocked):" in said


def test_a_feature_that_is_not_there(run: Run) -> None:
    result = run(head("def test_it(cognito): application(not_there)"))

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Unsupported, caught in application at *: pytest-cognito does not answer GET*"])


def test_each_error_is_told_once(run: Run) -> None:
    result = run(
        head("""
            def test_it():
                for _ in range(3):
                    application(blocked)
                application(lambda: urllib.request.urlopen("https://a.auth.us-east-1.amazoncognito.com/login"))
        """)
    )

    said = result.stdout.str()
    assert "2 errors of pytest-cognito did not reach the test" in said
    assert said.count("caught in application") == 2


SWALLOWED = {
    "in a thread": """
        def test_it():
            thread = threading.Thread(target=application, args=[blocked])
            thread.start()
            thread.join()
    """,
    "in a task": """
        def test_it():
            async def serve():
                await asyncio.gather(asyncio.to_thread(application, blocked))
            asyncio.run(serve())
    """,
    "in a fixture": """
        @pytest.fixture
        def prepared():
            application(blocked)
        def test_it(prepared):
            pass
    """,
    "in a class of unittest": """
        class TestIt(unittest.TestCase):
            def test_it(self):
                application(blocked)
    """,
    "as the cause of another error, which the test expects": """
        def wrap():
            try:
                blocked()
            except Exception as error:
                raise RuntimeError("no pools") from error
        def test_it():
            with pytest.raises(RuntimeError):
                wrap()
    """,
    "in a decorated test": """
        @mock_cognito
        def test_it():
            application(not_there)
    """,
    "after one that the test expects": """
        def test_it():
            with pytest.raises(NotMocked):
                blocked()
            application(blocked)
    """,
}


@pytest.mark.parametrize("source", SWALLOWED.values(), ids=SWALLOWED)
def test_it_fails(run: Run, source: str) -> None:
    result = run(head(source))

    result.assert_outcomes(failed=1)
    assert "did not reach the test" in result.stdout.str()


def test_in_a_teardown_it_is_an_error_of_the_teardown(run: Run) -> None:
    result = run(
        head("""
            @pytest.fixture
            def cleaned():
                yield
                application(blocked)
            def test_it(cleaned):
                pass
        """)
    )

    result.assert_outcomes(passed=1, errors=1)
    assert "did not reach the test" in result.stdout.str()


SEEN = {
    "pytest.raises": """
        def test_it():
            with pytest.raises(NotMocked):
                blocked()
    """,
    "pytest.raises of any exception": """
        def test_it():
            with pytest.raises(Exception, match="nothing in this test answers it"):
                blocked()
    """,
    "a helper": """
        def refusal(call):
            with pytest.raises(NotMocked) as raised:
                call()
            return str(raised.value)
        def test_it():
            assert "ListUserPools" in refusal(blocked)
    """,
    "an except of the test's": """
        def test_it():
            try:
                blocked()
            except Exception as error:
                assert "ListUserPools" in str(error)
    """,
    "a helper that names it": """
        def test_it():
            raised = []
            def call():
                try:
                    blocked()
                except NotMocked as error:
                    raised.append(error)
            thread = threading.Thread(target=call)
            thread.start()
            thread.join()
            assert len(raised) == 1
    """,
    "contextlib": """
        def test_it():
            with contextlib.suppress(NotMocked):
                blocked()
    """,
    "unittest": """
        class TestIt(unittest.TestCase):
            def test_it(self):
                with self.assertRaises(NotMocked):
                    blocked()
    """,
    "a coroutine": """
        @pytest.mark.asyncio
        async def test_it():
            with pytest.raises(NotMocked):
                await asyncio.to_thread(blocked)
    """,
    "a decorated test": """
        @mock_cognito
        def test_it():
            try:
                not_there()
            except Exception:
                pass
    """,
    "real=True": """
        @pytest.mark.cognito(real=True)
        def test_it():
            application(lambda: boto3.client("cognito-idp", endpoint_url="http://127.0.0.1:9", **KEYS))
    """,
}


@pytest.mark.parametrize("source", SEEN.values(), ids=SEEN)
def test_one_that_the_test_expects_does_not_fail_it(run: Run, source: str) -> None:
    run(head(source), **WITH_ASYNCIO).assert_outcomes(passed=1)


def test_a_test_that_fails_anyway_fails_once(run: Run) -> None:
    result = run(head("def test_it():\n    application(blocked)\n    assert False"))

    result.assert_outcomes(failed=1)
    assert "did not reach the test" not in result.stdout.str()


def test_an_expected_failure_is_one(run: Run) -> None:
    run(head("@pytest.mark.xfail\ndef test_it():\n    application(blocked)")).assert_outcomes(xfailed=1)


def test_the_next_test_does_not_fail_for_it(run: Run) -> None:
    result = run(head("def test_one():\n    application(blocked)\ndef test_two():\n    pass"))

    result.assert_outcomes(failed=1, passed=1)
