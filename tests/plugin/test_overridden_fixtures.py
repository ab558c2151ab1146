"""The marker in a suite that has fixtures of its own in place of the plugin's: nothing it says is passed over."""

from __future__ import annotations

import pytest

from .conftest import Run

POOL_OF_ITS_OWN = """
import pytest

@pytest.fixture
def cognito_user_pool(cognito):
    return cognito.create_user_pool(PoolName="own")
"""
COGNITO_OF_ITS_OWN = """
import pytest
from pytest_cognito import mock_cognito

@pytest.fixture
def cognito():
    with mock_cognito() as cognito:
        yield cognito
"""


def marked(arguments: str) -> str:
    return f"""
import pytest

@pytest.mark.cognito({arguments})
def test_it(cognito_user_pool):
    assert cognito_user_pool.id
"""


@pytest.mark.parametrize(
    ("conftest", "arguments", "fixture"),
    [
        (POOL_OF_ITS_OWN, "users=['ann']", "cognito_user_pool"),
        (POOL_OF_ITS_OWN, "pool={'PoolName': 'x'}, client={'GenerateSecret': True}", "cognito_user_pool"),
        (POOL_OF_ITS_OWN, "triggers={'PreSignUp': print}", "cognito_user_pool"),
        (COGNITO_OF_ITS_OWN, "region='eu-west-1'", "cognito"),
        (COGNITO_OF_ITS_OWN, "account_id='111122223333', users=['ann']", "cognito"),
    ],
)
def test_what_the_suites_fixture_does_not_do(run: Run, conftest: str, arguments: str, fixture: str) -> None:
    result = run(marked(arguments), conftest=conftest)

    result.assert_outcomes(errors=1)
    named = arguments.partition("=")[0]
    result.stdout.fnmatch_lines([f"*@pytest.mark.cognito({named}=…*is for the plugin's fixture {fixture}, and*"])


@pytest.mark.parametrize(
    ("conftest", "arguments"),
    [
        (POOL_OF_ITS_OWN, "region='eu-west-1'"),
        (POOL_OF_ITS_OWN, ""),
        (COGNITO_OF_ITS_OWN, "users=['ann']"),
        (
            POOL_OF_ITS_OWN.replace("(cognito)", "(cognito_user_pool)").replace(
                "cognito.create", "cognito_user_pool or cognito.create"
            ),
            "users=['ann']",
        ),
    ],
    ids=["region", "nothing", "users", "on the plugin's"],
)
def test_what_the_plugins_fixtures_still_do(run: Run, conftest: str, arguments: str) -> None:
    run(marked(arguments), conftest=conftest).assert_outcomes(passed=1)
