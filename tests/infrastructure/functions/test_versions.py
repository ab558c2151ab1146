"""Versions and aliases of functions as triggers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.trigger_projects import Project, function, permission, resources

CODE = "import os\ndef handler(event, context): raise ValueError(os.environ['STAGE'] + context.function_version)"
VERSION = {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Hook"}}}


def alias(version: object, name: str = "live") -> dict[str, Any]:
    properties = {"FunctionName": {"Ref": "Hook"}, "FunctionVersion": version, "Name": name}
    return {"Type": "AWS::Lambda::Alias", "Properties": properties}


def template(stage: str, names: object, **others: Any) -> dict[str, Any]:
    """A pool whose trigger is what ``names`` says, an alias or a version of the function."""
    pool = {"Type": "AWS::Cognito::UserPool", "Properties": {"LambdaConfig": {"PreSignUp": names}}}
    hook = function(Environment={"Variables": {"STAGE": stage}})
    return resources(hook, Pool=pool, HookPermission=permission(names), **others)


@pytest.mark.parametrize("version", ["$LATEST", {"Fn::GetAtt": ["One", "Version"]}])
def test_an_alias_is_a_trigger(project: Project, version: object) -> None:
    stack = project.write(**{"src/app.py": CODE}).deploy(
        template("a", {"Ref": "Live"}, One=VERSION, Live=alias(version))
    )
    assert stack.physical_id("Live") == f"{stack.function('Hook').arn}:live"
    assert stack.physical_id("One") == f"{stack.function('Hook').arn}:1"
    number = version if isinstance(version, str) else "1"
    with pytest.raises(Exception, match=rf"PreSignUp failed with error a{number.replace('$', '.')}\."):
        project.sign_up(stack)
    assert len(stack.function("Hook").invocations) == 1


def test_a_version_stays_what_it_was(project: Project) -> None:
    project.write(**{"src/app.py": CODE})
    stack = project.deploy(template("a", {"Ref": "One"}, One=VERSION))
    project.update(stack, template("b", {"Ref": "One"}, One=VERSION))
    with pytest.raises(Exception, match="PreSignUp failed with error a1"):
        project.sign_up(stack)
    with pytest.raises(ValueError, match=r"b\$LATEST"):
        stack.function("Hook").invoke({})


def test_an_alias_moves_to_another_version(project: Project) -> None:
    project.write(**{"src/app.py": CODE})
    one, two = ({"Fn::GetAtt": [name, "Version"]} for name in ("One", "Two"))
    stack = project.deploy(template("a", {"Ref": "Live"}, One=VERSION, Live=alias(one)))
    moved = template("a", {"Ref": "Live"}, One=VERSION, Two=VERSION, Live=alias(two))
    project.update(stack, moved)
    with pytest.raises(Exception, match="PreSignUp failed with error a2"):
        project.sign_up(stack)


def test_an_alias_has_a_name_once(project: Project) -> None:
    project.write(**{"src/app.py": CODE})
    twice = {"Live": alias("$LATEST"), "Again": {**alias("$LATEST"), "DependsOn": "Live"}}
    with pytest.raises(Exception, match="Alias already exists"):
        project.deploy(template("a", {"Ref": "Live"}, **twice))


def test_a_permission_of_the_function_is_none_of_its_alias(project: Project) -> None:
    names = template("a", {"Ref": "Live"}, Live=alias("$LATEST"))
    stack = project.write(**{"src/app.py": CODE}).deploy({**names, "HookPermission": permission()})
    with pytest.raises(Exception, match="PreSignUp invocation failed due to error AccessDeniedException"):
        project.sign_up(stack)
    assert "of Hook:live lets" in (project.cognito.triggers.last("PreSignUp").refusal or "")


def test_a_deleted_stack_takes_versions_and_aliases_along(project: Project) -> None:
    project.write(**{"src/app.py": CODE})
    stack = project.deploy(template("a", {"Ref": "Live"}, One=VERSION, Live=alias("$LATEST")))
    arn = stack.function("Hook").arn
    stack.delete()
    functions = project.cognito.world.functions
    assert [functions.get(name) for name in (arn, f"{arn}:1", f"{arn}:live", f"{arn}:$LATEST")] == [None] * 4
