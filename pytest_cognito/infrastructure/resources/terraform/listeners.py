"""Load balancing: ``aws_lb_listener``, ``aws_lb_listener_rule``, ``aws_lb_listener_certificate``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.fronts.load_balancers import actions as balancer_actions
from pytest_cognito.infrastructure.fronts.load_balancers.records import LISTENERS, RULES
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType, tags
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_CONFIGURATIONS = {
    "AuthenticateCognitoConfig": "authenticate_cognito",
    "AuthenticateOidcConfig": "authenticate_oidc",
    "FixedResponseConfig": "fixed_response",
    "JwtValidationConfig": "jwt_validation",
    "RedirectConfig": "redirect",
}
_NAMED = {"additional_claim": "AdditionalClaims"}


class ListenerType(DelegatedType):
    """A listener. Its ``id`` is its ARN."""

    like = "AWS::ElasticLoadBalancingV2::Listener"
    required = frozenset(("default_action", "load_balancer_arn"))
    create_only = frozenset(("load_balancer_arn",))
    known_as = {"arn": "ListenerArn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        certificate = arguments.get("certificate_arn")
        return {
            "Certificates": [{"CertificateArn": certificate}] if certificate else None,
            "DefaultActions": actions(arguments.get("default_action")),
            "LoadBalancerArn": arguments.get("load_balancer_arn"),
            "Port": arguments.get("port"),
            "Protocol": arguments.get("protocol"),
            "SslPolicy": arguments.get("ssl_policy"),
            "Tags": tags(arguments),
        }


class ListenerRuleType(DelegatedType):
    """A rule. One without a priority comes after those that are there. Its ``id`` is its ARN."""

    like = "AWS::ElasticLoadBalancingV2::ListenerRule"
    required = frozenset(("action", "condition", "listener_arn"))
    create_only = frozenset(("listener_arn",))
    known_as = {"arn": "RuleArn"}  # noqa: RUF012 - ClassVar of the base

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        there = deployment.world.store[RULES].owned(LISTENERS, str(properties.get("listener_arn")))
        following = max((rule.priority for rule in there), default=0) + 1
        priority = properties.get("priority") or following
        made = super().create(deployment, declared, {**properties, "priority": priority})
        return Made(made.physical_id, {**made.attributes, "priority": priority})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        priority = properties.get("priority") or deployed.attributes["priority"]
        made = super().update(deployment, declared, {**properties, "priority": priority}, deployed)
        return Made(made.physical_id, {**made.attributes, "priority": priority})

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "Actions": actions(arguments.get("action")),
            "Conditions": [each for given in arguments.get("condition") or () for each in _conditions(given)],
            "ListenerArn": arguments.get("listener_arn"),
            "Priority": arguments.get("priority"),
            "Tags": tags(arguments),
            "Transforms": [{"Type": each.get("type")} for each in arguments.get("transform") or ()],
        }


class ListenerCertificateType(DelegatedType):
    """A further certificate of a listener."""

    like = "AWS::ElasticLoadBalancingV2::ListenerCertificate"
    required = frozenset(("certificate_arn", "listener_arn"))
    create_only = frozenset(("certificate_arn", "listener_arn"))

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        certificate = {"CertificateArn": arguments.get("certificate_arn")}
        return {"Certificates": [certificate], "ListenerArn": arguments.get("listener_arn")}


def actions(blocks: Any) -> list[dict[str, Any]]:
    """The blocks of actions as CloudFormation has them."""
    return [_action(each) for each in blocks or ()]


def _action(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"Type": given["type"]}
    for member, argument in {"Order": "order", "TargetGroupArn": "target_group_arn"}.items():
        if given.get(argument):
            found[member] = given[argument]
    for member, argument in _CONFIGURATIONS.items():
        own = block(given, argument)
        if own is not None:
            found[member] = _members(own)
    forward = block(given, "forward")
    if forward is not None:
        groups = [
            {"TargetGroupArn": each["arn"], "Weight": 1 if each.get("weight") is None else each["weight"]}
            for each in forward.get("target_group") or ()
        ]
        found["ForwardConfig"] = {"TargetGroups": groups}
    return found


def _members(own: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a block under CloudFormation's names; those of an ``additional_claim`` are in a list."""
    found = {}
    for argument, value in own.items():
        if value not in (None, "", [], {}) or (argument == "query" and value == ""):
            is_blocks = isinstance(value, list) and value and isinstance(value[0], Mapping)
            found[_NAMED.get(argument, _camel(argument))] = [_members(each) for each in value] if is_blocks else value
    return found


def _camel(argument: str) -> str:
    return "".join(part.capitalize() for part in argument.split("_"))


def _conditions(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The conditions of a block, which has one of them, or more."""
    found = []
    for field, member in balancer_actions.FIELDS.items():
        blocks = given.get(field.replace("-", "_")) or ()
        if field == "query-string" and blocks:
            pairs = [{"Value": each["value"], **({"Key": each["key"]} if each.get("key") else {})} for each in blocks]
            found.append({"Field": field, member: {"Values": pairs}})
        else:
            found += [{"Field": field, member: _members(each)} for each in blocks]
    return found
