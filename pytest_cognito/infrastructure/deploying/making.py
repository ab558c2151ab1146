"""Making one resource of a stack, and deleting all again if one can't be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deploying import unmaking
from pytest_cognito.infrastructure.deploying.scope import StackScope
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import (
    DeploymentError,
    InvalidProperties,
    MissingAttribute,
    TemplateError,
    service_messages,
)
from pytest_cognito.infrastructure.expressions.evaluating import evaluate
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_NOBODY = "nothing here makes resources of the type {type}"


def create(deployment: Deployment, scope: StackScope, declared: Declared) -> None:
    """Evaluate the properties of a resource, and make it."""
    handler = catalog.find(declared.type)
    with refusals(deployment.world, declared, "CREATE_FAILED"):
        properties = properties_of(scope, declared)
        try:
            if handler is None:
                raise LeftOut(_NOBODY.format(type=declared.type))
            made = handler.create(deployment, declared, properties)
        except LeftOut as error:
            deployment.left_out[declared.logical_id] = str(error)
            made = Made(deployment.physical_name(declared.logical_id), {})
    deployment.resources[declared.logical_id] = deployed(deployment, declared, properties, made)


def deployed(deployment: Deployment, declared: Declared, properties: Mapping[str, Any], made: Made) -> Deployed:
    """What is known of a resource that was made."""
    return Deployed(
        declared.logical_id, declared.type, made.physical_id, deployment.region, properties, made.attributes
    )


def properties_of(scope: StackScope, declared: Declared) -> dict[str, Any]:
    """The properties of a resource, evaluated."""
    pairs = {}
    for name, value in declared.properties.items():
        if isinstance(value, bool | int):
            pairs[name] = value
        else:
            pairs.update(evaluate(scope, {name: value}, declared.line_of(name)))
    return pairs


@contextmanager
def refusals(world: World, declared: Declared, status: str) -> Iterator[None]:
    """Raise a refusal of AWS's as `DeploymentError` of a resource; other errors say which resource they are about."""
    try:
        yield
    except (AWSError, ClientError) as error:
        raise DeploymentError(declared, status, service_messages.reason(world, declared.type, error)) from error
    except MissingAttribute as error:
        raise DeploymentError(declared, status, error.reason, error.location) from error
    except InvalidProperties as error:
        where = declared.location if error.name is None else declared.line_of(error.name)
        raise DeploymentError(declared, status, error.told_of(declared.logical_id), where) from error
    except UsageError as error:
        error.add_note(f"{declared.location}: {declared.logical_id} ({declared.type})")
        raise


@contextmanager
def undone_on_failure(deployment: Deployment) -> Iterator[None]:
    """Delete what was made inside of this if AWS refuses a resource, or if the template or the test is wrong."""
    try:
        yield
    except (DeploymentError, TemplateError, UsageError) as error:
        for problem in unmaking.roll_back(deployment):
            error.add_note(f"and the roll-back failed: {problem}")
        raise
