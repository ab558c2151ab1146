"""Deleting the resources of a stack."""

from __future__ import annotations

from collections.abc import Iterator

from botocore.exceptions import ClientError

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import DeploymentError, service_messages
from pytest_cognito.infrastructure.records import Deployed

_NOT_THERE = ("ResourceNotFoundException", "UserNotFoundException", "NoSuchEntity", "NotFoundException")
"""The codes by which services say that there is nothing to delete: CloudFormation takes that as deleted."""


def roll_back(deployment: Deployment) -> Iterator[str]:
    """Delete what was made, in reverse, but what is to be retained even so. Gives what could not be deleted."""
    for name, made in reversed(list(deployment.resources.items())):
        declared = deployment.template.resources[name]
        if not declared.retain_unfinished:
            try:
                delete(deployment, declared, made)
            except DeploymentError as error:
                yield str(error)


def delete_all(deployment: Deployment) -> None:
    """Delete what a stack has made, in reverse, but what it is to retain."""
    for name, made in reversed(list(deployment.resources.items())):
        declared = deployment.template.resources[name]
        if not declared.retain:
            delete(deployment, declared, made)
        del deployment.resources[name]


def delete(deployment: Deployment, declared: Declared, made: Deployed) -> None:
    """Delete a resource, unless it is gone already."""
    handler = catalog.find(made.type)
    if handler is None or made.logical_id in deployment.left_out:
        return
    try:
        handler.delete(deployment, made)
    except (AWSError, ClientError) as error:
        if service_messages.code_and_message(error)[0] not in _NOT_THERE:
            reason = service_messages.reason(deployment.world, declared.type, error)
            raise DeploymentError(declared, "DELETE_FAILED", reason) from error
