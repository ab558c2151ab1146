"""Passkeys that are not registered, and what is left then: nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from webauthn.helpers import encode_cbor, parse_cbor

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import App
from tests.support.passkeys import complete, decode, encode, listed, start, with_client_data
from tests.support.refusals import (
    ACCESS_TOKEN_INVALID,
    ACCESS_TOKEN_REVOKED,
    RESET_REQUIRED,
    Refusal,
    no_client,
    refusal,
)

EDDSA = {1: 1, 3: -8, -1: 6, -2: bytes(32)}
Credential = dict[str, Any]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def token(alice: User) -> str:
    return alice.tokens().access_token


def refused(app: App, token: str, credential: object) -> Refusal:
    """What CompleteWebAuthnRegistration says; no passkey is there then, and the registration can still succeed."""
    found = refusal(app.idp.complete_web_authn_registration, AccessToken=token, Credential=credential)
    assert listed(app, token) == []
    return found


def with_key(credential: Credential, key: object) -> Credential:
    """A credential whose authenticator has made another public key."""
    attestation = parse_cbor(decode(credential["response"]["attestationObject"]))
    data: bytes = attestation["authData"]
    head = data[: 37 + 16 + 2 + int.from_bytes(data[53:55], "big")]
    changed = encode(encode_cbor({**attestation, "authData": head + encode_cbor(key)}))
    return {**credential, "response": {**credential["response"], "attestationObject": changed}}


def test_a_pool_without_passkeys(cognito: Cognito, app: App) -> None:
    pool = passkeys.make_pool(cognito, Policies={})
    token = pool.user("alice").tokens().access_token
    assert refusal(app.idp.start_web_authn_registration, AccessToken=token) == passkeys.NOT_ENABLED
    assert refused(app, token, {}) == passkeys.NOT_ENABLED


def test_a_challenge_is_good_for_a_minute_and_once(cognito: Cognito, app: App, token: str) -> None:
    credential = cognito.passkey().create(start(app, token))
    cognito.clock.advance(seconds=61)
    assert refused(app, token, credential) == passkeys.CHALLENGE_NOT_FOUND

    credential = cognito.passkey().create(start(app, token))
    complete(app, token, credential)
    again = refusal(app.idp.complete_web_authn_registration, AccessToken=token, Credential=credential)
    assert again == passkeys.CHALLENGE_NOT_FOUND
    assert len(listed(app, token)) == 1


def test_a_challenge_of_another_user(cognito: Cognito, app: App, token: str) -> None:
    other = app.pool.create_user("bob").tokens().access_token
    credential = cognito.passkey().create(start(app, other))
    assert refused(app, token, credential) == passkeys.CHALLENGE_NOT_FOUND
    complete(app, other, credential)


def test_a_token_of_another_app_client(cognito: Cognito, app: App, token: str) -> None:
    credential = cognito.passkey().create(start(app, token))
    other = app.pool.user("alice").tokens(client=app.pool.create_client()).access_token
    assert refused(app, other, credential) == passkeys.CLIENT_MISMATCH
    complete(app, token, credential)


@pytest.mark.parametrize(
    "origin",
    [
        "http://example.com",
        "https://example.org",
        "https://notexample.com",
        "https://example.com.evil.test",
        "https://example.com/",
        "https://example.com\n",
        "android:apk-key-hash:abc",
        "",
    ],
)
def test_a_page_of_somebody_else(cognito: Cognito, app: App, token: str, origin: str) -> None:
    credential = with_client_data(cognito.passkey().create(start(app, token)), origin=origin)
    assert refused(app, token, credential) == passkeys.ORIGIN_NOT_ALLOWED


def test_another_relying_party(cognito: Cognito, app: App, token: str) -> None:
    credential = cognito.passkey().create(start(app, token), relying_party="example.org")
    assert refused(app, token, credential) == passkeys.RELYING_PARTY_MISMATCH


def test_the_pool_has_got_another_relying_party_meanwhile(cognito: Cognito, app: App, token: str) -> None:
    credential = cognito.passkey().create(start(app, token))
    passkeys.configure(app.pool, RelyingPartyId="app.example.com")
    assert refused(app, token, credential) == passkeys.RELYING_PARTY_MISMATCH


def test_an_authenticator_that_does_not_verify_the_user(cognito: Cognito, app: App, token: str) -> None:
    passkeys.configure(app.pool, UserVerification="required")
    options = start(app, token)
    assert refused(app, token, cognito.passkey().create(options, verified=False)) == passkeys.NOT_SUPPORTED
    complete(app, token, cognito.passkey().create(options))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (EDDSA, passkeys.NOT_SUPPORTED),
        ({1: 2, 3: -7, -1: 2, -2: bytes(48), -3: bytes(48)}, passkeys.NOT_SUPPORTED),  # P-384
        ({1: 3, 3: -7}, passkeys.NOT_SUPPORTED),
        ({}, passkeys.NOT_SUPPORTED),
        ({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32}, passkeys.CREDENTIAL_INVALID),  # no point of the curve
        ({1: 2, 3: -7, -1: 1}, passkeys.CREDENTIAL_INVALID),
        ([1, 2], passkeys.CREDENTIAL_INVALID),
    ],
)
def test_a_key_that_was_not_asked_for(cognito: Cognito, app: App, token: str, key: object, expected: Refusal) -> None:
    credential = with_key(cognito.passkey().create(start(app, token)), key)
    assert refused(app, token, credential) == expected


CHANGES: dict[str, Callable[[Credential], object]] = {
    "text": lambda _: "credential",
    "no response": lambda credential: {**credential, "response": None},
    "no id": lambda credential: {**credential, "id": None},
    "another rawId": lambda credential: {**credential, "rawId": "AAAA"},
    "another id": lambda credential: {**credential, "id": "AAAA", "rawId": "AAAA"},
    "another type": lambda credential: {**credential, "type": "password"},
    "an attachment that is none": lambda credential: {**credential, "authenticatorAttachment": 1},
    "transports that are none": lambda one: {**one, "response": {**one["response"], "transports": [1]}},
    "no JSON": lambda one: {**one, "response": {**one["response"], "clientDataJSON": "AAAA"}},
    "no CBOR": lambda one: {**one, "response": {**one["response"], "attestationObject": "____"}},
    "padding": lambda one: {**one, "response": {**one["response"], "attestationObject": "AAA="}},
    "a sign-in's client data": lambda credential: with_client_data(credential, type="webauthn.get"),
    "no challenge": lambda credential: with_client_data(credential, challenge=None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_no_credential(cognito: Cognito, app: App, token: str, change: str) -> None:
    credential = cognito.passkey().create(start(app, token))
    assert refused(app, token, CHANGES[change](credential)) == passkeys.CREDENTIAL_INVALID
    complete(app, token, credential)


def test_a_credential_of_somebody_else(cognito: Cognito, app: App, token: str) -> None:
    """A passkey that has signed two users up under one id is taken for the first."""
    bob = app.pool.create_user("bob").tokens().access_token
    first = cognito.passkey().create(start(app, bob))
    complete(app, bob, first)
    challenge = start(app, token)["challenge"]
    assert refused(app, token, with_client_data(first, challenge=challenge)) == passkeys.CREDENTIAL_INVALID


def test_no_more_than_twenty(cognito: Cognito, app: App, token: str) -> None:
    last = start(app, token)
    for _ in range(20):
        app.pool.user("alice").register(cognito.passkey())

    assert refusal(app.idp.start_web_authn_registration, AccessToken=token) == passkeys.LIMIT
    credential = cognito.passkey().create(last)
    found = refusal(app.idp.complete_web_authn_registration, AccessToken=token, Credential=credential)
    assert found == passkeys.LIMIT
    assert len(listed(app, token)) == 20


@pytest.mark.parametrize(
    ("operation", "more"),
    [
        ("start_web_authn_registration", {}),
        ("complete_web_authn_registration", {"Credential": {}}),
        ("list_web_authn_credentials", {}),
        ("delete_web_authn_credential", {"CredentialId": "AAAA"}),
    ],
)
def test_whose_token_is_no_good(app: App, alice: User, token: str, operation: str, more: dict[str, Any]) -> None:
    def refused(token: str) -> Refusal:
        return refusal(getattr(app.idp, operation), AccessToken=token, **more)

    assert refused("e30.e30.e30") == ACCESS_TOKEN_INVALID
    assert refused(alice.tokens(scopes=["openid"]).access_token).code == "NotAuthorizedException"
    of_client = alice.tokens(client=(client := app.pool.create_client())).access_token
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=client.id)
    not_found = operation == "delete_web_authn_credential"  # the others have no error for what is not found
    assert refused(of_client) == (no_client(client.id) if not_found else ACCESS_TOKEN_REVOKED)
    app.admin("admin_reset_user_password")
    assert refused(token) == RESET_REQUIRED
    app.admin("admin_delete_user")
    assert refused(token) == ACCESS_TOKEN_REVOKED
