"""``AWS::ElasticLoadBalancingV2::Listener``, ``…::ListenerRule`` and ``…::ListenerCertificate``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts.load_balancers import actions as balancer_actions
from pytest_cognito.infrastructure.fronts.load_balancers import refusals
from pytest_cognito.infrastructure.fronts.load_balancers.records import LISTENERS, RULES, ListenerRecord, RuleRecord
from pytest_cognito.infrastructure.fronts.tables import discard, step
from pytest_cognito.infrastructure.properties import JSON, NUMBER, TAGS, TEXT, TEXTS, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.infrastructure.resources.load_balancers import number
from pytest_cognito.world import World

_PROTOCOLS = ("HTTP", "HTTPS")
_CONFIGURATIONS = {
    "authenticate-cognito": "AuthenticateCognitoConfig",
    "authenticate-oidc": "AuthenticateOidcConfig",
    "fixed-response": "FixedResponseConfig",
    "forward": "ForwardConfig",
    "jwt-validation": "JwtValidationConfig",
    "redirect": "RedirectConfig",
}
"""What has the configuration of an action, by its type."""
_ANSWERING = ("fixed-response", "forward", "redirect")
_AUTHENTICATING = ("authenticate-cognito", "authenticate-oidc", "jwt-validation")
_LONGEST_SESSION = 604_800
_PRIORITIES = range(1, 50_001)
_ITEMS: Mapping[str, Any] = {"type": "list", "member": JSON}


class ListenerType(OwnProperties):
    """A listener for HTTP or HTTPS; one for another protocol is left out. ``Ref`` gives its ARN."""

    required = frozenset(("DefaultActions", "LoadBalancerArn"))
    create_only = frozenset(("LoadBalancerArn",))
    declared_properties = own(
        AlpnPolicy=TEXTS,
        Certificates=_ITEMS,
        DefaultActions=_ITEMS,
        ListenerAttributes=TAGS,
        LoadBalancerArn=TEXT,
        MutualAuthentication=JSON,
        Port=NUMBER,
        Protocol=TEXT,
        SslPolicy=TEXT,
        Tags=TAGS,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        protocol = given.get("Protocol") or "HTTP"
        if protocol not in _PROTOCOLS:
            raise LeftOut(f"a listener for {protocol} hands on connections: nothing of it is mocked here")
        balancer = given["LoadBalancerArn"]
        own_arn = f"{balancer.replace(':loadbalancer/', ':listener/', 1)}/{number(deployment)}"
        self._put(deployment, _listener(own_arn, given), given)
        return Made(own_arn, {"ListenerArn": own_arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        self._put(deployment, _listener(deployed.physical_id, given), given)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        discard(deployment, LISTENERS, deployed.physical_id)

    def _put(self, deployment: Deployment, record: ListenerRecord, given: Mapping[str, Any]) -> None:
        if record.protocol == "HTTPS" and not given.get("Certificates"):
            raise refusals.CERTIFICATE_MISSING()
        _check(deployment.world, record.actions, record.protocol)
        with step(deployment) as context:
            for other in context.table(LISTENERS):
                there = other.balancer_arn == record.balancer_arn and other.arn != record.arn
                if there and other.port == record.port:
                    raise refusals.LISTENER_EXISTS(arn=record.balancer_arn)
            context.table(LISTENERS).put(record)


def _listener(own_arn: str, given: Mapping[str, Any]) -> ListenerRecord:
    protocol = given.get("Protocol") or "HTTP"
    port = given.get("Port") or (443 if protocol == "HTTPS" else 80)
    return ListenerRecord(own_arn, given["LoadBalancerArn"], protocol, int(port), tuple(given["DefaultActions"]))


class ListenerRuleType(OwnProperties):
    """A rule of a listener. ``Ref`` gives its ARN."""

    required = frozenset(("Actions", "Conditions", "Priority"))
    create_only = frozenset(("ListenerArn",))
    declared_properties = own(
        Actions=_ITEMS, Conditions=_ITEMS, ListenerArn=TEXT, Priority=NUMBER, Tags=TAGS, Transforms=_ITEMS
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        listener = str(given.get("ListenerArn") or "")
        own_arn = f"{listener.replace(':listener/', ':listener-rule/', 1)}/{number(deployment)}"
        self._put(deployment, _rule(own_arn, declared, given))
        return Made(own_arn, {"IsDefault": False, "RuleArn": own_arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        self._put(deployment, _rule(deployed.physical_id, declared, given))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        discard(deployment, RULES, deployed.physical_id)

    def _put(self, deployment: Deployment, record: RuleRecord) -> None:
        if record.priority not in _PRIORITIES:
            raise refusals.PRIORITY_OUT_OF_RANGE(priority=record.priority)
        for condition in record.conditions:
            if condition.get("Field") not in balancer_actions.FIELDS:
                fields = ", ".join(balancer_actions.FIELDS)
                raise refusals.UNKNOWN_CONDITION(field=condition.get("Field"), fields=fields)
        with step(deployment) as context:
            listener = context.table(LISTENERS).get(record.listener_arn)
            for other in context.table(RULES).owned(LISTENERS, record.listener_arn):
                if other.priority == record.priority and other.arn != record.arn:
                    raise refusals.PRIORITY_IN_USE(priority=record.priority)
        _check(deployment.world, record.actions, "HTTPS" if listener is None else listener.protocol)
        with step(deployment) as context:
            context.table(RULES).put(record)


def _rule(own_arn: str, declared: Declared, given: Mapping[str, Any]) -> RuleRecord:
    return RuleRecord(
        own_arn,
        str(given.get("ListenerArn") or ""),
        declared.logical_id,
        given["Priority"],
        tuple(given["Conditions"]),
        tuple(given["Actions"]),
        tuple(given.get("Transforms") or ()),
    )


class ListenerCertificateType(OwnProperties):
    """Further certificates of a listener. There is no TLS in process, so that they change nothing."""

    required = frozenset(("Certificates", "ListenerArn"))
    create_only = frozenset(("ListenerArn",))
    declared_properties = own(Certificates=_ITEMS, ListenerArn=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        checked(properties, self.properties(), self.required)
        name = deployment.physical_name(declared.logical_id)
        return Made(name, {"Id": name})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        checked(properties, self.properties(), self.required)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """There is nothing to delete."""


def _check(world: World, actions: Iterable[Mapping[str, Any]], protocol: str) -> None:
    """Raise AWS's refusal of actions that no rule can have."""
    ordered = balancer_actions.in_order(actions)
    for action in ordered:
        kind = str(action.get("Type"))
        member = _CONFIGURATIONS.get(kind)
        if member is None:
            raise refusals.UNKNOWN_ACTION(type=kind)
        if not action.get(member) and not (kind == "forward" and action.get("TargetGroupArn")):
            raise refusals.CONFIGURATION_MISSING(type=kind, name=member)
        if kind in _AUTHENTICATING and protocol != "HTTPS":
            raise refusals.AUTHENTICATION_NEEDS_HTTPS(type=kind)
        if kind == "authenticate-cognito":
            _check_authentication(world, action[member])
    answering = [action["Type"] in _ANSWERING for action in ordered]
    if not answering or answering != [*([False] * (len(answering) - 1)), True]:
        raise refusals.NO_ANSWERING_ACTION()


def _check_authentication(world: World, own: Mapping[str, Any]) -> None:
    for name in ("UserPoolArn", "UserPoolClientId", "UserPoolDomain"):
        if not own.get(name):
            raise refusals.CONFIGURATION_MISSING(type="authenticate-cognito", name=name)
    timeout = own.get("SessionTimeout")
    if timeout not in (None, "") and not (str(timeout).isdecimal() and 1 <= int(timeout) <= _LONGEST_SESSION):
        raise refusals.SESSION_TIMEOUT(value=timeout)
    pool_id, client_id = str(own["UserPoolArn"]).rpartition("/")[2], str(own["UserPoolClientId"])
    if world.store[cognito_idp.POOLS].get(pool_id) is None:
        return  # a pool that another deployment has made
    client = world.store[cognito_idp.CLIENTS].get(client_id)
    if client is None or client.pool_id != pool_id:
        raise refusals.CLIENT_UNKNOWN(client=client_id, pool=pool_id)
    if not client.secrets:
        raise refusals.CLIENT_WITHOUT_SECRET(client=client_id)
