"""A test that is decorated and takes fixtures has one world, and a test that is marked real takes none."""

from __future__ import annotations

import pytest

from .conftest import WITH_ASYNCIO, Run

HEAD = """
import boto3, pytest, unittest
from pytest_cognito import mock_cognito

def pools(**where):
    answer = boto3.client("cognito-idp", **where).list_user_pools(MaxResults=60)
    return [pool["Id"] for pool in answer["UserPools"]]

def create(name):
    return boto3.client("cognito-idp").create_user_pool(PoolName=name)["UserPool"]["Id"]
"""
TESTS = {
    "a function": """
@mock_cognito
def test_it(cognito_user_pool):
    assert pools() == [cognito_user_pool.id]
""",
    "a coroutine function": """
@pytest.mark.asyncio
@mock_cognito
async def test_it(cognito_user_pool):
    assert pools() == [cognito_user_pool.id]
""",
    "a function with parameters": """
@pytest.mark.parametrize("number", [1])
@mock_cognito
def test_it(cognito_user_pool, number):
    assert pools() == [cognito_user_pool.id]
""",
    "a function in other decorators": """
import functools
from freezegun import freeze_time

def other(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper

@other
@freeze_time("2030-01-01")
@mock_cognito
@other
def test_it(cognito_user_pool):
    assert pools() == [cognito_user_pool.id]
""",
    "a property": """
from hypothesis import HealthCheck, given, settings, strategies

@settings(suppress_health_check=list(HealthCheck), max_examples=2, database=None, deadline=None)
@given(number=strategies.integers())
@mock_cognito
def test_it(cognito_user_pool, number):
    assert pools() == [cognito_user_pool.id]
""",
    "settings of the decorator": """
@mock_cognito(region="eu-west-1", account_id="111122223333")
def test_it(cognito_user_pool):
    assert pools() == [cognito_user_pool.id]
    assert ":eu-west-1:111122223333:" in cognito_user_pool.arn
""",
    "settings of both that are the same": """
@pytest.mark.cognito(region="eu-west-1")
@mock_cognito(region="eu-west-1", account_id="111122223333")
def test_it(cognito_user_pool):
    assert ":eu-west-1:111122223333:" in cognito_user_pool.arn
""",
    "the marker": """
@pytest.mark.cognito(users=["ann"])
@mock_cognito
def test_it():
    [pool] = pools()
    boto3.client("cognito-idp").admin_get_user(UserPoolId=pool, Username="ann")
""",
    "a class": """
@mock_cognito
class TestIt:
    def setup_method(self):
        self.own = create("own")

    def test_one(self, cognito_user_pool):
        assert pools() == [self.own, cognito_user_pool.id]

    def test_other(self):
        assert pools() == [self.own]

    def teardown_method(self):
        assert self.own in pools()

class TestDerived(TestIt):
    def test_more(self, cognito_user_pool):
        assert pools() == [self.own, cognito_user_pool.id]
""",
    "a class of unittest": """
@pytest.mark.usefixtures("cognito_user_pool")
@mock_cognito
class TestIt(unittest.TestCase):
    def setUp(self):
        self.own = create("own")

    def test_it(self):
        assert len(pools()) == 2
        assert pools()[1] == self.own
""",
    "a class with the marker": """
@pytest.mark.cognito(users=["ann"])
@mock_cognito
class TestIt:
    def setup_method(self):
        create("own")

    def test_it(self):
        assert len(pools()) == 2
""",
    "a helper has a world of its own": """
@mock_cognito
def helper():
    assert pools(region_name="us-east-1") == []

@mock_cognito
def test_it(cognito_user_pool):
    helper()
    with mock_cognito():
        assert pools() == []
    assert pools() == [cognito_user_pool.id]
""",
    "without fixtures each run has a new world": """
@mock_cognito
def test_it():
    assert pools() == []
    create("own")

def test_again():
    test_it()
    test_it()
""",
}


@pytest.mark.parametrize("test", TESTS.values(), ids=TESTS)
def test_one_world(run: Run, test: str) -> None:
    result = run(HEAD + test, **WITH_ASYNCIO)

    outcomes = result.parseoutcomes()
    assert {name: number for name, number in outcomes.items() if name != "passed"} == {}
    assert outcomes["passed"] == test.count("def test_") + 2 * test.count("class TestDerived")


def test_two_values_for_one_world(run: Run) -> None:
    result = run(
        HEAD
        + """
@pytest.mark.cognito(region="eu-west-1")
@mock_cognito(region="us-west-2")
def test_it(cognito):
    pass
"""
    )

    result.assert_outcomes(errors=1)
    said = result.stdout.str()
    assert "two values for region, 'eu-west-1' and 'us-west-2'" in said
    assert "@pytest.mark.cognito(region='eu-west-1')" in said
    assert "pytest_cognito/" not in said


def test_a_test_that_is_real_takes_no_fixture_that_mocks(run: Run) -> None:
    result = run(
        HEAD
        + """
@pytest.mark.cognito(real=True)
def test_fixture(cognito_user):
    pass

@pytest.mark.cognito(real=True)
def test_mock():
    with mock_cognito(region="us-east-1"):
        assert pools(endpoint_url="http://127.0.0.1:9") == []

@pytest.mark.cognito(real=True)
@mock_cognito
def test_decorated():
    assert pools(endpoint_url="http://127.0.0.1:9") == []
"""
    )

    result.assert_outcomes(errors=1, passed=2)
    said = result.stdout.str()
    assert "marked with real=True" in said
    assert "with mock_cognito() as cognito" in said
