"""Tokens that a developer gets, as logins: GetCredentialsForIdentity takes them, for the right identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jwt
import pytest

from pytest_cognito.cognito import Cognito
from tests.support import jwts
from tests.support.identities import (
    DEVELOPER,
    LOGINS_DO_NOT_MATCH,
    PROVIDER_NOT_SUPPORTED,
    Identities,
    forbidden,
    invalid_token,
)
from tests.support.refusals import Refusal, refusal

ISSUER = "cognito-identity.amazonaws.com"
NO_COGNITO_TOKEN = invalid_token("Not a Cognito token.")
NOT_VERIFIED = invalid_token("Couldn't verify signed token.")
POLICY = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


@pytest.fixture
def ann(identities: Identities) -> str:
    """The identity of a user of the developer's, in a pool with a role for users."""
    pool = identities.cognito.identity_pool(identities.pool_id)
    pool.set_roles(authenticated=pool.create_role("app", [POLICY]))
    return identities.developer("ann")


def token(identities: Identities, user: str = "ann", **members: Any) -> str:
    logins = {DEVELOPER: user}
    answer = identities.client.get_open_id_token_for_developer_identity(
        IdentityPoolId=identities.pool_id, Logins=logins, **members
    )
    return answer["Token"]


def refused(identities: Identities, identity: str, logins: Mapping[str, str]) -> Refusal:
    return refusal(identities.client.get_credentials_for_identity, IdentityId=identity, Logins=logins)


def test_the_token_of_a_user(identities: Identities, ann: str) -> None:
    answer = identities.client.get_credentials_for_identity(IdentityId=ann, Logins={ISSUER: token(identities)})

    assert (answer["IdentityId"], answer["Credentials"]["AccessKeyId"][:4]) == (ann, "ASIA")


@pytest.mark.parametrize("developer_first", [True, False])
def test_further_logins_are_linked(identities: Identities, ann: str, developer_first: bool) -> None:
    logins = identities.login()
    by_token = {ISSUER: token(identities)}
    together = {**by_token, **logins} if developer_first else {**logins, **by_token}
    answer = identities.client.get_credentials_for_identity(IdentityId=ann, Logins=together)

    assert (answer["IdentityId"], identities.get(logins)) == (ann, ann)
    assert identities.providers(ann) == [DEVELOPER, *logins]


def _of_a_guest(identities: Identities) -> str:
    return identities.client.get_open_id_token(IdentityId=identities.get())["Token"]


def _of_a_user(identities: Identities) -> str:
    logins = identities.login()
    return identities.client.get_open_id_token(IdentityId=identities.get(logins), Logins=logins)["Token"]


def _tampered(identities: Identities) -> str:
    header, _, signature = token(identities).split(".")
    return f"{header}.{token(identities, 'ben').split('.')[1]}.{signature}"


def _by_another_key(identities: Identities) -> str:
    mine = token(identities)
    secret = "no key of identity pools, and long enough for HMAC with SHA-512: that needs 64 bytes"
    return jwt.encode(jwts.claims(mine), secret, "HS512", headers={"kid": jwts.header(mine)["kid"]})


def _of_another_pool(identities: Identities) -> str:
    return token(Identities(identities.cognito, identities.client))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda _: "nonsense", NO_COGNITO_TOKEN),
        (lambda identities: identities.user().tokens().id_token, NO_COGNITO_TOKEN),
        (_of_a_guest, NO_COGNITO_TOKEN),
        (_of_a_user, NO_COGNITO_TOKEN),
        (_of_another_pool, PROVIDER_NOT_SUPPORTED),
        (_tampered, NOT_VERIFIED),
        (_by_another_key, NOT_VERIFIED),
        (lambda identities: token(identities, "ben"), LOGINS_DO_NOT_MATCH),
    ],
)
def test_a_spoiled_token(
    identities: Identities, ann: str, spoil: Callable[[Identities], str], expected: Refusal
) -> None:
    assert refused(identities, ann, {ISSUER: spoil(identities)}) == expected


def test_an_expired_token(cognito: Cognito, identities: Identities, ann: str) -> None:
    given = token(identities, TokenDuration=60)
    expiry = jwts.claims(given)["exp"]
    cognito.clock.advance(minutes=6)

    found = refused(identities, ann, {ISSUER: given})
    assert found.message.startswith("Invalid login token. Token expired: ")
    assert found.message.endswith(f" >= {expiry}")


def test_the_token_of_an_identity_that_was_merged(identities: Identities, ann: str) -> None:
    given = token(identities)
    identities.developer("ben")
    identities.client.merge_developer_identities(
        IdentityPoolId=identities.pool_id,
        DeveloperProviderName=DEVELOPER,
        SourceUserIdentifier="ann",
        DestinationUserIdentifier="ben",
    )

    assert refused(identities, ann, {ISSUER: given}) == forbidden(ann)


def test_a_user_by_name(identities: Identities, ann: str) -> None:
    """Their name proves nothing in a call that needs no signature."""
    text = "Please provide a valid public provider."
    assert refused(identities, ann, {DEVELOPER: "ann"}) == Refusal("InvalidParameterException", text)
