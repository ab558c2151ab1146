"""Load balancers of templates, before applications and functions."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, UsageError
from pytest_cognito.kernel.errors import Unsupported
from tests.support.balanced import OIDC, echo
from tests.support.balanced_templates import (
    attribute,
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

HOST = "notes.example.com"
HANDLER = """
def handler(event, context):
    return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": event["path"]}
"""
ALIAS = {
    "Type": "AWS::Route53::RecordSet",
    "Properties": {
        "Name": f"{HOST}.",
        "Type": "A",
        "AliasTarget": {
            "DNSName": {"Fn::Join": ["", ["dualstack.", attribute("Balancer", "DNSName")]]},
            "HostedZoneId": attribute("Balancer", "CanonicalHostedZoneID"),
        },
    },
}


def test_users_sign_in_at_the_domain_of_the_template(project: Project, cognito: Cognito) -> None:
    stack = project.deploy(resources(Alias=ALIAS))
    alice = stack.user_pool().create_user("alice", email="alice@example.com")

    balancer = stack.load_balancer(echo())

    assert (balancer.url, balancer.arn) == (f"https://{HOST}", stack.physical_id("Balancer"))
    sent = balancer.get("/a").headers["Location"]
    assert sent.startswith("https://notes.auth.us-east-1.amazoncognito.com/oauth2/authorize?")
    assert f"client_id={stack.client().id}&" in sent
    assert f"{OIDC}data" in balancer.signed_in(alice).get("/a").json()["headers"]
    cognito.clock.advance(hours=1, seconds=1)
    assert balancer.authentications[0].session_timeout == 3600


def test_rules_by_priority_and_all_their_conditions(project: Project) -> None:
    query = {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "v", "Value": "2*"}]}}
    header = {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-Tenant", "Values": ["ACME*"]}}
    address = {"Field": "source-ip", "SourceIpConfig": {"Values": ["10.1.0.0/16"]}}
    method = {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["POST"]}}
    both = rule(20, fixed("tenant"), path_pattern=["/api/*"])
    both["Properties"]["Conditions"] += [header, query]
    by_method, by_address = rule(3, fixed("posted")), rule(4, fixed("inside"))
    by_method["Properties"]["Conditions"], by_address["Properties"]["Conditions"] = [method], [address]
    moved = {"Type": "redirect", "RedirectConfig": {"Path": "/new", "Query": "", "StatusCode": "HTTP_302"}}
    stack = project.deploy(
        resources(
            Late=rule(100, fixed("late"), path_pattern=["/api/*"]),
            Both=both,
            Method=by_method,
            Address=by_address,
            Host=rule(5, fixed("admin"), host_header=["admin.example.com"]),
            Moved=rule(6, moved, path_pattern=["/old"]),
            Denied=rule(7, authenticate(OnUnauthenticatedRequest="deny"), forward(Order=2), path_pattern=["/spa/*"]),
        )
    )

    balancer = stack.load_balancer("Balancer", echo(), host=HOST)

    assert balancer.get("/api/a").text == "late"
    assert balancer.get("/api/a?V=21", headers={"x-tenant": "acme-1"}).text == "tenant"
    assert balancer.post("/api/a").text == "posted"
    assert balancer.get("/", address="10.1.2.3").text == "inside"
    assert requests.get("https://admin.example.com/", timeout=5).text == "admin"
    assert balancer.get("/old?a=b").headers["Location"] == f"https://{HOST}:443/new"
    assert balancer.get("/spa/a").status_code == 401


def test_a_function_of_the_template_answers(project: Project) -> None:
    project.write(**{"src/app.py": HANDLER})

    stack = project.deploy(with_function())

    host = stack.resource("Balancer").attributes["DNSName"]
    assert requests.get(f"https://{host}/notes", timeout=5).text == "/notes"
    [invocation] = stack.function("Api").invocations
    assert invocation.event["requestContext"]["elb"]["targetGroupArn"] == stack.physical_id("Targets")


def test_machines_have_tokens(project: Project) -> None:
    config = {
        "Issuer": attribute("Pool", "ProviderURL"),
        "JwksEndpoint": {"Fn::Sub": "${Pool.ProviderURL}/.well-known/jwks.json"},
        "AdditionalClaims": [{"Name": "token_use", "Format": "single-string", "Values": ["access"]}],
    }
    action = {"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": config}
    stack = project.deploy(resources(Api=rule(1, action, forward(Order=2), path_pattern=["/api/*"])))
    tokens = stack.user_pool().create_user("alice").tokens()
    balancer = stack.load_balancer(echo(), host=HOST)

    assert balancer.get("/api/a", headers={"Authorization": f"Bearer {tokens.access_token}"}).status_code == 200
    assert balancer.get("/api/a", headers={"Authorization": f"Bearer {tokens.id_token}"}).status_code == 401


def test_applications_by_their_target_groups(project: Project) -> None:
    other = elb("TargetGroup", TargetType="ip", Port=80, Protocol="HTTP", VpcId="vpc-1")
    weighted = {
        "Type": "forward",
        "ForwardConfig": {
            "TargetGroups": [
                {"TargetGroupArn": ref("Targets"), "Weight": 0},
                {"TargetGroupArn": ref("Admin"), "Weight": 1},
            ]
        },
    }
    stack = project.deploy(
        resources(Admin=other, Listener=listener(forward()), Rule=rule(1, weighted, path_pattern=["/admin"]))
    )
    balancer = stack.load_balancer(applications={"Admin": echo()}, host=HOST)

    assert balancer.get("/admin").json()["path"] == "/admin"
    with pytest.raises(UsageError, match="which application is behind the target group Targets"):
        balancer.get("/")
    assert stack.load_balancer(echo()).get("/").json()["path"] == "/"


def test_an_application_that_is_there_from_the_deployment_on(project: Project) -> None:
    stack = project.deploy(resources(Alias=ALIAS, Listener=listener(forward())), applications={"Targets": echo()})
    host = stack.resource("Balancer").attributes["DNSName"]

    assert requests.get(f"https://{host}/a", timeout=5).json()["path"] == "/a"
    with pytest.raises(UsageError, match="a WSGI or an ASGI application; not 5"):
        stack.load_balancer(5)


def test_a_listener_for_http(project: Project) -> None:
    plain = listener(fixed("plain"), Port=80, Protocol="HTTP", Certificates=None)
    stack = project.deploy(resources(Plain=plain, Listener=listener(fixed("encrypted"))))
    host = stack.load_balancer().host

    assert requests.get(f"http://{host}/", timeout=5).text == "plain"
    assert requests.get(f"https://{host}/", timeout=5).text == "encrypted"


def test_what_is_changed_is_there_and_who_has_signed_in_stays(project: Project) -> None:
    stack = project.deploy(resources(Alias=ALIAS))
    alice = stack.user_pool().create_user("alice", email="alice@example.com")
    signed_in = stack.load_balancer(echo()).signed_in(alice)

    project.update(stack, resources(Alias=ALIAS, Health=rule(1, fixed("ok"), path_pattern=["/health"])))

    balancer = stack.load_balancer()
    assert (balancer.get("/health").text, balancer.get("/").status_code) == ("ok", 302)
    assert signed_in.get("/").status_code == 200
    stack.delete()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"https://{balancer.dns_name}/", timeout=1)


def test_what_the_front_has_not_is_told_where_it_is_asked_for(project: Project) -> None:
    oidc = {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {"Issuer": "https://idp.example.com"}}
    regex = rule(2, fixed("regex"))
    conditions: list[dict[str, Any]] = [
        {"Field": "path-pattern", "PathPatternConfig": {"RegexValues": ["^/r"]}},
        {"Field": "host-header", "Values": ["regex.example.com"]},
    ]
    regex["Properties"]["Conditions"] = conditions
    several = {
        "Type": "forward",
        "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": each} for each in (ref("Targets"), "arn:other")]},
    }
    stack = project.deploy(
        resources(
            Oidc=rule(1, oidc, forward(Order=2), path_pattern=["/oidc"]),
            Several=rule(3, several, path_pattern=["/several"]),
            Regex={**regex, "Properties": {**regex["Properties"], "Priority": 9}},
        )
    )
    balancer = stack.load_balancer(echo(), host=HOST)

    for path, what in (("/oidc", "authenticate-oidc"), ("/several", "weighted"), ("/r", "with RegexValues")):
        with pytest.raises(Unsupported, match=what):
            balancer.get(path)


def test_a_load_balancer_that_hands_on_connections_is_left_out(project: Project) -> None:
    network = {
        "Balancer": elb("LoadBalancer", Type="network"),
        "Listener": listener(forward(), Protocol="TLS"),
        "Targets": elb("TargetGroup", Protocol="TCP", Port=80, VpcId="vpc-1"),
    }
    stack = project.deploy(network)

    assert set(stack.left_out) == {"Balancer", "Listener"}
    with pytest.raises(UsageError, match="no Application Load Balancer"):
        stack.load_balancer()


def test_the_names_of_what_is_made(project: Project) -> None:
    project.write(**{"src/app.py": HANDLER})
    outputs: dict[str, Any] = {
        name: {"Fn::Join": [",", [attribute(*pair.split(".")) for pair in pairs]]}
        for name, pairs in {
            "balancer": ("Balancer.LoadBalancerFullName", "Balancer.LoadBalancerName", "Balancer.LoadBalancerArn"),
            "group": ("Targets.TargetGroupFullName", "Targets.TargetGroupName", "Targets.TargetGroupArn"),
            "others": ("Listener.ListenerArn", "Rule.RuleArn"),
        }.items()
    }
    outputs["arns"] = {"Fn::Join": [",", attribute("Targets", "LoadBalancerArns")]}
    certificate = elb("ListenerCertificate", ListenerArn=ref("Listener"), Certificates=[{"CertificateArn": "arn:b"}])
    parts = with_function(Rule=rule(1, forward(), path_pattern=["/a"]), Certificate=certificate)
    template = {"Resources": parts, "Outputs": {name: {"Value": value} for name, value in outputs.items()}}
    (project.root / "named.json").write_text(json.dumps(template))

    stack = project.cognito.deploy(project.root / "named.json", name="notes")

    arn = stack.physical_id("Balancer")
    assert stack.outputs["balancer"] == f"{arn.partition('loadbalancer/')[2]},notes,{arn}"
    assert stack.outputs["group"].split(",")[0] in stack.outputs["group"].split(",")[2]
    assert stack.outputs["others"] == f"{stack.physical_id('Listener')},{stack.physical_id('Rule')}"
    assert stack.physical_id("Rule").startswith("arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app")
    assert stack.outputs["arns"] == arn
