"""``AWS::Lambda::LayerVersion``: code that several functions have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.arn import arn as arn_of
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.functions import registry
from pytest_cognito.infrastructure.functions.sources import layer_of
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import FixedType, Made


class LayerVersionType(FixedType):
    """Versions of layers. ``Ref`` gives the ARN with the number of the version. Every change makes a new one."""

    required = frozenset(("Content",))
    create_only = frozenset(
        ("CompatibleArchitectures", "CompatibleRuntimes", "Content", "Description", "LayerName", "LicenseInfo")
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        name = properties.get("LayerName") or deployment.physical_name(declared.logical_id)
        layer_arn = arn_of("lambda", deployment.region, deployment.world.account_id, f"layer:{name}")
        with registry.step(deployment) as context:
            table = context.table(registry.LAYERS)
            version = 1 + sum(layer.arn.startswith(f"{layer_arn}:") for layer in table)
            arn = f"{layer_arn}:{version}"
            table.put(layer_of(deployment, declared, arn, properties["Content"]))
        return Made(arn, {"LayerVersionArn": arn})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Delete the version. Functions that have it keep it, as at AWS."""
        with registry.step(deployment) as context:
            context.table(registry.LAYERS).put(registry.Layer(deployed.physical_id, None))
