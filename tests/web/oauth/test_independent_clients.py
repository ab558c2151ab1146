"""Independent OAuth 2.0 clients through whole sign-ins: Authlib and requests-oauthlib, both with PKCE."""

from __future__ import annotations

import jwt
import pytest
import requests

from tests.support.hosted import CALLBACK, OAUTH, SIGNED_OUT, VERIFIER, Hosted, said

SCOPE = "openid email"


@pytest.fixture
def configuration(hosted: Hosted) -> dict[str, str]:
    """What the pool's OpenID configuration says."""
    url = f"{hosted.pool.issuer}/.well-known/openid-configuration"
    found: dict[str, str] = requests.get(url, timeout=5).json()
    return found


def visit(hosted: Hosted, url: str) -> str:
    """Follow the application to the sign-in page, sign in, and give the redirect back to the application."""
    page = hosted.browser.get(url, timeout=5)
    password = hosted.pool.user("alice").password
    form = {"_csrf": hosted.browser.cookies["XSRF-TOKEN"], "username": "alice", "password": password}
    location: str = hosted.browser.post(page.url, data=form, allow_redirects=False, timeout=5).headers["Location"]
    return location


def test_authlib(hosted: Hosted, configuration: dict[str, str]) -> None:
    from authlib.integrations.requests_client import OAuth2Session

    client = hosted.pool.create_client(GenerateSecret=True, **OAUTH)
    session = OAuth2Session(
        client.id,
        client.secret,
        scope=SCOPE,
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        revocation_endpoint_auth_method="client_secret_basic",
    )
    url, state = session.create_authorization_url(
        configuration["authorization_endpoint"], code_verifier=VERIFIER, nonce="n-1"
    )
    back = visit(hosted, url)
    token = session.fetch_token(
        configuration["token_endpoint"], authorization_response=back, code_verifier=VERIFIER, state=state
    )
    key = jwt.PyJWKClient(configuration["jwks_uri"]).get_signing_key_from_jwt(token["id_token"])
    claims = jwt.decode(
        token["id_token"], key, algorithms=["RS256"], audience=client.id, issuer=configuration["issuer"]
    )
    assert claims["nonce"] == "n-1"
    assert session.get(configuration["userinfo_endpoint"]).json()["email"] == "alice@example.com"
    assert session.refresh_token(configuration["token_endpoint"])["access_token"] != token["access_token"]
    revoked = session.revoke_token(configuration["revocation_endpoint"], token=token["refresh_token"])
    assert revoked.status_code == 200
    assert session.get(configuration["userinfo_endpoint"]).status_code == 401


def test_requests_oauthlib(hosted: Hosted, configuration: dict[str, str]) -> None:
    from requests_oauthlib import OAuth2Session

    session = OAuth2Session(hosted.client.id, scope=SCOPE.split(), redirect_uri=CALLBACK, pkce="S256")
    url, _ = session.authorization_url(configuration["authorization_endpoint"])
    back = visit(hosted, url)
    session.fetch_token(configuration["token_endpoint"], authorization_response=back, include_client_id=True)
    assert session.get(configuration["userinfo_endpoint"]).json()["username"] == "alice"
    session.refresh_token(configuration["token_endpoint"], client_id=hosted.client.id)
    out = hosted.browser.get(
        configuration["end_session_endpoint"],
        params={"client_id": hosted.client.id, "logout_uri": SIGNED_OUT},
        allow_redirects=False,
        timeout=5,
    )
    assert out.headers["Location"] == SIGNED_OUT


def test_authlib_signs_a_machine_in(hosted: Hosted, configuration: dict[str, str]) -> None:
    from authlib.integrations.requests_client import OAuth2Session

    scopes = [{"ScopeName": "read", "ScopeDescription": "reads"}]
    hosted.pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    machine = hosted.pool.create_client(
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["notes/read"],
    )
    session = OAuth2Session(machine.id, machine.secret, scope="notes/read")
    token = session.fetch_token(configuration["token_endpoint"], grant_type="client_credentials")
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert said(hosted.redeem(hosted.code()))["id_token"]
