"""Logins of identity pools: which check a token fails, and what would have passed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from pytest_cognito.cognito import Cognito
from tests.support import jwts
from tests.support.identities import Identities, login, provider_of

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

Refused = Callable[[str], list[str]]


@pytest.fixture
def identities(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> Identities:
    return Identities(cognito, cognito_identity)


@pytest.fixture
def provider(identities: Identities) -> str:
    return provider_of(identities.user_pools[0])


@pytest.fixture
def refused(identities: Identities, provider: str) -> Refused:
    """What explains that a token of the user pool is refused."""

    def explanation(token: str) -> list[str]:
        with pytest.raises(ClientError):
            identities.get({provider: token})
        lines = identities.cognito.calls[-1].explanation
        return [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "TIME", line) for line in lines]

    return explanation


def test_a_token_for_another_client(identities: Identities, provider: str, refused: Refused) -> None:
    pool = identities.user_pools[0]
    other = pool.create_client()

    assert refused(identities.user().tokens(client=other).id_token) == [
        f"{identities.pool_id} trusts {provider} for {pool.client.id}",
        f"the call has {provider} for {other.id}",
    ]


def test_an_access_token(identities: Identities, provider: str, refused: Refused) -> None:
    said = refused(identities.user().tokens().access_token)

    assert said[-1] == f"the token of {provider} is an access token: Logins take ID tokens"


def test_a_token_of_another_issuer(identities: Identities, provider: str, refused: Refused) -> None:
    token = identities.user().tokens(claims={"iss": "https://idp.example.com"}).id_token

    assert refused(token) == [
        f"the token of {provider} has iss https://idp.example.com; the key is iss without https://"
    ]


def test_a_token_of_another_key(identities: Identities, provider: str, refused: Refused) -> None:
    tokens = identities.user().tokens(claims={"aud": identities.user_pools[0].client.id})

    access, own = (jwts.header(token)["kid"] for token in (tokens.access_token, tokens.id_token))
    assert refused(tokens.access_token) == [
        f"the token of {provider} names the key {access} and RS256",
        f"the key of {provider} for ID tokens is {own}",
    ]
    identities.user_pools[0].call("DeleteUserPool")
    assert refused(tokens.id_token)[-1] == f"there is no user pool {provider}"


def test_an_expired_token(identities: Identities, provider: str, refused: Refused) -> None:
    token = identities.user().tokens().id_token
    identities.cognito.clock.advance(hours=2)

    assert refused(token) == [f"the token of {provider} has iat TIME, exp TIME; it is TIME"]


def test_a_user_who_was_disabled(identities: Identities, provider: str, refused: Refused) -> None:
    [trusted] = identities.settings["CognitoIdentityProviders"]
    identities.update(CognitoIdentityProviders=[{**trusted, "ServerSideTokenCheck": True}])
    token = login(identities.user())[provider]
    identities.user_pools[0].call("AdminDisableUser", Username="alice")

    assert refused(token) == [
        f"alice of {provider} was deleted or disabled, or their sign-in was revoked; ServerSideTokenCheck asks"
    ]
