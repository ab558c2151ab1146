"""What the parameters of a template have to be together, by its section Rules."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import TemplateError, Unsupported
from tests.infrastructure.conftest import Deploy

TEMPLATE = """
Parameters:
  Stage: {Type: String, Default: test}
  Names: {Type: CommaDelimitedList, Default: "a,b"}
  Version: {Type: Number, Default: 6}
Rules:
  Fits:
    RuleCondition: %s
    Assertions:
      - Assert: %s
        AssertDescription: it does not fit
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
"""
ALWAYS = "!Equals [a, a]"


@pytest.mark.parametrize(
    ("assertion", "given"),
    [
        ("!Contains [[test, live], !Ref Stage]", {"Stage": "other"}),
        ("{'Fn::Not': [{'Fn::Contains': [['1', '5'], {Ref: Version}]}]}", {"Version": 5}),
        ("!EachMemberEquals [!Ref Names, a]", {"Names": "a,b"}),
        ("!EachMemberIn [!Ref Names, [a, b, c]]", {"Names": "a,d"}),
        ("!And [!Equals [!Ref Stage, test], !Contains [!Ref Names, a]]", {"Names": "b"}),
        ("!Or [!Equals [!Ref Stage, live], !Equals [!Ref Version, '6']]", {"Version": 7}),
    ],
)
def test_an_assertion_that_does_not_hold(deploy: Deploy, assertion: str, given: dict[str, Any]) -> None:
    with pytest.raises(TemplateError, match="Rule Fits failed: it does not fit") as caught:
        deploy(TEMPLATE % (ALWAYS, assertion), parameters=given)
    assert caught.value.location is not None
    assert caught.value.location.line == 7


def test_rules_hold_for_updates_too(deploy: Deploy) -> None:
    stack = deploy(TEMPLATE % (ALWAYS, "!EachMemberIn [!Ref Names, [a, b, c]]"))
    assert stack.update(parameters={"Names": "c"}) is not None
    with pytest.raises(TemplateError, match="Rule Fits failed: it does not fit"):
        stack.update(parameters={"Names": "d"})
    assert stack.parameters["Names"] == ["c"]


def test_a_rule_of_the_region(deploy: Deploy) -> None:
    text = TEMPLATE % (ALWAYS, "!Equals [!Ref 'AWS::Region', us-east-1]")
    deploy(text)
    with pytest.raises(TemplateError, match="Rule Fits failed"):
        deploy(text, "elsewhere", region="eu-west-1")


@pytest.mark.parametrize("version", ["5", "21"])
def test_the_rule_of_the_cdk(deploy: Deploy, version: str) -> None:
    text = TEMPLATE.replace("{Type: Number, Default: 6}", "{Type: 'AWS::SSM::Parameter::Value<String>', Default: /v}")
    text %= ALWAYS, "{'Fn::Not': [{'Fn::Contains': [['4', '5'], {Ref: Version}]}]}"
    if version == "21":
        deploy(text, ssm={"/v": version})
        return
    with pytest.raises(TemplateError, match="it does not fit"):
        deploy(text, ssm={"/v": version})


def test_a_rule_whose_condition_does_not_hold(deploy: Deploy) -> None:
    deploy(TEMPLATE % ("!Equals [!Ref Stage, live]", "!Contains [[a], b]"))


@pytest.mark.parametrize(
    ("assertion", "reason"),
    [
        ("!Contains [a, b]", "Template error: every Fn::Contains object requires a list of strings and"),
        ("!Equals [!Ref Pool, a]", "Unresolved dependencies \\[Pool\\]"),
        ("[a]", "must be true or false"),
    ],
)
def test_assertions_that_are_none(deploy: Deploy, assertion: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        deploy(TEMPLATE % (ALWAYS, assertion))


@pytest.mark.parametrize("rule", ["[a]", "{Assertions: {}}", "{Assertions: [{}]}"])
def test_rules_that_are_none(deploy: Deploy, rule: str) -> None:
    with pytest.raises(TemplateError, match="unsupported structure"):
        deploy(f"Rules: {{Fits: {rule}}}\nResources: {{Pool: {{Type: AWS::Cognito::UserPool}}}}")


def test_functions_that_ask_for_the_account(deploy: Deploy) -> None:
    with pytest.raises(Unsupported, match="Fn::ValueOf"):
        deploy(TEMPLATE % (ALWAYS, "!Equals [{'Fn::ValueOf': [Stage, Tags.Name]}, a]"))


def test_functions_of_rules_are_nowhere_else(deploy: Deploy) -> None:
    text = "Resources: {Pool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: !Contains [[a], a]}}}"
    with pytest.raises(TemplateError, match="there is no function Fn::Contains"):
        deploy(text)
