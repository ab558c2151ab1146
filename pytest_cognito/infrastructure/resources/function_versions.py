"""``AWS::Lambda::Version`` and ``AWS::Lambda::Alias``: further names of a function."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.functions import refusals, registry
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import FixedType, Made, ResourceType
from pytest_cognito.lambda_functions.records import FUNCTIONS, LambdaFunction, split


class VersionType(FixedType):
    """Versions: the function as it is when one is published. ``Ref`` gives the ARN with the number."""

    required = frozenset(("FunctionName",))
    create_only = frozenset(("FunctionName", "Description", "CodeSha256", "ProvisionedConcurrencyConfig"))

    def create(
        self,
        deployment: Deployment,
        declared: Declared,
        properties: Mapping[str, Any],
    ) -> Made:
        with registry.step(deployment) as context:
            function = registry.existing(deployment, context, properties["FunctionName"])
            function = dataclasses.replace(function, published=function.published + 1)
            context.table(FUNCTIONS).put(function)
        version = str(function.published)
        registry.run_version(deployment, function, version, "$LATEST")
        arn = f"{function.arn}:{version}"
        return Made(arn, {"Version": version, "FunctionArn": arn})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        registry.forget(deployment, deployed.physical_id)


class AliasType(ResourceType):
    """Aliases: names of versions. ``Ref`` gives the ARN with the name."""

    required = frozenset(("FunctionName", "FunctionVersion", "Name"))
    create_only = frozenset(("FunctionName", "Name"))

    def create(
        self,
        deployment: Deployment,
        declared: Declared,
        properties: Mapping[str, Any],
    ) -> Made:
        name = properties["Name"]
        with registry.step(deployment) as context:
            function = registry.existing(deployment, context, properties["FunctionName"])
            if name in dict(function.aliases):
                raise refusals.ALIAS_EXISTS(arn=f"{function.arn}:{name}")
        return self._set(deployment, function, properties)

    def update(
        self,
        deployment: Deployment,
        declared: Declared,
        properties: Mapping[str, Any],
        deployed: Deployed,
    ) -> Made:
        with registry.step(deployment) as context:
            function = registry.existing(deployment, context, split(deployed.physical_id)[0])
        return self._set(deployment, function, properties)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        arn, name = split(deployed.physical_id)
        with registry.step(deployment) as context:
            function = registry.existing(deployment, context, arn)
            kept = tuple(pair for pair in function.aliases if pair[0] != name)
            context.table(FUNCTIONS).put(dataclasses.replace(function, aliases=kept))
        registry.forget(deployment, deployed.physical_id)

    def _set(self, deployment: Deployment, function: LambdaFunction, properties: Mapping[str, Any]) -> Made:
        name, version = properties["Name"], str(properties["FunctionVersion"])
        with registry.step(deployment) as context:
            aliases = {**dict(function.aliases), name: version}
            context.table(FUNCTIONS).put(dataclasses.replace(function, aliases=tuple(aliases.items())))
        registry.run_version(deployment, function, name, version)
        arn = f"{function.arn}:{name}"
        return Made(arn, {"AliasArn": arn})
