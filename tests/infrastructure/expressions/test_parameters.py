"""The parameters of templates: types, defaults, what is allowed, and what AWS says of the rest."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
import yaml
from moto import mock_aws

from pytest_cognito import TemplateError, UsageError
from tests.infrastructure.conftest import Deploy


def template(**parameters: Any) -> str:
    """A template with a resource whose properties are its parameters."""
    thing = {"Type": "AWS::Notes::Thing", "Properties": {name: {"Ref": name} for name in parameters}}
    pool = {"Type": "AWS::Cognito::UserPool"}
    return yaml.safe_dump({"Parameters": parameters, "Resources": {"Pool": pool, "Thing": thing}})


@pytest.mark.parametrize(
    ("about", "given", "value"),
    [
        ({"Type": "String", "Default": "dev"}, None, "dev"),
        ({"Type": "String", "Default": ""}, None, ""),
        ({"Type": "String"}, True, "true"),
        ({"Type": "Number"}, 12, "12"),
        ({"Type": "Number", "MinValue": 1, "MaxValue": "3"}, "3", "3"),
        ({"Type": "CommaDelimitedList"}, "a, b", ["a", "b"]),
        ({"Type": "List<Number>"}, [1, 2], ["1", "2"]),
        ({"Type": "List<AWS::EC2::Subnet::Id>"}, "subnet-1,subnet-2", ["subnet-1", "subnet-2"]),
        ({"Type": "AWS::EC2::VPC::Id"}, "vpc-1", "vpc-1"),
        ({"Type": "AWS::SSM::Parameter::Name"}, "/a", "/a"),
        ({"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/notes/domain"}, None, "notes"),
        ({"Type": "AWS::SSM::Parameter::Value<List<String>>"}, "/notes/urls", ["a", "b"]),
        ({"Type": "String", "AllowedValues": ["dev", "live"], "AllowedPattern": "[a-z]+"}, "live", "live"),
    ],
)
def test_values(deploy: Deploy, about: dict[str, Any], given: Any, value: Any) -> None:
    stack = deploy(
        template(P=about),
        parameters={} if given is None else {"P": given},
        ssm={"/notes/domain": "notes", "/notes/urls": ["a", "b"]},
    )

    assert stack.resource("Thing").properties["P"] == stack.parameters["P"] == value


@pytest.mark.parametrize(
    ("about", "given", "reason"),
    [
        ({"Type": "String"}, None, "Parameters: [P] must have values"),
        ({"Type": "Number"}, "x", "Parameter 'P' must be a number"),
        ({"Type": "List<Number>"}, "1,x", "Parameter 'P' must be a number"),
        ({"Type": "Number", "MinValue": 5}, 4, "Parameter 'P' must be a number not less than 5"),
        ({"Type": "Number", "MaxValue": 5}, 6, "Parameter 'P' must be a number not greater than 5"),
        ({"Type": "String", "MinLength": 2}, "a", "Parameter 'P' must contain at least 2 characters"),
        ({"Type": "String", "MaxLength": "2"}, "abc", "Parameter 'P' must contain at most 2 characters"),
        ({"Type": "String", "AllowedValues": ["a"]}, "b", "Parameter 'P' must be one of AllowedValues"),
        ({"Type": "String", "AllowedPattern": "[a-z]"}, "ab", "Parameter 'P' must match pattern [a-z]"),
        (
            {"Type": "String", "AllowedPattern": "[a-z]", "ConstraintDescription": "one letter"},
            "ab",
            "Parameter P failed to satisfy constraint: one letter",
        ),
        ({"Type": "Text"}, "a", "Template format error: Unrecognized parameter type: Text"),
    ],
)
def test_refusals(deploy: Deploy, about: dict[str, Any], given: Any, reason: str) -> None:
    with pytest.raises(TemplateError) as refused:
        deploy(template(P=about), parameters={} if given is None else {"P": given})

    assert refused.value.reason == reason
    assert refused.value.location is not None
    assert refused.value.location.line is not None


def test_parameters_that_the_template_does_not_have(deploy: Deploy) -> None:
    with pytest.raises(TemplateError, match=r"Parameters: \[Stag, X\] do not exist in the template"):
        deploy(template(Stage={"Type": "String"}), parameters={"Stag": "a", "X": 1})


def test_a_parameter_of_ssm_that_nobody_has(deploy: Deploy) -> None:
    with pytest.raises(UsageError, match="asks for the parameter /notes/domain of SSM: pass ssm="):
        deploy(template(P={"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/notes/domain"}))


REFERENCES = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
Outputs:
  Parameter: {Value: "x-{{resolve:ssm:/notes/domain}}-{{resolve:ssm-secure:/notes/domain:1}}"}
  Secret: {Value: "{{resolve:secretsmanager:google}}"}
  Key: {Value: "{{resolve:secretsmanager:google:SecretString:secret::}}"}
  ByArn:
    Value:
      !Sub "{{resolve:secretsmanager:arn:aws:secretsmanager:${AWS::Region}:1:secret:google-AbCdEf:SecretString:secret}}"
"""


def test_dynamic_references_are_given_by_the_test(deploy: Deploy) -> None:
    stack = deploy(REFERENCES, ssm={"/notes/domain": "notes"}, secrets={"google": {"secret": "s3cret"}})

    assert stack.outputs == {
        "Parameter": "x-notes-notes",
        "Secret": '{"secret": "s3cret"}',
        "Key": "s3cret",
        "ByArn": "s3cret",
    }


def test_dynamic_references_come_from_moto_where_it_is_active(deploy: Deploy) -> None:
    with mock_aws():
        boto3.client("ssm", "us-east-1").put_parameter(Name="/notes/domain", Value="moto", Type="String")
        stack = deploy(REFERENCES, secrets={"google": {"secret": "given"}})

    assert (stack.outputs["Parameter"], stack.outputs["Key"]) == ("x-moto-moto", "given")


def test_dynamic_references_that_nobody_has(deploy: Deploy) -> None:
    with pytest.raises(UsageError, match=r"asks for the secret google: pass secrets=\{'google': …\}"):
        deploy(REFERENCES, ssm={"/notes/domain": "notes"})
    with pytest.raises(TemplateError, match="Could not find a value associated with JSONKey in SecretString"):
        deploy(REFERENCES, ssm={"/notes/domain": "notes"}, secrets={"google": "text"})
