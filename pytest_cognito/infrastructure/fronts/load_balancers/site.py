"""The load balancers of templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pytest_cognito.fronts.load_balancer.actions import Rule
from pytest_cognito.fronts.load_balancer.lambda_events import LambdaEvents, LambdaTarget
from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
from pytest_cognito.fronts.targets import Target, applications
from pytest_cognito.infrastructure.fronts.load_balancers import actions as balancer_actions
from pytest_cognito.infrastructure.fronts.load_balancers.records import (
    BALANCERS,
    LISTENERS,
    RULES,
    TARGET_GROUPS,
    BalancerRecord,
    ListenerRecord,
    RuleRecord,
    TargetGroupRecord,
)
from pytest_cognito.infrastructure.fronts.sites import DeployedSite
from pytest_cognito.infrastructure.records import STACKS, Deployed
from pytest_cognito.kernel.errors import Unsupported, UsageError
from pytest_cognito.world import World

_HTTPS_PORT = 443
_WILD = ("*", "?")


class _Listener(NamedTuple):
    record: ListenerRecord
    rules: tuple[RuleRecord, ...]


class _Plan(NamedTuple):
    record: BalancerRecord
    listeners: tuple[_Listener, ...]
    groups: Mapping[str, TargetGroupRecord]
    names: tuple[str, ...]
    deployed_with: Mapping[str, Any]
    given: int


class BalancerSite(DeployedSite[LoadBalancer]):
    """A load balancer of a template, with the listeners and rules that this template or others have for it.

    The application behind its target groups is not in a template: a test gives it, for all or by a group's ARN.
    """

    def __init__(self, world: World, record: BalancerRecord) -> None:
        super().__init__(world, record.arn, record.dns_name)
        self._app: Any = None
        self._applications: dict[str, Any] = {}
        self._host: str | None = None
        self._given = 0

    def give(self, app: Any, by_group: Mapping[str, Any], host: str | None) -> None:
        """Let applications answer behind the target groups, and the load balancer have a host of its own."""
        for each in (app, *by_group.values()):
            _application(each)
        self._app = self._app if app is None else app
        self._applications = {**self._applications, **by_group}
        self._host = self._host if host is None else host.lower()
        self._given += 1

    def plan(self) -> _Plan:
        store = self.world.store
        record = store[BALANCERS].get(self.id)
        if record is None:
            raise UsageError(f"the load balancer {self.id} is not there any more")
        listeners = tuple(
            _Listener(each, tuple(sorted(store[RULES].owned(LISTENERS, each.arn), key=lambda rule: rule.priority)))
            for each in sorted(store[LISTENERS].owned(BALANCERS, self.id), key=lambda each: each.port)
        )
        groups = {group.arn: group for group in store[TARGET_GROUPS]}
        names = tuple(_names(self.world, record.dns_name, listeners))
        return _Plan(record, listeners, groups, names, _deployed_with(self.world, groups), self._given)

    def make(self, plan: _Plan, before: LoadBalancer | None) -> LoadBalancer:
        record = plan.record
        encrypted = [each for each in plan.listeners if each.record.protocol == "HTTPS"]
        plain = [each for each in plan.listeners if each.record.protocol == "HTTP"]
        if not encrypted:
            raise UsageError(f"the load balancer {record.name} has no listener for HTTPS: only such a one answers here")
        at_443 = [each for each in encrypted if each.record.port == _HTTPS_PORT]
        *rules, default = self._rules(plan, (at_443 or encrypted)[0])
        of_http = {"plain": tuple(self._rules(plan, plain[0]))} if plain else {}
        names = [name for name in (self._host, *plan.names) if name is not None]
        host = names[0] if names else record.dns_name
        made = LoadBalancer(
            self.world,
            record.region,
            record.name,
            tuple(rules),
            default,
            host,
            internal=record.internal,
            **of_http,
        )
        for name in names:
            self.world.sites.register(name, made)
        if before is not None:
            made.seal = before.seal  # who has signed in stays signed in
        return made

    def _rules(self, plan: _Plan, listener: _Listener) -> Iterator[Rule]:
        """The rules of a listener by their priority, and its default."""

        def target_of(arn: str) -> Target:
            return self._target(plan, arn)

        for rule in listener.rules:
            conditions = balancer_actions.conditions_of(rule.conditions)
            actions = balancer_actions.actions_of(rule.actions, target_of)
            if rule.transforms:
                missing = Unsupported("pytest-cognito does not have the transforms of rules of load balancers")
                actions = balancer_actions.failing(missing)
            yield Rule(rule.logical_id, actions, conditions)
        yield Rule("default", balancer_actions.actions_of(listener.record.actions, target_of))

    def _target(self, plan: _Plan, arn: str) -> Target:
        group = plan.groups.get(arn)
        if group is not None and group.target_type == "lambda":
            if not group.targets:
                return balancer_actions.Failing(UsageError(f"the target group {group.logical_id} has no function"))
            return LambdaTarget(group.targets[0], LambdaEvents(arn, multi_value=group.multi_value))
        app = self._applications.get(arn, self._app) or plan.deployed_with.get(arn)
        found = _application(app)
        if found is None:
            name = arn if group is None else group.logical_id
            return balancer_actions.Failing(
                UsageError(
                    f"nobody has said which application is behind the target group {name}: "
                    f'stack.load_balancer(app), or stack.load_balancer(applications={{"{name}": app}})'
                )
            )
        return found


def _application(app: Any) -> Target | None:
    """The target that an application is; None for none."""
    found = None if app is None else applications.find(app)
    if app is not None and found is None:
        raise UsageError(
            f"behind the target groups of a template is a WSGI or an ASGI application; not {app!r}. The function of a "
            f"target group of the type lambda is in the template"
        )
    return found


def given(
    world: World, deployed: Deployed, app: Any, applications: Mapping[str, Any], host: str | None
) -> LoadBalancer:
    """The load balancer that a resource is, with what a test gives for it."""
    record = world.store[BALANCERS].get(deployed.physical_id)
    site: object = None if record is None else world.sites.find(record.dns_name.lower())
    if not isinstance(site, BalancerSite):
        raise UsageError(f"{deployed.logical_id} is no Application Load Balancer: stack.left_out says why")
    if app is not None or applications or host is not None:
        site.give(app, applications, host)
    return site.front


def _deployed_with(world: World, groups: Mapping[str, TargetGroupRecord]) -> dict[str, Any]:
    """The applications that deployments were given for their target groups, by the ARNs of these."""
    by_id = {
        (name, made.physical_id): stack.given.applications[name]
        for stack in world.store[STACKS]
        if stack.given.applications
        for name, made in stack.resources.items()
        if name in stack.given.applications
    }
    return {arn: app for (_, arn), app in by_id.items() if arn in groups}


def _names(world: World, dns_name: str, listeners: tuple[_Listener, ...]) -> Iterator[str]:
    """The names by which browsers know a load balancer: those of aliases, and those that conditions ask for."""
    for stack in world.store[STACKS]:
        for made in stack.resources.values():
            yield from _aliases(made, dns_name.lower())
    for listener in listeners:
        for rule in listener.rules:
            for condition in balancer_actions.conditions_of(rule.conditions):
                if condition.field == "host-header":
                    yield from (each.lower() for each in condition.values if not any(wild in each for wild in _WILD))


def _aliases(made: Deployed, dns_name: str) -> Iterator[str]:
    """The names of a record set of Route 53 that stand for a load balancer."""
    about = made.properties
    records: Any = ()
    match made.type:
        case "AWS::Route53::RecordSet":
            records = [(about.get("Name"), [(about.get("AliasTarget") or {}).get("DNSName")], about)]
        case "AWS::Route53::RecordSetGroup":
            sets = about.get("RecordSets") or ()
            records = [(each.get("Name"), [(each.get("AliasTarget") or {}).get("DNSName")], each) for each in sets]
        case "aws_route53_record":
            aliases = [each.get("name") for each in about.get("alias") or ()]
            records = [(about.get("name"), [*aliases, *(about.get("records") or ())], about)]
    for name, targets, own in records:
        there = [*targets, *(own.get("ResourceRecords") or ())]
        if name and any(str(each).lower().rstrip(".").removeprefix("dualstack.") == dns_name for each in there):
            yield str(name).lower().rstrip(".")
