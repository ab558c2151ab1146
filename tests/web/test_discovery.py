"""A pool's OpenID documents, as the loopback server and the hooks in process ask for them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp import keys_of
from pytest_cognito.cognito_idp.records import POOLS
from pytest_cognito.endpoints import application
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.server.socket import Server

REGION = "eu-west-1"
HOST = f"https://cognito-idp.{REGION}.amazonaws.com"
NOT_UNDERSTOOD = {
    "code": "BadRequest",
    "message": "The server did not understand the operation that was requested.",
    "type": "client",
}

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
PREFIX = {"Domain": "notes"}
CUSTOM = {"Domain": "id.example.com", "CustomDomainConfig": {"CertificateArn": CERTIFICATE}}

pytestmark = pytest.mark.cognito(region=REGION)


@pytest.fixture
def pool_id(cognito: Cognito) -> str:
    pool_id: str = cognito.create_user_pool(PoolName="app").id
    return pool_id


def ask(cognito: Cognito, url: str, method: str = "GET", **headers: str) -> Response:
    return application.handle(cognito.world, Request.make(method, url, headers))


def said(answer: Response) -> Any:
    return json.loads(answer.body)


def test_the_keys(cognito: Cognito, pool_id: str) -> None:
    answer = ask(cognito, f"{HOST}/{pool_id}/.well-known/jwks.json")

    assert (answer.status, answer.header("Content-Type")) == (200, "application/json")
    assert answer.header("Access-Control-Allow-Origin") == "*"
    keys = said(answer)["keys"]
    assert [list(key) for key in keys] == [["alg", "e", "kid", "kty", "n", "use"]] * 2
    pool = cognito.world.store[POOLS].get(pool_id)
    assert pool is not None
    pair = keys_of(cognito.world, pool)
    assert [key["kid"] for key in keys] == [pair.id.kid, pair.access.kid]


def test_each_pool_has_its_own(cognito: Cognito, pool_id: str) -> None:
    other = cognito.create_user_pool(PoolName="other").id
    kids = {
        key["kid"]
        for each in (pool_id, other)
        for key in said(ask(cognito, f"{HOST}/{each}/.well-known/jwks.json"))["keys"]
    }

    assert len(kids) == 4


def test_the_configuration_of_a_pool_without_a_domain(cognito: Cognito, pool_id: str) -> None:
    answer = ask(cognito, f"{HOST}/{pool_id}/.well-known/openid-configuration")

    issuer = f"{HOST}/{pool_id}"
    assert said(answer) == {
        "authorization_endpoint": f"{issuer}/authorize",
        "end_session_endpoint": f"{issuer}/logout",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "revocation_endpoint": f"{issuer}/revoke",
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{issuer}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"{issuer}/userInfo",
    }
    assert list(said(answer)) == sorted(said(answer))


@pytest.mark.parametrize(
    ("domains", "host"),
    [
        ([PREFIX], f"notes.auth.{REGION}.amazoncognito.com"),
        ([CUSTOM], "id.example.com"),
        ([PREFIX, CUSTOM], "id.example.com"),
        ([CUSTOM, PREFIX], "id.example.com"),
    ],
)
def test_the_configuration_of_a_pool_with_a_domain(
    cognito: Cognito, pool_id: str, domains: list[dict[str, Any]], host: str
) -> None:
    for domain in domains:
        cognito.call("CreateUserPoolDomain", UserPoolId=pool_id, **domain)

    configuration = said(ask(cognito, f"{HOST}/{pool_id}/.well-known/openid-configuration"))

    assert configuration["issuer"] == f"{HOST}/{pool_id}"
    assert configuration["authorization_endpoint"] == f"https://{host}/oauth2/authorize"
    assert configuration["userinfo_endpoint"] == f"https://{host}/oauth2/userInfo"
    assert configuration["end_session_endpoint"] == f"https://{host}/logout"


@pytest.mark.parametrize("document", ["jwks.json", "openid-configuration"])
@pytest.mark.parametrize("host", [HOST, "http://127.0.0.1:9229", ""])
def test_an_unknown_pool(cognito: Cognito, host: str, document: str) -> None:
    answer = ask(cognito, f"{host}/eu-west-1_Nobody000/.well-known/{document}")

    assert answer.status == 400
    assert said(answer) == {
        "code": "ResourceNotFoundException",
        "message": "User pool eu-west-1_Nobody000 does not exist.",
        "type": "client",
    }


def test_a_pool_is_in_one_region(cognito: Cognito, pool_id: str) -> None:
    path = f"/{pool_id}/.well-known/jwks.json"

    assert ask(cognito, f"https://cognito-idp.us-east-1.amazonaws.com{path}").status == 400
    assert ask(cognito, f"https://issuer-cognito-idp.{REGION}.amazonaws.com{path}").status == 200
    assert ask(cognito, f"http://localhost:9229{path}").status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/{pool}"),
        ("GET", "/{pool}/authorize"),
        ("GET", "/{pool}/.well-known/"),
        ("POST", "/{pool}/.well-known/jwks.json"),
        ("GET", "//{pool}/.well-known/jwks.json/x"),
        ("GET", "/.well-known/jwks.json"),
    ],
)
def test_whatever_else_is_not_understood(cognito: Cognito, pool_id: str, method: str, path: str) -> None:
    answer = ask(cognito, HOST + path.format(pool=pool_id), method)

    assert (answer.status, said(answer)) == (400, NOT_UNDERSTOOD)


def test_only_the_head(cognito_server: Server, pool_id: str) -> None:
    """The document is not sent, and its length is: by the server and by the hooks in process."""
    for host in (cognito_server.endpoint_url, HOST):
        url = f"{host}/{pool_id}/.well-known/jwks.json"
        answer, whole = requests.head(url, timeout=5), requests.get(url, timeout=5)

        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(whole.content))


def test_a_browser_asks_before_it_reads(cognito: Cognito, pool_id: str) -> None:
    url = f"{HOST}/{pool_id}/.well-known/jwks.json"

    answer = ask(cognito, url, "OPTIONS", Origin="https://a.example", **{"Access-Control-Request-Headers": "x-mine"})

    assert (answer.status, answer.body) == (200, b"")
    assert answer.header("Access-Control-Allow-Origin") == "*"
    assert answer.header("Access-Control-Allow-Headers") == "x-mine"


def test_what_is_not_there_yet_says_so(cognito: Cognito) -> None:
    with pytest.raises(Unsupported, match="does not answer GET https://"):
        ask(cognito, "https://cognito-identity.amazonaws.com/.well-known/jwks.json")


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/login"])
def test_no_pool_has_the_prefix(cognito: Cognito, path: str) -> None:
    assert ask(cognito, f"https://notes.auth.eu-west-1.amazoncognito.com{path}").status == 404


def test_a_call_of_the_api_that_was_caught_in_the_process(cognito: Cognito, pool_id: str) -> None:
    target = {"X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth"}

    answer = application.handle(cognito.world, Request.make("POST", HOST, target, b"{}"))

    assert (answer.status, said(answer)["__type"]) == (400, "InvalidParameterException")
    assert cognito.calls[-1].region == REGION
