"""GraphQL APIs with several authorization modes: which one a request is of."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, GraphQLApi, IdentityPool, UsageError, User, UserPool
from tests.support.graphql_apis import NO_AUTHORIZATION, NOT_AUTHORIZED, Resolver, denied, refused, without_place

SCHEMA = """
type Query {
  mine: String
  users: String @aws_cognito_user_pools
  staff: String @aws_cognito_user_pools(cognito_groups: ["staff"])
  signed: String @aws_iam
  openid: String @aws_oidc
  custom: String @aws_lambda
  keyed: String @aws_api_key
  ignored: String @aws_auth(cognito_groups: ["staff"])
}
"""
FIELDS = ("mine", "users", "staff", "signed", "openid", "custom", "keyed", "ignored")
ALL = f"{{ {' '.join(FIELDS)} }}"
ISSUER = "https://idp.example.com"


@pytest.fixture
def everything(cognito: Cognito, cognito_user_pool: UserPool) -> GraphQLApi:
    def authorizer(event: dict[str, Any], context: object) -> dict[str, Any]:
        return {"isAuthorized": event["authorizationToken"].startswith("Bearer ")}

    resolvers = {f"Query.{field}": Resolver(field) for field in FIELDS}
    modes = [cognito_user_pool, "AWS_IAM", cognito.providers.oidc(ISSUER), authorizer, "API_KEY"]
    return cognito.appsync(SCHEMA, resolvers, modes)


def had(api: GraphQLApi, auth: object) -> list[str]:
    """The fields that a caller gets; all others are denied."""
    answer = api.query(ALL, auth=auth)
    assert answer.status_code == 200
    assert answer.data is not None
    got = [name for name, value in answer.data.items() if value is not None]
    assert [without_place(error) for error in answer.errors] == [denied(name) for name in FIELDS if name not in got]
    return got


@pytest.mark.cognito(users=["alice", {"username": "bob", "groups": ["staff"]}])
def test_each_mode_has_its_fields(
    everything: GraphQLApi, cognito: Cognito, cognito_user_pool: UserPool, cognito_identity_pool: IdentityPool
) -> None:
    alice, bob = cognito_user_pool.user("alice"), cognito_user_pool.user("bob")
    assert had(everything, alice) == ["mine", "users", "ignored"]
    assert had(everything, bob) == ["mine", "users", "staff", "ignored"]
    assert had(everything, cognito.providers.oidc(ISSUER).token("1")) == ["openid"]
    assert had(everything, everything.api_key) == ["keyed"]
    assert had(everything, f"Bearer {alice.sign_in().access_token}") == ["custom"]
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "appsync:GraphQL", "Resource": "*"}}
    cognito_identity_pool.set_roles(authenticated=cognito_identity_pool.create_role("graphql", [policy]))
    assert had(everything, cognito_identity_pool.identity_of(alice)) == ["signed"]


def test_requests_that_are_of_no_mode(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User, everything: GraphQLApi
) -> None:
    others = cognito.appsync(SCHEMA, {}, ["AWS_IAM", cognito_user_pool])
    other_pool = cognito.create_user_pool()
    foreign = other_pool.tokens_for(other_pool.create_user("eve").username)
    for auth in (None, "da2-abc", "abc", foreign, cognito.providers.oidc(ISSUER).token("1")):
        assert refused(others.query(ALL, auth=auth)) == NO_AUTHORIZATION
    assert refused(others.query(ALL, auth=f"Bearer {cognito_user.sign_in().id_token}")) == NO_AUTHORIZATION
    assert refused(everything.query(ALL, auth=foreign)) == NOT_AUTHORIZED  # the authorizer is asked about it


def test_a_key_goes_first(everything: GraphQLApi, cognito_user: User) -> None:
    both = {"x-api-key": "da2-wrong"}
    assert refused(everything.query(ALL, auth=cognito_user, headers=both)) == NOT_AUTHORIZED


def test_a_spoiled_token_goes_to_no_other_mode(everything: GraphQLApi, cognito_user: User) -> None:
    assert refused(everything.query(ALL, auth=cognito_user.sign_in().tampered())) == NOT_AUTHORIZED


@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        ([], "at least one mode"),
        (["AWS_IAM", "AWS_IAM"], "AWS_IAM is there twice"),
        ("IAM", "authorization takes a user pool"),
        ({"authenticationType": "AWS_IAMM"}, "did you mean 'AWS_IAM'"),
        ({"authenticationType": "OPENID_CONNECT"}, "openIDConnectConfig needs issuer"),
        ({"authenticationType": "AWS_IAM", "region": "x"}, "has no 'region'"),
        (
            {"authenticationType": "AMAZON_COGNITO_USER_POOLS", "userPoolConfig": {"userPool": "x"}},
            "did you mean 'userPoolId'",
        ),
        (
            {
                "authenticationType": "AMAZON_COGNITO_USER_POOLS",
                "userPoolConfig": {"userPoolId": "us-east-1_Abcdefghi", "defaultAction": "allow"},
            },
            "'ALLOW' or 'DENY'",
        ),
        (
            {
                "authenticationType": "AWS_LAMBDA",
                "lambdaAuthorizerConfig": {"authorizerUri": "arn:x", "authorizerResultTtlInSeconds": 3601},
            },
            "from 0 to 3600",
        ),
    ],
)
def test_modes_that_are_none(cognito: Cognito, authorization: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cognito.appsync(SCHEMA, {}, authorization)


def test_a_pool_that_is_not_here(cognito: Cognito, cognito_user: User) -> None:
    """A pool of another account may be configured; nobody has tokens of it here."""
    configured = {"userPoolId": "eu-west-1_Abcdefghi", "awsRegion": "eu-west-1"}
    api = cognito.appsync(SCHEMA, {}, {"authenticationType": "AMAZON_COGNITO_USER_POOLS", "userPoolConfig": configured})
    assert refused(api.query(ALL, auth=cognito_user)) == NO_AUTHORIZATION
