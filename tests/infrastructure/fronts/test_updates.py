"""Load balancers and GraphQL APIs whose template changes: they are what it then says, and keep their ARNs."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import requests

from pytest_cognito import Cognito, UsageError
from pytest_cognito.kernel.errors import Unsupported
from tests.support import graphql_templates as graphql
from tests.support.balanced import echo
from tests.support.balanced_templates import (
    CERTIFICATE,
    attribute,
    elb,
    fixed,
    forward,
    listener,
    ref,
    resources,
    rule,
    with_function,
)
from tests.support.graphql_templates import field, function, part, source
from tests.support.terraform_documents import resource as terraform
from tests.support.terraform_documents import write_state
from tests.support.trigger_projects import Project

HOST = "notes.example.com"
MULTI = [{"Key": "lambda.multi_value_headers.enabled", "Value": "true"}]


def test_a_load_balancer_in_place(project: Project) -> None:
    parts = {
        "Listener": listener(fixed("first")),
        "Rule": rule(1, fixed("first rule"), path_pattern=["/rule"]),
        "Further": elb("ListenerCertificate", Certificates=[CERTIFICATE], ListenerArn=ref("Listener")),
    }
    stack = project.deploy(resources(**parts))
    arns = {name: stack.physical_id(name) for name in ("Balancer", "Targets", *parts)}

    project.update(
        stack,
        resources(
            Balancer=elb("LoadBalancer", Subnets=["subnet-1", "subnet-3"], Scheme="internet-facing"),
            Targets=elb("TargetGroup", TargetType="ip", Port=8000, Protocol="HTTP", VpcId="vpc-1", HealthCheckPath="/"),
            Listener=listener(fixed("second")),
            Rule=rule(2, fixed("second rule"), path_pattern=["/changed"]),
            Further=elb("ListenerCertificate", Certificates=[CERTIFICATE] * 2, ListenerArn=ref("Listener")),
        ),
    )

    balancer = stack.load_balancer(host=HOST)
    assert [balancer.get(path).text for path in ("/", "/rule", "/changed")] == ["second", "second", "second rule"]
    assert {name: stack.physical_id(name) for name in arns} == arns


def test_a_target_group_keeps_its_function(project: Project) -> None:
    code = """
    def handler(event, context):
        kind = "one value" if "headers" in event else "several values"
        return {"statusCode": 200, "multiValueHeaders": {}, "headers": {}, "body": kind}
    """
    project.write(**{"src/app.py": code})
    stack = project.deploy(with_function())
    assert stack.load_balancer().get("/").text == "one value"

    changed = with_function()
    changed["Targets"]["Properties"]["TargetGroupAttributes"] = MULTI
    project.update(stack, changed)

    assert stack.load_balancer().get("/").text == "several values"


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"Listener": listener(forward(), Protocol="HTTP", Certificates=None, Port=80)}, "has no listener for HTTPS"),
        (
            {"Targets": elb("TargetGroup", TargetType="lambda"), "Listener": listener(forward())},
            "the target group Targets has no function",
        ),
    ],
)
def test_what_cannot_answer_says_why(project: Project, others: dict[str, Any], told: str) -> None:
    stack = project.deploy(resources(**others))
    with pytest.raises(UsageError, match=told):
        stack.load_balancer(host=HOST).get("/")


def test_what_is_not_there_is_told_to_asynchronous_calls_too(project: Project) -> None:
    transforms = [{"Type": "url-rewrite", "UrlRewriteConfig": {"Rewrites": [{"Regex": "a", "Replace": "b"}]}}]
    rewriting = rule(1, fixed("rewritten"), path_pattern=["/a"])
    rewriting["Properties"]["Transforms"] = transforms
    stack = project.deploy(resources(Rule=rewriting, Listener=listener(forward())))
    balancer = stack.load_balancer(echo(), host=HOST)

    with pytest.raises(Unsupported, match="does not have the transforms"):
        asyncio.run(balancer.aget("/a"))
    assert asyncio.run(balancer.aget("/")).json()["path"] == "/"


def test_names_in_a_group_of_records(project: Project) -> None:
    record = {"Name": HOST, "Type": "CNAME", "TTL": "60", "ResourceRecords": [attribute("Balancer", "DNSName")]}
    alias = {"Type": "AWS::Route53::RecordSetGroup", "Properties": {"RecordSets": [record]}}
    stack = project.deploy(resources(Alias=alias, Listener=listener(fixed("here"))))

    assert stack.load_balancer().host == HOST
    assert requests.get(f"https://{HOST}/", timeout=5).text == "here"


@pytest.mark.parametrize("written", ["alias", "records"])
def test_a_name_of_terraform_and_what_changes_in_place(cognito: Cognito, tmp_path: Path, written: str) -> None:
    balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/notes/1"
    own, dns_name = balancer.replace(":loadbalancer/", ":listener/") + "/2", "notes-1.eu-west-1.elb.amazonaws.com"
    certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
    target = {"alias": [{"name": dns_name, "zone_id": "Z1"}]} if written == "alias" else {"records": [dns_name]}

    def fixed_response(text: str) -> list[dict[str, Any]]:
        answer = {"content_type": "text/plain", "status_code": "200", "message_body": text}
        return [{"type": "fixed-response", "fixed_response": [answer]}]

    def state(text: str, *more: dict[str, Any]) -> Path:
        return write_state(
            tmp_path / "state.json",
            terraform("aws_lb.notes", id=balancer, arn=balancer, name="notes", dns_name=dns_name),
            terraform(
                "aws_lb_listener.https",
                id=own,
                arn=own,
                load_balancer_arn=balancer,
                port=443,
                protocol="HTTPS",
                certificate_arn=certificate,
                default_action=fixed_response("default"),
            ),
            terraform("aws_lb_listener_certificate.further", listener_arn=own, certificate_arn=certificate),
            terraform(
                "aws_lb_listener_rule.api",
                listener_arn=own,
                action=fixed_response(text),
                condition=[{"path_pattern": [{"values": ["/api"]}]}],
            ),
            terraform("aws_route53_record.notes", name=HOST, type="A", **target),
        )

    stack = cognito.deploy(state("first"))
    assert stack.load_balancer().host == HOST
    assert requests.get(f"https://{HOST}/api", timeout=5).text == "first"

    assert stack.update(state("second")).modified == ["aws_lb_listener_rule.api"]
    assert requests.get(f"https://{HOST}/api", timeout=5).text == "second"
    assert stack.resource("aws_lb_listener_rule.api").attributes["priority"] == 1


CODE = """
def notes(event, context):
    return ["notes"]

def people(event, context):
    return ["people"]

def batch(event, context):
    return event["prev"]["result"]
"""


def test_a_graphql_api_in_place(project: Project, cognito: Cognito) -> None:
    project.write(**{"src/app.py": CODE})
    api_id = attribute("Api", "ApiId")
    days = [int((cognito.clock.now() + dt.timedelta(days=number)).timestamp()) for number in (2, 20)]
    pipeline = {"Functions": [attribute("First", "FunctionId")]}

    def template(name: str, expires: int) -> dict[str, Any]:
        return graphql.resources(
            PeopleSource=source("people", "people"),
            First={**function(DataSourceName=name), "DependsOn": ["Source", "PeopleSource"]},
            Both=field("Query", "both", None, Kind="PIPELINE", PipelineConfig=pipeline),
            Public={**field("Query", "templated", name), "DependsOn": ["Schema", "Source", "PeopleSource"]},
            Key=part("ApiKey", ApiId=api_id, Expires=expires),
        )

    stack = project.deploy(template("notes", days[0]))
    alice = stack.user_pool().create_user("alice")
    query = "{ notes both templated }"
    before = stack.graphql_api().query(query, auth=alice)
    key, ids = stack.graphql_api().api_key, {name: stack.physical_id(name) for name in stack.resources}
    changed = template("people", days[1])
    changed["Source"]["Properties"]["LambdaConfig"]["LambdaFunctionArn"] = attribute("PeopleFunction", "Arn")
    project.update(stack, changed)
    cognito.clock.advance(days=3)

    after = stack.graphql_api().query(query, auth=alice)
    assert before.data == {"notes": ["notes"], "both": ["notes"], "templated": ["notes"]}
    assert after.data == {"notes": ["people"], "both": ["people"], "templated": ["people"]}
    assert stack.graphql_api().query("{ public }", auth=key).data == {"public": None}
    assert {name: stack.physical_id(name) for name in ids} == ids


def test_a_graphql_api_of_terraform_in_place(cognito: Cognito, tmp_path: Path) -> None:
    api_id = "abcdefghijklmnopqrstuvwx01"

    def state(schema: str) -> Path:
        return write_state(
            tmp_path / "state.json",
            terraform(
                "aws_appsync_graphql_api.notes", id=api_id, name="notes", authentication_type="API_KEY", schema=schema
            ),
            terraform("aws_appsync_api_key.key", id=f"{api_id}:da2-1", api_id=api_id),
        )

    stack = cognito.deploy(state("type Query { a: ID }"))
    assert stack.update(state("type Query { a: ID b: ID }")).modified == ["aws_appsync_graphql_api.notes"]

    api = stack.graphql_api(resolvers={"Query.b": lambda event, context: "b"})
    assert api.query("{ a b }", auth=api.api_key).data == {"a": None, "b": "b"}
