"""CloudFormation's files: YAML with short tags, JSON, lines, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from pytest_cognito import TemplateError
from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.reading import cloudformation

POOL = "\nResources:\n  Pool: {Type: 'AWS::Cognito::UserPool'}\n"


def read(tmp_path: Path, text: str, name: str = "template.yaml") -> Template:
    path = tmp_path / name
    path.write_text(dedent(text))
    return cloudformation.template_of(cloudformation.parse(path))


def test_short_tags_stand_for_functions(tmp_path: Path) -> None:
    template = read(
        tmp_path,
        """
        AWSTemplateFormatVersion: 2010-09-09
        Conditions:
          Live: !Equals [!Ref Stage, live]
          Test: !Not [!Condition Live]
        Resources:
          Pool:
            Type: AWS::Cognito::UserPool
            DependsOn: Role
            Condition: Live
            DeletionPolicy: Retain
            Properties:
              A: !GetAtt Role.Arn
              B: !GetAtt [Role, Arn]
              C: !GetAtt Nested.Outputs.Arn
              D: !Sub "${Stage}-pool"
              E: !Join ["-", [!Ref Stage, x]]
              F: !If [Live, 1, !Ref "AWS::NoValue"]
              G: !Base64
                Fn::Sub: "${Stage}"
              H: !Split [",", !ImportValue list]
              I: !Select [0, !GetAZs ""]
              J: !FindInMap [M, a, b]
          Role: {Type: AWS::IAM::Role, Properties: {Doc: {Version: 2012-10-17}, Four: "4", Account: 012345678901}}
        """,
    )

    pool, role = template.resources["Pool"], template.resources["Role"]
    assert pool.properties == {
        "A": {"Fn::GetAtt": ["Role", "Arn"]},
        "B": {"Fn::GetAtt": ["Role", "Arn"]},
        "C": {"Fn::GetAtt": ["Nested", "Outputs.Arn"]},
        "D": {"Fn::Sub": "${Stage}-pool"},
        "E": {"Fn::Join": ["-", [{"Ref": "Stage"}, "x"]]},
        "F": {"Fn::If": ["Live", 1, {"Ref": "AWS::NoValue"}]},
        "G": {"Fn::Base64": {"Fn::Sub": "${Stage}"}},
        "H": {"Fn::Split": [",", {"Fn::ImportValue": "list"}]},
        "I": {"Fn::Select": [0, {"Fn::GetAZs": ""}]},
        "J": {"Fn::FindInMap": ["M", "a", "b"]},
    }
    assert (pool.depends_on, pool.condition, pool.retain, role.retain) == (("Role",), "Live", True, False)
    assert (pool.location.line, role.location.line, pool.line_of("D").line) == (7, 24, 16)
    assert template.conditions["Test"] == {"Fn::Not": [{"Condition": "Live"}]}
    assert role.properties == {"Doc": {"Version": "2012-10-17"}, "Four": "4", "Account": "012345678901"}


def test_merge_keys_and_aliases(tmp_path: Path) -> None:
    template = read(
        tmp_path,
        """
        Resources:
          A: {Type: A::B::T, Properties: &shared {One: 1, Two: 2}}
          B:
            Type: A::B::T
            Properties:
              <<: *shared
              Two: own
          C: {Type: A::B::T, Properties: *shared}
        """,
    )

    assert template.resources["B"].properties == {"One": 1, "Two": "own"}
    assert template.resources["C"].properties == {"One": 1, "Two": 2}


def test_json_has_lines_where_it_is_indented(tmp_path: Path) -> None:
    whole = {"Outputs": {}, "Resources": {"Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"Schema": []}}}}

    template = read(tmp_path, json.dumps(whole, indent=2), "template.json")
    assert template.resources["Pool"].location.line == 4
    assert template.resources["Pool"].line_of("Schema").line == 7
    assert str(read(tmp_path, json.dumps(whole), "one.json").resources["Pool"].location) == "one.json"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: b: c", 1, "Template format error: YAML not well-formed. (line 1, column 5)"),
        ("{", 1, "Template format error: JSON not well-formed. (line 1, column 2)"),
        ("[1]", None, "Template format error: unsupported structure."),
        ("Outputs: {}\n", None, "Template format error: At least one Resources member must be defined."),
        (f"Pools: {{}}{POOL}", 1, "Invalid template property or properties [Pools]"),
        ("Resources:\n  a-b: {Type: T}", 2, "Template format error: Resource name {a-b} is non alphanumeric."),
        (
            "Resources:\n  A: {Properties: {}}",
            2,
            "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
        ),
        (
            "Resources:\n  A: {Type: AWS::Cognito::UserPoolClinet}\n  B: {Type: AWS::Cognito::Pool}",
            2,
            "Template format error: Unrecognized resource types: [AWS::Cognito::Pool, AWS::Cognito::UserPoolClinet]",
        ),
        (
            "Resources:\n  A: {Type: AWS::Serverless::Function}",
            2,
            "Template format error: Unrecognized resource types: [AWS::Serverless::Function]",
        ),
        ("Resources:\n  A:\n    Type: T\n    Props: {}", 4, "Invalid template resource property 'Props'"),
        (f"{POOL}  Pool: {{Type: T}}", 4, "Template format error: the key Pool stands there twice."),
        ("Resources:\n  A: !Length [a]", 2, "Template format error: there is no function with the tag !Length."),
        ("Resources: &r\n  A: *r", 1, "Template format error: an alias is inside of what it stands for."),
        ("Resources:\n  ? [a]\n  : b", 2, "Template format error: a key must be text."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    with pytest.raises(TemplateError) as refused:
        read(tmp_path, text)

    location = refused.value.location
    assert location is not None
    assert location.line == line
    assert refused.value.reason.startswith(reason)


def test_a_key_that_stands_twice_in_json(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="the key Resources stands there twice"):
        read(tmp_path, '{"Resources": {}, "Resources": {}}')


@pytest.mark.parametrize(
    ("misspelled", "note"),
    [
        ("AWS::Cognito::UserPoolClinet", "did you mean 'AWS::Cognito::UserPoolClient'?"),
        ("AWS::Serverless::Function", "a template with resources of SAM says Transform: AWS::Serverless-2016-10-31"),
    ],
)
def test_which_type_was_meant(tmp_path: Path, misspelled: str, note: str) -> None:
    with pytest.raises(TemplateError) as refused:
        read(tmp_path, f"Resources:\n  A: {{Type: {misspelled}}}")

    assert refused.value.hint == note
