"""Logins by ID tokens of user pools: a token is verified, and any that is spoiled is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import jwt
import pytest

from pytest_cognito.cognito import Cognito
from tests.support import jwts
from tests.support.identities import (
    DEVELOPER,
    NO_PUBLIC_PROVIDER,
    PROVIDER_NOT_SUPPORTED,
    TOKEN_INACTIVE,
    Identities,
    invalid_token,
    login,
    provider_of,
)
from tests.support.refusals import Refusal, not_authorized, refusal

NOT_VERIFIED = invalid_token("Couldn't verify signed token.")
NOT_A_TOKEN = invalid_token("Not a valid OpenId Connect identity token.")
COGNITO_TOKEN = invalid_token("Can't pass in a Cognito token.")
ISSUER = "cognito-identity.amazonaws.com"


def refused(identities: Identities, key: str, token: str) -> Refusal:
    """What GetId says to a login. It leaves nothing behind."""
    before = identities.enabled()
    found = refusal(identities.client.get_id, IdentityPoolId=identities.pool_id, Logins={key: token})
    assert identities.enabled() == before
    return found


def another_client(identities: Identities) -> str:
    user = identities.user()
    return user.tokens(client=user.pool.create_client()).id_token


def with_claims(**claims: Any) -> Callable[[Identities], str]:
    return lambda identities: identities.user().tokens(claims=claims).id_token


def tampered(identities: Identities) -> str:
    """Alice's token, in which bob stands in her place."""
    header, _, signature = identities.user().tokens().id_token.split(".")
    bob = identities.user("bob").tokens().id_token.split(".")[1]
    return f"{header}.{bob}.{signature}"


def without_signature(identities: Identities) -> str:
    claims = jwts.claims(identities.user().tokens().id_token)
    return jwt.encode(claims, "", algorithm="none")


def with_a_secret(identities: Identities) -> str:
    """Signed by HMAC, with what the header says of the right key."""
    token = identities.user().tokens().id_token
    secret = "no key of the pool, and long enough for HMAC"
    return jwt.encode(jwts.claims(token), secret, headers={"kid": jwts.header(token)["kid"]})


def of_another_pool(identities: Identities) -> str:
    return Identities(identities.cognito, identities.client).user().tokens().id_token


def of_identity_pools(identities: Identities) -> str:
    return identities.client.get_open_id_token(IdentityId=identities.get())["Token"]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda _: "nonsense", NOT_A_TOKEN),
        (lambda _: "e30.W10.e30", NOT_A_TOKEN),
        (lambda identities: identities.user().tokens().access_token, invalid_token("Missing a required claim: aud")),
        (another_client, PROVIDER_NOT_SUPPORTED),
        (with_claims(aud="0" * 26), PROVIDER_NOT_SUPPORTED),
        (with_claims(azp="0" * 26), PROVIDER_NOT_SUPPORTED),
        (with_claims(aud=[]), invalid_token("Missing a required claim: aud")),
        (with_claims(exp=None), invalid_token("Missing a required claim: exp")),
        (with_claims(sub=""), invalid_token("Missing a required claim: sub")),
        (with_claims(token_use="access"), PROVIDER_NOT_SUPPORTED),
        (tampered, NOT_VERIFIED),
        (without_signature, NOT_VERIFIED),
        (with_a_secret, NOT_VERIFIED),
        (of_another_pool, invalid_token("Issuer doesn't match providerName")),
        (of_identity_pools, COGNITO_TOKEN),
    ],
)
def test_a_spoiled_token(identities: Identities, spoil: Callable[[Identities], str], expected: Refusal) -> None:
    assert refused(identities, provider_of(identities.user_pools[0]), spoil(identities)) == expected


def test_an_access_token_with_an_audience(identities: Identities) -> None:
    """A key of its own signs access tokens, whatever claims they have."""
    user = identities.user()
    token = user.tokens(claims={"aud": user.pool.client.id, "token_use": "id"}).access_token

    assert refused(identities, provider_of(user.pool), token) == NOT_VERIFIED


def test_an_expired_token(cognito: Cognito, identities: Identities) -> None:
    """The clocks of AWS and an issuer may differ by five minutes."""
    cognito.clock.freeze(dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    token = identities.user().tokens().id_token
    expiry = jwts.claims(token)["exp"]
    cognito.clock.advance(minutes=64, seconds=59)
    assert identities.get({provider_of(identities.user_pools[0]): token})

    cognito.clock.advance(seconds=1)
    reason = f"Token expired: {expiry + 300} >= {expiry}"
    assert refused(identities, provider_of(identities.user_pools[0]), token) == invalid_token(reason)


@pytest.mark.parametrize("key", ["nonsense", "https://accounts.google.com", DEVELOPER, "arn:aws:iam::1:role/x"])
def test_a_key_that_is_no_public_provider(identities: Identities, key: str) -> None:
    assert refused(identities, key, "token") == NO_PUBLIC_PROVIDER


@pytest.mark.parametrize(
    "key",
    [
        "cognito-idp.us-east-1.amazonaws.com/us-east-1_Nowhere00",
        "accounts.google.com",
        "graph.facebook.com",
        "idp.example.com/realm",
        "arn:aws:iam::123456789012:saml-provider/corporate",
    ],
)
def test_a_provider_that_the_pool_does_not_have(identities: Identities, key: str) -> None:
    assert refused(identities, key, identities.user().tokens().id_token) == PROVIDER_NOT_SUPPORTED


def test_a_pool_without_providers(identities: Identities, identity_pool: str) -> None:
    logins = identities.login()

    text = f"Identity pool - {identity_pool} does not have identity providers configured."
    assert refusal(identities.client.get_id, IdentityPoolId=identity_pool, Logins=logins) == not_authorized(text)


def test_tokens_of_identity_pools_lead_to_no_identity(identities: Identities) -> None:
    assert refused(identities, ISSUER, of_identity_pools(identities)) == COGNITO_TOKEN
    assert refused(identities, ISSUER, identities.user().tokens().id_token) == COGNITO_TOKEN


def test_one_wrong_login_of_several(identities: Identities) -> None:
    logins = {**identities.login(), "accounts.google.com": "token"}

    found = refusal(identities.client.get_id, IdentityPoolId=identities.pool_id, Logins=logins)
    assert (found, identities.enabled()) == (PROVIDER_NOT_SUPPORTED, set())


def test_the_pool_is_gone(identities: Identities) -> None:
    logins = identities.login()
    identities.user_pools[0].call("DeleteUserPool")

    assert refused(identities, *next(iter(logins.items()))) == NOT_VERIFIED


def _delete(identities: Identities) -> None:
    identities.user().pool.call("AdminDeleteUser", Username="alice")


def _disable(identities: Identities) -> None:
    identities.user().pool.call("AdminDisableUser", Username="alice")


def _sign_out(identities: Identities) -> None:
    identities.user().pool.call("AdminUserGlobalSignOut", Username="alice")


@pytest.mark.parametrize("end", [_delete, _disable, _sign_out])
def test_the_server_side_token_check(identities: Identities, end: Callable[[Identities], None]) -> None:
    """Without it a token counts until it expires, whatever has become of the user."""
    [provider] = identities.settings["CognitoIdentityProviders"]
    logins = login(identities.user())
    key, token = next(iter(logins.items()))
    identities.update(CognitoIdentityProviders=[{**provider, "ServerSideTokenCheck": True}])
    known = identities.get(logins)

    end(identities)
    assert refused(identities, key, token) == TOKEN_INACTIVE
    identities.update(CognitoIdentityProviders=[{**provider, "ServerSideTokenCheck": False}])
    assert identities.get(logins) == known


def test_the_check_of_a_revoked_sign_in(identities: Identities) -> None:
    [provider] = identities.settings["CognitoIdentityProviders"]
    identities.update(CognitoIdentityProviders=[{**provider, "ServerSideTokenCheck": True}])
    user = identities.user()
    lost, kept = user.tokens(), user.tokens()
    identities.cognito.call("RevokeToken", ClientId=user.pool.client.id, Token=lost.refresh_token)

    assert refused(identities, provider["ProviderName"], lost.id_token) == TOKEN_INACTIVE
    assert identities.get(login(user, kept))


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_the_loopback_server_as_the_issuer(identities: Identities, scheme: str) -> None:
    """Amplify takes the key from the claim ``iss`` of the token, and would leave out https."""
    pool = identities.user_pools[0]
    identity = identities.get(identities.login())
    identities.cognito.world.local_issuer = "http://127.0.0.1:9229"
    token = identities.user().tokens().id_token

    assert jwts.claims(token)["iss"] == f"http://127.0.0.1:9229/{pool.id}"
    assert identities.get({provider_of(pool): token}) == identity
    assert identities.get({f"{scheme}127.0.0.1:9229/{pool.id}": token}) == identity
    assert identities.providers(identity) == [provider_of(pool)]
