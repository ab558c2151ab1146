"""Stacks of templates that a test writes down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.infrastructure.deploying.changes import Changes
from pytest_cognito.infrastructure.errors import DeploymentError
from pytest_cognito.infrastructure.stacks.stack import Stack

Resources = dict[str, dict[str, Any]]


def resource(type_name: str, /, *depends_on: str, **properties: Any) -> dict[str, Any]:
    """A resource of a template: ``resource("Cognito::UserPool", UserPoolName="notes")``."""
    prefix = "" if type_name.startswith("Custom::") else "AWS::"
    depending = {"DependsOn": list(depends_on)} if depends_on else {}
    return {"Type": prefix + type_name, **depending, "Properties": properties}


def ref(logical_id: str) -> dict[str, str]:
    return {"Ref": logical_id}


def attribute(logical_id: str, name: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [logical_id, name]}


POOL = resource("Cognito::UserPool", UserPoolName="notes")
"""A user pool without anything else."""


class Templates:
    """Deploys the resources that a test names, as a template of CloudFormation in a file."""

    def __init__(self, cognito: Cognito, directory: Path) -> None:
        self._cognito = cognito
        self._path = directory / "notes.json"

    def deploy(self, resources: Resources, **given: Any) -> Stack:
        return self._cognito.deploy(self._written(resources), **given)

    def update(self, stack: Stack, resources: Resources) -> Changes:
        return stack.update(self._written(resources))

    def refused(self, resources: Resources) -> str:
        """Why the resources can't be deployed."""
        with pytest.raises(DeploymentError) as caught:
            self.deploy(resources, name="refused")
        return caught.value.reason

    def update_refused(self, stack: Stack, resources: Resources) -> str:
        """Why a stack can't be changed to these resources."""
        with pytest.raises(DeploymentError) as caught:
            self.update(stack, resources)
        return caught.value.reason

    def operations(self) -> list[str]:
        """The operations that were called, less those of the engine."""
        return [call.operation for call in self._cognito.calls if call.service.startswith("cognito")]

    def _written(self, resources: Resources) -> Path:
        self._path.write_text(json.dumps({"Resources": resources}), "utf-8")
        return self._path
