"""``AWS::ElasticLoadBalancingV2::TargetGroup``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts.load_balancer.lambda_events import SERVICE
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.load_balancers import refusals
from pytest_cognito.infrastructure.fronts.load_balancers.records import (
    LISTENERS,
    RULES,
    TARGET_GROUPS,
    TargetGroupRecord,
)
from pytest_cognito.infrastructure.fronts.tables import step
from pytest_cognito.infrastructure.properties import JSON, NUMBER, SWITCH, TAGS, TEXT, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.infrastructure.resources.load_balancers import made_up_name, number
from pytest_cognito.infrastructure.resources.modelled import depends_on, with_hint
from pytest_cognito.lambda_functions import permissions
from pytest_cognito.lambda_functions.permissions import Invoker

MULTI_VALUE = "lambda.multi_value_headers.enabled"
"""The attribute by which a function gets all values of headers and parameters."""


class TargetGroupType(OwnProperties):
    """A target group. ``Ref`` gives its ARN.

    That of the type ``lambda`` has a function of the template, which has to permit it before; the others stand for the
    application that a test gives.
    """

    create_only = frozenset(("IpAddressType", "Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId"))
    declared_properties = own(
        HealthCheckEnabled=SWITCH,
        HealthCheckIntervalSeconds=NUMBER,
        HealthCheckPath=TEXT,
        HealthCheckPort=TEXT,
        HealthCheckProtocol=TEXT,
        HealthCheckTimeoutSeconds=NUMBER,
        HealthyThresholdCount=NUMBER,
        IpAddressType=TEXT,
        Matcher=JSON,
        Name=TEXT,
        Port=NUMBER,
        Protocol=TEXT,
        ProtocolVersion=TEXT,
        Tags=TAGS,
        TargetControlPort=NUMBER,
        TargetGroupAttributes=TAGS,
        TargetType=TEXT,
        Targets={"type": "list", "member": JSON},
        UnhealthyThresholdCount=NUMBER,
        VpcId=TEXT,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        name = given.get("Name") or made_up_name(deployment, declared.logical_id)
        with step(deployment) as context:
            groups = context.table(TARGET_GROUPS)
            if any(each.name == name and each.region == deployment.region for each in groups):
                raise refusals.TARGET_GROUP_EXISTS(name=name)
        path = f"targetgroup/{name}/{number(deployment)}"
        own_arn = arn(SERVICE, deployment.region, deployment.account_id, path)
        self._put(deployment, declared, _target_group(own_arn, name, deployment.region, declared, given))
        return Made(own_arn, {"TargetGroupArn": own_arn, "TargetGroupFullName": path, "TargetGroupName": name})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        name = str(deployed.attributes["TargetGroupName"])
        self._put(deployment, declared, _target_group(deployed.physical_id, name, deployed.region, declared, given))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with step(deployment) as context:
            used = [*context.table(LISTENERS), *context.table(RULES)]
            if any(deployed.physical_id in str(each.actions) for each in used):
                raise refusals.TARGET_GROUP_IN_USE(arn=deployed.physical_id)
            if context.table(TARGET_GROUPS).get(deployed.physical_id) is not None:
                context.table(TARGET_GROUPS).delete(deployed.physical_id)

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name == "LoadBalancerArns":
            return _balancers_of(deployment, deployed.physical_id)
        return super().attribute(deployment, deployed, name)

    def _put(self, deployment: Deployment, declared: Declared, record: TargetGroupRecord) -> None:
        if record.target_type == "lambda":
            check_functions(deployment, declared.logical_id, record)
        with step(deployment) as context:
            context.table(TARGET_GROUPS).put(record)


def _target_group(
    own_arn: str, name: str, region: str, declared: Declared, given: Mapping[str, Any]
) -> TargetGroupRecord:
    attributes = {each["Key"]: each.get("Value", "") for each in given.get("TargetGroupAttributes") or ()}
    return TargetGroupRecord(
        own_arn,
        name,
        region,
        declared.logical_id,
        given.get("TargetType") or "instance",
        tuple(str(each["Id"]) for each in given.get("Targets") or ()),
        attributes.get(MULTI_VALUE, "false").lower() == "true",
    )


def check_functions(deployment: Deployment, logical_id: str, record: TargetGroupRecord) -> None:
    """Raise if the function of a target group does not permit it: AWS looks when the target is registered."""
    if len(record.targets) > 1:
        raise refusals.ONE_FUNCTION()
    with deployment.world.handle_step("lambda", deployment.region) as context:
        invoker = Invoker(SERVICE, record.arn)
        for function in record.targets:
            with context.world.store.outside():
                refused = permissions.refusal(context, function, invoker)
            if refused is not None:
                error = refusals.FUNCTION_NOT_PERMITTED(function=function, group=record.arn)
                waiting = _permissions_to_come(deployment)
                raise with_hint(error, depends_on(logical_id, *waiting)) if waiting else error


def _permissions_to_come(deployment: Deployment) -> list[str]:
    """The permissions for load balancers that the template has, and that are not made yet."""
    return [
        name
        for name, other in deployment.template.resources.items()
        if other.type in ("AWS::Lambda::Permission", "aws_lambda_permission")
        and name not in deployment.resources
        and SERVICE in str(other.properties.get("Principal") or other.properties.get("principal"))
    ]


def _balancers_of(deployment: Deployment, group: str) -> list[str]:
    """The ARNs of the load balancers that forward to a target group."""
    store = deployment.world.store
    found = []
    for listener in store[LISTENERS]:
        forwarding = [listener.actions, *(rule.actions for rule in store[RULES].owned(LISTENERS, listener.arn))]
        if group in str(forwarding) and listener.balancer_arn not in found:
            found.append(listener.balancer_arn)
    return found
