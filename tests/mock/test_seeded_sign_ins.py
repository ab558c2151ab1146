"""Sign-ins on the pages of a seeded world: its domain, its style, its identity providers and their users."""

from __future__ import annotations

from functools import cache

import pytest

from pytest_cognito import Cognito, mock_cognito
from pytest_cognito.mock import Mock
from pytest_cognito.world import World

CALLBACK = "https://app.example.com/callback"
PARTNER, ACME = "https://id.partner.example", "https://acme.example.com"


@cache
def seeded() -> World:
    """A world as `cognito_seed` leaves it: a pool with managed login, two providers, and who is known there."""
    with mock_cognito(seed="seeded") as cognito:
        pool = cognito.create_user_pool()
        pool.create_user("alice", password="Corr3ct-horse!")
        partner, acme = cognito.providers.oidc(PARTNER), cognito.providers.saml(ACME)
        partner.add_user("1", email="ann@example.com", name="Ann")
        acme.add_user("bob", email="bob@example.com")
        pool.create_identity_provider("Partner", provider=partner)
        pool.create_identity_provider("Acme", provider=acme)
        client = pool.create_client(CallbackURLs=[CALLBACK])
        pool.create_domain("notes", ManagedLoginVersion=2)
        # Somebody has signed in before: their browser is none of a test's.
        cognito.browser().get(_start(cognito, client_id=client.id)).sign_in("alice", "Corr3ct-horse!")
    return cognito.world


def _start(cognito: Cognito, **query: str) -> str:
    [pool] = cognito.pools
    asked = {"client_id": pool.client.id, "response_type": "code", "redirect_uri": CALLBACK, **query}
    parameters = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"https://notes.auth.us-east-1.amazoncognito.com/oauth2/authorize?{parameters}"


@pytest.mark.parametrize("test", ["one", "another"])
def test_each_test_signs_everybody_in_for_the_first_time(test: str) -> None:
    with Mock(seed=test, parent=seeded()) as cognito:
        [pool] = cognito.pools
        assert [user.username for user in pool.users] == ["alice"]

        page = cognito.browser().get(_start(cognito))
        assert set(page.providers) == {"Partner", "Acme"}
        assert page.sign_in(pool.user("alice")).code
        assert cognito.browser().get(_start(cognito)).sign_in_with("Partner", sub="1").code
        assert cognito.browser().get(_start(cognito)).sign_in_with("Acme", sub="bob").code
        assert {user.username: user.email for user in pool.users if user.username != "alice"} == {
            "Partner_1": "ann@example.com",
            "Acme_bob": "bob@example.com",
        }


def test_what_a_test_does_at_a_provider_is_its_own() -> None:
    with Mock(seed="first", parent=seeded()) as cognito:
        partner = cognito.providers.oidc(PARTNER)
        partner.add_user("2", email="cy@example.com")
        partner.deny()
        partner.fail("token")
    with Mock(seed="second", parent=seeded()) as cognito:
        assert [user.sub for user in cognito.providers.oidc(PARTNER).users] == ["1"]
        assert cognito.browser().get(_start(cognito)).sign_in_with("Partner", sub="1").code


def test_tokens_of_a_seeded_provider_are_of_the_same_key_in_every_test() -> None:
    headers = []
    for seed in ("first", "second"):
        with Mock(seed=seed, parent=seeded()) as cognito:
            headers.append(cognito.providers.oidc(PARTNER).token("1").split(".")[0])
    assert headers[0] == headers[1]
