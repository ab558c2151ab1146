"""What CloudFormation refuses of a template before it looks at any value, at which line, and what to write instead."""

from __future__ import annotations

import pytest

from pytest_cognito import TemplateError
from tests.infrastructure.conftest import Deploy

POOL = "  Pool: {Type: AWS::Cognito::UserPool}\n"
LIVE = "Conditions: {Live: !Equals [a, b]}\n"
CONDITIONAL = LIVE + "Resources:\n  Pool: {Type: AWS::Cognito::UserPool, Condition: Live}\n"
NULL = "'null' values are not allowed in templates"
NO_SAM = "Template format error: Unrecognized resource types: [AWS::Serverless::Function]"


@pytest.mark.parametrize(
    ("text", "line", "reason", "hint"),
    [
        (
            "Resources:\n  Pool: {Type: AWS::Cognito::UserPol}",
            2,
            "Template format error: Unrecognized resource types: [AWS::Cognito::UserPol]",
            "did you mean 'AWS::Cognito::UserPool'?",
        ),
        (
            "Resources:\n  Role: {Type: AWS::Iam::Role}",
            2,
            "Template format error: Unrecognized resource types: [AWS::Iam::Role]",
            "did you mean 'AWS::IAM::Role'?",
        ),
        (
            "Resources:\n  F:\n    Type: AWS::Serverless::Function",
            3,
            NO_SAM,
            "a template with resources of SAM says Transform: AWS::Serverless-2016-10-31",
        ),
        (
            "Resources:\n  Fn::ForEach::Pools: [N, [a], {'P${N}': {Type: AWS::Cognito::UserPool}}]",
            2,
            "Template format error: Resource name {Fn::ForEach::Pools} is non alphanumeric.",
            "the template lacks Transform: AWS::LanguageExtensions",
        ),
        ("Resources:\n" + POOL + "Outpts: {}", 3, "Invalid template property or properties [Outpts]", "'Outputs'?"),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Propertys: {}",
            4,
            "Invalid template resource property 'Propertys'",
            "did you mean 'Properties'?",
        ),
        (
            "Parameters:\n  A: {Type: String, Defualt: x}\nResources:\n" + POOL,
            2,
            "Invalid template parameter property 'Defualt'",
            "did you mean 'Default'?",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    DeletionPolicy: Keep",
            4,
            "Template format error: Unrecognized DeletionPolicy Keep for resource Pool",
            "there is Delete, Retain",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    DeletionPolicy: !If [a, b, c]",
            4,
            "Template format error: Every DeletionPolicy member must be a string.",
            "",
        ),
        (
            "Resources:\n" + POOL + "Outputs:\n  Id: {Value: !Ref Pol}",
            4,
            "Template format error: Unresolved resource dependencies [Pol] in the Outputs block of the template",
            "did you mean 'Pool'?",
        ),
        (
            CONDITIONAL + "Outputs:\n  Arn: {Value: !GetAtt Pool.Arn}",
            5,
            "Template format error: Unresolved resource dependencies [Pool] in the Outputs block of the template",
            "its condition Live does not hold",
        ),
        (
            "Conditions: {A: !Equals [!Ref Nope, b]}\nResources:\n" + POOL,
            1,
            (
                "Template format error: Unresolved dependencies [Nope]. Cannot reference resources in the Conditions "
                "block of the template"
            ),
            "",
        ),
    ],
)
def test_what_may_be_meant(deploy: Deploy, text: str, line: int, reason: str, hint: str) -> None:
    with pytest.raises(TemplateError) as refused:
        deploy(text)

    error = refused.value
    assert (error.reason, error.location and error.location.line) == (reason, line)
    assert hint in error.hint
    assert str(error).startswith(f"template.yaml:{line}: {reason}")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("AWSTemplateFormatVersion: 2011-01-01\nResources:\n" + POOL, 1, "unsupported value for AWSTemplateFormat"),
        ("Parameters:\n  A:\nResources:\n" + POOL, 2, f"[/Parameters/A] {NULL}"),
        ("Resources:\n" + POOL + "Outputs:", 3, f"[/Outputs] {NULL}"),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      UserPoolName:",
            5,
            f"[/Resources/Pool/Type/UserPoolName] {NULL}",
        ),
        (
            "Parameters:\n  A: {Default: x}\nResources:\n" + POOL,
            2,
            "Every Parameters object must contain a Type member",
        ),
        ("Mappings:\n  A: {b: c}\nResources:\n" + POOL, 2, "[/Mappings/A] Every Mappings attribute must be a map"),
        ("Resources:\n  P: {Type: A::B::C, DependsOn: {a: b}}", 2, "DependsOn must be a string or list of strings."),
        ("Resources:\n  P: {Type: A::B::C, Metadata: x}", 2, "every Metadata member must be a map"),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Description: x}", 4, "Every Outputs member must contain a Value"),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Value: [a]}", 4, "must evaluate to a String and not a List."),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Value: {a: b}}", 4, "must evaluate to a String and not a Map."),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Value: !GetAZs ''}", 4, "must evaluate to a String and not a List."),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Value: x, Export: y}", 4, "Output A is malformed. The Name field"),
        ("Resources:\n" + POOL + "Outputs:\n  A: {Value: x, Export: {Name: a/b}}", 4, "Output A is malformed."),
    ],
)
def test_members_that_lack_or_are_of_another_kind(deploy: Deploy, text: str, line: int, reason: str) -> None:
    with pytest.raises(TemplateError) as refused:
        deploy(text)

    assert reason in refused.value.reason
    assert refused.value.location is not None
    assert refused.value.location.line == line


def test_outputs_are_texts(deploy: Deploy) -> None:
    stack = deploy("Resources:\n" + POOL + "Outputs: {A: {Value: yes}, B: {Value: 123456789012}, C: {Value: 1.5}}")

    assert stack.outputs == {"A": "true", "B": "123456789012", "C": "1.5"}


def test_names_that_are_put_together(deploy: Deploy) -> None:
    stack = deploy(
        """
        Transform: AWS::LanguageExtensions
        Resources:
          Fn::ForEach::Pools: [Name, [Web, Api], {"Pool${Name}": {Type: AWS::Cognito::UserPool}}]
        Outputs:
          Fn::ForEach::Arns:
            - Name
            - [Web, Api]
            - Arn${Name}: {Value: !GetAtt [!Sub "Pool${Name}", Arn]}
          Id: {Value: {Ref: !Join ["", [Pool, Web]]}}
        """
    )

    assert stack.outputs == {
        "ArnWeb": stack.user_pool("PoolWeb").arn,
        "ArnApi": stack.user_pool("PoolApi").arn,
        "Id": stack.user_pool("PoolWeb").id,
    }
