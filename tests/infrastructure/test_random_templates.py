"""Any template after any other: an update makes what a new stack would have, or leaves everything as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, DeploymentError, Stack, mock_cognito

DESCRIBED = {
    "AWS::Cognito::UserPool": ("DescribeUserPool", "UserPool", ()),
    "AWS::Cognito::UserPoolClient": ("DescribeUserPoolClient", "UserPoolClient", ("ClientId",)),
    "AWS::Cognito::UserPoolGroup": ("GetGroup", "Group", ("GroupName",)),
    "AWS::Cognito::UserPoolResourceServer": ("DescribeResourceServer", "ResourceServer", ("Identifier",)),
}
TIMES = ("CreationDate", "LastModifiedDate")

pools = st.fixed_dictionaries(
    {
        "UserPoolName": st.sampled_from(["notes", "shop"]),
        "AutoVerifiedAttributes": st.sampled_from([[], ["email"]]),
        "Policies": st.sampled_from([{"PasswordPolicy": {"MinimumLength": length}} for length in (8, 12)]),
        "AdminCreateUserConfig": st.fixed_dictionaries({"AllowAdminCreateUserOnly": st.booleans()}),
        "UserPoolTags": st.dictionaries(st.sampled_from("ab"), st.sampled_from("xy")),
    }
)
of_a_pool = st.sampled_from([{"Ref": "PoolA"}, {"Fn::GetAtt": ["PoolB", "UserPoolId"]}])
clients = st.fixed_dictionaries(
    {"UserPoolId": of_a_pool, "ClientName": st.sampled_from(["web", "app"])},
    optional={
        "GenerateSecret": st.booleans(),
        "AccessTokenValidity": st.integers(1, 3),
        "ExplicitAuthFlows": st.sampled_from(
            [["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], ["ALLOW_USER_AUTH"]]
        ),
    },
)
groups = st.fixed_dictionaries(
    {"UserPoolId": of_a_pool, "GroupName": st.sampled_from("gh"), "Description": st.sampled_from(["", "d"])}
)
servers = st.fixed_dictionaries(
    {
        "UserPoolId": of_a_pool,
        "Identifier": st.sampled_from("st"),
        "Name": st.sampled_from(["one", "two"]),
        "Scopes": st.lists(st.sampled_from(["read", "write"]), unique=True).map(
            lambda names: [{"ScopeName": name, "ScopeDescription": "d"} for name in names]
        ),
    }
)


def _resources(kind: str, properties: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return properties.map(lambda given: {"Type": f"AWS::Cognito::{kind}", "Properties": given})


@st.composite
def templates(draw: st.DrawFn) -> dict[str, Any]:
    """A template with two pools and some of what they may have, in any order."""
    named = {"PoolA": draw(_resources("UserPool", pools)), "PoolB": draw(_resources("UserPool", pools))}
    for name, strategy in [
        ("ClientA", _resources("UserPoolClient", clients)),
        ("ClientB", _resources("UserPoolClient", clients)),
        ("GroupA", _resources("UserPoolGroup", groups)),
        ("GroupB", _resources("UserPoolGroup", groups)),
        ("Server", _resources("UserPoolResourceServer", servers)),
    ]:
        if draw(st.booleans()):
            named[name] = draw(strategy)
    return {"Resources": {name: named[name] for name in draw(st.permutations(list(named)))}}


def picture(cognito: Cognito, stack: Stack) -> Any:
    """What AWS says of the resources of a stack, by logical id, with logical ids in the place of ids."""
    found: dict[str, Any] = {}
    for name, made in stack.resources.items():
        operation, member, keys = DESCRIBED[made.type]
        pool_id = made.properties.get("UserPoolId", made.physical_id)
        asked = {"UserPoolId": pool_id, **dict.fromkeys(keys, made.physical_id)}
        answer = cognito.call(operation, region=stack.region, **asked)[member]
        found[name] = {key: value for key, value in answer.items() if key not in (*TIMES, "Arn")}
        if "ClientSecret" in answer:
            found[name]["ClientSecret"] = "s"
    text = json.dumps(found, sort_keys=True)
    for name, made in stack.resources.items():
        if made.type.endswith(("UserPool", "UserPoolClient")):
            text = text.replace(made.physical_id, name)
    return json.loads(text)


def written(directory: Path, template: dict[str, Any], name: str) -> Path:
    path = directory / f"{name}.json"
    path.write_text(json.dumps(template, indent=1))
    return path


def deployed(cognito: Cognito, path: Path, region: str) -> Stack | None:
    """A stack of a template; None where AWS refuses it, after which nothing of it is there."""
    try:
        return cognito.deploy(path, name="notes", region=region)
    except DeploymentError:
        assert cognito.call("ListUserPools", MaxResults=60, region=region)["UserPools"] == []
        return None


@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=templates(), after=templates())
def test_an_update_is_a_new_stack_or_nothing(tmp_path: Path, before: dict[str, Any], after: dict[str, Any]) -> None:
    with mock_cognito() as cognito:
        changed = written(tmp_path, after, "after")
        stack = deployed(cognito, written(tmp_path, before, "before"), "us-east-1")
        fresh = deployed(cognito, changed, "eu-west-1")
        if stack is None:
            return
        as_before = picture(cognito, stack)
        planned = str(stack.plan(changed))
        try:
            done = str(stack.update(changed))
        except DeploymentError:
            assert picture(cognito, stack) == as_before
        else:
            assert done == planned
            assert fresh is not None
            assert picture(cognito, stack) == picture(cognito, fresh)
            assert str(stack.update(changed)) == "no changes"
        for made in filter(None, (stack, fresh)):
            made.delete()
            assert cognito.call("ListUserPools", MaxResults=60, region=made.region)["UserPools"] == []


@pytest.mark.parametrize("name", ["latin-1", "utf-16"])
def test_a_file_in_another_encoding(cognito: Cognito, tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.yaml").write_text("# é\nResources:\n  P: {Type: AWS::Cognito::UserPool}\n", encoding=name)
    with pytest.raises(Exception, match=r"notes\.yaml is not in UTF-8"):
        cognito.deploy(tmp_path / "notes.yaml")
