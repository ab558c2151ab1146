"""One deployment of a template: what the handlers of resources have to work with."""

from __future__ import annotations

import re
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.handles.calls import call
from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.world import World


class Deployment:
    """A deployment of a template as a stack, in a region of a world.

    ``resources`` has what was made so far, ``given`` what the test gave, ``left_out`` the reasons why resources were
    not made, by logical id.
    """

    def __init__(
        self,
        world: World,
        template: Template,
        stack_name: str,
        region: str,
        *,
        stack_id: str | None = None,
        given: Given | None = None,
    ) -> None:
        self.world = world
        self.template = template
        self.stack_name = stack_name
        self.region = region
        self.account_id = world.account_id
        self.stack_id = stack_id or arn(
            "cloudformation", region, world.account_id, f"stack/{stack_name}/{world.ids.uuid()}"
        )
        self.given = given or Given()
        self.resources: dict[str, Deployed] = {}
        self.left_out = dict(template.left_out)

    def call(self, operation: str, /, *, service: str = "cognito-idp", **parameters: Any) -> dict[str, Any]:
        """Call an operation of one of the four services in the region of the stack, and return what boto3 returns."""
        return call(self.world, operation, service=service, region=self.region, **parameters)

    def random_suffix(self) -> str:
        """Twelve characters such as CloudFormation ends the names that it gives with."""
        return self.world.ids.text(12).upper()

    def physical_name(self, logical_id: str) -> str:
        """The name that CloudFormation gives to a resource without one: ``stack-LogicalId-A1B2C3D4E5F6``."""
        return f"{self.stack_name}-{logical_id}-{self.random_suffix()}"

    def attribute_of_left_out(self, deployed: Deployed, name: str) -> str:
        """What stands for an attribute of a resource that nobody makes: an ARN, or a text that says what it is."""
        if name in deployed.properties:  # of Terraform, where an argument is an attribute as well
            return str(deployed.properties[name])
        if name in ("Arn", "arn") or name.endswith(("Arn", "_arn")):
            service = re.split("::|_", deployed.type)[1].lower()
            return arn(service, self.region, self.account_id, deployed.physical_id)
        return f"{deployed.physical_id}.{name}"
