"""Templates that are too large, or nested too deeply, are refused soon."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito, TemplateError

TOO_LARGE = "Template may not exceed 1000000 bytes in size."
TOO_DEEP = "Template format error: the template is nested deeper than 100 levels."
POOL = "Resources:\n  Pool: {Type: AWS::Cognito::UserPool, Properties: {UserPoolName: %s}}\n"
NAMES = "abcdefghijklmnopq"


def joined(levels: int) -> Any:
    """A name in so many functions."""
    value: Any = "notes"
    for _ in range(levels):
        value = {"Fn::Join": ["", [value]]}
    return value


def aliases(line: str) -> str:
    """Metadata of which each part stands ten times for the one before."""
    lines = [line.format(name=after, before=before) for before, after in pairwise(NAMES)]
    return "\n".join(["Metadata:", "  a: &a {x: y}", *lines, POOL % "notes"])


def refusal(cognito: Cognito, path: Path, text: str) -> TemplateError:
    path.write_text(text, "utf-8")
    with pytest.raises(TemplateError) as caught:
        cognito.deploy(path)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        aliases("  {name}: &{name} [" + ", ".join(["*{before}"] * 10) + "]"),
        aliases("  {name}: &{name} {{<<: [" + ", ".join(["*{before}"] * 10) + "]}}"),
        POOL % ("x" * 1_000_000),
        POOL % "x" + "#" * 1_000_000,
    ],
    ids=["aliases", "merge keys", "text", "comment"],
)
def test_templates_that_are_too_large(cognito: Cognito, tmp_path: Path, text: str) -> None:
    assert refusal(cognito, tmp_path / "template.yaml", text).reason == TOO_LARGE


@pytest.mark.parametrize("levels", [60, 300, 5000])
@pytest.mark.parametrize("written", [lambda text: POOL % text, lambda text: POOL % f"!Sub {text}"])
def test_yaml_that_is_nested_too_deeply(
    cognito: Cognito, tmp_path: Path, levels: int, written: Callable[[str], str]
) -> None:
    text = "[" * levels * 2 + "]" * levels * 2
    refused = refusal(cognito, tmp_path / "template.yaml", written(text))
    assert refused.reason == TOO_DEEP or "YAML not well-formed" in refused.reason
    assert refused.location is not None


@pytest.mark.parametrize("levels", [60, 100_000])
def test_json_that_is_nested_too_deeply(cognito: Cognito, tmp_path: Path, levels: int) -> None:
    text = json.dumps({"Resources": {"Pool": {"Type": "AWS::Cognito::UserPool", "Properties": {"UserPoolName": "@"}}}})
    inner = "[" * levels * 2 + "]" * levels * 2
    assert refusal(cognito, tmp_path / "template.json", text.replace('"@"', inner)).reason == TOO_DEEP


def test_what_is_nested_less_deeply_is_evaluated(cognito: Cognito, tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(POOL % json.dumps(joined(31)), "utf-8")
    assert cognito.deploy(path).user_pool().name == "notes"
