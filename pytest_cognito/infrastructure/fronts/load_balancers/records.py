"""What templates have made of Elastic Load Balancing: load balancers, listeners, rules and target groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.state.schema import Schema

Actions = tuple[Mapping[str, Any], ...]
"""Actions as CloudFormation writes them."""


@dataclass(frozen=True, slots=True)
class BalancerRecord:
    """An Application Load Balancer; ``dns_name`` is its host of AWS."""

    arn: str
    name: str
    region: str
    dns_name: str
    internal: bool


@dataclass(frozen=True, slots=True)
class ListenerRecord:
    """A listener. ``protocol`` is ``HTTP`` or ``HTTPS``, ``actions`` are those of its default."""

    arn: str
    balancer_arn: str
    protocol: str
    port: int
    actions: Actions


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule of a listener, with its ``priority``; the lowest comes first."""

    arn: str
    listener_arn: str
    logical_id: str
    priority: int
    conditions: Actions
    actions: Actions
    transforms: Actions = ()


@dataclass(frozen=True, slots=True)
class TargetGroupRecord:
    """A target group. ``targets`` are the ids of its targets: for the type ``lambda``, the ARN of a function.

    ``multi_value`` is its attribute ``lambda.multi_value_headers.enabled``.
    """

    arn: str
    name: str
    region: str
    logical_id: str
    target_type: str
    targets: tuple[str, ...]
    multi_value: bool


BALANCERS: Schema[BalancerRecord] = Schema("elbv2/load-balancers", key=lambda one: one.arn)
LISTENERS: Schema[ListenerRecord] = Schema(
    "elbv2/listeners", key=lambda one: one.arn, owners={BALANCERS: lambda one: one.balancer_arn}
)
RULES: Schema[RuleRecord] = Schema(
    "elbv2/rules", key=lambda one: one.arn, owners={LISTENERS: lambda one: one.listener_arn}
)
TARGET_GROUPS: Schema[TargetGroupRecord] = Schema("elbv2/target-groups", key=lambda one: one.arn)
