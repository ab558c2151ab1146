"""Host names of AWS."""

from __future__ import annotations

import pytest

from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request


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
        ("sts.cn-north-1.amazonaws.com.cn", "sts", "cn-north-1"),
        ("cognito-idp.eusc-de-east-1.amazonaws.eu", "cognito-idp", "eusc-de-east-1"),
        ("cognito-idp-fips.us-east-1.api.aws", "cognito-idp", "us-east-1"),
        ("vpce-0a1b-2c3d.cognito-idp.us-east-1.vpce.amazonaws.com", "cognito-idp", "us-east-1"),
        ("vpce-0a1b-2c3d-us-east-1a.sts.us-east-1.vpce.amazonaws.com", "sts", "us-east-1"),
        ("vpce-0a1b-2c3d.cognito-idp-fips.us-gov-west-1.vpce.amazonaws.com", "cognito-idp", "us-gov-west-1"),
        ("vpce-0a1b-2c3d.cognito-identity.cn-north-1.vpce.amazonaws.com.cn", "cognito-identity", "cn-north-1"),
    ],
)
def test_a_host_of_aws(name: str, service: str | None, region: str | None) -> None:
    assert hosts.find(name) == hosts.Host(name, service, region)
    assert hosts.is_aws_endpoint(f"https://{name}/path")


@pytest.mark.parametrize(
    ("name", "prefix", "region"),
    [
        ("notes.auth.eu-west-1.amazoncognito.com", "notes", "eu-west-1"),
        ("a-b-1.auth.us-east-1.amazoncognito.com", "a-b-1", "us-east-1"),
        ("notes.auth-fips.us-gov-west-1.amazoncognito.com", "notes", "us-gov-west-1"),
    ],
)
def test_the_domain_of_a_pool(name: str, prefix: str, region: str) -> None:
    assert hosts.find(name) == hosts.Host(name, None, region, prefix)
    assert not hosts.is_aws_endpoint(f"https://{name}/")


@pytest.mark.parametrize("region", ["us-west-2", "mx-central-1", "cn-north-1"])
def test_the_bucket_for_imported_users(region: str) -> None:
    host = hosts.import_bucket(region)

    assert hosts.find(host) == hosts.Host(host, None, region, bucket=True)
    assert hosts.is_aws_endpoint(f"https://{host}/path")


def test_the_bucket_has_the_name_that_aws_gives_it() -> None:
    assert hosts.import_bucket("us-west-2") == "aws-cognito-idp-user-import-pdx.s3.us-west-2.amazonaws.com"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "localhost",
        "s3.eu-west-1.amazonaws.com",
        "mine.s3.eu-west-1.amazonaws.com",
        "my-aws-cognito-idp-user-import-dub.s3.eu-west-1.amazonaws.com",
        "cognito-idp.eu-west-1.example.com",
        "cognito-idp.eu-west-1.amazonaws.com.example.com",
        "x.cognito-idp.eu-west-1.amazonaws.com",
        "vpce-0a1b-2c3d.cognito-idp.eu-west-1.amazonaws.com",
        "cognito-idp.eu-west-1.vpce.amazonaws.com",
        "vpce-0a1b-2c3d.s3.eu-west-1.vpce.amazonaws.com",
        "cognito-idp.eu-west-1.amazonaws.com\n",
        "cognito-idp.amazonaws.com",
        "cognito-sync.amazonaws.com",
        "auth.eu-west-1.amazoncognito.com",
        "notes.auth.amazoncognito.com",
        "a.notes.auth.eu-west-1.amazoncognito.com",
        "notes.auth.eu-west-1.amazoncognito.com.example.com",
    ],
)
def test_a_host_of_others(name: str) -> None:
    assert hosts.find(name) is None


@pytest.mark.parametrize("region", ["us-east-1", "us-gov-west-1", "cn-north-1"])
@pytest.mark.parametrize("service", ["cognito-idp", "cognito-identity", "cognito-sync", "sts"])
def test_an_endpoint_is_found_again(service: str, region: str) -> None:
    host = hosts.endpoint(service, region)

    assert hosts.find(host) == hosts.Host(host, service, region)


def test_endpoints() -> None:
    assert hosts.endpoint("cognito-idp", "eu-west-1") == "cognito-idp.eu-west-1.amazonaws.com"
    assert hosts.endpoint("cognito-idp", "cn-north-1") == "cognito-idp.cn-north-1.amazonaws.com.cn"


def test_the_domain_of_a_prefix_is_found_again() -> None:
    host = hosts.prefix_domain("notes", "eu-west-1")

    assert host == "notes.auth.eu-west-1.amazoncognito.com"
    assert hosts.find(host) == hosts.Host(host, None, "eu-west-1", "notes")


@pytest.mark.parametrize(
    ("url", "is_of_aws"),
    [
        ("https://s3.amazonaws.com/bucket", True),
        ("https://SQS.eu-west-1.AmazonAWS.com", True),
        ("http://dynamodb.cn-north-1.amazonaws.com.cn:8000/?a#b", True),
        ("https://lambda.us-east-1.api.aws/", True),
        ("https://cognito-idp.eusc-de-east-1.api.amazonwebservices.eu/", True),
        ("//sts.amazonaws.com", True),
        ("https://user:password@sts.amazonaws.com", True),
        ("https://amazonaws.com/", False),
        ("https://sts.amazonaws.com.example.com/", False),
        ("https://example.com/sts.amazonaws.com", False),
        ("https://example.com?https://sts.amazonaws.com", False),
        ("https://sts.amazonaws.com@example.com", False),
        ("https://notamazonaws.com/", False),
        ("sts.amazonaws.com", False),
        ("https://[", False),
        ("/", False),
        ("", False),
    ],
)
def test_whether_a_url_leads_to_aws(url: str, is_of_aws: bool) -> None:
    assert hosts.is_aws_endpoint(url) is is_of_aws


@pytest.mark.parametrize(
    ("url", "header", "service"),
    [
        ("https://STS.amazonaws.com/", "localhost", "sts"),
        ("/", "Cognito-IDP.eu-west-1.amazonaws.com:443", "cognito-idp"),
        ("http://localhost/", "sts.amazonaws.com", None),
        ("/", "", None),
    ],
)
def test_the_host_of_aws_that_a_request_is_for(url: str, header: str, service: str | None) -> None:
    found = hosts.of_request(Request.make("GET", url, {"Host": header}))

    assert (found.service if found else None) == service


@pytest.mark.parametrize(
    ("url", "header", "name"),
    [
        ("https://STS.amazonaws.com/", "localhost", "sts.amazonaws.com"),
        ("https://sts.amazonaws.com./", "localhost", "sts.amazonaws.com"),
        ("/", "sts.amazonaws.com.:443", "sts.amazonaws.com"),
        ("/", "Localhost:9229", "localhost"),
        ("/", "[::1]:9229", "::1"),
        ("/", "", ""),
        ("/", "[", ""),
        ("https://[/", "localhost", "localhost"),
    ],
)
def test_the_host_of_a_request(url: str, header: str, name: str) -> None:
    assert hosts.name_in_request(Request.make("GET", url, {"Host": header})) == name
