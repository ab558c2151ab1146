"""Updates of stacks: what AWS changes, replaces, adds and removes, and what it says before it does."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from pytest_cognito import Cognito, DeploymentError, Stack, TemplateError, UsageError
from tests.infrastructure.conftest import Deploy, Write

POOL = {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": {"Fn::Sub": "notes-${Stage}"}}}
WEB = {
    "Type": "AWS::Cognito::UserPoolClient",
    "Properties": {"UserPoolId": {"Ref": "Pool"}, "ClientName": "web", "GenerateSecret": False},
}
ADMINS = {"Type": "AWS::Cognito::UserPoolGroup", "Properties": {"UserPoolId": {"Ref": "Pool"}, "GroupName": "admins"}}


def template(outputs: dict[str, Any] | None = None, **resources: Any) -> str:
    parameters = {"Stage": {"Type": "String", "Default": "dev"}}
    return yaml.safe_dump({"Parameters": parameters, "Resources": resources, "Outputs": outputs or {}})


def changed(resource: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {**resource, "Properties": {**resource["Properties"], **properties}}


@pytest.fixture
def stack(deploy: Deploy) -> Stack:
    return deploy(template(Pool=POOL, Web=WEB, Admins=ADMINS))


def test_nothing_changes(stack: Stack) -> None:
    assert (len(stack.plan()), len(stack.update()), str(stack.update())) == (0, 0, "no changes")


def test_what_can_be_changed_is_changed(stack: Stack, write: Write) -> None:
    before = stack.client().id

    changes = stack.update(write(template(Pool=POOL, Web=changed(WEB, ClientName="app"), Admins=ADMINS)))

    assert (changes.modified, changes.replaced, changes.added, changes.removed) == (["Web"], [], [], [])
    assert str(changes) == "Modify Web (AWS::Cognito::UserPoolClient): ClientName"
    assert (stack.client().id, stack.client().name) == (before, "app")


def test_parameters_alone(stack: Stack, write: Write) -> None:
    pool = stack.user_pool().id

    assert stack.update(parameters={"Stage": "live"}).modified == ["Pool"]
    assert (stack.user_pool().id, stack.user_pool().name, stack.parameters["Stage"]) == (pool, "notes-live", "live")
    assert stack.update(write(template(Pool=POOL))).removed == ["Web", "Admins"]
    assert stack.user_pool().name == "notes-live"


def test_a_create_only_property_replaces(stack: Stack, write: Write) -> None:
    before = stack.client().id
    path = write(template({"Id": {"Value": {"Ref": "Web"}}}, Pool=POOL, Web=changed(WEB, GenerateSecret=True)))

    planned = stack.plan(path)
    assert (planned.replaced, planned.removed, stack.client().id) == (["Web"], ["Admins"], before)
    changes = stack.update(path)

    assert (
        str(changes)
        == str(planned)
        == ("Replace Web (AWS::Cognito::UserPoolClient): GenerateSecret\nRemove Admins (AWS::Cognito::UserPoolGroup)")
    )
    assert changes.of("Web").because == ("GenerateSecret",)
    assert stack.outputs["Id"] == stack.client().id != before
    assert [client.id for client in stack.user_pool().clients] == [stack.client().id]
    assert stack.user_pool().groups == []


def test_replacement_goes_on_to_what_refers_to_it(deploy: Deploy, write: Write) -> None:
    group = changed(ADMINS, GroupName="web", Description={"Ref": "Web"})
    user = {
        "Type": "AWS::Cognito::UserPoolUser",
        "Properties": {"UserPoolId": {"Ref": "Pool"}, "Username": {"Ref": "Web"}},
    }
    stack = deploy(template(Pool=POOL, Web=WEB, Group=group, User=user))
    path = write(template(Pool=POOL, Web=changed(WEB, GenerateSecret=True), Group=group, User=user))

    planned = stack.plan(path)
    changes = stack.update(path)

    for found in (planned, changes):
        assert (found.replaced, found.modified) == (["Web", "User"], ["Group"])
    assert [user.username for user in stack.user_pool().users] == [stack.client().id]


def test_what_keeps_its_name_clashes_with_itself(stack: Stack, deploy: Deploy, write: Write, cognito: Cognito) -> None:
    user = {
        "Type": "AWS::Cognito::UserPoolUser",
        "Properties": {"UserPoolId": {"Ref": "Pool"}, "Username": "ann", "MessageAction": "SUPPRESS"},
    }
    stack.update(write(template(Pool=POOL, Web=WEB, User=user)))
    path = write(
        template(
            Pool=changed(POOL, UserPoolName="other"),
            New={"Type": "AWS::Cognito::UserPool"},
            User=changed(user, UserAttributes=[{"Name": "email", "Value": "ann@example.com"}]),
        )
    )

    with pytest.raises(DeploymentError) as refused:
        stack.update(path)

    assert (refused.value.logical_id, refused.value.status) == ("User", "CREATE_FAILED")
    assert "HandlerErrorCode: AlreadyExists" in refused.value.reason
    assert (list(stack.resources), [pool.name for pool in cognito.pools]) == (["Pool", "User", "Web"], ["notes-dev"])
    assert stack.user_pool().user("ann").attributes.get("email") is None


def test_an_update_that_aws_refuses(stack: Stack, write: Write) -> None:
    path = write(template(Pool=changed(POOL, UserPoolName="x"), Web=WEB, Admins=changed(ADMINS, Precedence=-1)))

    with pytest.raises(DeploymentError) as refused:
        stack.update(path)

    assert (refused.value.logical_id, refused.value.status) == ("Admins", "UPDATE_FAILED")
    assert (stack.user_pool().name, stack.resource("Admins").properties.get("Precedence")) == ("notes-dev", None)


def test_retained_resources_stay(deploy: Deploy, write: Write) -> None:
    kept = {**WEB, "UpdateReplacePolicy": "Retain", "DeletionPolicy": "Retain"}
    stack = deploy(template(Pool=POOL, Web=kept))

    replaced = stack.update(write(template(Pool=POOL, Web=changed(kept, GenerateSecret=True))))
    assert (replaced.of("Web").retained, len(stack.user_pool().clients)) == (True, 2)
    removed = stack.update(write(template(Pool=POOL)))
    assert str(removed) == "Remove Web (AWS::Cognito::UserPoolClient), retained"
    assert len(stack.user_pool().clients) == 2


def test_what_cannot_be_deleted_is_left(deploy: Deploy, write: Write, cognito: Cognito) -> None:
    stack = deploy(template(Pool=POOL, Other={"Type": POOL["Type"], "Properties": {"DeletionProtection": "ACTIVE"}}))

    changes = stack.update(write(template(Pool=POOL)))

    assert changes.removed == ["Other"]
    assert "deletion protection" in changes.of("Other").kept.lower()
    assert (list(stack.resources), len(cognito.pools)) == (["Pool"], 2)


def test_types_do_not_change(stack: Stack, write: Write) -> None:
    with pytest.raises(TemplateError, match=r"modifies resource type of the following resources: \[Web\]"):
        stack.update(write(template(Pool=POOL, Web=ADMINS)))


def test_exports_that_are_used_do_not_change(deploy: Deploy, write: Write) -> None:
    exported = {"Id": {"Value": {"Ref": "Web"}, "Export": {"Name": "web"}}}
    stack = deploy(template(exported, Pool=POOL, Web=WEB))
    deploy(template({"Id": {"Value": {"Fn::ImportValue": "web"}}}, Pool=POOL), name="other")

    for resources, told in (
        (template(exported, Pool=POOL, Web=changed(WEB, GenerateSecret=True)), "update"),
        (template(Pool=POOL, Web=WEB), "delete"),
    ):
        with pytest.raises(TemplateError, match=f"Cannot {told} export web as it is in use by other"):
            stack.update(write(resources))
    assert stack.exports == {"web": stack.client().id}
    assert len(stack.user_pool().clients) == 1


def test_a_resource_that_does_not_change(stack: Stack) -> None:
    with pytest.raises(UsageError, match="Web does not change: there is Pool"):
        stack.plan(parameters={"Stage": "live"}).of("Web")


def test_nested_stacks_are_updated(deploy: Deploy, write: Write) -> None:
    write(template({"Id": {"Value": {"Ref": "Web"}}}, Pool=POOL, Web=WEB), "inner.yaml")
    inner = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "inner.yaml"}}
    stack = deploy(template(Inner=inner))
    before = stack.nested("Inner").user_pool().id

    changes = stack.update(write(template(Inner=changed(inner, Parameters={"Stage": "live"}))))

    assert changes.modified == ["Inner"]
    pool = stack.nested("Inner").user_pool()
    assert (pool.id, pool.name) == (before, "notes-live")
