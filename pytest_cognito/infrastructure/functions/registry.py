"""The functions that a world's templates have made: what is known of them, and what runs for which ARN."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytest_cognito.aws.arn import arn as arn_of
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.functions import refusals
from pytest_cognito.infrastructure.functions.function import TemplateFunction
from pytest_cognito.lambda_functions.records import FUNCTIONS, LATEST, LambdaFunction, split
from pytest_cognito.state.schema import Schema
from pytest_cognito.world import Context


@dataclass(frozen=True, slots=True)
class Layer:
    """A version of a layer. ``root`` is its directory or zip file, if that is in the working tree."""

    arn: str
    root: Path | None


LAYERS: Schema[Layer] = Schema("lambda/layers", key=lambda layer: layer.arn)


@contextmanager
def step(deployment: Deployment) -> Iterator[Context]:
    """A step in which Lambda's records are read and changed."""
    with deployment.world.handle_step("lambda", deployment.region) as context:
        yield context


def function_arn(deployment: Deployment, name: str) -> str:
    """The ARN of a function by what a template may call it: its name, ARN, or what is between, with a qualifier or not.

    ``notes``, ``notes:live``, ``123456789012:function:notes``, ``arn:aws:lambda:…:function:notes:live``.
    """
    if name.startswith("arn:"):
        return name
    named = name.partition("function:")[2] or name
    return arn_of("lambda", deployment.region, deployment.world.account_id, f"function:{named}")


def existing(deployment: Deployment, context: Context, name: str) -> LambdaFunction:
    """A function that a template has made. Raises AWS's error if there is none."""
    arn = split(function_arn(deployment, name))[0]
    found = context.table(FUNCTIONS).get(arn)
    if found is None:
        raise refusals.FUNCTION_NOT_FOUND(arn=arn)
    return found


def run_latest(deployment: Deployment, function: LambdaFunction, code: TemplateFunction | None) -> None:
    """Run ``code`` for the latest version of a function, and what names that; nothing here without code."""
    aliases = [alias for alias, version in function.aliases if version == LATEST]
    for name in ["", LATEST, *aliases]:
        _run(deployment, f"{function.arn}:{name}".rstrip(":"), code)


def run_version(deployment: Deployment, function: LambdaFunction, name: str, version: str) -> None:
    """Run for a new version or alias what runs for a version now."""
    found = deployment.world.functions.get(f"{function.arn}:{version}")
    _run(deployment, f"{function.arn}:{name}", found if isinstance(found, TemplateFunction) else None)


def forget(deployment: Deployment, *arns: str) -> None:
    """Run nothing for these ARNs any longer."""
    for arn in arns:
        deployment.world.functions.unregister(arn)


def _run(deployment: Deployment, arn: str, code: TemplateFunction | None) -> None:
    if code is None:
        forget(deployment, arn)
    else:
        deployment.world.functions.register(arn, code)
