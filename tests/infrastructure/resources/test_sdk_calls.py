"""Custom resources of the CDK that call operations."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto import mock_aws

from pytest_cognito import Cognito
from tests.support.stacks import POOL, Resources, Templates, attribute, ref, resource

IDP = "@aws-sdk/client-cognito-identity-provider"
CLIENT = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"), GenerateSecret=True)


def calls(kind: str = "Custom::AWS", **of: dict[str, Any]) -> dict[str, Any]:
    """A resource with calls as texts of JSON, as the CDK writes them."""
    texts = {name: json.dumps(call) for name, call in of.items()}
    return resource(kind, ServiceToken="arn:aws:lambda:us-east-1:123456789012:function:AWS679f53fac", **texts)


def call(service: str, action: str, physical_id: Any = None, **parameters: Any) -> dict[str, Any]:
    named = {} if physical_id is None else {"physicalResourceId": physical_id}
    return {"service": service, "action": action, "parameters": parameters, **named}


def test_the_secret_of_a_client(templates: Templates) -> None:
    wanted = json.dumps(call("CognitoIdentityServiceProvider", "describeUserPoolClient", {"id": "?"}))
    head, tail = wanted.replace('"parameters": {}', '"parameters": {"UserPoolId": "@", "ClientId": "#"}').split("@")
    middle, end = tail.split("#")
    text = {"Fn::Join": ["", [head, ref("Pool"), middle, ref("Client"), end.replace("?", "secret-of-it")]]}
    described = resource("Custom::DescribeCognitoUserPoolClient", ServiceToken="arn", Create=text)
    name = attribute("Described", "UserPoolClient.ClientName")
    other = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"), ClientName=name)
    stack = templates.deploy({"Pool": POOL, "Client": CLIENT, "Described": described, "Other": other})
    made = stack.resource("Described")
    client = stack.resource("Client")
    assert made.attributes["UserPoolClient.ClientSecret"] == client.attributes["ClientSecret"]
    assert made.physical_id == "secret-of-it"
    assert stack.resource("Other").attributes["Name"] == client.attributes["Name"]


def test_the_distribution_of_a_domain(templates: Templates) -> None:
    domain = resource("Cognito::UserPoolDomain", UserPoolId=ref("Pool"), Domain="notes-cdk")
    described = calls(
        "Custom::UserPoolCloudFrontDomainName",
        Create=call("cognito-identity-provider", "DescribeUserPoolDomainCommand", Domain="notes-cdk"),
    )
    stack = templates.deploy({"Pool": POOL, "Domain": domain, "Named": {**described, "DependsOn": "Domain"}})
    found = stack.resource("Named").attributes["DomainDescription.CloudFrontDistribution"]
    assert found == stack.resource("Domain").attributes["CloudFrontDistribution"]
    assert stack.physical_id("Named") == "Named"


def test_a_user_who_comes_and_goes(templates: Templates, cognito: Cognito) -> None:
    pool = cognito.create_user_pool()
    create = call(
        IDP,
        "AdminCreateUser",
        {"responsePath": "User.Username"},
        UserPoolId=pool.id,
        Username="ann",
        MessageAction="SUPPRESS",
        ForceAliasCreation="FALSE:BOOLEAN",
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )
    password = call(
        IDP,
        "adminSetUserPassword",
        UserPoolId=pool.id,
        Username="PHYSICAL:RESOURCEID:",
        Password="Secret-12",
        Permanent=True,
    )
    delete = call(IDP, "adminDeleteUser", UserPoolId=pool.id, Username="PHYSICAL:RESOURCEID:")
    stack = templates.deploy({"Ann": calls(Create=create, Delete=delete)})
    assert stack.physical_id("Ann") == "ann"
    assert stack.resource("Ann").attributes["User.Attributes.1.Value"] == "ann@example.com"
    templates.update(stack, {"Ann": calls(Create=create, Update=password, Delete=delete)})
    assert pool.user("ann").status == "CONFIRMED"
    stack.delete()
    assert pool.users == []


def test_an_update_that_makes_another_one_deletes_the_first(templates: Templates, cognito: Cognito) -> None:
    pool = cognito.create_user_pool()

    def user(name: str) -> Resources:
        create = call(IDP, "adminCreateUser", {"responsePath": "User.Username"}, UserPoolId=pool.id, Username=name)
        delete = call(IDP, "adminDeleteUser", UserPoolId=pool.id, Username="PHYSICAL:RESOURCEID:")
        return {"User": calls(Create=create, Update=create, Delete=delete)}

    stack = templates.deploy(user("ann"))
    assert templates.update(stack, user("bob")).replaced == ["User"]
    assert [each.username for each in pool.users] == ["bob"]
    assert stack.physical_id("User") == "bob"


def test_only_some_paths_are_kept(templates: Templates, cognito: Cognito) -> None:
    pool = cognito.create_user_pool()
    wanted = {**call(IDP, "describeUserPool", UserPoolId=pool.id), "outputPaths": ["UserPool.Id", "UserPool.Arn"]}
    stack = templates.deploy({"Described": calls(Create=wanted)})
    assert stack.resource("Described").attributes == {"UserPool.Id": pool.id, "UserPool.Arn": pool.arn}


def test_errors_are_refusals_unless_they_are_ignored(templates: Templates) -> None:
    wanted = call(IDP, "describeUserPool", UserPoolId="us-east-1_Nothing00")
    assert "User pool us-east-1_Nothing00 does not exist." in templates.refused({"Described": calls(Create=wanted)})
    ignoring = {**wanted, "ignoreErrorCodesMatching": "ResourceNotFound.*"}
    stack = templates.deploy({"Described": calls(Create=ignoring)})
    assert stack.resource("Described").attributes == {}


CREATE = call("SNS", "createTopic", Name="notes")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (CREATE, "it calls CreateTopic of sns, which nobody mocks"),
        (call("Nothing", "doIt"), "it calls Nothing.doIt, which botocore does not know"),
        (call(IDP, "doIt"), f"it calls {IDP}.doIt, which botocore does not know"),
    ],
)
def test_calls_that_nobody_answers_are_left_out(templates: Templates, wanted: dict[str, Any], why: str) -> None:
    resources: Resources = {"Called": calls(Create=wanted)}
    stack = templates.deploy(resources)
    assert stack.left_out == {"Called": why}
    stack.delete()


def test_calls_of_other_services_go_to_another_mock(templates: Templates) -> None:
    with mock_aws():
        stack = templates.deploy({"Called": calls(Create=CREATE)})
        assert stack.left_out == {}
        topic = "arn:aws:sns:us-east-1:123456789012:notes"
        assert stack.resource("Called").attributes == {"TopicArn": topic}
