"""A project with a function that answers with what it was told of the caller."""

from __future__ import annotations

import pytest

from tests.support.trigger_projects import Project

ECHO = """
import json

def handler(event, context):
    request = event["requestContext"]
    told = {
        "authorizer": request.get("authorizer"),
        "path": event.get("rawPath", event.get("path")),
        "stage": request["stage"],
        "variables": event.get("stageVariables"),
        "body": event.get("body"),
        "parameters": event.get("pathParameters"),
    }
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(told)}


def allow(event, context):
    sent = event.get("authorizationToken") or event["headers"].get("x-secret") or event["headers"].get("X-Secret")
    effect = "Allow" if sent == "open" else "Deny"
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": "*"}
    return {"principalId": "ann", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def simple(event, context):
    return {"isAuthorized": event["headers"].get("x-secret") == "open", "context": {"tenant": "t1"}}
"""


@pytest.fixture(autouse=True)
def code(project: Project) -> None:
    project.write(**{"src/app.py": ECHO})
