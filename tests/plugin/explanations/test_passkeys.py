"""Why a passkey is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito, Passkey
from pytest_cognito.cognito import UserPool
from tests.support import passkeys

from .conftest import Explained


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def passkey(cognito: Cognito, pool: UserPool) -> Passkey:
    passkey = cognito.passkey(roaming=True)
    pool.user("alice").register(passkey)
    return passkey


def test_a_pool_without_relying_party(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    pool.call("SetUserPoolMfaConfig", MfaConfiguration="OFF")
    pool.call("CreateUserPoolDomain", Domain="notes-app")
    assert explained(lambda: pool.user("alice").register(cognito.passkey())) == [
        f"{pool.id} has no RelyingPartyId: set it with SetUserPoolMfaConfig",
        f"its domain notes-app.auth.{pool.region}.amazoncognito.com has ManagedLoginVersion 1, not 2",
    ]


def test_a_pool_without_passkeys(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool()
    pool.create_client()
    alice = pool.create_user("alice")
    assert explained(lambda: alice.register(cognito.passkey())) == [f"AllowedFirstAuthFactors of {pool.id}: PASSWORD"]


def test_a_credential_of_another_page(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    passkey = cognito.passkey(origin="https://example.org")
    [line] = explained(lambda: pool.user("alice").register(passkey))
    assert line == f"the credential was made on https://example.org; the relying party ID of {pool.id} is example.com"


def test_a_registration_that_is_over(cognito: Cognito, pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").tokens().access_token

    def complete() -> None:
        options = cognito.call("StartWebAuthnRegistration", AccessToken=token)["CredentialCreationOptions"]
        cognito.clock.advance(minutes=2)
        credential = cognito.passkey().create(options)
        cognito.call("CompleteWebAuthnRegistration", AccessToken=token, Credential=credential)

    [line] = explained(complete)
    assert line == f"registration of alice at client {pool.client.id}: expired TIME, now TIME"


@pytest.mark.parametrize(
    ("falsified", "expected"),
    [
        ({"origin": "https://evil.test"}, "was signed on https://evil.test, which is no page of example.com"),
        ({"relying_party": "evil.test"}, "was signed for another relying party than example.com"),
        ({"tampered": True}, "has a wrong signature"),
        ({"verified": False, "tampered": True}, "is of a user who was not verified, or wrongly signed"),
        ({"counter": 2}, "has the counter 2, after 7: a copy of the passkey signed it"),
        ({"challenge": "AAAA"}, "answers another challenge"),
    ],
)
def test_a_sign_in(
    cognito: Cognito,
    pool: UserPool,
    passkey: Passkey,
    explained: Explained,
    falsified: dict[str, Any],
    expected: str,
) -> None:
    answer(cognito, pool, passkey, counter=7)
    lines = explained(lambda: answer(cognito, pool, passkey, **{"counter": 8, **falsified}))
    assert lines[-1] == f"the credential {expected}"


def test_a_passkey_of_nobody(cognito: Cognito, pool: UserPool, passkey: Passkey, explained: Explained) -> None:
    token = pool.user("alice").tokens().access_token
    [found] = cognito.call("ListWebAuthnCredentials", AccessToken=token)["Credentials"]

    def sign_in() -> None:
        asked = ask(cognito, pool)
        cognito.call("DeleteWebAuthnCredential", AccessToken=token, CredentialId=found["CredentialId"])
        respond(cognito, pool, asked, passkey.get(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]))

    assert explained(sign_in)[-1] == "the credential is of no passkey of alice"


def test_a_credential_that_is_no_json(cognito: Cognito, pool: UserPool, passkey: Passkey, explained: Explained) -> None:
    asked = ask(cognito, pool)
    credential = passkey.get(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    given = {"USERNAME": "alice", "CREDENTIAL": str(credential)}

    def sign_in() -> None:
        cognito.call(
            "RespondToAuthChallenge",
            ClientId=pool.client.id,
            ChallengeName="WEB_AUTHN",
            Session=asked["Session"],
            ChallengeResponses=given,
        )

    assert explained(sign_in) == [
        "CREDENTIAL is no JSON: it is what PublicKeyCredential.toJSON() gives, as a string by json.dumps(…)"
    ]


def ask(cognito: Cognito, pool: UserPool, **parameters: str) -> dict[str, Any]:
    given = {"USERNAME": "alice", "PREFERRED_CHALLENGE": "WEB_AUTHN", **parameters}
    return cognito.call("InitiateAuth", ClientId=pool.client.id, AuthFlow="USER_AUTH", AuthParameters=given)


def answer(cognito: Cognito, pool: UserPool, passkey: Passkey, **falsified: Any) -> None:
    asked = ask(cognito, pool)
    options = json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    options |= {name: falsified.pop(name) for name in ("challenge",) if name in falsified}
    respond(cognito, pool, asked, passkey.get(options, **falsified))


def respond(cognito: Cognito, pool: UserPool, asked: dict[str, Any], credential: dict[str, Any]) -> None:
    cognito.call(
        "RespondToAuthChallenge",
        ClientId=pool.client.id,
        ChallengeName="WEB_AUTHN",
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": "alice", "CREDENTIAL": json.dumps(credential)},
    )
