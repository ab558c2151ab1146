"""What Elastic Load Balancing refuses of a template."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.infrastructure.errors import DeploymentError
from tests.support.balanced import echo
from tests.support.balanced_templates import (
    authenticate,
    elb,
    fixed,
    forward,
    listener,
    ref,
    resources,
    rule,
    with_function,
)
from tests.support.trigger_projects import Project

PLAIN = {"Port": 80, "Protocol": "HTTP", "Certificates": None}
PUBLIC = {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"UserPoolId": ref("Pool")}}


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"Listener": listener(fixed("a"), Certificates=None)}, "A certificate must be specified for HTTPS listeners"),
        ({"Second": listener(fixed("a"))}, "A listener already exists on this port for this load balancer"),
        (
            {"A": rule(1, fixed("a"), path_pattern=["/a"]), "B": rule(1, fixed("b"), path_pattern=["/b"])},
            "Priority '1' is currently in use",
        ),
        ({"A": rule(50_001, fixed("a"), path_pattern=["/a"])}, "Priority must be between 1 and 50000"),
        ({"A": rule(1, fixed("a"), path=["/a"])}, "Condition field 'path' must be one of"),
        ({"A": rule(1, authenticate(), path_pattern=["/a"])}, "The last action must be one of forward"),
        ({"Listener": listener({"Type": "echo"})}, "The action type 'echo' is not valid"),
        ({"Listener": listener({"Type": "redirect"})}, "must specify RedirectConfig"),
        ({"Listener": listener(authenticate(), forward(Order=2), **PLAIN)}, "supported only on HTTPS listeners"),
        ({"Client": PUBLIC}, "must have a client secret"),
        (
            {"Listener": listener(authenticate(UserPoolClientId="other"), forward(Order=2))},
            "'other' does not exist in the user pool",
        ),
        (
            {"Listener": listener(authenticate(UserPoolDomain=""), forward(Order=2))},
            "must specify UserPoolDomain",
        ),
        (
            {"Listener": listener(authenticate(SessionTimeout="604801"), forward(Order=2))},
            "SessionTimeout must be between 1 and 604800",
        ),
        (
            {"Balancer": elb("LoadBalancer", Name="a"), "Other": elb("LoadBalancer", Name="a")},
            "A load balancer with the same name 'a' exists",
        ),
        (
            {"Targets": elb("TargetGroup", Name="a"), "Other": elb("TargetGroup", Name="a")},
            "A target group with the same name 'a' exists",
        ),
        ({"Balancer": elb("LoadBalancer", Nam="a")}, r"extraneous key \[Nam\] is not permitted"),
    ],
)
def test_refusals(project: Project, others: dict[str, Any], told: str) -> None:
    with pytest.raises(DeploymentError, match=told):
        project.deploy(resources(**others))

    assert project.cognito.pools == []


def test_a_function_permits_its_target_group_before(project: Project) -> None:
    project.write(**{"src/app.py": "def handler(event, context): ..."})
    with pytest.raises(DeploymentError, match="elasticloadbalancing principal does not have permission to invoke"):
        project.deploy(with_function(permitted=False))

    late = with_function()
    targets = late.pop("Targets")
    without = {name: value for name, value in targets.items() if name != "DependsOn"}
    with pytest.raises(DeploymentError, match="add DependsOn: Permission"):
        project.deploy({"Targets": without, **late})


def test_a_function_of_two(project: Project) -> None:
    project.write(**{"src/app.py": "def handler(event, context): ..."})
    parts = with_function()
    parts["Targets"]["Properties"]["Targets"] *= 2
    parts["Targets"]["Properties"]["Targets"][1] = {"Id": "arn:aws:lambda:us-east-1:123456789012:function:other"}
    with pytest.raises(DeploymentError, match="has one target at most"):
        project.deploy(parts)


def test_an_update_that_is_refused_changes_nothing(project: Project) -> None:
    stack = project.deploy(resources())
    rules = {name: rule(1, fixed(name), path_pattern=[f"/{name}"]) for name in ("First", "Second")}

    with pytest.raises(DeploymentError, match="currently in use"):
        project.update(stack, resources(**rules))

    assert stack.load_balancer(echo()).rules == ()


def test_a_target_group_that_another_stack_uses_stays(project: Project) -> None:
    stack = project.deploy(resources(Spare=elb("TargetGroup", TargetType="ip")))
    spare, listener_arn = stack.physical_id("Spare"), stack.physical_id("Listener")
    shared = rule(1, {"Type": "forward", "TargetGroupArn": spare}, path_pattern=["/shared"])
    shared["Properties"]["ListenerArn"] = listener_arn
    (project.root / "other.json").write_text(json.dumps({"Resources": {"Rule": shared}}))
    other = project.cognito.deploy(project.root / "other.json", name="other")

    project.update(stack, resources())

    assert stack.load_balancer(applications={spare: echo()}).get("/shared").json()["path"] == "/shared"
    other.delete()
    assert stack.load_balancer().rules == ()
