"""Arguments that functions don't take, and what is refused where those of the language extensions are allowed."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
import yaml
from moto import mock_aws

from pytest_cognito import TemplateError
from tests.infrastructure.conftest import Deploy

JOIN = (
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings "
    "to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
)
SPLIT = (
    "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be "
    "split or a function that returns a string to be split."
)
SELECT = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list"
FIND_IN_MAP = (
    "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for "
    "return value"
)
CIDR = "Template error: every Fn::Cidr object requires two parameters, (1) an IP block and (2) a count from 1 to 256."
GET_ATT = (
    "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource "
    "attribute"
)
IMPORT = "Template error: every Fn::ImportValue object must have a String-typed value."
STRUCTURE = "Template format error: unsupported structure."
NEEDS = "Template error: {} needs Transform: AWS::LanguageExtensions."
NOT = "Template error: every Fn::Not object requires one boolean parameter."
OR = "Template error: every Fn::Or object requires a list of at least 2 and at most 10 boolean parameters."
EQUALS = "Template error: every Fn::Equals object requires a list of 2 string parameters."
BOOLEAN = "Template error: a condition must be true or false, or a function that is."
IN_CONDITIONS = (
    "Template format error: Unresolved dependencies [Pool]. Cannot reference resources in the Conditions block of the "
    "template"
)
FOR_EACH = (
    "Template error: every Fn::ForEach object requires three parameters, (1) an identifier, (2) a list and (3) an "
    "object with one key, which has the identifier in it."
)


def template(value: Any, **sections: Any) -> str:
    """A template with a pool and a resource that has an expression."""
    thing = {"Type": "AWS::Notes::Thing", "Properties": {"Value": value}}
    parts = {"Resources": {"Pool": {"Type": "AWS::Cognito::UserPool"}, "Thing": thing}, **sections}
    return yaml.safe_dump({"Mappings": {"M": {"a": {"b": "c"}}}, **parts})


def refused(deploy: Deploy, text: str) -> str:
    with pytest.raises(TemplateError) as caught:
        deploy(text)
    return caught.value.reason


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ({"Fn::Join": "a"}, JOIN),
        ({"Fn::Split": "a"}, SPLIT),
        ({"Fn::Select": ["0"]}, SELECT),
        ({"Fn::Select": ["x", ["a"]]}, SELECT),
        ({"Fn::FindInMap": "M"}, FIND_IN_MAP),
        ({"Fn::FindInMap": ["M", ["a"], "b"]}, FIND_IN_MAP),
        ({"Fn::FindInMap": ["M", "a", "b", {"DefaultValue": "d"}]}, NEEDS.format("the DefaultValue of Fn::FindInMap")),
        ({"Fn::Cidr": "10.0.0.0/16"}, CIDR),
        ({"Fn::Cidr": ["here", 1]}, CIDR),
        ({"Fn::Cidr": ["10.0.0.0/24", 2]}, CIDR),
        ({"Fn::GetAtt": ["Pool", ["Arn"]]}, GET_ATT),
        ({"Fn::GetAtt": [["Pool"], "Arn"]}, GET_ATT),
        ({"Fn::ImportValue": ["a"]}, IMPORT),
        ({"Fn::Transform": "AWS::Include"}, STRUCTURE),
        ({"Fn::ToJsonString": {}}, NEEDS.format("Fn::ToJsonString")),
        ({"Fn::ForEach::A": ["N", ["a"], {"${N}": 1}]}, NEEDS.format("Fn::ForEach::A")),
        ({"Fn::GetAZs": ["a"]}, "Template error: every Fn::GetAZs object must have a String-typed value."),
    ],
)
def test_arguments(deploy: Deploy, expression: Any, reason: str) -> None:
    assert refused(deploy, template(expression)) == reason


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"Fn::Not": True}, NOT),
        ({"Fn::Or": [True]}, OR),
        ({"Fn::Equals": ["a"]}, EQUALS),
        ({"Fn::Equals": ["a", {"Ref": "AWS::NoValue"}]}, EQUALS),
        (["a"], BOOLEAN),
        ({"Fn::Not": [5]}, BOOLEAN),
        ({"Fn::GetAtt": ["Pool", "Arn"]}, IN_CONDITIONS),
        ({"Fn::ImportValue": "shared"}, "No export named shared found"),
        ({"Fn::Sub": "perhaps"}, BOOLEAN),
    ],
)
def test_conditions(deploy: Deploy, condition: Any, reason: str) -> None:
    assert refused(deploy, template({"Fn::If": ["Own", 1, 2]}, Conditions={"Own": condition})) == reason


@pytest.mark.parametrize("condition", [True, "TRUE", {"Fn::Sub": "true"}, {"Fn::FindInMap": ["Is", "it", "so"]}])
def test_values_that_are_conditions(deploy: Deploy, condition: Any) -> None:
    mappings = {"Is": {"it": {"so": "true"}}}
    text = template({"Fn::If": ["Own", 1, 2]}, Conditions={"Own": {"Fn::And": [condition, True]}}, Mappings=mappings)

    assert deploy(text).resource("Thing").properties["Value"] == 1


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ({"Fn::Length": "a"}, "Template error: every Fn::Length object requires a list."),
        ({"Fn::ToJsonString": "a"}, "Template error: every Fn::ToJsonString object requires an object or a list."),
        ({"Fn::FindInMap": ["M", "a", "b", "d"]}, FIND_IN_MAP),
        ({"Fn::ForEach::A": ["N", ["a"]]}, FOR_EACH),
        ({"Fn::ForEach::A": ["N", "a", {"${N}": 1}]}, FOR_EACH),
        ({"Fn::ForEach::A": ["N", ["a", "b"], {"fixed": 1}]}, FOR_EACH),
    ],
)
def test_extensions(deploy: Deploy, expression: Any, reason: str) -> None:
    assert refused(deploy, template(expression, Transform="AWS::LanguageExtensions")) == reason


def test_what_a_loop_repeats(deploy: Deploy) -> None:
    loop = {"Fn::ForEach::Names": ["Name", ["a", "b"], {"Of${Name}": [{"Ref": "Name"}, "${Name}", 5]}]}

    stack = deploy(template(loop, Transform="AWS::LanguageExtensions"))

    assert stack.resource("Thing").properties["Value"] == {"Ofa": ["a", "a", 5], "Ofb": ["b", "b", 5]}


def test_a_list_that_a_parameter_has_as_text(deploy: Deploy) -> None:
    stack = deploy(template({"Fn::Select": ["1", "a,b"]}))
    assert stack.resource("Thing").properties["Value"] == "b"


def test_what_was_stored_where_moto_is_active(deploy: Deploy) -> None:
    with mock_aws():
        boto3.client("secretsmanager", region_name="us-east-1").create_secret(Name="google", SecretString='{"a": "b"}')
        stack = deploy(template("{{resolve:secretsmanager:google:SecretString:a}}"))

        assert stack.resource("Thing").properties["Value"] == "b"
        with pytest.raises(Exception, match="asks for the secret other: pass secrets="):
            deploy(template("{{resolve:secretsmanager:other}}"), name="other")


def test_a_reference_that_is_none(deploy: Deploy) -> None:
    reference = "{{resolve:secretsmanager:a:b:c:d:e:f:g}}"
    assert refused(deploy, template(reference)) == f"Template error: the dynamic reference {reference} is not valid."
