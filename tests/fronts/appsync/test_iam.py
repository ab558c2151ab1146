"""GraphQL APIs whose callers sign their requests with credentials, among them those of identity pools."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests_aws4auth import AWS4Auth

from pytest_cognito import Cognito, GraphQLApi, IdentityPool, User
from tests.support.graphql_apis import NO_AUTHORIZATION, SCHEMA, Resolver, denied, refused, without_place

QUERY = "{ notes { id title } }"
BOTH = "{ notes { id } never }"


@pytest.fixture
def signed(cognito: Cognito, notes: Resolver) -> GraphQLApi:
    return cognito.appsync(SCHEMA, {"Query.notes": notes, "Query.never": Resolver("x")}, "AWS_IAM")


def allow(api: GraphQLApi, pool: IdentityPool, *fields: str, guests: bool = False) -> None:
    """Let the users of an identity pool, or its guests, query some fields."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Action": "appsync:GraphQL",
        "Resource": [f"{api.arn}/types/Query/fields/{field}" for field in fields],
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    role = pool.create_role("graphql", [document], guests=guests)
    if guests:
        pool.set_roles(unauthenticated=role)
    else:
        pool.set_roles(authenticated=role)


def test_a_user_of_an_identity_pool(
    signed: GraphQLApi, notes: Resolver, cognito_identity_pool: IdentityPool, cognito_user: User, cognito: Cognito
) -> None:
    allow(signed, cognito_identity_pool, "notes")
    identity = cognito_identity_pool.identity_of(cognito_user)
    credentials = identity.credentials()
    answer = signed.query(BOTH, auth=credentials)
    assert answer.data == {"notes": [{"id": "1"}, {"id": "2"}], "never": None}
    assert [without_place(error) for error in answer.errors] == [denied("never")]
    provider = cognito_user.pool.issuer.removeprefix("https://")
    assert notes.identity == {
        "accountId": "123456789012",
        "cognitoIdentityAuthProvider": f'"{provider}","{provider}:CognitoSignIn:{cognito_user.sub}"',
        "cognitoIdentityAuthType": "authenticated",
        "cognitoIdentityId": identity.id,
        "cognitoIdentityPoolId": cognito_identity_pool.id,
        "sourceIp": ["127.0.0.1"],
        "userArn": credentials.arn,
        "username": notes.identity["username"],
    }
    assert notes.identity["username"].endswith(":CognitoIdentityCredentials")
    assert any("appsync:GraphQL" in line for line in cognito.calls[-1].explanation)


def test_a_guest(signed: GraphQLApi, notes: Resolver, cognito_identity_pool: IdentityPool) -> None:
    allow(signed, cognito_identity_pool, "notes", guests=True)
    guest = cognito_identity_pool.guest()
    assert signed.query(QUERY, auth=guest)["notes"]
    assert notes.identity["cognitoIdentityId"] == guest.id
    assert notes.identity["cognitoIdentityAuthType"] == "unauthenticated"
    assert notes.identity["cognitoIdentityAuthProvider"] is None


def test_credentials_of_the_developer(signed: GraphQLApi, notes: Resolver) -> None:
    """Who has credentials that are not of this world may do everything. They are of no identity pool."""
    auth = AWS4Auth("AKIDEXAMPLE", "secret", "us-east-1", "appsync")
    answer = requests.post(signed.graphql_url, json={"query": QUERY}, auth=auth, timeout=5)
    assert answer.json()["data"]["notes"]
    assert notes.identity["cognitoIdentityId"] is None
    assert notes.identity["cognitoIdentityAuthType"] is None


@pytest.mark.parametrize(
    ("region", "service", "message"),
    [
        ("us-east-1", "execute-api", "Credential should be scoped to correct service: 'appsync'."),
        ("eu-west-1", "appsync", "Credential should be scoped to a valid region."),
    ],
)
def test_a_signature_for_something_else(signed: GraphQLApi, region: str, service: str, message: str) -> None:
    auth = AWS4Auth("AKIDEXAMPLE", "secret", region, service)
    answer = requests.post(signed.graphql_url, json={"query": QUERY}, auth=auth, timeout=5)
    assert answer.status_code == 403
    assert answer.json() == {"errors": [{"errorType": "InvalidSignatureException", "message": message}]}


def test_expired_and_tampered_credentials(
    signed: GraphQLApi, notes: Resolver, cognito_identity_pool: IdentityPool
) -> None:
    allow(signed, cognito_identity_pool, "notes", guests=True)
    credentials = cognito_identity_pool.guest().credentials()
    expired = refused(signed.query(QUERY, auth=credentials.expired()))
    assert expired == (403, "ExpiredTokenException", "The security token included in the request is expired")
    tampered = refused(signed.query(QUERY, auth=credentials.tampered()))
    assert tampered == (403, "UnrecognizedClientException", "The security token included in the request is invalid.")
    assert notes.events == []


def test_requests_that_are_not_signed(signed: GraphQLApi, cognito_user: User) -> None:
    assert refused(signed.query(QUERY)) == NO_AUTHORIZATION
    status, kind, message = refused(signed.query(QUERY, auth=cognito_user))
    assert (status, kind) == (403, "IncompleteSignatureException")
    assert "'Credential' parameter" in message
