"""What Lambda's runtime does around the code: warm and cold starts, its own errors, clocks that a test stops."""

from __future__ import annotations

import datetime as dt

import freezegun
import pytest

from pytest_cognito import Cognito, DeploymentError
from tests.support.trigger_projects import Project, function, resources

COUNTING = "N = []\ndef handler(event, context):\n    N.append(event)\n    return len(N)"
ASKING = """
import boto3
client = boto3.client("cognito-idp")
def handler(event, context):
    return [pool["Name"] for pool in client.list_user_pools(MaxResults=10)["UserPools"]]
"""
CLOCKS = """
import datetime, time
from datetime import date, datetime as moment
from time import time as now
def handler(event, context):
    return [datetime.datetime.now().year, date.today().year, moment.now().year, time.gmtime(now()).tm_year]
"""


def returning(body: str) -> str:
    return f"import sys, decimal\ndef handler(event, context):\n    {body}"


def test_a_client_of_the_module_reaches_the_world_of_the_test(project: Project, cognito: Cognito) -> None:
    fixed = function(FunctionName="asks")
    first = project.write(**{"src/app.py": ASKING}).deploy(resources(fixed))
    before = first.function("Hook").invoke({})
    module = first.function("Hook").module

    cognito.reset()
    again = project.deploy(resources(fixed)).function("Hook")

    assert again.module is module
    assert again.invoke({}) == [pool.name for pool in cognito.pools] != before


def test_a_restart_is_a_cold_start(project: Project) -> None:
    hook = project.write(**{"src/app.py": COUNTING}).deploy().function("Hook")
    assert [hook.invoke({}), hook.invoke({})] == [1, 2]

    hook.restart()
    assert hook.invoke({}) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return {1}", "Unable to marshal response: Object of type set is not JSON serializable."),
        ("return {'a': object()}", "Unable to marshal response: Object of type object is not JSON serializable."),
        ("sys.exit(3)", "Error: Runtime exited with error: exit status 3."),
        ("sys.exit('bad')", "Error: Runtime exited with error: exit status 1."),
        ("sys.exit()", "Error: Runtime exited without providing a reason."),
    ],
)
def test_errors_of_the_runtime(project: Project, body: str, said: str) -> None:
    stack = project.write(**{"src/app.py": returning(body)}).deploy()

    with pytest.raises(Exception, match="PreSignUp failed with error ") as refused:
        project.sign_up(stack)
    assert str(refused.value).endswith(said)


def test_after_an_exit_there_is_another_process(project: Project) -> None:
    code = COUNTING + "if not event.get('exit') else exit(1)"
    hook = project.write(**{"src/app.py": code}).deploy().function("Hook")
    assert hook.invoke({}) == 1
    with pytest.raises(Exception, match="exit status 1"):
        hook.invoke({"exit": True})

    assert hook.invoke({}) == 1


def test_a_decimal_is_a_number(project: Project) -> None:
    hook = project.write(**{"src/app.py": returning("return [decimal.Decimal('1.5')]")}).deploy().function("Hook")
    assert hook.invoke({}) == [1.5]


def test_the_clock_that_freezegun_stops_is_the_function_s(project: Project) -> None:
    hook = project.write(**{"src/app.py": CLOCKS}).deploy().function("Hook")
    year = dt.datetime.now(dt.UTC).year
    assert set(hook.invoke({})) == {year}

    with freezegun.freeze_time("2031-05-05"):
        assert set(hook.invoke({})) == {2031}
        hook.restart()
        assert set(hook.invoke({})) == {2031}
    assert set(hook.invoke({})) == {year}


def test_a_runtime_that_there_is_not(project: Project) -> None:
    with pytest.raises(DeploymentError, match=r"Value pyhton3\.12 at 'runtime' failed to satisfy constraint: Member"):
        project.write(**{"src/app.py": ASKING}).deploy(resources(function(Runtime="pyhton3.12")))


def test_a_runtime_may_be_newer_than_botocore(project: Project) -> None:
    hook = project.write(**{"src/app.py": COUNTING}).deploy(resources(function(Runtime="python3.99"))).function("Hook")
    assert hook.invoke({}) == 1
