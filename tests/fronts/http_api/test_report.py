"""What a failing test shows of an HTTP API: the request, the decision and why, the function and its error."""

from __future__ import annotations

import re

from tests.plugin.conftest import Run, run
from tests.plugin.sections import section

__all__ = ["run"]

TEST = """
def handler(event, context):
    return {"statusCode": 200, "body": event["body"].upper()}

def test_it(cognito, cognito_user_pool, cognito_tokens):
    api = cognito.http_api({"GET /notes": handler, "GET /open": (handler, None)}, authorizer=cognito_user_pool)
    api.get("/notes", headers=cognito_tokens.wrong_audience().auth_header)
    api.get("/open?token=s3cret")
    assert False
"""


def test_the_decision_and_the_error_are_there(run: Run) -> None:
    shown = re.sub(r"\n {6,}", " ", section(run, TEST))
    assert "GET /notes → 401\n" in shown
    assert "· the JWT authorizer of GET /notes refused the token: it is for another audience: another0client" in shown
    assert "GET /open token=*** → 500\n" in shown
    assert "function handler for GET /open raised KeyError: 'body'" in shown
    assert re.search(r'test_\w+\.py:\d+ in handler: return {"statusCode": 200', shown)


PUBLIC = """
def handler(event, context):
    return event["requestContext"]["authorizer"]["claims"]

def test_it(cognito, cognito_user_pool):
    for make in (cognito.http_api, cognito.rest_api):
        make({"GET /open": (handler, None)}, authorizer=cognito_user_pool).get("/open")
    assert False
"""


def test_a_function_that_looks_for_a_caller_on_a_public_route(run: Run) -> None:
    shown = re.sub(r"\n {6,}", " ", section(run, PUBLIC))
    told = "· GET /open asks for no authorizer, so that the event has no requestContext.authorizer: give the route one"
    assert shown.count(told) == 2
