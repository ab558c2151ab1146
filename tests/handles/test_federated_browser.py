"""Users of identity providers in the browser of a test, and without one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from pytest_cognito import AppClient, AWSError, Browser, Cognito, UserPool
from pytest_cognito.http import hosts
from tests.support import federated
from tests.support.federated import ALL
from tests.support.hosted import CALLBACK, PREFIX

BASE = f"https://{hosts.prefix_domain(PREFIX, 'us-east-1')}"
FIRST = ["PreSignUp_ExternalProvider", "PostConfirmation_ConfirmSignUp", "TokenGeneration_HostedAuth"]
LATER = ["PreAuthentication_Authentication", "PostAuthentication_Authentication", "TokenGeneration_HostedAuth"]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return federated.make_pool(cognito)


def start(client: AppClient, **more: str) -> str:
    query = {"client_id": client.id, "response_type": "token", "redirect_uri": CALLBACK, "scope": "openid", **more}
    return f"{BASE}/oauth2/authorize?{urlencode(query)}"


@pytest.mark.parametrize("kind", ALL)
def test_the_button_of_each_type(cognito: Cognito, pool: UserPool, cognito_browser: Browser, kind: str) -> None:
    name = federated.add_provider(cognito, pool, kind)
    client = federated.make_client(pool, "COGNITO", name)

    back = cognito_browser.get(start(client)).sign_in_with(name, sub="1", email="ann@example.com")

    assert back.tokens.id_claims["email"] == "ann@example.com"
    assert back.tokens.claims["username"] == f"{name}_1"
    assert cognito_browser.get(start(client)).tokens.claims["username"] == f"{name}_1"


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_the_only_provider_has_no_button(cognito: Cognito, pool: UserPool, cognito_browser: Browser, kind: str) -> None:
    name = federated.add_provider(cognito, pool, kind)
    page = cognito_browser.get(start(federated.make_client(pool, name)))

    assert page.sign_in_with(name, sub="1").tokens.claims["username"] == f"{name}_1"


def test_a_spoilt_token(cognito: Cognito, pool: UserPool, cognito_browser: Browser) -> None:
    client = federated.make_client(pool, federated.add_provider(cognito, pool, "Google"))
    cognito.providers.google.spoil("wrong_signer")
    back = cognito_browser.get(start(client)).sign_in_with("Google", sub="1")

    assert (back.error, back.error_description) == ("invalid_request", "Bad id_token signature")


def test_without_a_page(cognito: Cognito, pool: UserPool) -> None:
    provider = federated.add_provider(cognito, pool, "Google")
    google, client = pool.identity_provider(provider), federated.make_client(pool, provider)
    ann = google.create_user("1", email="ann@example.com")

    claims = ann.authorize(start(client)).tokens.id_claims
    assert claims["identities"][0]["providerName"] == "Google"
    assert ann.authorize(start(client, identity_provider="Google")).tokens.claims["username"] == "Google_1"
    with pytest.raises(AWSError, match="Login option is not available"):
        ann.authorize(start(federated.make_client(pool, "COGNITO")))
    with pytest.raises(AWSError, match="Login option is not available"):
        pool.create_user("alice").authorize(start(client))


def test_a_linked_user_without_a_page(cognito: Cognito, pool: UserPool) -> None:
    provider = federated.add_provider(cognito, pool, "Google")
    client, alice = federated.make_client(pool, provider), pool.create_user("alice")
    pool.identity_provider(provider).link("1", alice)

    assert alice.authorize(start(client)).tokens.claims["username"] == "alice"


@pytest.mark.parametrize("kind", ["Google", "LoginWithAmazon", "SAML"])
def test_the_handle_does_what_the_page_does(
    cognito: Cognito, pool: UserPool, cognito_browser: Browser, kind: str
) -> None:
    name = federated.add_provider(cognito, pool, kind)
    client, provider = federated.make_client(pool, name), pool.identity_provider(name)
    for trigger in ("PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        pool.on(trigger)(lambda event, _: event)

    by_page = cognito_browser.get(start(client)).sign_in_with(name, sub="1", email="a@example.com").tokens
    assert ran(cognito) == FIRST
    by_handle = provider.sign_in("2", {"email": "a@example.com"}, client=client)
    assert ran(cognito) == FIRST

    users = [described(pool, name, sub) for sub in ("1", "2")]
    assert users[0] == users[1]
    assert set(by_page.id_claims) - set(by_handle.id_claims) == set()
    assert provider.sign_in("1", {"email": "a@example.com"}, client=client).claims["sub"] == by_page.claims["sub"]
    assert ran(cognito) == LATER
    other = cognito.browser().get(start(client)).sign_in_with(name, sub="2", email="a@example.com")
    assert other.tokens.claims["sub"] == by_handle.claims["sub"]
    assert ran(cognito) == LATER


def ran(cognito: Cognito) -> list[str]:
    sources = [invocation.source for call in cognito.calls for invocation in call.invocations]
    cognito.calls.clear()
    return sources


def described(pool: UserPool, name: str, sub: str) -> dict[str, Any]:
    """What tells of a user, but for what is each one's own."""
    found = pool.call("AdminGetUser", Username=f"{name}_{sub}")
    attributes = {each["Name"]: each["Value"] for each in found["UserAttributes"]}
    own = {"sub", "identities"}
    groups = pool.call("AdminListGroupsForUser", Username=f"{name}_{sub}")["Groups"]
    return {
        "status": found["UserStatus"],
        "attributes": {key: value for key, value in attributes.items() if key not in own},
        "names": sorted(attributes),
        "groups": [group["GroupName"] for group in groups],
    }
