"""Requests that are signed, and the resource policy of an API."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pytest_cognito import Cognito, IdentityPool, TokenAuthorizer, UsageError, User, UserPool
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo
from tests.support.policies import allowing, denying

MISSING = {"message": "Missing Authentication Token"}


@pytest.fixture
def api(cognito: Cognito) -> RestApi:
    return cognito.rest_api({"GET /notes": echo, "POST /notes": echo}, authorizer="AWS_IAM", id="a1b2c3d4e5")


def signed(
    api: RestApi, credentials: Any, service: str = "execute-api", region: str | None = None, path: str = "/notes"
) -> requests.Response:
    """A request of an application that signs by botocore and sends by requests."""
    keys = Credentials(*credentials)
    request = AWSRequest("GET", f"{api.url}{path}")
    SigV4Auth(keys, service, region or api.region).add_auth(request)
    return requests.get(str(request.url), headers=dict(request.headers), timeout=5)


def keys_of(pool: IdentityPool, *logins: Any, policies: Any = ()) -> tuple[str, str, str]:
    """The credentials of an identity, of a user or a guest, whose role has some policies."""
    pool.set_roles(
        authenticated=pool.create_role("app", policies),
        unauthenticated=pool.create_role("guests", policies, guests=True),
    )
    made = (pool.identity_of(*logins) if logins else pool.guest()).credentials()
    return made.access_key_id, made.secret_access_key, made.session_token


def test_a_user_of_an_identity_pool(
    api: RestApi, cognito_identity_pool: IdentityPool, cognito_user: User, cognito_user_pool: UserPool
) -> None:
    keys = keys_of(
        cognito_identity_pool, cognito_user, policies=[allowing("execute-api:Invoke", resource=f"{api.arn}/*")]
    )

    event = signed(api, keys).json()

    identity, provider = event["requestContext"]["identity"], cognito_user_pool.provider_name
    assert identity["cognitoAuthenticationType"] == "authenticated"
    assert identity["cognitoAuthenticationProvider"] == f"{provider},{provider}:CognitoSignIn:{cognito_user.sub}"
    assert identity["cognitoIdentityPoolId"] == cognito_identity_pool.id
    assert identity["cognitoIdentityId"] == cognito_identity_pool.identity_of(cognito_user).id
    assert identity["accessKey"] == keys[0]
    assert identity["accountId"] == "123456789012"
    assert identity["userArn"] == "arn:aws:sts::123456789012:assumed-role/app/CognitoIdentityCredentials"
    assert identity["caller"] == identity["user"]
    assert identity["caller"].endswith(":CognitoIdentityCredentials")
    assert "authorizer" not in event["requestContext"]


def test_a_guest(api: RestApi, cognito_identity_pool: IdentityPool) -> None:
    keys = keys_of(cognito_identity_pool, policies=[allowing("execute-api:Invoke")])

    identity = signed(api, keys).json()["requestContext"]["identity"]

    assert identity["cognitoAuthenticationType"] == "unauthenticated"
    assert identity["cognitoAuthenticationProvider"] is None


def test_an_iam_user_and_the_developer(api: RestApi, cognito: Cognito) -> None:
    reader = cognito.iam.create_user("reader", policies=[allowing("execute-api:Invoke", resource=f"{api.arn}/GET/*")])

    identity = signed(api, (reader.access_key_id, reader.secret_access_key)).json()["requestContext"]["identity"]
    assert (identity["userArn"], identity["user"], identity["cognitoIdentityId"]) == (reader.arn, reader.id, None)
    assert signed(api, ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI")).status_code == 200


@pytest.mark.parametrize(
    ("policies", "reason"),
    [
        ([], "because no identity-based policy allows the execute-api:Invoke action"),
        ([allowing("execute-api:Invoke", resource="arn:aws:execute-api:*:*:*/*/POST/*")], "because no identity-based"),
        ([allowing("*"), denying("execute-api:Invoke")], "with an explicit deny in an identity-based policy"),
    ],
)
def test_who_may_not(
    api: RestApi, cognito_identity_pool: IdentityPool, cognito_user: User, cognito: Cognito, policies: Any, reason: str
) -> None:
    response = signed(api, keys_of(cognito_identity_pool, cognito_user, policies=policies))

    assert response.status_code == 403
    assert response.headers["x-amzn-ErrorType"] == "AccessDeniedException"
    assert response.json()["Message"].startswith(
        "User: arn:aws:sts::123456789012:assumed-role/app/CognitoIdentityCredentials is not authorized to perform: "
        f"execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/prod/GET/notes {reason}"
    )
    lines = cognito.calls[-1].explanation
    assert (
        lines[0] == "denied: execute-api:Invoke on arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/notes"
    )
    assert not any("not looked at" in line for line in lines)


def test_credentials_that_are_not_right(
    api: RestApi, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    keys = keys_of(cognito_identity_pool, cognito_user, policies=[allowing("*")])

    invalid = signed(api, (keys[0], keys[1], "another"))
    assert (invalid.status_code, invalid.json()) == (
        403,
        {"message": "The security token included in the request is invalid."},
    )
    assert invalid.headers["x-amzn-ErrorType"] == "UnrecognizedClientException"
    cognito.clock.advance(hours=2)
    expired = signed(api, keys)
    assert (expired.status_code, expired.json()) == (
        403,
        {"message": "The security token included in the request is expired"},
    )
    assert expired.headers["x-amzn-ErrorType"] == "ExpiredTokenException"


def test_a_signature_for_another_service_or_region(api: RestApi) -> None:
    keys = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI")

    assert signed(api, keys, service="s3").json()["message"] == (
        "Credential should be scoped to correct service: 'execute-api'. "
    )
    assert signed(api, keys, region="eu-west-1").json()["message"] == (
        "Credential should be scoped to a valid region, not 'eu-west-1'. "
    )


@pytest.mark.parametrize(
    ("header", "kind", "text"),
    [
        (None, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        (
            "Bearer e.y.J",
            "IncompleteSignatureException",
            "Invalid key=value pair (missing equal-sign) in Authorization",
        ),
        ("e.y.J", "IncompleteSignatureException", "Authorization header requires 'Credential' parameter."),
    ],
)
@pytest.mark.parametrize("path", ["/notes", "/unknown"])
def test_what_is_not_signed(api: RestApi, path: str, header: str | None, kind: str, text: str) -> None:
    """A header of another kind is read as a signature, also where there is no method."""
    response = api.get(path, headers={} if header is None else {"Authorization": header})

    assert (response.status_code, response.headers["x-amzn-ErrorType"]) == (403, kind)
    assert response.json()["message"].startswith(text)


def resource_policy(effect: str = "Allow", **more: Any) -> dict[str, Any]:
    base = {"Effect": effect, "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    return {"Version": "2012-10-17", "Statement": [{**base, **more}]}


FROM_OFFICE: dict[str, Any] = {"Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}}
ANONYMOUS = (
    "User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
    "arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/prod/GET/notes"
)


def test_a_resource_policy_of_a_public_method(cognito: Cognito) -> None:
    policy = resource_policy(**FROM_OFFICE)
    api = cognito.rest_api({"GET /notes": echo}, id="a1b2c3d4e5", policy=policy)

    assert api.get("/notes", address="192.0.2.7").status_code == 200
    refused = api.get("/notes", address="198.51.100.7")
    assert (refused.status_code, refused.json()) == (403, {"Message": ANONYMOUS})
    assert policy == resource_policy(**FROM_OFFICE)


def test_a_resource_policy_beside_user_pools_must_allow_it(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User
) -> None:
    policy = resource_policy(Resource=["execute-api:/prod/GET/health"])
    api = cognito.rest_api({"GET /notes": echo}, authorizer=cognito_user_pool, id="a1b2c3d4e5", policy=policy)

    assert api.get("/notes").status_code == 401
    assert api.get("/notes", headers={"Authorization": cognito_user.tokens().id_token}).status_code == 403


def test_a_resource_policy_or_that_of_a_caller_is_enough(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    keys = keys_of(cognito_identity_pool, cognito_user)
    role = "arn:aws:iam::123456789012:role/app"
    allowed = cognito.rest_api(
        {"GET /notes": echo}, authorizer="AWS_IAM", policy=resource_policy(Principal={"AWS": role})
    )
    denied = cognito.rest_api({"GET /notes": echo}, authorizer="AWS_IAM", policy=resource_policy("Deny"))

    assert signed(allowed, keys).status_code == 200
    assert "with an explicit deny in a resource-based policy" in signed(denied, keys).text


def test_a_lambda_authorizer_is_not_asked_about_what_a_resource_policy_denies(cognito: Cognito) -> None:
    asked: list[Any] = []

    def refuse(event: Any, context: Any) -> Any:
        asked.append(event)
        return {
            "principalId": "ann",
            "policyDocument": allowing("execute-api:Invoke", resource="arn:aws:execute-api:::x"),
        }

    routes, header = {"GET /notes": echo}, {"Authorization": "x"}
    denying_api = cognito.rest_api(routes, authorizer=TokenAuthorizer(refuse), policy=resource_policy("Deny"))
    allowing_api = cognito.rest_api(routes, authorizer=TokenAuthorizer(refuse), policy=resource_policy())

    assert (
        denying_api.get("/notes", headers=header)
        .json()["Message"]
        .endswith("with an explicit deny in a resource-based policy")
    )
    assert asked == []
    assert allowing_api.get("/notes", headers=header).status_code == 200
    assert len(asked) == 1


@pytest.mark.parametrize("policy", [[], {"Statement": "x"}, json.dumps(resource_policy())])
def test_a_resource_policy_that_is_none(cognito: Cognito, policy: Any) -> None:
    with pytest.raises(UsageError, match="resource policy"):
        cognito.rest_api({"GET /notes": echo}, policy=policy)
