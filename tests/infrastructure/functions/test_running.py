"""The code of a template's functions runs as a trigger, with its environment, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import boto3
import pytest

from pytest_cognito.aws.errors import AWSError
from tests.support.trigger_projects import ROLE, Project, function, permission, resources

CONFIRM = """
    def handler(event, context):
        event["response"]["autoConfirmUser"] = True
        return event
"""
TELL = """
    import os

    LOADED = dict(os.environ)

    def handler(event, context):
        return {
            "loaded": LOADED[event["name"]] if event["name"] in LOADED else None,
            "runs": os.environ.get(event["name"]),
            "directory": os.getcwd(),
        }
"""


def test_a_function_of_the_template_is_the_trigger(project: Project) -> None:
    stack = project.write(**{"src/app.py": CONFIRM}).deploy()
    assert project.sign_up(stack)["UserConfirmed"]
    assert [one.arn for one in stack.function("Hook").invocations] == [stack.function("Hook").arn]


def test_what_it_raises_refuses_the_sign_up(project: Project) -> None:
    stack = project.write(**{"src/app.py": "def handler(event, context): raise ValueError('not today')"}).deploy()
    with pytest.raises(AWSError, match="PreSignUp failed with error not today"):
        project.sign_up(stack)


def test_it_calls_cognito_which_runs_another_function(project: Project) -> None:
    project.write(
        **{
            "first/app.py": """
                import boto3, helpers

                def handler(event, context):
                    if event["triggerSource"] == "PreSignUp_SignUp":
                        idp = boto3.client("cognito-idp")
                        attributes = [{"Name": "email", "Value": "bob@example.com"}]
                        idp.admin_create_user(UserPoolId=event["userPoolId"], Username="bob",
                                              UserAttributes=attributes, DesiredDeliveryMediums=["EMAIL"])
                    import late
                    assert (helpers.NAME, late.NAME) == ("first", "late")
                    event["response"]["autoConfirmUser"] = True
                    return event
            """,
            "first/helpers.py": "NAME = 'first'",
            "first/late.py": "NAME = 'late'",
            "second/app.py": """
                import helpers

                def handler(event, context):
                    event["response"] = {"emailMessage": "{username} {####}", "emailSubject": helpers.NAME}
                    return event
            """,
            "second/helpers.py": "NAME = 'second'",
        }
    )
    triggers = {"PreSignUp": {"Fn::GetAtt": ["Hook", "Arn"]}, "CustomMessage": {"Fn::GetAtt": ["Second", "Arn"]}}
    pool = {"Type": "AWS::Cognito::UserPool", "Properties": {"LambdaConfig": triggers}}
    second = {"Second": function("second"), "SecondPermission": permission({"Ref": "Second"})}
    stack = project.deploy(resources(function("first"), Pool=pool, **second))
    assert project.sign_up(stack)["UserConfirmed"]
    assert project.cognito.outbox.last(to="bob@example.com").subject == "second"


def test_the_variables_are_the_function_s(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "ap-southeast-2")
    variables = {"POOLS": 3, "FLAG": True, "STACK": {"Ref": "AWS::StackName"}}
    hook = function(Environment={"Variables": variables}, MemorySize=512)
    stack = project.write(**{"src/app.py": TELL}).deploy(resources(hook), region="eu-west-1")
    before = dict(os.environ)
    for name, value in {
        "POOLS": "3",
        "FLAG": "true",
        "STACK": "notes",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_LAMBDA_FUNCTION_NAME": stack.function("Hook").name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "_HANDLER": "app.handler",
        "LAMBDA_TASK_ROOT": str(project.root / "src"),
    }.items():
        answer = stack.function("Hook").invoke({"name": name})
        assert answer == {"loaded": value, "runs": value, "directory": str(project.root / "src")}
        assert stack.function("Hook").variables[name] == value
    assert dict(os.environ) == before


def test_what_it_does_to_its_process_is_undone(project: Project) -> None:
    code = """
        import os, sys
        import helpers

        def handler(event, context):
            os.environ["LEFT"] = "1"
            os.environ.pop("HOME", None)
            sys.path.insert(0, "/left")
            return sorted(name for name in sys.modules if name in ("app", "helpers", "lazy"))
    """
    stack = project.write(**{"src/app.py": code, "src/helpers.py": "import lazy", "src/lazy.py": ""}).deploy()
    before = dict(os.environ), list(sys.path), list(sys.meta_path), Path.cwd(), sys.dont_write_bytecode
    assert stack.function("Hook").invoke({}) == ["app", "helpers", "lazy"]
    assert (dict(os.environ), list(sys.path), list(sys.meta_path), Path.cwd(), sys.dont_write_bytecode) == before
    assert not {"app", "helpers", "lazy"} & set(sys.modules)
    assert not list(project.root.rglob("__pycache__"))


def test_the_context_is_that_of_the_function(project: Project) -> None:
    code = """
        def handler(event, context):
            return [context.function_name, context.function_version, context.memory_limit_in_mb,
                    context.invoked_function_arn, context.get_remaining_time_in_millis() > 50_000]
    """
    hook = function(FunctionName="hook", MemorySize="256", Timeout=60)
    stack = project.write(**{"src/app.py": code}).deploy(resources(hook))
    arn = stack.function("Hook").arn
    assert stack.function("Hook").invoke({}) == ["hook", "$LATEST", "256", arn, True]


def test_its_own_time_out_ends_it(project: Project) -> None:
    code = """
        import boto3

        def handler(event, context):
            CLOCK.advance(seconds=4)
            return event
    """
    stack = project.write(**{"src/app.py": code}).deploy()
    stack.function("Hook").module.CLOCK = project.cognito.clock  # type: ignore[attr-defined]
    with pytest.raises(
        AWSError, match=r"PreSignUp failed with error RequestId: \S+ Error: Task timed out after 3.00 seconds"
    ):
        project.sign_up(stack)


def test_a_test_replaces_something_in_its_module(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    code = """
        def confirm():
            return False

        def handler(event, context):
            event["response"]["autoConfirmUser"] = confirm()
            return event
    """
    stack = project.write(**{"src/app.py": code}).deploy()
    monkeypatch.setattr(stack.function("Hook").module, "confirm", lambda: True)
    assert project.sign_up(stack)["UserConfirmed"]


def test_it_stays_warm_until_its_code_changes(project: Project) -> None:
    code = """
        import helpers

        CALLS = []

        def handler(event, context):
            CALLS.append(1)
            return [len(CALLS), helpers.VERSION]
    """
    stack = project.write(**{"src/app.py": code, "src/helpers.py": "VERSION = 1"}).deploy()
    hook = stack.function("Hook")
    assert [hook.invoke({}) for _ in range(2)] == [[1, 1], [2, 1]]
    project.write(**{"src/helpers.py": "VERSION = 22"})
    os.utime(project.root / "src/helpers.py", (1, 1))
    assert hook.invoke({}) == [1, 22]


def test_an_update_runs_the_new_settings(project: Project) -> None:
    code = "import os\ndef handler(event, context): return os.environ['STAGE']"
    stack = project.write(**{"src/app.py": code}).deploy(resources(function(Environment={"Variables": {"STAGE": "a"}})))
    assert stack.function("Hook").invoke({}) == "a"
    arn = stack.function("Hook").arn
    project.update(stack, resources(function(Environment={"Variables": {"STAGE": "b"}})))
    assert stack.function("Hook").invoke({}) == "b"
    assert stack.function("Hook").arn == arn


def test_its_deletion_leaves_nothing_that_runs(project: Project) -> None:
    stack = project.write(**{"src/app.py": CONFIRM}).deploy()
    arn = stack.function("Hook").arn
    pool = project.cognito.create_user_pool(PoolName="other", LambdaConfig={"PreSignUp": arn})
    stack.delete()
    with pytest.raises(Exception, match="nothing runs that function here"):
        project.cognito.call("AdminCreateUser", UserPoolId=pool.id, Username="ann")


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({"Handler": None}, "Runtime and Handler are mandatory parameters"),
        ({"Environment": {"Variables": {"AWS_REGION": "x"}}}, "Reserved keys used in this request: AWS_REGION"),
        ({"Role": {"Fn::GetAtt": ["Wrong", "Arn"]}}, "The role defined for the function cannot be assumed by Lambda"),
    ],
)
def test_what_lambda_refuses(project: Project, properties: dict[str, object], said: str) -> None:
    trust = {
        "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
    }
    wrong = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}
    given = {name: value for name, value in {**function()["Properties"], **properties}.items() if value is not None}
    project.write(**{"src/app.py": CONFIRM})
    with pytest.raises(Exception, match=said):
        project.deploy({"Role": ROLE, "Wrong": wrong, "Hook": {"Type": "AWS::Lambda::Function", "Properties": given}})


def test_a_name_is_taken_once(project: Project) -> None:
    project.write(**{"src/app.py": CONFIRM})
    twice = resources(function(FunctionName="hook"), Other={**function(FunctionName="hook"), "DependsOn": "Hook"})
    with pytest.raises(Exception, match="Function already exist: hook"):
        project.deploy(twice)


def test_clients_that_it_makes_are_of_its_region(project: Project) -> None:
    code = "import boto3\ndef handler(event, context): return boto3.client('sts').meta.region_name"
    stack = project.write(**{"src/app.py": code}).deploy(region="eu-west-1")
    assert stack.function("Hook").invoke({}) == "eu-west-1"
    assert boto3.client("sts").meta.region_name != "eu-west-1"
