"""Logins by tokens of Google, Apple, Facebook, Login with Amazon and Twitter, which the providers vouch for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import responses

from pytest_cognito.cognito import Cognito
from tests.support import jwts
from tests.support.identities import (
    DEVELOPER,
    PROVIDER_NOT_SUPPORTED,
    Identities,
    invalid_token,
    no_identity,
    no_pool,
)
from tests.support.refusals import Refusal, not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

GOOGLE, APPLE, FACEBOOK = "accounts.google.com", "appleid.apple.com", "graph.facebook.com"
AMAZON, TWITTER, DIGITS = "www.amazon.com", "api.twitter.com", "www.digits.com"
APPLICATIONS = {
    GOOGLE: "google-client",
    APPLE: "com.example.notes",
    FACEBOOK: "1234567890",
    AMAZON: "amzn1.application.notes",
    TWITTER: "key;secret",
    DIGITS: "key;secret",
}
NAMES = {GOOGLE: "google", APPLE: "apple", FACEBOOK: "facebook", AMAZON: "amazon", TWITTER: "twitter"}
INVALID = not_authorized("Invalid login token.")
NOT_VERIFIED = invalid_token("Couldn't verify signed token.")


@pytest.fixture
def identities(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> Identities:
    """An identity pool that knows all public providers."""
    return Identities(cognito, cognito_identity, pools=0, SupportedLoginProviders=APPLICATIONS)


def token(identities: Identities, provider: str, sub: str = "7") -> Any:
    """A token of a simulated provider."""
    name = NAMES[TWITTER if provider == DIGITS else provider]
    return getattr(identities.cognito.providers, name).token(sub, audience=APPLICATIONS[provider])


@pytest.mark.parametrize("provider", APPLICATIONS)
def test_a_user_of_a_provider(identities: Identities, provider: str) -> None:
    identity = identities.get({provider: token(identities, provider)})

    assert identities.get({provider: token(identities, provider)}) == identity
    assert identities.get({provider: token(identities, provider, "8")}) != identity
    assert identities.providers(identity) == [provider]


def test_one_person_with_all_of_them(identities: Identities) -> None:
    identity = identities.get({provider: token(identities, provider) for provider in APPLICATIONS})

    assert {identities.get({provider: token(identities, provider)}) for provider in APPLICATIONS} == {identity}


@pytest.mark.parametrize("provider", NAMES)
def test_what_the_token_of_an_identity_says(identities: Identities, provider: str) -> None:
    logins = {provider: token(identities, provider)}
    found = identities.client.get_open_id_token(IdentityId=identities.get(logins), Logins=logins)["Token"]

    application = APPLICATIONS[provider].partition(";")[0]
    assert jwts.claims(found)["amr"] == ["authenticated", provider, f"{provider}:{application}:7"]


@pytest.mark.parametrize("provider", NAMES)
def test_a_token_for_another_application(identities: Identities, provider: str) -> None:
    # Twitter knows no request that the application's secret has signed.
    expected = INVALID if provider == TWITTER else PROVIDER_NOT_SUPPORTED
    assert refused(identities, provider, token(identities, provider).wrong_audience()) == expected


@pytest.mark.parametrize(
    ("provider", "spoil", "expected"),
    [
        (GOOGLE, lambda token: token.tampered(), NOT_VERIFIED),
        (GOOGLE, lambda token: token.unsigned(), NOT_VERIFIED),
        (APPLE, lambda token: token.wrong_signer(), NOT_VERIFIED),
        (APPLE, lambda token: token.wrong_issuer(), invalid_token("Issuer doesn't match providerName")),
        (GOOGLE, lambda _: "ya29.opaque", invalid_token("Not a valid OpenId Connect identity token.")),
        (FACEBOOK, lambda token: token.expired(), INVALID),
        (FACEBOOK, lambda token: token.tampered(), INVALID),
        (AMAZON, lambda token: token.expired(), INVALID),
        (AMAZON, lambda token: token.tampered(), INVALID),
        (TWITTER, lambda token: token.tampered(), INVALID),
        (TWITTER, lambda token: token.partition(";")[0], INVALID),
    ],
)
def test_a_spoiled_token(identities: Identities, provider: str, spoil: Callable[[Any], str], expected: Refusal) -> None:
    assert refused(identities, provider, spoil(token(identities, provider))) == expected


def test_an_expired_token(identities: Identities) -> None:
    spoiled = token(identities, GOOGLE).expired()
    found = refused(identities, GOOGLE, spoiled)

    expiry = jwts.claims(spoiled)["exp"]
    assert found.message.startswith("Invalid login token. Token expired: ")
    assert found.message.endswith(f" >= {expiry}")


def test_another_provider_s_token(identities: Identities) -> None:
    found = refused(identities, GOOGLE, token(identities, APPLE))
    assert found == invalid_token("Issuer doesn't match providerName")


def test_a_token_that_comes_from_the_future(cognito: Cognito, identities: Identities) -> None:
    cognito.clock.advance(hours=1)
    early = token(identities, GOOGLE)
    cognito.clock.advance(hours=-1)

    assert refused(identities, GOOGLE, early) == invalid_token("Token is not valid yet.")


def test_a_provider_that_does_not_respond(identities: Identities) -> None:
    logins = {FACEBOOK: "EAAtoken"}
    with responses.RequestsMock() as stub:
        stub.get("https://graph.facebook.com/debug_token", status=503)
        stub.get("https://graph.facebook.com/debug_token", status=503)
        found = refusal(identities.client.get_id, IdentityPoolId=identities.pool_id, Logins=logins)
        by_developer = refusal(
            identities.client.get_open_id_token_for_developer_identity,
            IdentityPoolId=identities.pool_id,
            Logins={DEVELOPER: "ann", **logins},
        )

    reason = "The identity provider is not responding: graph.facebook.com Error - 503 error verifying token"
    assert found == Refusal("ExternalServiceException", reason)
    assert by_developer == NOT_VERIFIED
    assert identities.enabled() == set()


@pytest.mark.parametrize("gone", ["identity", "pool"])
def test_what_is_deleted_while_a_provider_is_asked(identities: Identities, gone: str) -> None:
    """Other calls go on meanwhile."""
    guest = identities.get()

    def answer(_: object) -> tuple[int, dict[str, str], str]:
        if gone == "identity":
            identities.client.delete_identities(IdentityIdsToDelete=[guest])
        else:
            identities.client.delete_identity_pool(IdentityPoolId=identities.pool_id)
        told = {"app_id": APPLICATIONS[FACEBOOK], "user_id": "7", "is_valid": True, "expires_at": 0}
        return 200, {}, json.dumps({"data": told})

    with responses.RequestsMock() as stub:
        stub.add_callback("GET", "https://graph.facebook.com/debug_token", answer)
        found = refusal(identities.client.get_open_id_token, IdentityId=guest, Logins={FACEBOOK: "EAAtoken"})

    expected = no_identity(guest) if gone == "identity" else no_pool(identities.pool_id)
    assert found == expected


def refused(identities: Identities, provider: str, login: str) -> Refusal:
    """What GetId says to a login. It leaves nothing behind."""
    found = refusal(identities.client.get_id, IdentityPoolId=identities.pool_id, Logins={provider: login})
    assert identities.enabled() == set()
    return found
