"""Single-page applications, in a browser: their own libraries, across origins, from the sign-in to the sign-out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito, IdentityPool
from pytest_cognito.marker import MarkerArguments
from pytest_cognito.preparation import prepare_identity_pool
from tests.support import node, pages
from tests.support.chromium import Application, Problems, Site, enter_password

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="en"><title>An application</title><link rel="icon" href="data:,">
<script src="/library.js"></script><script>{script}</script>"""
OIDC = """
window.manager = new oidc.UserManager({
  ...SETTINGS, redirect_uri: `${location.origin}/callback`, scope: "openid email profile", loadUserInfo: true,
  userStore: new oidc.WebStorageStateStore({ store: localStorage }),
});
"""
AMPLIFY = "amplify.Amplify.configure(SETTINGS);"


def serve(application: Application, library: str, script: str, settings: dict[str, Any]) -> None:
    """Let the application be a page with a library and a script."""
    script = f"const SETTINGS = {json.dumps(settings)};{script}"
    application.files["/library.js"] = ("text/javascript", library.encode())
    for path in ("/", "/callback", "/signed-out"):
        application.files[path] = ("text/html", PAGE.format(script=script).encode())


@pytest.fixture
def version() -> int:
    return pages.MANAGED


@pytest.fixture
def client_settings() -> dict[str, Any]:
    return {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}


class TestOidcClientTs:
    @pytest.fixture
    def cognito_server_options(self) -> dict[str, Any]:
        """The library insists that the configuration names the issuer where it was found."""
        return {"issuer": "local"}

    def test_all_there_is(self, tab: Page, cognito: Cognito, site: Site) -> None:
        settings = {"authority": site.pool.issuer, "client_id": site.client.id}
        serve(site.application, node.package("oidc-client-ts/dist/browser/oidc-client-ts.min.js"), OIDC, settings)
        tab.goto(f"{site.application.url}/")
        tab.evaluate("() => { manager.signinRedirect({ state: 'from here', nonce: 'n1' }) }")
        enter_password(tab, site.password)
        tab.wait_for_url("**/callback?code=*")
        user = tab.evaluate("manager.signinCallback()")
        assert user["state"] == "from here"
        assert user["profile"]["iss"] == site.pool.issuer
        assert user["profile"]["email"] == "alice@example.com"
        assert user["profile"]["username"] == "alice"  # as /oauth2/userInfo says

        cognito.clock.advance(minutes=5)
        renewed = tab.evaluate("manager.signinSilent()")
        assert renewed["access_token"] != user["access_token"]
        assert renewed["profile"]["sub"] == user["profile"]["sub"]
        tab.evaluate("manager.revokeTokens(['refresh_token'])")
        query = {"client_id": site.client.id, "logout_uri": site.application.signed_out}
        tab.evaluate("query => { manager.signoutRedirect({ extraQueryParams: query }) }", query)
        tab.wait_for_url("**/signed-out")
        assert tab.evaluate("manager.getUser()") is None
        site.start(tab)
        assert "/login?" in tab.url


class TestAmplify:
    @pytest.fixture
    def cognito_server_options(self) -> dict[str, Any]:
        """The library knows no domain without HTTPS."""
        return {"tls": True}

    @pytest.fixture
    def browser_options(self) -> dict[str, Any]:
        return {"ignore_https_errors": True}

    @pytest.fixture
    def identities(self, cognito: Cognito, site: Site) -> IdentityPool:
        return prepare_identity_pool(cognito, site.pool, site.client, MarkerArguments())

    def test_all_there_is(self, tab: Page, site: Site, identities: IdentityPool, problems: Problems) -> None:
        problems.allowed_text.append("You are using a custom Amazon Amazon Cognito")
        here = f"{site.application.url}/"
        oauth = {
            "domain": site.url.removeprefix("https://"),
            "scopes": ["openid", "email", "aws.cognito.signin.user.admin"],
            "redirectSignIn": [site.application.callback],
            "redirectSignOut": [site.application.signed_out],
            "responseType": "code",
        }
        pool = {
            "userPoolId": site.pool.id,
            "userPoolClientId": site.client.id,
            "userPoolEndpoint": site.ui.endpoint_url,
            "identityPoolId": identities.id,
            "identityPoolEndpoint": site.ui.endpoint_url,
            "allowGuestAccess": True,
        }
        settings = {"Auth": {"Cognito": {**pool, "loginWith": {"oauth": oauth}}}}
        serve(site.application, node.bundled("amplify_redirect.mjs"), AMPLIFY, settings)
        tab.goto(here)
        sts = {"endpoint": site.ui.endpoint_url, "region": site.pool.region}
        guest, arn = tab.evaluate("options => amplify.caller(options)", sts)
        assert ":assumed-role/Cognito_pytestUnauth_Role/" in arn
        tab.evaluate("() => { amplify.signInWithRedirect({ customState: 'from here' }) }")
        enter_password(tab, site.password)
        tab.wait_for_function("window.amplify?.came.includes('signInWithRedirect')")
        assert "customOAuthState" in tab.evaluate("amplify.came")
        assert tab.evaluate("amplify.getCurrentUser()")["username"] == "alice"
        assert tab.evaluate("amplify.fetchUserAttributes()")["email"] == "alice@example.com"
        user, arn = tab.evaluate("options => amplify.caller(options)", sts)
        assert ":assumed-role/Cognito_pytestAuth_Role/" in arn
        assert user == guest == identities.identity_of(site.pool.user("alice")).id
        token = "async options => (await amplify.fetchAuthSession(options)).tokens.accessToken.toString()"
        first = tab.evaluate(token, {})
        assert tab.evaluate(token, {"forceRefresh": True}) != first

        tab.evaluate("() => { amplify.signOut() }")
        tab.wait_for_url("**/signed-out")
        site.start(tab)
        assert "/login?" in tab.url
