"""Libraries that sign requests with the credentials of an identity: to AWS's address, in process, and to the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.support.web_apps import REGION, needs

needs("requests_aws4auth")

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Keys
from requests_aws4auth import AWS4Auth

from pytest_cognito import Cognito, Credentials, IdentityPool, Server
from pytest_cognito.http import hosts

ASKED = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
GUEST = "arn:aws:sts::123456789012:assumed-role/Cognito_pytestUnauth_Role/CognitoIdentityCredentials"
Sign = Callable[[str, Credentials], requests.Response]


def by_requests_aws4auth(url: str, credentials: Credentials) -> requests.Response:
    keys = credentials.access_key_id, credentials.secret_access_key
    auth = AWS4Auth(*keys, REGION, "sts", session_token=credentials.session_token)
    return requests.post(url, data=ASKED, auth=auth, headers={"Accept": "application/json"}, timeout=5)


def by_botocore(url: str, credentials: Credentials) -> requests.Response:
    keys = Keys(credentials.access_key_id, credentials.secret_access_key, credentials.session_token)
    request: Any = AWSRequest("POST", url, data=ASKED)
    SigV4Auth(keys, "sts", REGION).add_auth(request)
    sent = request.prepare()
    return requests.post(sent.url, data=sent.body, headers=dict(sent.headers), timeout=5)


@pytest.fixture(params=["in process", "server"])
def url(request: pytest.FixtureRequest, cognito: Cognito) -> str:
    if request.param == "in process":
        return f"https://{hosts.endpoint('sts', REGION)}/"
    server: Server = request.getfixturevalue("cognito_server")
    return server.endpoint_url


@pytest.mark.parametrize("sign", [by_requests_aws4auth, by_botocore])
def test_who_signs(url: str, cognito_identity_pool: IdentityPool, sign: Sign) -> None:
    credentials = cognito_identity_pool.guest().credentials()

    answer = sign(url, credentials)
    assert (answer.status_code, f"<Arn>{GUEST}</Arn>" in answer.text) == (200, True)
    for refused, code in ((credentials.expired(), "ExpiredToken"), (credentials.tampered(), "InvalidClientTokenId")):
        answer = sign(url, refused)
        assert (answer.status_code, f"<Code>{code}</Code>" in answer.text) == (403, True)
