"""`oidc-provider-mock` as the identity provider, on this machine: its only key has no ``kid`` in its tokens."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import requests

from pytest_cognito import Cognito, Redirect
from pytest_cognito.http import hosts
from tests.support import federated
from tests.support.hosted import CALLBACK, PREFIX
from tests.support.web_apps import needs

needs("oidc_provider_mock")

# Those of its own libraries.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def issuer() -> Iterator[str]:
    from oidc_provider_mock import User, run_server_in_thread

    with run_server_in_thread(user_claims=[User(sub="ann", claims={"email": "ann@example.com"})]) as server:
        yield f"http://localhost:{server.server_port}"


def test_sign_in(cognito: Cognito, issuer: str) -> None:
    pool = federated.make_pool(cognito)
    details = {
        "oidc_issuer": issuer,
        "client_id": "app",
        "client_secret": "secret",
        "authorize_scopes": "openid email",
        "attributes_request_method": "GET",
    }
    pool.create_identity_provider("Corp", ProviderType="OIDC", ProviderDetails=details)
    client = federated.make_client(pool, "Corp")
    browser = cognito.browser()
    query = urlencode({"client_id": client.id, "response_type": "code", "redirect_uri": CALLBACK})

    away = browser.get(f"https://{hosts.prefix_domain(PREFIX, cognito.region)}/oauth2/authorize?{query}")
    assert isinstance(away, Redirect)
    back = requests.post(away.location, data={"sub": "ann"}, allow_redirects=False, timeout=5)
    finished = browser.get(back.headers["Location"])

    assert isinstance(finished, Redirect)
    assert finished.code
    assert pool.user("Corp_ann").email == "ann@example.com"
