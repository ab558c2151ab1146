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
        (POOL_OF_ITS_OWN, "pool={'PoolName': 'x'}, users=['ann']", "cognito_user_pool"),
        (POOL_OF_ITS_OWN, "client={'GenerateSecret': True}", "cognito_user_pool"),
        (POOL_OF_ITS_OWN.replace("return", "_ ="), "users=['ann']", "cognito_user_pool"),
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


USERS_AND_TRIGGERS = """
import pytest

def tenant(event, context):
    event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"tenant": "t1"}}
    return event

@pytest.mark.cognito(users=["ann", "bob"], triggers={"PreTokenGeneration": tenant})
def test_it(cognito_user_pool, cognito_user, cognito_tokens):
    assert [user.username for user in cognito_user_pool.users] == ["ann", "bob"]
    assert cognito_user.username == "ann"
    assert cognito_tokens.id_claims["tenant"] == "t1"
"""


def test_users_and_triggers_are_for_the_pool_of_the_suites_own(run: Run) -> None:
    run(USERS_AND_TRIGGERS, conftest=POOL_OF_ITS_OWN).assert_outcomes(passed=1)
