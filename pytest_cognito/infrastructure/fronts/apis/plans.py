"""What a front of a template's API is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.fronts.targets import Target
from pytest_cognito.infrastructure.fronts.apis.records import (
    APIS,
    DEPLOYMENT,
    PARTS,
    STAGE,
    Api,
    Key,
    Part,
    Snapshot,
    keys_of,
    parts_of,
    snapshot_of,
)
from pytest_cognito.world import World


class Plan(NamedTuple):
    """What is deployed at a stage, None for an API without one, and the application that a test has given."""

    deployed: Snapshot
    stage: Part | None
    keys: tuple[Key, ...] = ()
    application: Target | None = None

    @property
    def stage_name(self) -> str:
        return "" if self.stage is None else self.stage.id

    @property
    def variables(self) -> Mapping[str, str]:
        """The variables of the stage."""
        given = {} if self.stage is None else self.stage.properties
        found = given.get("Variables") or given.get("StageVariables") or {}
        return {name: str(value) for name, value in found.items()}


def stages(world: World, api_id: str) -> list[Part]:
    """The stages of an API. At an address that is disabled, there are none."""
    api = world.store[APIS].get(api_id)
    if api is None or str(api.settings.get("DisableExecuteApiEndpoint", False)).lower() == "true":
        return []
    return [part for part in parts_of(world, api_id) if part.kind == STAGE]


def of_stage(world: World, api_id: str, stage: Part | None, application: Target | None) -> Plan | None:
    """What is deployed at a stage; None for an API that is not there any more."""
    api = world.store[APIS].get(api_id)
    if api is None:
        return None
    if stage is None:
        return Plan(Snapshot(api, ()), None)
    return Plan(_deployed(world, api, stage), stage, keys_of(world, api_id, stage.id), application)


def _deployed(world: World, api: Api, stage: Part) -> Snapshot:
    if str(stage.properties.get("AutoDeploy", False)).lower() == "true":
        return snapshot_of(world, api)
    deployment = world.store[PARTS].get((api.id, DEPLOYMENT, stage.properties.get("DeploymentId")))
    return Snapshot(api, ()) if deployment is None or deployment.snapshot is None else deployment.snapshot
