"""A page answers on its kind of host, and on none of the others."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.http import hosts
from pytest_cognito.server.socket import Server

REGION, OTHER_REGION = "us-east-1", "eu-west-1"
CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}
LINK = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
NOT_UNDERSTOOD = "The server did not understand the operation that was requested."

Visit = Callable[[str], requests.Response]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with a prefix and a custom domain, in which bob has signed up; another pool has domains, too."""
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"], VerificationMessageTemplate=LINK)
    pool.call("CreateUserPoolDomain", Domain="mine")
    pool.call("CreateUserPoolDomain", Domain="auth.example.com", CustomDomainConfig=CERTIFICATE)
    cognito.create_user_pool().call("CreateUserPoolDomain", Domain="theirs")
    cognito.create_user_pool(region=OTHER_REGION).call("CreateUserPoolDomain", Domain="mine")
    cognito.call(
        "SignUp",
        ClientId=pool.create_client().id,
        Username="bob",
        Password="Correct-horse-7",
        UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
    )
    return pool


@pytest.fixture
def confirm(cognito: Cognito, pool: UserPool) -> Visit:
    """Open the link of bob's message on a host."""
    link = cognito.outbox.last(to="bob@example.com").link
    assert link is not None
    path = link.partition("/confirmUser/")[2]

    return lambda host: requests.get(f"{host}/confirmUser/{path}", timeout=5)


@pytest.mark.parametrize(
    "host", [f"https://{hosts.prefix_domain('mine', REGION)}", "https://auth.example.com", "https://AUTH.example.com"]
)
def test_a_link_is_good_on_the_pool_s_own_domains(confirm: Visit, pool: UserPool, host: str) -> None:
    assert confirm(host).status_code == 200
    assert pool.user("bob").status == "CONFIRMED"


def test_a_link_is_good_on_the_server(confirm: Visit, pool: UserPool, cognito_server: Server) -> None:
    assert confirm(cognito_server.endpoint_url).status_code == 200
    assert pool.user("bob").status == "CONFIRMED"


@pytest.mark.parametrize(("region", "prefix"), [(REGION, "theirs"), (OTHER_REGION, "mine")])
def test_a_link_is_not_good_on_the_domain_of_another_pool(
    confirm: Visit, cognito: Cognito, pool: UserPool, region: str, prefix: str
) -> None:
    answer = confirm(f"https://{hosts.prefix_domain(prefix, region)}")

    assert (answer.status_code, f"User pool client {pool.client.id} does not exist." in answer.text) == (400, True)
    assert (cognito.calls[-1].service, cognito.calls[-1].region) == ("web", region)
    assert pool.user("bob").status == "UNCONFIRMED"


@pytest.mark.parametrize("service", ["cognito-idp", "issuer-cognito-idp"])
def test_the_endpoint_of_the_api_has_no_pages(confirm: Visit, pool: UserPool, service: str) -> None:
    answer = confirm(f"https://{service}.{REGION}.amazonaws.com")

    assert (answer.status_code, answer.json()["message"]) == (400, NOT_UNDERSTOOD)
    assert pool.user("bob").status == "UNCONFIRMED"


@pytest.mark.parametrize("host", [hosts.prefix_domain("mine", REGION), "auth.example.com"])
@pytest.mark.parametrize("document", ["jwks.json", "openid-configuration"])
def test_the_domain_of_a_pool_has_no_documents(cognito: Cognito, pool: UserPool, host: str, document: str) -> None:
    url = f"https://{host}/{pool.id}/.well-known/{document}"

    assert requests.get(f"{pool.issuer}/.well-known/{document}", timeout=5).status_code == 200
    assert requests.get(url, timeout=5).status_code == 404


def test_requests_are_in_the_log_of_calls(cognito: Cognito, pool: UserPool) -> None:
    asked = {"client_id": pool.client.id, "user_name": "bob", "confirmation_code": "000000"}
    requests.get(f"https://{hosts.prefix_domain('mine', REGION)}/confirmUser?{urlencode(asked)}", timeout=5)
    refused = cognito.calls[-1]
    requests.get(pool.jwks_uri, timeout=5)
    answered = cognito.calls[-1]

    assert (refused.service, refused.operation, refused.parameters) == ("web", "GET /confirmUser", asked)
    assert str(refused.error) == "CodeMismatchException: Invalid verification code provided, please try again."
    assert (answered.service, answered.operation) == ("web", f"GET /{pool.id}/.well-known/jwks.json")
    assert (answered.parameters, answered.result, answered.error) == ({}, {"status": 200}, None)
    assert (answered.region, answered.caller, answered.depth) == (REGION, None, 0)
    assert cognito.calls.of("GET /confirmUser") == [refused]


def test_a_request_is_logged_in_the_region_of_its_host(cognito: Cognito, pool: UserPool, confirm: Visit) -> None:
    there = cognito.create_user_pool(region=OTHER_REGION)
    requests.get(there.jwks_uri, timeout=5)

    assert cognito.calls[-1].region == OTHER_REGION
