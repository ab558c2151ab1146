"""StartWebAuthnRegistration and CompleteWebAuthnRegistration."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import App
from tests.support.passkeys import complete, decode, listed, start

AUTHENTICATORS = pytest.mark.parametrize("kind", [{}, {"roaming": True}, {"algorithm": "RS256"}])


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def token(alice: User) -> str:
    return alice.tokens().access_token


def test_the_options_are_those_of_a_browser(app: App, alice: User, token: str) -> None:
    options = start(app, token)

    assert decode(options["user"].pop("id")).decode() == alice.sub
    assert len(decode(options.pop("challenge"))) >= 16
    assert options == {
        "rp": {"id": "example.com", "name": "example.com"},
        "user": {"name": "alice", "displayName": "alice"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -257}],
        "timeout": 60000,
        "excludeCredentials": [],
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": "preferred",
        },
    }


def test_each_start_has_a_challenge_of_its_own(app: App, token: str) -> None:
    assert start(app, token)["challenge"] != start(app, token)["challenge"]


def test_user_verification_is_as_the_pool_says(app: App, token: str) -> None:
    passkeys.configure(app.pool, UserVerification="required")
    assert start(app, token)["authenticatorSelection"]["userVerification"] == "required"


def test_who_signs_in_with_an_address_sees_it_at_the_authenticator(cognito: Cognito, app: App) -> None:
    pool = cognito.create_user_pool(**passkeys.ALLOWED, UsernameAttributes=["email"])
    passkeys.configure(pool)
    options = start(app, pool.create_user("alice@example.com").tokens().access_token)
    assert options["user"]["displayName"] == options["user"]["name"] == "alice@example.com"


@AUTHENTICATORS
def test_a_passkey_is_registered(cognito: Cognito, app: App, token: str, kind: dict[str, object]) -> None:
    roaming = "roaming" in kind
    passkey = cognito.passkey(roaming=roaming, algorithm=str(kind.get("algorithm", "ES256")))
    credential = passkey.create(start(app, token))
    complete(app, token, credential)

    [found] = listed(app, token)
    del found["CreatedAt"]
    assert found == {
        "CredentialId": credential["id"],
        "FriendlyCredentialName": "Roaming passkey" if roaming else "Platform passkey",
        "RelyingPartyId": "example.com",
        "AuthenticatorAttachment": "cross-platform" if roaming else "platform",
        "AuthenticatorTransports": ["usb"] if roaming else ["hybrid", "internal"],
    }


def test_what_a_minimal_browser_leaves_out_is_not_needed(cognito: Cognito, app: App, token: str) -> None:
    credential = cognito.passkey().create(start(app, token))
    kept = {name: credential["response"][name] for name in ("clientDataJSON", "attestationObject")}
    complete(app, token, {name: credential[name] for name in ("id", "rawId", "type")} | {"response": kept})

    [found] = listed(app, token)
    assert (found["AuthenticatorTransports"], found["FriendlyCredentialName"]) == ([], "Passkey")
    assert "AuthenticatorAttachment" not in found


def test_registered_passkeys_are_excluded_from_the_next(cognito: Cognito, app: App, token: str) -> None:
    first = cognito.passkey(roaming=True).create(start(app, token))
    complete(app, token, first)

    excluded = start(app, token)["excludeCredentials"]
    assert excluded == [{"type": "public-key", "id": first["id"], "transports": ["usb"]}]


def test_two_registrations_at_once(cognito: Cognito, app: App, token: str) -> None:
    first, second = start(app, token), start(app, token)
    for options in (second, first):
        complete(app, token, cognito.passkey().create(options))
    assert len(listed(app, token)) == 2


@pytest.mark.parametrize(
    "origin",
    ["https://example.com", "https://app.example.com", "https://a.b.example.com:8443", "https://example.com:443"],
)
def test_a_page_of_the_relying_party(cognito: Cognito, app: App, token: str, origin: str) -> None:
    complete(app, token, cognito.passkey(origin=origin).create(start(app, token)))
    assert len(listed(app, token)) == 1


@pytest.mark.parametrize("origin", ["http://localhost:3000", "https://localhost", "http://app.localhost"])
def test_localhost_needs_no_https(cognito: Cognito, app: App, token: str, origin: str) -> None:
    passkeys.configure(app.pool, RelyingPartyId="localhost")
    complete(app, token, cognito.passkey(origin=origin).create(start(app, token)))
    [found] = listed(app, token)
    assert found["RelyingPartyId"] == "localhost"
