from __future__ import annotations

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import SERVICES, loader, route, service_model
from pytest_cognito.http.messages import Request

POOL = "/identitypools/us-east-1%3A0123abcd"


def test_models_are_loaded_once() -> None:
    assert loader() is loader()
    assert all(service_model(service) is service_model(service) for service in SERVICES)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (
            Request.make("POST", "/", {"X-Amz-Target": "AWSCognitoIdentityProviderService.AdminGetUser"}),
            ("cognito-idp", "AdminGetUser"),
        ),
        (
            Request.make(
                "POST", "/", {"x-amz-target": "com.amazonaws.cognito.identity.model.AWSCognitoIdentityService.GetId"}
            ),
            ("cognito-identity", "GetId"),
        ),
        (Request.make("GET", "https://h/identitypools?maxResults=2"), ("cognito-sync", "ListIdentityPoolUsage")),
        (Request.make("GET", POOL), ("cognito-sync", "DescribeIdentityPoolUsage")),
        (Request.make("POST", f"{POOL}/events"), ("cognito-sync", "SetCognitoEvents")),
        (Request.make("GET", f"{POOL}/events"), ("cognito-sync", "GetCognitoEvents")),
        (Request.make("DELETE", f"{POOL}/identities/i/datasets/d"), ("cognito-sync", "DeleteDataset")),
        (Request.make("POST", "/", body=b"Action=AssumeRole&Version=2011-06-15"), ("sts", "AssumeRole")),
        (Request.make("GET", "/?Action=GetCallerIdentity"), ("sts", "GetCallerIdentity")),
    ],
)
def test_a_request_is_routed_to_its_operation(request_: Request, expected: tuple[str, str]) -> None:
    assert route(request_) == expected


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            Request.make("POST", "/", {"X-Amz-Target": "DynamoDB_20120810.PutItem"}),
            "X-Amz-Target: DynamoDB_20120810.PutItem",
        ),
        (
            Request.make("POST", "/", {"X-Amz-Target": "AWSCognitoIdentityProviderService.Fly"}),
            "X-Amz-Target: AWSCognitoIdentityProviderService.Fly",
        ),
        (Request.make("POST", "/", {"X-Amz-Target": ""}), "X-Amz-Target: "),
        (Request.make("PUT", POOL), f"PUT {POOL}"),
        (Request.make("POST", "/", body=b"\xff\xfe=%ff"), "POST /"),
    ],
)
def test_what_is_unknown_is_named(request_: Request, told: str) -> None:
    with pytest.raises(AWSError) as caught:
        route(request_)

    assert caught.value.code == "UnknownOperationException"
    assert caught.value.message.endswith(told)


@pytest.mark.parametrize(
    ("body", "version"),
    [(b"Action=PutObject&Version=2006-03-01", "2006-03-01"), (b"Action=PutObject", "NO_VERSION_SPECIFIED")],
)
def test_an_action_that_is_unknown(body: bytes, version: str) -> None:
    with pytest.raises(AWSError) as caught:
        route(Request.make("POST", "/", body=body))

    assert caught.value.code == "InvalidAction"
    assert caught.value.message == f"Could not find operation PutObject for version {version}"
