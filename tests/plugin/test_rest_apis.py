"""REST APIs in test runs: those of a seed, and what a report shows of a decision."""

from __future__ import annotations

from .conftest import Run

SEED = """
import pytest

ASKED = []

def authorizer(event, context):
    ASKED.append(event)
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
    return {"principalId": "a", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}

@pytest.fixture(scope="session")
def cognito_seed():
    def seed(cognito):
        cognito.rest_api({"GET /": lambda event, context: {}}, authorizer=authorizer, id="a1b2c3d4e5")
    return seed
"""


def test_an_api_of_the_seed_has_a_cache_in_each_test(run: Run) -> None:
    source = """
import pytest
import requests
from conftest import ASKED

@pytest.mark.parametrize("number", [1, 2])
def test_asked(cognito, number):
    for _ in range(2):
        url = "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/"
        assert requests.get(url, headers={"Authorization": "x"}).status_code == 200
    assert [call.service for call in cognito.calls] == ["execute-api", "execute-api"]
    assert len(ASKED) == number
"""

    run(source, conftest=SEED).assert_outcomes(passed=2)


def test_the_report_shows_the_decision(run: Run) -> None:
    source = """
def test_notes(cognito, cognito_user_pool, cognito_auth_header):
    api = cognito.rest_api({"GET /notes": lambda event, context: {}}, authorizer=cognito_user_pool)
    assert api.get("/notes", headers=cognito_auth_header).status_code == 200
"""

    run(source).stdout.fnmatch_lines(
        [
            "GET /notes → 401",
            "    · COGNITO_USER_POOLS refused the token in Authorization: it is not the kind of token that is",
        ]
    )
