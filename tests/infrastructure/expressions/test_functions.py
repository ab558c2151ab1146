"""The functions of templates, seen by the properties of a resource and by the outputs of a stack."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import yaml

from pytest_cognito import TemplateError, Unsupported, UsageError
from tests.infrastructure.conftest import Deploy

POOL = {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "notes"}}


def template(value: Any, **sections: Any) -> str:
    """A template with a pool, whose output Value is an expression."""
    return yaml.safe_dump(
        {
            "Parameters": {
                "Stage": {"Type": "String", "Default": "dev"},
                "Zones": {"Type": "CommaDelimitedList", "Default": "a, b,c"},
                "Count": {"Type": "Number", "Default": 2},
            },
            "Mappings": {"Domains": {"dev": {"name": "d", "list": ["x", "y"]}}},
            "Conditions": {"Live": {"Fn::Equals": [{"Ref": "Stage"}, "live"]}},
            "Resources": {"Pool": POOL},
            "Outputs": {"Value": {"Value": value}},
            **sections,
        }
    )


STAGE = {"Ref": "Stage"}
ID = "arn:aws:cloudformation:us-east-1:123456789012:stack/notes/"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (STAGE, "dev"),
        ({"Ref": "Zones"}, ["a", "b", "c"]),
        ({"Ref": "AWS::Region"}, "us-east-1"),
        ({"Ref": "AWS::AccountId"}, "123456789012"),
        ({"Fn::Sub": "${AWS::Partition}/${AWS::URLSuffix}/${AWS::StackName}"}, "aws/amazonaws.com/notes"),
        ({"Ref": "AWS::NotificationARNs"}, []),
        ({"Fn::Sub": "${Stage}:${!Stage}:${Count}"}, "dev:${Stage}:2"),
        ({"Fn::Sub": ["${Own}-${Stage}", {"Own": {"Fn::Join": ["", ["a", 1, True]]}}]}, "a1true-dev"),
        ({"Fn::Join": ["/", {"Ref": "Zones"}]}, "a/b/c"),
        ({"Fn::Join": ["-", ["a", {"Ref": "AWS::NoValue"}, "b"]]}, "a-b"),
        ({"Fn::Split": ["|", "a||b|"]}, ["a", "", "b", ""]),
        ({"Fn::Select": ["1", {"Ref": "Zones"}]}, "b"),
        ({"Fn::FindInMap": ["Domains", STAGE, "name"]}, "d"),
        ({"Fn::FindInMap": ["Domains", "dev", "list"]}, ["x", "y"]),
        ({"Fn::If": ["Live", "l", "t"]}, "t"),
        ({"Fn::Base64": {"Fn::Sub": "${Stage}"}}, base64.b64encode(b"dev").decode()),
        ({"Fn::GetAZs": ""}, ["us-east-1a", "us-east-1b", "us-east-1c"]),
        ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"a": ["b", {"Ref": "AWS::NoValue"}], "c": {"Ref": "AWS::NoValue"}}, {"a": ["b"]}),
    ],
)
def test_functions(deploy: Deploy, expression: Any, value: Any) -> None:
    thing = {"Type": "AWS::Notes::Thing", "Properties": {"Value": expression}}
    stack = deploy(template("", Resources={"Pool": POOL, "Thing": thing}))

    assert stack.resource("Thing").properties["Value"] == value


def test_names_of_resources(deploy: Deploy) -> None:
    stack = deploy(template({"Fn::Sub": "${Pool}|${Pool.Arn}|${AWS::StackId}"}))

    pool = stack.user_pool("Pool")
    assert stack.outputs["Value"] == f"{pool.id}|{pool.arn}|{stack.id}"
    assert stack.id.startswith(ID)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ({"Ref": ["Stage"]}, "Template error: every Ref object must have a single String value."),
        (
            {"Ref": "Pol"},
            "Template format error: Unresolved resource dependencies [Pol] in the Outputs block of the template",
        ),
        (
            {"Fn::Sub": "${Pol}"},
            "Template format error: Unresolved resource dependencies [Pol] in the Outputs block of the template",
        ),
        ({"Fn::GetAtt": ["Pol", "Arn"]}, "Template error: instance of Fn::GetAtt references undefined resource Pol"),
        (
            {"Fn::GetAtt": "Pool.Url"},
            "Template error: resource Pool does not support attribute type Url in Fn::GetAtt",
        ),
        (
            {"Fn::GetAtt": ["Pool"]},
            (
                "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the "
                "resource attribute"
            ),
        ),
        (
            {"Fn::Sub": "${a b}"},
            (
                "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, "
                "underscores, periods, and colons"
            ),
        ),
        (
            {"Fn::Sub": ["a"]},
            (
                "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a "
                "string as first argument, and an optional second argument to specify a mapping of values to replace "
                "in the string"
            ),
        ),
        (
            {"Fn::Join": [",", "a"]},
            (
                "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list "
                "of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be "
                "joined."
            ),
        ),
        (
            {"Fn::Split": [",", ["a"]]},
            (
                "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a "
                "string to be split or a function that returns a string to be split."
            ),
        ),
        ({"Fn::Select": [3, ["a"]]}, "Template error: Fn::Select cannot select nonexistent value at index 3"),
        ({"Fn::Select": [-1, ["a"]]}, "Template error: Fn::Select cannot select nonexistent value at index -1"),
        (
            {"Fn::FindInMap": ["M", "a", "b"]},
            "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
        ),
        ({"Fn::FindInMap": ["Domains", "x", "b"]}, "Template error: Unable to get mapping for Domains::x::b"),
        (
            {"Fn::If": ["Dead", 1, 2]},
            "Template error: unresolved condition dependency Dead in Fn::If",
        ),
        ({"Fn::If": ["Live", 1]}, "Template error: Fn::If requires a list argument with three elements"),
        (
            {"Fn::If": [True, 1, 2]},
            "Template error: Fn::If requires a list argument with the first element being a condition",
        ),
        ({"Fn::Length": [1]}, "Template error: Fn::Length needs Transform: AWS::LanguageExtensions."),
        ({"Fn::Upper": "a"}, "Template error: there is no function Fn::Upper."),
        ({"Fn::Sub": "a", "b": 1}, "Template error: Fn::Sub must be the only key where it stands, and b is beside it."),
    ],
)
def test_refusals(deploy: Deploy, expression: Any, reason: str) -> None:
    with pytest.raises(TemplateError) as refused:
        deploy(template(expression))

    assert refused.value.reason == reason
    assert refused.value.location is not None
    assert refused.value.location.line is not None


def test_language_extensions(deploy: Deploy) -> None:
    stack = deploy(
        """
        Transform: [AWS::LanguageExtensions]
        Parameters: {Names: {Type: CommaDelimitedList, Default: "Web,Mobile"}}
        Resources:
          Pool: {Type: AWS::Cognito::UserPool}
          Fn::ForEach::Clients:
            - Name
            - !Ref Names
            - Client${Name}:
                Type: AWS::Cognito::UserPoolClient
                Properties:
                  UserPoolId: !Ref Pool
                  ClientName: !Sub "app-${Name}-${AWS::Region}"
        Outputs:
          Fn::ForEach::Ids:
            - Name
            - [Web, Mobile]
            - Id${Name}: {Value: !Ref "Client${Name}"}
          Number: {Value: {Fn::Length: !Ref Names}}
          Text: {Value: {Fn::ToJsonString: {a: [!Ref "AWS::Region"]}}}
          Default: {Value: !FindInMap [M, a, b, {DefaultValue: c}]}
        """
    )

    assert [client.name for client in stack.user_pool().clients] == ["app-Web-us-east-1", "app-Mobile-us-east-1"]
    ids = {name: stack.physical_id(f"Client{name}") for name in ("Web", "Mobile")}
    assert stack.outputs == {
        "IdWeb": ids["Web"],
        "IdMobile": ids["Mobile"],
        "Number": "2",
        "Text": json.dumps({"a": ["us-east-1"]}, separators=(",", ":")),
        "Default": "c",
    }
    assert stack.user_pool().clients[0].name == "app-Web-us-east-1"


def test_a_loop_makes_no_name_twice(deploy: Deploy) -> None:
    with pytest.raises(TemplateError, match="Fn::ForEach::Pools makes the key PoolA, which is there already"):
        deploy(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              PoolA: {Type: AWS::Cognito::UserPool}
              Fn::ForEach::Pools: [Name, [A, B], {"Pool${Name}": {Type: AWS::Cognito::UserPool}}]
            """
        )


def test_what_is_included_is_given_by_the_test(deploy: Deploy) -> None:
    location = "s3://notes/list.yaml"
    included = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": location}}}
    text = template({"Fn::Join": ["-", included]})

    assert deploy(text, includes={location: ["a", STAGE]}).outputs["Value"] == "a-dev"
    with pytest.raises(UsageError, match=r"the template includes s3://notes/list.yaml: pass includes="):
        deploy(text, name="other")
    with pytest.raises(Unsupported, match=r"the macro 'Own' with .* can't be run here"):
        deploy(template({"Fn::Transform": {"Name": "Own"}}), name="other")
