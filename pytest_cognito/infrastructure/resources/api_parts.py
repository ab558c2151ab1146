"""What the types of API Gateway have in common: parts of an API, as records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.aws.model import Shape
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.apis import making, refusals
from pytest_cognito.infrastructure.fronts.apis.records import (
    DEPLOYMENT,
    PARTS,
    STAGE,
    Api,
    Part,
    parts_of,
    snapshot_of,
)
from pytest_cognito.infrastructure.properties import checked
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.world import Context


class ApiPartType(ResourceType):
    """A type whose resources are parts of an API. ``Ref`` gives the id of the part."""

    kind: ClassVar[str]
    owner: ClassVar[str] = "RestApiId"
    """The property that says of which API it is a part."""
    known: ClassVar[Mapping[str, Shape]]
    """The properties, with the shapes of what they hold."""
    id_attribute: ClassVar[str] = ""
    """The name by which ``Fn::GetAtt`` gives the id; none gives it where it is empty."""
    id_length: ClassVar[int] = 6

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.known, self.required)
        with making.step(deployment) as context:
            api = making.existing(deployment, context, given[self.owner])
            part = Part(api.id, self.kind, self.part_id(deployment, given), given)
            self.check_new(context, api, part)
            self.check(context, api, part)
            self.put(deployment, context, api, part)
        return self.made(part)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.known, self.required)
        with making.step(deployment) as context:
            api = making.existing(deployment, context, given[self.owner])
            part = Part(api.id, self.kind, deployed.physical_id, given)
            self.check(context, api, part)
            self.put(deployment, context, api, part)
        return self.made(part)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(PARTS).delete((str(deployed.properties[self.owner]), self.kind, deployed.physical_id))

    def part_id(self, deployment: Deployment, given: Mapping[str, Any]) -> str:
        """The id of a new part."""
        return making.new_id(deployment, self.id_length)

    def check_new(self, context: Context, api: Api, part: Part) -> None:
        """Raise AWS's refusal of a part that can't come beside those that there are."""

    def check(self, context: Context, api: Api, part: Part) -> None:
        """Raise AWS's refusal of what a part says."""

    def put(self, deployment: Deployment, context: Context, api: Api, part: Part) -> None:
        """Write a part down."""
        context.table(PARTS).put(part)

    def made(self, part: Part) -> Made:
        """What was made."""
        return Made(part.id, {self.id_attribute: part.id} if self.id_attribute else {})


class ApiDeploymentType(ApiPartType):
    """A deployment: the API as it is when it is made. Its stage, if it names one, is made with it."""

    kind = DEPLOYMENT
    id_attribute = "DeploymentId"
    described: ClassVar[str] = ""
    """The property that has what is set for the stage."""

    def put(self, deployment: Deployment, context: Context, api: Api, part: Part) -> None:
        table = context.table(PARTS)
        before = table.get((api.id, self.kind, part.id))
        making.is_deployable(context, api)
        snapshot = snapshot_of(context.world, api) if before is None else before.snapshot
        table.put(Part(api.id, self.kind, part.id, part.properties, snapshot=snapshot))
        stage = part.properties.get("StageName")
        if stage:
            there = table.get((api.id, STAGE, stage))
            further = part.properties.get(self.described) or {}
            properties = {} if there is None else there.properties
            made = {**properties, **further, "StageName": stage, "DeploymentId": part.id}
            table.put(Part(api.id, STAGE, stage, {"ByDeployment": True, **made} if there is None else made))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Delete the deployment, and the stage that was made with it. Raises AWS's refusal if another stage has it."""
        api_id = str(deployed.properties[self.owner])
        with making.step(deployment) as context:
            table = context.table(PARTS)
            for part in parts_of(context.world, api_id):
                if part.kind == STAGE and part.properties.get("DeploymentId") == deployed.physical_id:
                    if not part.properties.get("ByDeployment"):
                        raise refusals.ACTIVE_STAGES()
                    table.delete((api_id, STAGE, part.id))
        super().delete(deployment, deployed)


class ApiStageType(ApiPartType):
    """A stage. ``Ref`` gives its name."""

    kind = STAGE

    def part_id(self, deployment: Deployment, given: Mapping[str, Any]) -> str:
        return str(given.get("StageName") or "default")

    def check_new(self, context: Context, api: Api, part: Part) -> None:
        there = context.table(PARTS).get((api.id, self.kind, part.id))
        if there is not None and not there.properties.get("ByDeployment"):
            raise refusals.STAGE_EXISTS()

    def check(self, context: Context, api: Api, part: Part) -> None:
        deployment = part.properties.get("DeploymentId")
        if deployment is not None and context.table(PARTS).get((api.id, DEPLOYMENT, deployment)) is None:
            raise refusals.DEPLOYMENT_NOT_FOUND()
