"""``AWS::ElasticLoadBalancingV2::LoadBalancer``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.fronts.load_balancer.names import arn_and_host
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts import sites
from pytest_cognito.infrastructure.fronts.load_balancers import refusals
from pytest_cognito.infrastructure.fronts.load_balancers.records import (
    BALANCERS,
    BalancerRecord,
)
from pytest_cognito.infrastructure.fronts.load_balancers.site import BalancerSite
from pytest_cognito.infrastructure.fronts.tables import discard, step
from pytest_cognito.infrastructure.properties import JSON, SWITCH, TAGS, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties

NUMBER_LENGTH: Final = 16
"""The length of the numbers at the ends of ARNs, which have hexadecimal digits."""
_DIGITS = "0123456789abcdef"
_PART = 5  # of a name that CloudFormation gives: there is room for 32 characters
_ZONES = {
    "ap-northeast-1": "Z14GRHDCWA56QT",
    "ap-southeast-1": "Z1LMS91P8CMLE5",
    "ap-southeast-2": "Z1GM3OXH4ZPM65",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-west-1": "Z32O12XQLNTSW2",
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
}
"""The hosted zones of load balancers, as far as they are known."""


class LoadBalancerType(OwnProperties):
    """An Application Load Balancer. ``Ref`` gives its ARN. Subnets, security groups and attributes change nothing here.

    Load balancers of other types, which hand on connections, are left out.
    """

    create_only = frozenset(("Name", "Scheme", "Type"))
    declared_properties = own(
        EnableCapacityReservationProvisionStabilize=SWITCH,
        EnablePrefixForIpv6SourceNat=TEXT,
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic=TEXT,
        IpAddressType=TEXT,
        Ipv4IpamPoolId=TEXT,
        LoadBalancerAttributes=TAGS,
        MinimumLoadBalancerCapacity=JSON,
        Name=TEXT,
        Scheme=TEXT,
        SecurityGroups=TEXTS,
        SubnetMappings=JSON,
        Subnets=TEXTS,
        Tags=TAGS,
        Type=TEXT,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        kind = given.get("Type") or "application"
        if kind != "application":
            raise LeftOut(f"load balancers of the type {kind} hand on connections: nothing of them is mocked here")
        name = given.get("Name") or made_up_name(deployment, declared.logical_id)
        internal = given.get("Scheme") == "internal"
        own_arn, host = arn_and_host(deployment.account_id, deployment.region, name, internal=internal)
        record = BalancerRecord(own_arn, name, deployment.region, host, internal)
        with step(deployment) as context:
            if context.table(BALANCERS).get(own_arn) is not None:
                raise refusals.BALANCER_EXISTS(name=name)
            context.table(BALANCERS).put(record)
        BalancerSite(deployment.world, record)
        return Made(own_arn, _attributes(record, given))

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        record = deployment.world.store[BALANCERS].get(deployed.physical_id)
        return Made(deployed.physical_id, deployed.attributes if record is None else _attributes(record, given))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        discard(deployment, BALANCERS, deployed.physical_id)
        sites.remove(deployment.world, deployed.physical_id)


def made_up_name(deployment: Deployment, logical_id: str) -> str:
    """The name that CloudFormation gives, ``notes-LoadB-A1B2C3D4E5F6``: of both names there is the beginning."""
    return f"{deployment.stack_name[:_PART]}-{logical_id[:_PART]}-{deployment.random_suffix()}"


def _attributes(record: BalancerRecord, given: Mapping[str, Any]) -> dict[str, Any]:
    own_number = record.arn.rpartition("/")[2]
    return {
        "CanonicalHostedZoneID": _ZONES.get(record.region, f"Z{own_number.upper()}"),
        "DNSName": record.dns_name,
        "LoadBalancerArn": record.arn,
        "LoadBalancerFullName": f"app/{record.name}/{own_number}",
        "LoadBalancerName": record.name,
        "SecurityGroups": given.get("SecurityGroups") or [],
    }


def number(deployment: Deployment) -> str:
    """A number such as ARNs of load balancing end with."""
    return deployment.world.ids.text(NUMBER_LENGTH, _DIGITS)
