"""Pools with passkeys, and what an application does with one: it carries JSON between Cognito and a browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App
from tests.support.refusals import Refusal, invalid_parameter

RELYING_PARTY = "example.com"
ALLOWED: dict[str, Any] = {
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}}
}
WITH_MFA: dict[str, Any] = {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}}
"""First factors of a pool that asks everybody for MFA."""
BOTH_FACTORS = {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
CLIENT: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"]}

CREDENTIAL_INVALID = invalid_parameter("Credential data is not valid")
NOT_ENABLED = Refusal("WebAuthnNotEnabledException", "WebAuthn is not enabled for this user pool.")
NOT_CONFIGURED = Refusal(
    "WebAuthnConfigurationMissingException", "The user pool has no relying party ID and no user pool domain."
)
CHALLENGE_NOT_FOUND = Refusal(
    "WebAuthnChallengeNotFoundException", "The challenge of the registration does not exist or has expired."
)
CLIENT_MISMATCH = Refusal(
    "WebAuthnClientMismatchException", "The registration was started with an access token of another app client."
)
ORIGIN_NOT_ALLOWED = Refusal(
    "WebAuthnOriginNotAllowedException", "The origin of the credential is not allowed for the relying party ID."
)
RELYING_PARTY_MISMATCH = Refusal(
    "WebAuthnRelyingPartyMismatchException", "The credential is of another relying party ID than the user pool."
)
NOT_SUPPORTED = Refusal(
    "WebAuthnCredentialNotSupportedException", "The credential is of an authenticator that is not supported."
)
LIMIT = Refusal("LimitExceededException", "A user cannot have more than 20 WebAuthn credentials.")
NOT_FOUND = Refusal("ResourceNotFoundException", "WebAuthn credential not found.")


def make_pool(cognito: Cognito, **settings: Any) -> UserPool:
    """A pool with passkeys for example.com, a client for choice-based sign-in, and alice."""
    pool = cognito.create_user_pool(**{**ALLOWED, **settings})
    configure(pool)
    pool.create_client(**CLIENT)
    pool.create_user("alice", email="alice@example.com", phone_number="+15555550100")
    return pool


def configure(
    pool: UserPool, mode: str = "OFF", factors: Mapping[str, Any] | None = None, **configuration: str
) -> None:
    """Give a pool this WebAuthnConfiguration, for example.com, and the blocks of these second factors."""
    passkeys = {"RelyingPartyId": RELYING_PARTY, **configuration}
    pool.call("SetUserPoolMfaConfig", MfaConfiguration=mode, WebAuthnConfiguration=passkeys, **(factors or {}))


def start(app: App, token: str) -> dict[str, Any]:
    """The creation options for a browser."""
    options: dict[str, Any] = app.call("start_web_authn_registration", AccessToken=token)["CredentialCreationOptions"]
    return options


def complete(app: App, token: str, credential: object) -> None:
    assert app.call("complete_web_authn_registration", AccessToken=token, Credential=credential) == {}


def listed(app: App, token: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = app.call("list_web_authn_credentials", AccessToken=token, **more)["Credentials"]
    return found


def prefer(app: App, username: str = "alice", **more: str) -> Answer:
    """The answer to InitiateAuth of a user who prefers a passkey."""
    return app.initiate_auth("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="WEB_AUTHN", **more)


def request_options(challenge: Answer) -> dict[str, Any]:
    """The request options for a browser."""
    assert challenge["ChallengeName"] == "WEB_AUTHN"
    options: dict[str, Any] = json.loads(challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    return options


def respond(app: App, challenge: Answer, credential: object, username: str = "alice") -> Answer:
    """The answer to a challenge with what the browser gave."""
    return app.respond(challenge, username, CREDENTIAL=json.dumps(credential))


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def with_client_data(credential: Mapping[str, Any], **changes: object) -> dict[str, Any]:
    """A credential whose client data say something else; what was None is left out."""
    data = {**json.loads(decode(credential["response"]["clientDataJSON"])), **changes}
    text = json.dumps({name: value for name, value in data.items() if value is not None})
    return {**credential, "response": {**credential["response"], "clientDataJSON": encode(text.encode())}}
