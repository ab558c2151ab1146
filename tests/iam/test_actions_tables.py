"""The tables of IAM actions, against botocore's models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from botocore.session import get_session

from pytest_cognito import active
from pytest_cognito.iam.actions.tables import Line, ServiceTable, services, table
from tests.support import installed

MADE_HERE = {"s3": {"Source"}}
"""Parameters that are made of others before a table is asked."""
OURS = ("cognito-identity", "cognito-idp", "cognito-sync", "sts")


@pytest.mark.parametrize("service", services())
def test_every_operation_and_parameter_of_a_table_is_in_the_model(service: str) -> None:
    known, model = _known(service), _model(service)
    shapes = {name: model.operation_model(name).input_shape for name in known.lines if name in model.operation_names}
    unknown = sorted(set(known.lines) | set(known.unmappable) - set(shapes) - set(model.operation_names))
    unknown = [name for name in unknown if name not in model.operation_names]
    for operation, shape in shapes.items():
        for line in known.lines[operation]:
            roots = [shape, *([_follow(shape, line.each)] if line.each else [])]
            unknown.extend(
                f"{operation}: {path}"
                for path in _paths(line, known)
                if path.partition(".")[0] not in MADE_HERE.get(service, ())
                and not any(_follow(root, path) for root in roots)
            )
    for path in (*_flat(known.keys.values()), *known.tags):
        if not any(_follow(shape, path) for shape in shapes.values()):
            unknown.append(path)

    assert not unknown or installed.is_older(), unknown


@pytest.mark.parametrize("service", services())
def test_every_resource_is_an_arn_or_all(service: str) -> None:
    lines = [line for lines in _known(service).lines.values() for line in lines]

    assert [line.action for line in lines if not re.fullmatch(r"[a-z0-9-]+:[A-Za-z0-9]+", line.action)] == []
    arn = re.compile(r"\*|\{[\w.]+(\|stream)?\}|arn:\{partition\}:[a-z0-9-]+:(\{region\})?:(\{account\})?:\S+|")
    others = re.compile(r"arn:\{partition\}:(sqs:\{region\}:\{QueueUrl\|queue\}|iam::\{TargetPrincipal\|root\})")
    templates = {template.text for line in lines for template in line.resources}
    assert [text for text in templates if not (arn.fullmatch(text) or others.fullmatch(text))] == []


@pytest.mark.parametrize("service", OURS)
def test_every_operation_of_our_services_is_known_and_unsigned_ones_want_nothing(service: str) -> None:
    known, model = _known(service), _model(service)

    assert set(model.operation_names) <= set(known.lines)
    unsigned = [name for name in model.operation_names if model.operation_model(name).auth_type == "none"]
    assert [name for name in unsigned if known.lines[name]] == []


def _known(service: str) -> ServiceTable:
    known = table(service)
    assert known is not None
    return known


@cache
def _model(service: str) -> Any:
    """A model that is not shared: what all sessions share is read a second time at the end of the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(active.settings, "share_models", False)
        return get_session().get_service_model(service)


def _paths(line: Line, known: ServiceTable) -> Iterator[str]:
    for template in line.resources:
        yield from template.parameters
    yield from (condition.removeprefix("!") for condition in line.when)
    yield from _flat(path for key, path in line.keys.items() if known.keys.get(key) != path)


def _flat(paths: Any) -> Iterator[str]:
    for path in paths:
        yield from [path] if isinstance(path, str) else path


def _follow(shape: Any, path: str) -> Any:
    """The shape that a path leads to, through lists and the entries of maps; None if it leads nowhere."""
    steps = path.split(".")
    for step in steps:
        while shape is not None and shape.type_name == "list":
            shape = shape.member
        if shape is None:
            return None
        if step == "*" or (shape.type_name == "map" and step == "key"):
            continue
        if shape.type_name == "map" and step == "value":
            shape = shape.value
        elif shape.type_name == "structure":
            shape = shape.members.get(step)
        elif step != "each":
            return None
    while shape is not None and shape.type_name == "list":
        shape = shape.member
    return shape
