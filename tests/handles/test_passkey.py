"""The software authenticator, held against the library that verifies what browsers send."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, UserVerificationRequirement

from pytest_cognito import Cognito, UsageError
from pytest_cognito.cognito_idp.rules.factors import relying_parties
from tests.support import passkeys
from tests.support.passkeys import decode

ORIGIN = "https://example.com"
KINDS: list[dict[str, Any]] = [{}, {"roaming": True}, {"algorithm": "RS256"}]


def creation_options(**more: Any) -> dict[str, Any]:
    """What a relying party that is not Cognito asks for."""
    options = generate_registration_options(rp_id="example.com", rp_name="An app", user_name="alice", **more)
    asked: dict[str, Any] = json.loads(options_to_json(options))
    return asked


def request_options() -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(options_to_json(generate_authentication_options(rp_id="example.com")))
    return asked


@pytest.mark.parametrize("kind", KINDS)
def test_another_relying_party_takes_it_as_well(cognito: Cognito, kind: dict[str, Any]) -> None:
    passkey = cognito.passkey(**kind)
    options = creation_options()
    made = verify_registration_response(
        credential=passkey.create(options),
        expected_challenge=decode(options["challenge"]),
        expected_rp_id="example.com",
        expected_origin=ORIGIN,
        require_user_verification=True,
    )
    for count in (1, 2):
        options = request_options()
        verified = verify_authentication_response(
            credential=passkey.get(json.dumps(options)),
            expected_challenge=decode(options["challenge"]),
            expected_rp_id="example.com",
            expected_origin=ORIGIN,
            credential_public_key=made.credential_public_key,
            credential_current_sign_count=made.sign_count,
            require_user_verification=True,
        )
        assert verified.new_sign_count == (count if kind.get("roaming") else 0)
        assert verified.credential_backed_up == (not kind.get("roaming"))


def test_it_gives_what_browsers_give(cognito: Cognito) -> None:
    passkey = cognito.passkey()
    made, signed = passkey.create(creation_options()), passkey.get(request_options())
    outside = {"id", "rawId", "type", "authenticatorAttachment", "clientExtensionResults", "response"}
    assert set(made) == set(signed) == outside
    assert set(made["response"]) == {
        "clientDataJSON",
        "attestationObject",
        "authenticatorData",
        "transports",
        "publicKey",
        "publicKeyAlgorithm",
    }
    assert set(signed["response"]) == {"clientDataJSON", "authenticatorData", "signature", "userHandle"}
    assert json.loads(json.dumps(made)) == made


def test_its_keys_are_drawn_by_the_test(cognito: Cognito) -> None:
    first, second = (cognito.passkey().create(creation_options()) for _ in range(2))
    assert first["response"]["publicKey"] != second["response"]["publicKey"]


def test_what_a_browser_refuses(cognito: Cognito) -> None:
    passkey = cognito.passkey(verifies_user=False)
    verify = AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.REQUIRED)
    with pytest.raises(UsageError, match=r"verifies_user=True.*verified=False"):
        passkey.create(creation_options(authenticator_selection=verify))
    with pytest.raises(UsageError, match=r"NotAllowedError\): register it first, with user.register\(passkey\)"):
        passkey.get(request_options())
    made = passkey.create(creation_options())
    excluding = {**creation_options(), "excludeCredentials": [{"type": "public-key", "id": made["id"]}]}
    with pytest.raises(UsageError, match=r"InvalidStateError\). Take another one: cognito.passkey\(\)"):
        passkey.create(excluding)
    with pytest.raises(UsageError, match="do not ask for ES256"):
        passkey.create({**creation_options(), "pubKeyCredParams": [{"type": "public-key", "alg": -8}]})


@pytest.mark.parametrize("options", ["{", "[]", {}, None, {"CredentialCreationOptions": {}}])
def test_what_are_no_options(cognito: Cognito, options: Any) -> None:
    with pytest.raises(UsageError, match="takes what Cognito gives as CredentialCreationOptions"):
        cognito.passkey().create(options)
    with pytest.raises(UsageError, match="takes what Cognito gives as CREDENTIAL_REQUEST_OPTIONS"):
        cognito.passkey().get(options)


def test_an_algorithm_that_there_is_not(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match=r"no algorithm 'ES384'.*ES256"):
        cognito.passkey(algorithm="ES384")
    assert repr(cognito.passkey(roaming=True)) == "<Passkey roaming, ES256, 0 credentials>"


def test_a_user_signs_in_with_it(cognito: Cognito) -> None:
    pool = passkeys.make_pool(cognito)
    alice, client = pool.user("alice"), pool.create_client(**passkeys.CLIENT, GenerateSecret=True)
    passkey = cognito.passkey()
    alice.register(passkey, client=client)
    assert alice.sign_in(passkey=passkey, client=client).claims["client_id"] == client.id
    with pytest.raises(UsageError, match="takes no password, no code and no device"):
        alice.sign_in("password", passkey=passkey)
    with pytest.raises(UsageError, match="add ALLOW_USER_AUTH"):
        alice.sign_in(passkey=passkey, client=pool.create_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]))
    with pytest.raises(UsageError, match="bob can't sign in with a passkey, but with PASSWORD, PASSWORD_SRP:"):
        pool.create_user("bob").sign_in(passkey=passkey)


@pytest.mark.parametrize("module", ["webauthn.helpers", "publicsuffixlist"])
def test_without_the_extra(cognito: Cognito, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """What needs the extra says what to install; the rest of such a pool works."""
    pool = cognito.create_user_pool(**passkeys.ALLOWED)
    alice = pool.create_user("alice")
    relying_parties._public_suffixes.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)

    def register() -> None:
        passkeys.configure(pool)
        alice.register(cognito.passkey())

    with pytest.raises(UsageError, match=r'pip install "pytest-cognito\[passkeys\]"'):
        register()
    assert alice.sign_in().access_token
