"""Host names of AWS."""

from __future__ import annotations

import pytest

from pytest_cognito.aws.http import Request
from pytest_cognito.web import hosts


@pytest.mark.parametrize(
    ("name", "service", "region"),
    [
        ("cognito-idp.eu-west-1.amazonaws.com", "cognito-idp", "eu-west-1"),
        ("issuer-cognito-idp.eu-west-1.amazonaws.com", "cognito-idp", "eu-west-1"),
        ("cognito-idp-fips.us-gov-west-1.amazonaws.com", "cognito-idp", "us-gov-west-1"),
        ("cognito-idp.cn-north-1.amazonaws.com.cn", "cognito-idp", "cn-north-1"),
        ("cognito-identity.us-east-2.api.aws", "cognito-identity", "us-east-2"),
        ("cognito-identity.amazonaws.com", "cognito-identity", None),
        ("cognito-sync.us-east-1.amazonaws.com", "cognito-sync", "us-east-1"),
        ("sts.amazonaws.com", "sts", None),
        ("notes.auth.eu-west-1.amazoncognito.com", None, "eu-west-1"),
    ],
)
def test_a_host_of_aws(name: str, service: str | None, region: str | None) -> None:
    assert hosts.find(name) == hosts.Host(name, service, region)


@pytest.mark.parametrize("name", ["", "localhost", "s3.eu-west-1.amazonaws.com", "cognito-idp.eu-west-1.example.com"])
def test_a_host_of_others(name: str) -> None:
    assert hosts.find(name) is None


@pytest.mark.parametrize(
    ("url", "header", "name"),
    [
        ("https://STS.amazonaws.com/", "localhost", "sts.amazonaws.com"),
        ("/", "Localhost:9229", "localhost"),
        ("/", "[::1]:9229", "::1"),
        ("/", "", ""),
        ("/", "[", ""),
        ("https://[/", "localhost", "localhost"),
    ],
)
def test_the_host_of_a_request(url: str, header: str, name: str) -> None:
    assert hosts.name(Request.make("GET", url, {"Host": header})) == name
