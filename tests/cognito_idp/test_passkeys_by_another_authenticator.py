"""An authenticator that nobody here wrote, soft-webauthn, registers and signs in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from soft_webauthn import SoftWebauthnDevice

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import App
from tests.support.jwts import claims
from tests.support.passkeys import complete, decode, encode, listed, prefer, request_options, respond, start
from tests.support.refusals import INCORRECT, refusal

ORIGIN = "https://app.example.com"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


def for_device(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as an authenticator takes them, with bytes in place of base64url, by what a browser's parsers do."""
    given = {**options, "challenge": decode(options["challenge"])}
    if "user" in options:
        given["user"] = {**options["user"], "id": decode(options["user"]["id"])}
    return {"publicKey": given}


def as_json(credential: Mapping[str, Any]) -> dict[str, Any]:
    """What ``toJSON()`` makes of a credential."""
    response = {name: encode(value) for name, value in credential["response"].items()}
    own_id = encode(credential["rawId"])
    return {"id": own_id, "rawId": own_id, "type": credential["type"], "response": response}


def test_it_registers_and_signs_in(app: App, alice: User) -> None:
    device, token = SoftWebauthnDevice(), alice.tokens().access_token
    complete(app, token, as_json(device.create(for_device(start(app, token)), ORIGIN)))
    [found] = listed(app, token)
    assert found["CredentialId"] == encode(device.credential_id)

    for _ in range(2):
        challenge = prefer(app)
        assertion = as_json(device.get(for_device(request_options(challenge)), ORIGIN))
        assert claims(respond(app, challenge, assertion)["AuthenticationResult"]["IdToken"])["sub"] == alice.sub


def test_it_is_refused_elsewhere(app: App, alice: User) -> None:
    device, token = SoftWebauthnDevice(), alice.tokens().access_token
    made = as_json(device.create(for_device(start(app, token)), "https://example.org"))
    refused = refusal(app.idp.complete_web_authn_registration, AccessToken=token, Credential=made)
    assert refused == passkeys.ORIGIN_NOT_ALLOWED
    complete(app, token, as_json(device.create(for_device(start(app, token)), ORIGIN)))
    challenge = prefer(app)
    assertion = as_json(device.get(for_device(request_options(challenge)), "https://example.org"))
    assert refusal(app.respond, challenge=challenge, CREDENTIAL=json.dumps(assertion)) == INCORRECT
