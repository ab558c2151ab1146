"""Handlers by their names, and what Lambda's runtime says of code that it can't run."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure.functions import errors
from pytest_cognito.kernel.errors import UsageError
from tests.support.trigger_projects import Project, function, resources

NAMED = "def handler(event, context): return __name__"


@pytest.mark.parametrize(
    ("path", "handler", "module"),
    [
        ("src/app.py", "app.handler", "app"),
        ("src/triggers/sign_up.py", "triggers/sign_up.handler", "triggers.sign_up"),
        ("src/triggers/sign_up.py", "triggers.sign_up.handler", "triggers.sign_up"),
        ("src/token.py", "token.handler", "token"),  # the standard library has such a module, too
    ],
)
def test_a_handler_names_a_module_and_a_function(project: Project, path: str, handler: str, module: str) -> None:
    stack = project.write(**{path: NAMED}).deploy(resources(function(handler=handler)))
    assert stack.function("Hook").invoke({}) == module


def test_a_package_has_relative_imports(project: Project) -> None:
    project.write(
        **{
            "src/triggers/__init__.py": "",
            "src/triggers/sign_up.py": "from .texts import HELLO\ndef handler(event, context): return HELLO",
            "src/triggers/texts.py": "HELLO = 'hello'",
        }
    )
    assert (
        project.deploy(resources(function(handler="triggers.sign_up.handler"))).function("Hook").invoke({}) == "hello"
    )


@pytest.mark.parametrize(
    ("code", "handler", "kind", "said"),
    [
        (
            "import nothing_like_it",
            "app.handler",
            "ImportModuleError",
            "Unable to import module 'app': No module named 'nothing_like_it'",
        ),
        (
            "def handler(:",
            "app.handler",
            "UserCodeSyntaxError",
            "Syntax error in module 'app': invalid syntax (app.py, line 1)",
        ),
        (NAMED, "app.other", "HandlerNotFound", "Handler 'other' missing on module 'app'"),
        (NAMED, "other.handler", "ImportModuleError", "Unable to import module 'other': No module named 'other'"),
        (NAMED, "app", "MalformedHandlerName", "Bad handler 'app': not enough values to unpack (expected 2, got 1)"),
    ],
)
def test_what_can_t_be_run_is_told_as_lambda_does(
    project: Project, code: str, handler: str, kind: str, said: str
) -> None:
    stack = project.write(**{"src/app.py": code}).deploy(resources(function(handler=handler)))
    with pytest.raises(AWSError) as refused:
        project.sign_up(stack)
    assert refused.value.message == f"PreSignUp failed with error {said}."
    with pytest.raises(getattr(errors, kind)):
        stack.function("Hook").invoke({})


def test_an_import_that_failed_is_tried_again(project: Project) -> None:
    stack = project.write(**{"src/app.py": "import late\ndef handler(event, context): return late.X"}).deploy()
    with pytest.raises(errors.ImportModuleError):
        stack.function("Hook").invoke({})
    project.write(**{"src/late.py": "X = 1"})
    assert stack.function("Hook").invoke({}) == 1


def test_the_report_shows_where_an_import_failed(project: Project) -> None:
    stack = project.write(**{"src/app.py": "SETTINGS = {}\nTABLE = SETTINGS['TABLE']"}).deploy()
    with pytest.raises(AWSError, match="PreSignUp failed with error 'TABLE'"):
        project.sign_up(stack)
    shown = project.report()
    assert "trigger PreSignUp_SignUp raised KeyError: 'TABLE'" in shown
    assert "src/app.py:2 in <module>: TABLE = SETTINGS['TABLE']" in shown
    assert "importlib" not in shown


@pytest.mark.parametrize("settings", [{"Runtime": "nodejs22.x"}, {"Code": {"S3Bucket": "b", "S3Key": "k"}}])
def test_what_is_not_python_of_the_working_tree_is_left_to_a_mocked_lambda(
    project: Project, settings: dict[str, Any]
) -> None:
    stack = project.write(**{"src/index.js": ""}).deploy(resources(function(**settings)))
    with pytest.raises(UsageError, match="nothing runs that function here"):
        project.sign_up(stack)
    with pytest.raises(UsageError, match="nothing runs Hook here"):
        stack.function("Hook").invoke({})
    project.cognito.triggers.register(stack.function("Hook").arn, lambda event, context: event)
    assert not project.sign_up(stack)["UserConfirmed"]


def test_code_that_is_not_there_is_an_error_of_the_template(project: Project) -> None:
    with pytest.raises(Exception, match=r"template.json:\d+: the code of Hook is not there"):
        project.deploy()
