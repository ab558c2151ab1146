"""The marker's `now`, and `freeze` of the clock: until the test ends, in async tests as well, and not for pytest."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import TYPE_CHECKING

import jwt
import pytest

from pytest_cognito import Cognito, Tokens, UserPool

from .conftest import Run

if TYPE_CHECKING:
    from pytest_cognito.kernel.clock import Clock

NOON = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


@pytest.mark.cognito(now="2030-01-01T12:00Z")
def test_the_tokens_of_the_fixtures_are_of_that_moment(
    cognito_tokens: Tokens, cognito_user_pool: UserPool, cognito_clock: Clock
) -> None:
    token = cognito_tokens.access_token
    key = jwt.PyJWKClient(cognito_user_pool.jwks_uri).get_signing_key_from_jwt(token)
    assert jwt.decode(token, key, algorithms=["RS256"])["iat"] == time.time() == NOON.timestamp()

    cognito_clock.advance(hours=1, seconds=1)

    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(token, key, algorithms=["RS256"])


@pytest.mark.cognito(now=NOON)
@pytest.mark.asyncio
async def test_in_an_async_test(cognito: Cognito) -> None:
    import asyncio

    await asyncio.sleep(0.01)
    assert cognito.clock.now() == dt.datetime.now(dt.UTC) == NOON


def test_the_nearest_marker_wins_and_each_test_begins_anew(run: Run) -> None:
    result = run(
        """
        import datetime as dt, pytest

        pytestmark = pytest.mark.cognito(now="2030-01-01")

        def year():
            return dt.datetime.now(dt.timezone.utc).year

        def test_of_the_module():
            assert year() == 2030

        @pytest.mark.cognito(now="2031-01-01")
        class TestClass:
            def test_of_the_class(self, cognito_clock):
                assert year() == cognito_clock.now().year == 2031
                cognito_clock.advance(days=365)
                assert year() == cognito_clock.now().year == 2032

            def test_again(self):
                assert year() == 2031

            @pytest.mark.cognito(now="2032-01-01", users=["ann"])
            def test_of_the_test(self, cognito_user):
                user = cognito_user.pool.call("AdminGetUser", Username="ann")
                assert year() == user["UserCreateDate"].year == 2032

            @pytest.mark.cognito(now=None)
            def test_none(self):
                assert year() < 2030
        """
    )

    result.assert_outcomes(passed=5)


def test_what_a_test_freezes_runs_again_after_it(run: Run) -> None:
    result = run(
        """
        import time

        def test_freezes(cognito_clock):
            cognito_clock.freeze("2030-01-01T12:00Z")
            assert time.time() == 1893499200

        def test_fails(cognito_clock):
            cognito_clock.freeze("2030-01-01T12:00Z")
            assert False

        def test_after(cognito_clock):
            assert cognito_clock.now().timestamp() - time.time() < 1 and time.time() < 1893499200
        """
    )

    result.assert_outcomes(passed=2, failed=1)


def test_it_is_there_before_the_fixtures_of_the_suite(run: Run) -> None:
    result = run(
        """
        import pytest, time

        @pytest.fixture(autouse=True)
        def application():
            return time.time()

        @pytest.mark.cognito(now="2030-01-01T12:00Z")
        def test_it(application):
            assert application == 1893499200
        """
    )

    result.assert_outcomes(passed=1)


def test_pytest_measures_real_durations(run: Run) -> None:
    result = run(
        """
        import pytest, time

        @pytest.mark.cognito(now="2030-01-01T12:00Z")
        def test_it(cognito):
            time.sleep(0.02)

        def test_freezes(cognito):
            cognito.clock.freeze("2030-01-01T12:00Z")
            time.sleep(0.02)
        """,
        "--durations=0",
        "-vv",
    )

    result.assert_outcomes(passed=2)
    lines = re.finditer(r"^(-?[\d.]+)s (?:setup|call|teardown)", result.stdout.str(), re.MULTILINE)
    durations = [float(line[1]) for line in lines]
    assert len(durations) == 6
    assert all(0 <= duration < 60 for duration in durations)
    assert len([duration for duration in durations if duration >= 0.02]) >= 2


def test_real_calls_have_no_clock_of_ours(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.cognito(now="2030-01-01")
        class TestIt:
            @pytest.mark.cognito(real=True)
            def test_it(self):
                pass
        """
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*now= of the cognito marker stops the clock of the mock; *real=True*"])
