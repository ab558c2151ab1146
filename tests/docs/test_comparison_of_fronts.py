"""What the README and the page on moto say of moto's APIs, load balancers and templates, by running it."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import moto
import pytest
import requests
from moto.cognitoidentity import models as cognito_identity_models
from moto.cognitoidp import models as cognito_idp_models
from moto.core.common_models import CloudFormationModel

pytestmark = pytest.mark.cognito(real=True)


@pytest.fixture(autouse=True)
def mocked() -> Iterator[None]:
    with moto.mock_aws():
        yield


def test_cloudformation_knows_no_type_of_cognito() -> None:
    """What moto's CloudFormation makes is a `CloudFormationModel`; it warns of other types and leaves them out."""
    for service in (cognito_idp_models, cognito_identity_models):
        made = [each for each in vars(service).values() if isinstance(each, type) and each is not CloudFormationModel]
        assert not any(issubclass(each, CloudFormationModel) for each in made)


def test_an_api_is_stored_and_does_not_call_what_is_behind_it() -> None:
    gateway = boto3.client("apigatewayv2", region_name="us-east-1")
    api = gateway.create_api(Name="notes", ProtocolType="HTTP")
    given = {"Audience": ["web"], "Issuer": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool00001"}
    source = ["$request.header.Authorization"]
    authorizer = gateway.create_authorizer(
        ApiId=api["ApiId"], AuthorizerType="JWT", Name="users", IdentitySource=source, JwtConfiguration=given
    )
    found = gateway.get_authorizer(ApiId=api["ApiId"], AuthorizerId=authorizer["AuthorizerId"])
    assert found["JwtConfiguration"] == given
    answer = requests.get(f"{api['ApiEndpoint']}/notes", timeout=5)
    assert (answer.status_code, answer.text) == (404, "Not yet implemented")


def test_a_load_balancer_is_stored_and_does_not_call_what_is_behind_it() -> None:
    ec2, balancers = (boto3.client(name, region_name="us-east-1") for name in ("ec2", "elbv2"))
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
    made = balancers.create_load_balancer(Name="notes", Subnets=subnets)["LoadBalancers"][0]
    answer = requests.get(f"https://{made['DNSName']}/", timeout=5)
    assert (answer.status_code, answer.text) == (400, "The method is not implemented")


def test_a_graphql_api_is_stored_and_answers_no_query() -> None:
    pool = {"userPoolId": "us-east-1_Pool00001", "awsRegion": "us-east-1", "defaultAction": "ALLOW"}
    made = boto3.client("appsync", region_name="us-east-1").create_graphql_api(
        name="notes", authenticationType="AMAZON_COGNITO_USER_POOLS", userPoolConfig=pool
    )
    assert made["graphqlApi"]["userPoolConfig"] == pool
    assert made["graphqlApi"]["uris"]["GRAPHQL"] == "http://graphql.uri"
