"""What a plan does not know: taken from references where these say enough, else asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito, UsageError
from pytest_cognito.infrastructure.errors import TemplateError
from tests.support.terraform_documents import POOL, refers, rewrite, write_plan, write_state

CLIENT = "aws_cognito_user_pool_client.web"
GROUP = "aws_cognito_user_group.admins"
IN_POOL = {"user_pool_id": refers(f"{POOL}.id")}


@pytest.fixture
def client_plan(tmp_path: Path) -> Path:
    """A plan of a client, whose callback has the id of the pool in it."""
    return write_plan(
        tmp_path / "plan.json",
        address=CLIENT,
        known={"name": "web"},
        unknown={"user_pool_id": True, "default_redirect_uri": True, "client_secret": True},
        expressions={**IN_POOL, "default_redirect_uri": refers(f"{POOL}.id", "aws_iam_role.users.arn")},
    )


def test_what_cannot_be_known_is_asked_for(cognito: Cognito, client_plan: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        cognito.deploy(client_plan)

    assert f"{CLIENT}.default_redirect_uri: it is made of {POOL}.id, aws_iam_role.users.arn" in caught.value.reason
    assert f"values={{'{CLIENT}.default_redirect_uri': \"…\"}}" in caught.value.reason
    assert "use a state" in caught.value.reason.lower()


def test_a_value_is_given_and_may_refer_to_what_is_made(cognito: Cognito, client_plan: Path) -> None:
    given = {
        f"{CLIENT}.default_redirect_uri": f"https://example.com/${{{POOL}.id}}",
        f"{CLIENT}.callback_urls": [f"https://example.com/${{{POOL}.id}}"],
        f"{POOL}.name": "given",
    }

    stack = cognito.deploy(client_plan, values=given)

    properties = stack.resource(CLIENT).properties
    assert properties["default_redirect_uri"] == f"https://example.com/{stack.user_pool().id}"
    assert stack.user_pool().name == "given"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"aws_cognito_user_pool.mian.name": "x"}, "there is no such resource"),
        ({f"{POOL}.name": "${aws_cognito_user_pool.mian.id}"}, "names no resource and attribute"),
    ],
)
def test_a_value_for_nothing_is_a_mistake(
    cognito: Cognito, client_plan: Path, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        cognito.deploy(client_plan, values=values)


def test_a_map_of_which_nothing_is_known(cognito: Cognito, tmp_path: Path) -> None:
    address = "aws_cognito_identity_pool_roles_attachment.main"
    plan = write_plan(
        tmp_path / "plan.json",
        address=address,
        known={"identity_pool_id": "eu-west-1:12345678-dead-beef-cafe-123456789012", "role_mapping": []},
        unknown={"roles": True},
        expressions={"roles": refers("aws_iam_role.users.arn")},
    )

    with pytest.raises(TemplateError, match="does not say whose each is"):
        cognito.deploy(plan)


def test_an_instance_by_its_own_key(cognito: Cognito, tmp_path: Path) -> None:
    plan = write_plan(
        tmp_path / "plan.json",
        address=f'{GROUP}["x"]',
        known={"name": "admins"},
        unknown={"user_pool_id": True, "role_arn": True},
        expressions={
            "user_pool_id": {"references": [POOL, "each.key"]},
            "role_arn": {"references": ["aws_iam_role.users"]},
        },
    )

    stack = cognito.deploy(plan)

    [group] = stack.user_pool().call("ListGroups")["Groups"]
    assert group["RoleArn"].endswith(":role/users")


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("local.role", "refers to local.role, which a plan does not have"),
        ("var.role", "refers to var.role, which the plan does not have"),
        ("aws_iam_role.nobody.arn", "the plan has no aws_iam_role.nobody"),
        ("module.other.arn", "the plan has no module other"),
        ("module.other", "and the plan does not say to which output of it"),
    ],
)
def test_references_that_a_plan_cannot_follow(cognito: Cognito, tmp_path: Path, reference: str, says: str) -> None:
    plan = write_plan(
        tmp_path / "plan.json",
        address=GROUP,
        known={"name": "admins"},
        unknown={"user_pool_id": True, "role_arn": True},
        expressions={**IN_POOL, "role_arn": {"references": [reference]}},
    )

    with pytest.raises(TemplateError, match=says):
        cognito.deploy(plan)


def test_a_dynamic_block_has_no_expressions(cognito: Cognito, tmp_path: Path) -> None:
    plan = write_plan(
        tmp_path / "plan.json",
        address="aws_cognito_user_pool.other",
        known={"name": "other", "lambda_config": [{}]},
        unknown={"lambda_config": [{"pre_sign_up": True, "pre_token_generation": True}]},
        expressions={},
    )

    with pytest.raises(TemplateError) as caught:
        cognito.deploy(plan)

    assert "other.lambda_config[0].pre_sign_up: it is in a dynamic block" in caught.value.reason
    assert "pre_token_generation" not in caught.value.reason


def test_an_output_that_cannot_be_known_is_listed(cognito: Cognito, project: Path) -> None:
    stack = cognito.deploy(project / "plan.json")

    assert "environment" not in stack.outputs
    assert "cannot be known" in stack.left_out["output.environment"]


def test_an_output_is_given(cognito: Cognito, project: Path) -> None:
    stack = cognito.deploy(
        project / "plan.json", values={"output.environment": {"POOL": f"${{module.auth.{POOL}.id}}"}}
    )

    assert stack.outputs["environment"] == {"POOL": stack.user_pool().id}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"format_version": "2.0", "planned_values": {}}, "format_version 2.0 is not known here, but 1.x is"),
        ({"format_version": "1.2", "errored": True, "planned_values": {}}, "plan again"),
        ({"format_version": "1.0"}, "a state is empty until terraform apply has made some"),
        ({"terraform_version": "1.11.4", "version": 4, "resources": []}, "neither a plan nor a state"),
    ],
)
def test_what_is_no_plan_and_no_state(cognito: Cognito, tmp_path: Path, content: dict[str, Any], says: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(content))

    with pytest.raises(TemplateError, match=says):
        cognito.deploy(path)


def test_arguments_that_are_not_for_terraform(cognito: Cognito, project: Path) -> None:
    with pytest.raises(UsageError, match="terraform plan -var"):
        cognito.deploy(project / "plan.json", parameters={"stage": "test"})
    with pytest.raises(UsageError, match='ids is "new", or "keep"'):
        cognito.deploy(project / "state.json", ids="old")


def test_a_short_name_for_several(cognito: Cognito, project: Path) -> None:
    stack = cognito.deploy(project / "plan.json")

    with pytest.raises(UsageError, match="short for several"):
        stack.client("app")
    with pytest.raises(UsageError, match="has no user pool 'mian'"):
        stack.user_pool("mian")


def test_types_that_nobody_makes_are_listed(cognito: Cognito, tmp_path: Path) -> None:
    certificate = {
        "address": "aws_acm_certificate.main",
        "mode": "managed",
        "type": "aws_acm_certificate",
        "name": "main",
        "values": {"domain_name": "example.com"},
    }

    stack = cognito.deploy(write_state(tmp_path / "state.json", certificate))

    assert stack.left_out["aws_acm_certificate.main"] == "nothing here makes resources of the type aws_acm_certificate"


def test_modules_within_modules(cognito: Cognito, project: Path) -> None:
    """The pool of a module, passed on to a module within another."""

    def nested(plan: dict[str, Any]) -> None:
        change = next(each for each in plan["resource_changes"] if each["address"] == "aws_cognito_user_group.group[0]")
        group = {**change, "address": "module.a.module.b[0].aws_cognito_user_group.inner", "name": "inner"}
        del group["index"]
        plan["resource_changes"].append(group)
        inner = {"address": "module.a.module.b[0]", "resources": [group]}
        children = plan["planned_values"]["root_module"]["child_modules"]
        children.append({"address": "module.a", "child_modules": [inner]})
        configured = {
            "address": "aws_cognito_user_group.inner",
            "expressions": {"user_pool_id": {"references": ["var.id"]}},
        }
        b = {"module": {"resources": [configured]}, "expressions": {"id": {"references": ["var.pool"]}}}
        a = {"module": {"module_calls": {"b": b}}, "expressions": {"pool": refers("module.auth.pool_id")}}
        plan["configuration"]["root_module"]["module_calls"]["a"] = a
        group["change"] = {**change["change"], "after": {**change["change"]["after"], "name": "inner"}}

    stack = cognito.deploy(rewrite(project / "plan.json", nested))

    assert "inner" in stack.user_pool().groups
