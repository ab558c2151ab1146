"""What the models of the installed botocore have. The operations are written by those of the newest that is tested."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import botocore

from pytest_cognito.aws.model import SERVICES, Shape, service_model

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@cache
def newest() -> str:
    """The newest botocore that is tested, by the group ``test`` in pyproject.toml."""
    groups = tomllib.loads(PYPROJECT.read_text("utf-8"))["dependency-groups"]
    bounds = [each for each in groups["test"] if isinstance(each, str) and each.startswith("botocore<=")]
    assert len(bounds) == 1, "the group test says once up to which botocore the operations were compared"
    return str(bounds[0].removeprefix("botocore<="))


@cache
def is_older() -> bool:
    """Whether the installed botocore is older than the newest that is tested, so that its models may lack something."""
    return _numbers(botocore.__version__) < _numbers(newest())


def lacks(*names: str) -> str:
    """What the models lack of these names, in words; nothing if they have all. Only those of an older botocore may."""
    lacking = [name for name in names if not has(name)]
    told = f"botocore {botocore.__version__} has no {', '.join(lacking)}" if lacking else ""
    assert not told or is_older(), f"{told}, nor has a later one: is the name misspelt?"
    return told


@cache
def has(name: str) -> bool:
    """Whether a model has an operation (``CreateTerms``), or a shape a member or a value (``Shape.Member``)."""
    first, _, inner = name.partition(".")
    models = [service_model(service) for service in SERVICES]
    if not inner:
        return any(first in model.operation_names for model in models)
    shapes: list[Shape] = [model.shape_for(first) for model in models if first in model.shape_names]
    return any(inner in (shape.members if shape.type_name == "structure" else shape.enum) for shape in shapes)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))
