"""Load balancing: ``aws_lb``, ``aws_lb_target_group``, ``aws_lb_target_group_attachment``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.fronts.load_balancers.records import TARGET_GROUPS
from pytest_cognito.infrastructure.fronts.tables import step
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.target_groups import MULTI_VALUE, check_functions
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType, name, tags

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class LoadBalancerType(DelegatedType):
    """A load balancer. Its ``id`` is its ARN."""

    like = "AWS::ElasticLoadBalancingV2::LoadBalancer"
    create_only = frozenset(("internal", "load_balancer_type", "name", "name_prefix"))
    known_as = {  # noqa: RUF012 - ClassVar of the base
        "arn": "LoadBalancerArn",
        "arn_suffix": "LoadBalancerFullName",
        "dns_name": "DNSName",
        "name": "LoadBalancerName",
        "zone_id": "CanonicalHostedZoneID",
    }

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "Name": name(deployment, arguments)[:32],
            "Scheme": "internal" if arguments.get("internal") else None,
            "SecurityGroups": arguments.get("security_groups"),
            "Subnets": arguments.get("subnets"),
            "Tags": tags(arguments),
            "Type": arguments.get("load_balancer_type"),
        }


class TargetGroupType(DelegatedType):
    """A target group; its targets are attached to it. Its ``id`` is its ARN."""

    like = "AWS::ElasticLoadBalancingV2::TargetGroup"
    create_only = frozenset(("name", "name_prefix", "port", "protocol", "protocol_version", "target_type", "vpc_id"))
    known_as = {  # noqa: RUF012 - ClassVar of the base
        "arn": "TargetGroupArn",
        "arn_suffix": "TargetGroupFullName",
        "load_balancer_arns": "LoadBalancerArns",
        "name": "TargetGroupName",
    }

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        several = "true" if arguments.get("lambda_multi_value_headers_enabled") else "false"
        return {
            "Name": name(deployment, arguments)[:32],
            "Port": arguments.get("port"),
            "Protocol": arguments.get("protocol"),
            "Tags": tags(arguments),
            "TargetGroupAttributes": [{"Key": MULTI_VALUE, "Value": several}],
            "TargetType": arguments.get("target_type"),
            "VpcId": arguments.get("vpc_id"),
        }

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        before = deployment.world.store[TARGET_GROUPS].get(deployed.physical_id)
        made = super().update(deployment, declared, properties, deployed)
        if before is not None:
            _attach(deployment, deployed.physical_id, *before.targets)
        return made


class TargetGroupAttachmentType(TerraformType):
    """A target of a target group: the ARN of a function, or an address or an instance, behind which nothing is here."""

    required = frozenset(("target_group_arn", "target_id"))
    create_only = frozenset(("availability_zone", "port", "target_group_arn", "target_id"))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        group = str(properties["target_group_arn"])
        _attach(deployment, group, str(properties["target_id"]))
        return Made(f"{group}-{deployment.random_suffix().lower()}", {})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with step(deployment) as context:
            group = context.table(TARGET_GROUPS).get(str(deployed.properties["target_group_arn"]))
            if group is not None:
                gone = str(deployed.properties["target_id"])
                left = tuple(target for target in group.targets if target != gone)
                context.table(TARGET_GROUPS).put(replace(group, targets=left))


def _attach(deployment: Deployment, group_arn: str, *targets: str) -> None:
    """Register targets. A function has to permit its target group before."""
    group = deployment.world.store[TARGET_GROUPS].get(group_arn)
    if group is None:
        return  # one that another deployment has made
    changed = replace(group, targets=tuple(dict.fromkeys((*group.targets, *targets))))
    if group.target_type == "lambda":
        check_functions(deployment, group.logical_id, changed)
    with step(deployment) as context:
        context.table(TARGET_GROUPS).put(changed)
