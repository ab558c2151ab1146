"""The fixture ``cognito_hosted_ui``: addresses for a real browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from pytest_cognito import Cognito, UserPool
from pytest_cognito.handles.hosted_ui import HostedUI
from pytest_cognito.kernel.errors import UsageError
from tests.support.names import lead_here

CALLBACK = "https://app.example.com/callback"
OAUTH: dict[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "CallbackURLs": [CALLBACK],
    "SupportedIdentityProviders": ["COGNITO"],
}


def named(ui: HostedUI, label: str) -> str:
    return ui.endpoint_url.replace("127.0.0.1", f"{label}.localhost")


def test_a_domain_is_made_where_there_is_none(cognito_user_pool: UserPool, cognito_hosted_ui: HostedUI) -> None:
    assert "Domain" not in cognito_user_pool.call("DescribeUserPool")["UserPool"]
    assert cognito_hosted_ui.url == cognito_hosted_ui.url == named(cognito_hosted_ui, "pytest")
    assert cognito_hosted_ui.path_url == f"{cognito_hosted_ui.endpoint_url}/pytest"
    assert cognito_user_pool.call("DescribeUserPool")["UserPool"]["Domain"] == "pytest"


def test_the_pool_s_own_domain(cognito_user_pool: UserPool, cognito_hosted_ui: HostedUI) -> None:
    cognito_user_pool.call("CreateUserPoolDomain", Domain="notes")

    assert cognito_hosted_ui.url == named(cognito_hosted_ui, "notes")


def test_other_domains(cognito: Cognito, cognito_hosted_ui: HostedUI) -> None:
    with pytest.raises(UsageError, match="there is no domain 'notes': there is none"):
        cognito_hosted_ui.domain_url("notes")
    cognito.create_user_pool(region="eu-west-1").call("CreateUserPoolDomain", Domain="notes")

    assert cognito_hosted_ui.domain_url("notes") == named(cognito_hosted_ui, "notes")
    with pytest.raises(UsageError, match="there is no domain 'note': notes"):
        cognito_hosted_ui.domain_url("note")
    with pytest.raises(UsageError, match="domain is a string"):
        cognito_hosted_ui.domain_url("")


@pytest.mark.cognito(client=OAUTH)
def test_where_a_sign_in_begins(cognito_hosted_ui: HostedUI, monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch)
    url = cognito_hosted_ui.sign_in_url(state="s", scope="openid")
    query = parse_qs(urlsplit(url).query)

    assert url.startswith(f"{cognito_hosted_ui.url}/oauth2/authorize?client_id=")
    assert (query["response_type"], query["redirect_uri"], query["state"]) == (["code"], [CALLBACK], ["s"])
    assert requests.get(url, timeout=5).url.startswith(f"{cognito_hosted_ui.url}/login?")


def test_what_a_client_does_not_say(cognito: Cognito, cognito_hosted_ui: HostedUI) -> None:
    with pytest.raises(UsageError, match="lets nobody sign in on pages; make it with pool"):
        cognito_hosted_ui.sign_in_url()
    assert "response_type=token&redirect_uri=x%3A" in cognito_hosted_ui.sign_in_url(
        redirect_uri="x:", response_type="token"
    )


def test_a_client_of_another_pool(cognito: Cognito, cognito_hosted_ui: HostedUI) -> None:
    other = cognito.create_user_pool()
    client = other.create_client(**OAUTH)
    with pytest.raises(UsageError, match=f"{other.id} has no domain"):
        cognito_hosted_ui.sign_in_url(client)
    other.call("CreateUserPoolDomain", Domain="other")

    assert cognito_hosted_ui.sign_in_url(client).startswith(named(cognito_hosted_ui, "other"))


def test_a_client_is_a_handle(cognito_hosted_ui: HostedUI) -> None:
    with pytest.raises(UsageError, match="client takes an app client"):
        cognito_hosted_ui.sign_in_url("1example")  # type: ignore[arg-type]
