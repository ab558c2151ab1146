"""Custom resources, which Python functions of the template make, change and delete."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import CloudFormationCustomResourceEvent
from moto import mock_aws

from pytest_cognito import DeploymentError, TemplateError
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.functions import Invocation
from tests.support.stacks import Resources, attribute, ref, resource
from tests.support.trigger_projects import ROLE, Project, function

GROUPS = """
    import boto3, contextlib, json, urllib3

    idp = boto3.client("cognito-idp")

    def handler(event, context):
        wanted = event["ResourceProperties"]
        pool, name, kind = wanted["UserPoolId"], wanted["GroupName"], event["RequestType"]
        physical_id = f"{pool}|{name}"
        if kind == "Delete":
            idp.delete_group(UserPoolId=pool, GroupName=event["PhysicalResourceId"].split("|")[1])
        elif physical_id != event.get("PhysicalResourceId"):
            with contextlib.suppress(idp.exceptions.GroupExistsException):
                idp.create_group(UserPoolId=pool, GroupName=name)
        answer = {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
        answer |= {"Status": "SUCCESS", "PhysicalResourceId": physical_id, "Data": {"Name": name, "Long": len(name)}}
        answer |= json.loads(wanted.get("Answer", "{}"))
        urllib3.PoolManager().request("PUT", event["ResponseURL"], body=json.dumps(answer))
"""
POOL = resource("Cognito::UserPool")
NO_ANSWER = (
    "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId ["
)


def template(
    name: str = "editors", others: Resources | None = None, *, code: object = "src", **properties: Any
) -> Resources:
    """A group that the function Groups makes; it has further properties and resources."""
    token = {"ServiceToken": attribute("Groups", "Arn"), "UserPoolId": ref("Pool"), "GroupName": name}
    return {
        "Role": ROLE,
        "Groups": function(code),
        "Pool": POOL,
        "Editors": resource("Custom::Group", **token, **properties),
        **(others or {}),
    }


@pytest.fixture
def groups(project: Project) -> Project:
    return project.write(**{"src/app.py": GROUPS})


def answering(**answer: Any) -> Resources:
    """The template whose function answers something else."""
    return template(Answer=json.dumps(answer))


def events(stack: Stack) -> list[tuple[str, str]]:
    return [(one.event["RequestType"], one.event.get("PhysicalResourceId", "")) for one in stack.function().invocations]


def refused(project: Project, resources: Resources) -> DeploymentError:
    with pytest.raises(DeploymentError) as caught:
        project.deploy(resources)
    return caught.value


def invocations(project: Project) -> list[Invocation]:
    return [one for call in project.cognito.calls for one in call.invocations]


def kinds(project: Project) -> list[str]:
    return [one.event["RequestType"] for one in invocations(project)]


def test_a_group_is_made_and_deleted_by_a_function(groups: Project) -> None:
    named = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"), ClientName=attribute("Editors", "Name"))
    stack = groups.deploy(template(others={"Client": named}, Flags=[True, 5, {"Deep": 1.5}]))
    pool = stack.user_pool()
    assert pool.groups == ["editors"]
    assert stack.physical_id("Editors") == f"{pool.id}|editors"
    assert stack.resource("Client").attributes["Name"] == "editors"
    assert stack.resource("Editors").attributes["Long"] == 7
    event = CloudFormationCustomResourceEvent(stack.function("Groups").invocations[0].event)
    assert (event.request_type, event.stack_id, event.logical_resource_id) == ("Create", stack.id, "Editors")
    assert event.resource_type == "Custom::Group"
    assert event.service_token == event.resource_properties["ServiceToken"] == stack.function("Groups").arn
    assert event.resource_properties["Flags"] == ["true", "5", {"Deep": "1.5"}]
    assert event.request_id in event.response_url
    assert stack.left_out == {}
    stack.delete()
    assert kinds(groups) == ["Create", "Delete"]


def test_an_update_keeps_or_replaces_it(groups: Project) -> None:
    stack = groups.deploy(template())
    pool = stack.user_pool()
    groups.update(stack, template(Note="new"))
    updated = stack.function("Groups").invocations[-1].event
    assert updated["OldResourceProperties"] == {
        name: value for name, value in updated["ResourceProperties"].items() if name != "Note"
    }
    changed = stack.plan(groups.root / "changed.json")
    assert list(changed) == []
    path = groups.root / "changed.json"
    path.write_text(json.dumps({"Resources": template("writers")}), "utf-8")
    assert stack.update(path).replaced == ["Editors"]
    assert pool.groups == ["writers"]
    editors, writers = f"{pool.id}|editors", f"{pool.id}|writers"
    assert stack.physical_id("Editors") == writers
    assert events(stack) == [("Create", ""), ("Update", editors), ("Update", editors), ("Delete", editors)]
    assert stack.function("Groups").invocations[-1].event["ResourceProperties"]["GroupName"] == "editors"


def test_a_failed_update_is_undone(groups: Project) -> None:
    stack = groups.deploy(template())
    pool = stack.user_pool()
    last = {"Twice": resource("Cognito::UserPoolGroup", "Editors", UserPoolId=ref("Pool"), GroupName="writers")}
    with pytest.raises(DeploymentError, match="Twice") as caught:
        groups.update(stack, template("writers", last))
    assert not getattr(caught.value, "__notes__", [])
    assert stack.physical_id("Editors") == f"{pool.id}|editors"
    kinds_and_ids = events(stack)[-2:]
    assert kinds_and_ids == [("Update", f"{pool.id}|writers"), ("Delete", f"{pool.id}|writers")]


def test_what_a_function_fails_to_change_it_changes_back(groups: Project) -> None:
    stack = groups.deploy(template())
    failing = template(Answer=json.dumps({"Status": "FAILED", "Reason": "not today"}))
    with pytest.raises(DeploymentError, match="not today") as caught:
        groups.update(stack, failing)
    assert caught.value.status == "UPDATE_FAILED"
    assert [kind for kind, _ in events(stack)] == ["Create", "Update", "Update"]
    assert "Answer" in stack.function("Groups").invocations[-1].event["OldResourceProperties"]
    assert stack.user_pool().groups == ["editors"]


def test_the_service_token_stays(groups: Project) -> None:
    stack = groups.deploy(template())
    changed = template(others={"Other": function()})
    changed["Editors"]["Properties"]["ServiceToken"] = attribute("Other", "Arn")
    with pytest.raises(DeploymentError, match=r"Modifying service token is not allowed\."):
        groups.update(stack, changed)
    assert kinds(groups) == ["Create"]


def test_a_function_that_fails_is_asked_to_delete(groups: Project) -> None:
    error = refused(groups, answering(Status="FAILED", Reason="not today"))
    request_id = invocations(groups)[0].event["RequestId"]
    message = "Received response status [FAILED] from custom resource. Message returned: not today"
    assert error.reason == f"{message} (RequestId: {request_id})"
    assert (error.logical_id, error.status) == ("Editors", "CREATE_FAILED")
    assert kinds(groups) == ["Create", "Delete"]
    assert "and the roll-back failed: " in error.__notes__[0]  # as it answers the same to that
    assert groups.cognito.pools == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"Data": {"Name": "x" * 4096}}, "Response object is too long."),
        ({"PhysicalResourceId": ""}, "Invalid PhysicalResourceId"),
        ({"PhysicalResourceId": "x" * 1025}, "Invalid PhysicalResourceId"),
        ({"Status": "DONE"}, "Invalid Status"),
        ({"RequestId": "another"}, "Invalid RequestId"),
        ({"Data": "x"}, "Invalid Data"),
    ],
)
def test_answers_that_are_none(groups: Project, answer: dict[str, Any], reason: str) -> None:
    assert refused(groups, answering(**answer)).reason == reason


def test_an_attribute_that_the_answer_lacks(groups: Project) -> None:
    asking = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"), ClientName=attribute("Editors", "Nme"))
    error = refused(groups, template(others={"Client": asking}))
    words = "CustomResource attribute error: Vendor response doesn't contain Nme attribute in object "
    assert error.reason.startswith(words + "arn:aws:cloudformation:us-east-1:123456789012:stack/notes/")
    assert error.logical_id == "Client"
    (groups.root / "outputs.json").write_text(
        json.dumps({"Resources": template(), "Outputs": {"Name": {"Value": attribute("Editors", "Nme")}}}), "utf-8"
    )
    with pytest.raises(TemplateError, match="contain Nme attribute"):
        groups.cognito.deploy(groups.root / "outputs.json")


@pytest.mark.parametrize(
    ("code", "runs", "hint"),
    [
        ("def handler(event, context): pass", 1, "sent no answer."),
        ("def handler(event, context): raise KeyError('tenant')", 3, "sent no answer. It failed: 'tenant'"),
    ],
)
def test_a_function_that_does_not_answer(project: Project, code: str, runs: int, hint: str) -> None:
    error = refused(project.write(**{"src/app.py": code}), template())
    assert error.reason.startswith(NO_ANSWER)
    assert error.reason.endswith(hint)
    assert kinds(project) == ["Create"] * runs + ["Delete"] * runs
    deleted = invocations(project)[-1].event["PhysicalResourceId"]
    assert deleted.startswith("notes-Editors-")


def test_a_function_that_succeeds_at_the_second_attempt(groups: Project) -> None:
    code = GROUPS.replace(
        "    def handler(event, context):", "    RUNS = []\n\n    def handler(event, context):"
    ).replace("        wanted =", "        RUNS.append(1)\n        assert len(RUNS) != 1\n        wanted =")
    stack = groups.write(**{"src/app.py": code}).deploy(template())
    assert [kind for kind, _ in events(stack)] == ["Create", "Create"]
    assert stack.user_pool().groups == ["editors"]


@pytest.mark.parametrize("kind", ["Custom::Group", "AWS::CloudFormation::CustomResource"])
def test_text_in_the_template_answers_by_cfnresponse(project: Project, kind: str) -> None:
    text = """
import boto3, cfnresponse
def handler(event, context):
    wanted = event["ResourceProperties"]
    if event["RequestType"] == "Create":
        boto3.client("cognito-idp").admin_create_user(UserPoolId=wanted["UserPoolId"], Username="ann")
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Secret": "s3cret"}, "ann", noEcho=True)
"""
    resources = template(code={"ZipFile": text})
    resources["Groups"]["Properties"]["Handler"] = "index.handler"
    resources["Editors"]["Type"] = kind
    stack = project.deploy(resources)
    assert [user.username for user in stack.user_pool().users] == ["ann"]
    assert stack.physical_id("Editors") == "ann"
    made = stack.resource("Editors")
    assert made.attributes["Secret"] == "s3cret"
    assert "s3cret" not in repr(made)


REQUESTS = "import requests; requests.put(url, data=body, timeout=5)"
HTTP_CLIENT = """import http.client
        connection = http.client.HTTPSConnection(url.split("/")[2])
        connection.request("PUT", url, body)
        connection.getresponse()"""


@pytest.mark.parametrize("send", [REQUESTS, HTTP_CLIENT])
def test_other_clients_of_http(groups: Project, send: str) -> None:
    put = 'urllib3.PoolManager().request("PUT", event["ResponseURL"], body=json.dumps(answer))'
    code = GROUPS.replace(put, f'url, body = event["ResponseURL"], json.dumps(answer)\n        {send}')
    stack = groups.write(**{"src/app.py": code}).deploy(template())
    assert stack.user_pool().groups == ["editors"]


def test_an_answer_beside_a_mock_of_s3(groups: Project) -> None:
    put = 'urllib3.PoolManager().request("PUT", event["ResponseURL"], body=json.dumps(answer))'
    code = GROUPS.replace(put, "import requests; requests.put(event['ResponseURL'], json.dumps(answer), timeout=5)")
    with mock_aws():
        stack = groups.write(**{"src/app.py": code}).deploy(template())
    assert stack.user_pool().groups == ["editors"]


@pytest.mark.parametrize(
    "token", ["arn:aws:sns:us-east-1:123456789012:requests", "arn:aws:lambda:us-east-1:123456789012:function:other"]
)
def test_what_nobody_runs_is_left_out(groups: Project, token: str) -> None:
    resources = template()
    resources["Editors"]["Properties"]["ServiceToken"] = token
    stack = groups.deploy(resources)
    assert stack.left_out == {"Editors": f"its ServiceToken is no Python function in the working tree: {token}"}
    stack.delete()


@pytest.mark.parametrize(
    ("token", "reason"), [(ref("Groups"), "Invalid service token."), (None, "#: required key [ServiceToken] not found")]
)
def test_tokens_that_are_none(groups: Project, token: Any, reason: str) -> None:
    resources = template()
    del resources["Editors"]["Properties"]["ServiceToken"]
    if token is not None:
        resources["Editors"]["Properties"]["ServiceToken"] = token
    assert refused(groups, resources).reason.endswith(reason)


def test_the_report_tells_who_was_asked(groups: Project) -> None:
    refused(groups, answering(Status="FAILED", Reason="not today"))
    report = groups.report()
    assert "for Create of Editors" in report
    assert "answered FAILED" in report
