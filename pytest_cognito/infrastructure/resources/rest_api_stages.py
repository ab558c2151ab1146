"""``AWS::ApiGateway::Deployment`` and ``Stage``, API keys and usage plans."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.apis import making, refusals
from pytest_cognito.infrastructure.fronts.apis.records import KEYS, USAGE_PLANS, Key, UsagePlan
from pytest_cognito.infrastructure.properties import JSON, SWITCH, TAGS, TEXT, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.infrastructure.resources.api_parts import ApiDeploymentType, ApiStageType

_KEY_LENGTH = 40


class DeploymentType(ApiDeploymentType):
    """A deployment of a REST API. Methods that are made after it are not in it, as at AWS."""

    required = frozenset(("RestApiId",))
    create_only = frozenset(("DeploymentCanarySettings", "RestApiId"))
    known = own(DeploymentCanarySettings=JSON, Description=TEXT, RestApiId=TEXT, StageDescription=JSON, StageName=TEXT)
    described = "StageDescription"


class StageType(ApiStageType):
    """A stage of a REST API."""

    required = frozenset(("RestApiId",))
    create_only = frozenset(("RestApiId", "StageName"))
    known = own(
        AccessLogSetting=JSON,
        CacheClusterEnabled=SWITCH,
        CacheClusterSize=TEXT,
        CanarySetting=JSON,
        ClientCertificateId=TEXT,
        DeploymentId=TEXT,
        Description=TEXT,
        DocumentationVersion=TEXT,
        MethodSettings=JSON,
        RestApiId=TEXT,
        StageName=TEXT,
        Tags=TAGS,
        TracingEnabled=SWITCH,
        Variables=JSON,
    )


class ApiKeyType(ResourceType):
    """An API key, which clients send as ``x-api-key``. ``Ref`` gives its id."""

    create_only = frozenset(("GenerateDistinctId", "Name", "Value"))
    _known = own(
        CustomerId=TEXT,
        Description=TEXT,
        Enabled=SWITCH,
        GenerateDistinctId=SWITCH,
        Name=TEXT,
        StageKeys=JSON,
        Tags=TAGS,
        Value=TEXT,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self._known, self.required)
        value = given.get("Value") or deployment.world.ids.text(_KEY_LENGTH)
        return self._put(deployment, making.new_id(deployment), value, given)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self._known, self.required)
        with making.step(deployment) as context:
            key = context.table(KEYS).get(deployed.physical_id)
        if key is None:
            raise refusals.KEY_NOT_FOUND()
        return self._put(deployment, key.id, key.value, given)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(KEYS).delete(deployed.physical_id)

    def _put(self, deployment: Deployment, id: str, value: str, given: Mapping[str, Any]) -> Made:
        stages = tuple(_stages(given.get("StageKeys"), "RestApiId", "StageName"))
        with making.step(deployment) as context:
            context.table(KEYS).put(Key(id, value, given.get("Enabled", False), stages))
        return Made(id, {"APIKeyId": id})


class UsagePlanType(ResourceType):
    """A usage plan, by which API keys are those of a stage. Its quota and its throttling are not counted here."""

    _known = own(Description=TEXT, ApiStages=JSON, Quota=JSON, Tags=TAGS, Throttle=JSON, UsagePlanName=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        return self._put(deployment, UsagePlan(making.new_id(deployment, 6)), properties)

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        with making.step(deployment) as context:
            plan = context.table(USAGE_PLANS).get(deployed.physical_id)
        if plan is None:
            raise refusals.PLAN_NOT_FOUND()
        return self._put(deployment, plan, properties)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with making.step(deployment) as context:
            context.table(USAGE_PLANS).delete(deployed.physical_id)

    def _put(self, deployment: Deployment, plan: UsagePlan, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self._known, self.required)
        stages = tuple(_stages(given.get("ApiStages"), "ApiId", "Stage"))
        with making.step(deployment) as context:
            for api_id, _ in stages:
                making.existing(deployment, context, api_id)
            context.table(USAGE_PLANS).put(dataclasses.replace(plan, stages=stages))
        return Made(plan.id, {"Id": plan.id})


class UsagePlanKeyType(ResourceType):
    """An API key of a usage plan."""

    required = create_only = frozenset(("KeyId", "KeyType", "UsagePlanId"))
    _known = own(KeyId=TEXT, KeyType=TEXT, UsagePlanId=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self._known, self.required)
        with making.step(deployment) as context:
            if context.table(KEYS).get(given["KeyId"]) is None:
                raise refusals.KEY_NOT_FOUND()
            plan = context.table(USAGE_PLANS).get(given["UsagePlanId"])
            if plan is None:
                raise refusals.PLAN_NOT_FOUND()
            context.table(USAGE_PLANS).put(dataclasses.replace(plan, keys=(*plan.keys, given["KeyId"])))
        name = f"{given['KeyId']}:{given['UsagePlanId']}"
        return Made(name, {"Id": name})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        key_id, plan_id = deployed.physical_id.split(":")
        with making.step(deployment) as context:
            plan = context.table(USAGE_PLANS).get(plan_id)
            if plan is not None:
                kept = tuple(each for each in plan.keys if each != key_id)
                context.table(USAGE_PLANS).put(dataclasses.replace(plan, keys=kept))


def _stages(listed: Any, api: str, stage: str) -> Iterator[tuple[str, str]]:
    for each in listed or ():
        if each.get(api) and each.get(stage):
            yield str(each[api]), str(each[stage])
