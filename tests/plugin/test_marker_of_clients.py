"""An app client of the marker's that names what AWS wants before it: identity providers and custom scopes."""

from __future__ import annotations

import pytest

from pytest_cognito import AppClient, UserPool

from .conftest import Run

API = "https://notes.example.com"
SCOPES = ["openid", f"{API}/read", f"{API}/write", "notes/read", "aws.cognito/dcr/register"]


@pytest.mark.cognito(client={"SupportedIdentityProviders": ["COGNITO", "Google", "Acme", "Acme"]})
def test_identity_providers(cognito_user_pool: UserPool, cognito_app_client: AppClient) -> None:
    tokens = cognito_user_pool.identity_provider("Acme").sign_in("1", {"email": "ann@example.com"})

    assert tokens.claims["client_id"] == cognito_app_client.id
    listed = cognito_user_pool.call("ListIdentityProviders")["Providers"]
    assert [(one["ProviderName"], one["ProviderType"]) for one in listed] == [("Acme", "OIDC"), ("Google", "Google")]


@pytest.mark.cognito(client={"AllowedOAuthScopes": SCOPES})
def test_scopes(cognito_user_pool: UserPool, cognito_app_client: AppClient) -> None:
    servers = cognito_user_pool.call("ListResourceServers", MaxResults=10)["ResourceServers"]
    scopes = {one["Identifier"]: [scope["ScopeName"] for scope in one["Scopes"]] for one in servers}

    assert scopes == {API: ["read", "write"], "notes": ["read"]}
    described = cognito_user_pool.call("DescribeUserPoolClient", ClientId=cognito_app_client.id)["UserPoolClient"]
    assert set(described["AllowedOAuthScopes"]) == set(SCOPES)


@pytest.mark.parametrize(
    ("client", "message"),
    [
        ("{'SupportedIdentityProviders': ['google']}", "did you mean 'Google'?"),
        ("{'SupportedIdentityProviders': 'Google'}", "takes a list as SupportedIdentityProviders, not Google (str)"),
    ],
)
def test_mistakes(run: Run, client: str, message: str) -> None:
    result = run(
        f"""
        import pytest

        @pytest.mark.cognito(client={client})
        def test_it(cognito_app_client):
            pass
        """
    )

    result.assert_outcomes(errors=1)
    assert message in result.stdout.str()
