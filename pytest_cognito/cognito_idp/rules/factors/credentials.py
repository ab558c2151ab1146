"""WebAuthn credentials: the answers of browsers to the options of passkeys, read and verified.

The verification is that of the library webauthn (py_webauthn). What it leaves to its callers is checked here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.factors import relying_parties
from pytest_cognito.kernel import extras

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticatorData

ALGORITHMS = (-7, -257)
"""The COSE numbers of ES256 and RS256."""
_KEY_TYPE, _ALGORITHM, _CURVE = 1, 3, -1
_SUPPORTED = {(2, -7): 1, (3, -257): None}
"""The curve by key type and algorithm: 2 is an elliptic curve, 3 is RSA."""
_FLAGS = 32
_USER_VERIFIED = 0x04


class Attestation(NamedTuple):
    """The answer to creation options, a RegistrationResponseJSON, with what its client data say."""

    id: str
    client_data: bytes
    attestation_object: bytes
    attachment: str | None
    transports: tuple[str, ...]
    challenge: str
    origin: object


class Attested(NamedTuple):
    """What an authenticator has said about a credential that it has made."""

    public_key: bytes
    sign_count: int


class Assertion(NamedTuple):
    """The answer to request options, an AuthenticationResponseJSON, with what its client data say."""

    id: str
    client_data: bytes
    authenticator_data: bytes
    signature: bytes
    user_handle: str | None
    challenge: str
    origin: object

    @property
    def user_verified(self) -> bool:
        """Whether the authenticator says that it has verified the user. It is not to be believed unverified."""
        return len(self.authenticator_data) > _FLAGS and bool(self.authenticator_data[_FLAGS] & _USER_VERIFIED)


def encode(data: bytes) -> str:
    """Base64url without padding, as the Web Authentication API has binary data in JSON."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read_attestation(credential: object) -> Attestation:
    """Read a RegistrationResponseJSON; raise if it is none."""
    members, response = _members(credential)
    client_data = _data(response, "clientDataJSON")
    challenge, origin = _client_data(client_data)
    attachment, transports = members.get("authenticatorAttachment"), response.get("transports")
    if not isinstance(transports, list | None) or not isinstance(attachment, str | None):
        raise errors.CREDENTIAL_INVALID()
    if not all(isinstance(transport, str) for transport in transports or ()):
        raise errors.CREDENTIAL_INVALID()
    return Attestation(
        members["id"],
        client_data,
        _data(response, "attestationObject"),
        attachment,
        tuple(transports or ()),
        challenge,
        origin,
    )


def read_assertion(credential: str) -> Assertion:
    """Read an AuthenticationResponseJSON; raise if it is none."""
    members, response = _members(read_json(credential))
    client_data = _data(response, "clientDataJSON")
    challenge, origin = _client_data(client_data)
    handle = response.get("userHandle")
    return Assertion(
        members["id"],
        client_data,
        _data(response, "authenticatorData"),
        _data(response, "signature"),
        None if handle is None else encode(_data(response, "userHandle")),
        challenge,
        origin,
    )


def verify_attestation(attestation: Attestation, relying_party: str, *, user_verification: bool) -> Attested:
    """Verify what a browser and an authenticator say of a new credential, or raise the error of AWS.

    ``user_verification`` says that the authenticator must have verified the user. Cognito does not ask for an
    attestation, and does not look at one.
    """
    with extras.needed("passkeys", "passkeys"):
        from webauthn.helpers import encode_cbor, parse_authenticator_data, parse_cbor

    try:
        attestation_object = parse_cbor(attestation.attestation_object)
        data = attestation_object["authData"]
        parsed = parse_authenticator_data(data)
        without_attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
    except _malformed():
        raise errors.CREDENTIAL_INVALID() from None
    if not relying_parties.allows(relying_party, attestation.origin):
        raise errors.PASSKEY_ORIGIN()
    if parsed.rp_id_hash != hashlib.sha256(relying_party.encode()).digest():
        raise errors.PASSKEY_RELYING_PARTY()
    _check_supported(parsed, user_verification=user_verification)
    return _verify_attestation(attestation, without_attestation, relying_party)


def verify_assertion(
    assertion: Assertion,
    challenge: str,
    relying_party: str,
    public_key: bytes,
    sign_count: int,
    *,
    user_verification: bool,
) -> int | None:
    """The signature counter of an assertion that is right; ``None`` if it is not.

    A counter that does not rise, unless it is always 0, tells of a copied authenticator: the assertion is not right.
    """
    with extras.needed("passkeys", "passkeys"):
        from webauthn import verify_authentication_response
        from webauthn.helpers.structs import AuthenticationCredential, AuthenticatorAssertionResponse

    if not relying_parties.allows(relying_party, assertion.origin):
        return None
    response = AuthenticatorAssertionResponse(
        client_data_json=assertion.client_data,
        authenticator_data=assertion.authenticator_data,
        signature=assertion.signature,
    )
    try:
        verified = verify_authentication_response(
            credential=AuthenticationCredential(id=assertion.id, raw_id=_decoded(assertion.id), response=response),
            expected_challenge=_decoded(challenge),
            expected_rp_id=relying_party,
            expected_origin=str(assertion.origin),
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=user_verification,
        )
    except _malformed():
        return None
    return verified.new_sign_count


def _verify_attestation(attestation: Attestation, attestation_object: bytes, relying_party: str) -> Attested:
    from webauthn import verify_registration_response
    from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography
    from webauthn.helpers.cose import COSEAlgorithmIdentifier
    from webauthn.helpers.structs import AuthenticatorAttestationResponse, RegistrationCredential

    response = AuthenticatorAttestationResponse(attestation.client_data, attestation_object)
    raw_id = _decoded(attestation.id)
    try:
        verified = verify_registration_response(
            credential=RegistrationCredential(id=attestation.id, raw_id=raw_id, response=response),
            expected_challenge=_decoded(attestation.challenge),
            expected_rp_id=relying_party,
            expected_origin=str(attestation.origin),
            supported_pub_key_algs=[COSEAlgorithmIdentifier(number) for number in ALGORITHMS],
        )
        # The library looks at the numbers of a public key only when it verifies a signature.
        decoded_public_key_to_cryptography(decode_credential_public_key(verified.credential_public_key))
    except _malformed():
        raise errors.CREDENTIAL_INVALID() from None
    if verified.credential_id != raw_id:
        raise errors.CREDENTIAL_INVALID()
    return Attested(verified.credential_public_key, verified.sign_count)


def _check_supported(data: AuthenticatorData, *, user_verification: bool) -> None:
    """Raise if an authenticator has made a key that Cognito did not ask for, or has not verified the user."""
    from webauthn.helpers import parse_cbor

    if data.attested_credential_data is None:
        raise errors.CREDENTIAL_INVALID()
    key = parse_cbor(data.attested_credential_data.credential_public_key)
    if not isinstance(key, dict):
        raise errors.CREDENTIAL_INVALID()
    kind = key.get(_KEY_TYPE), key.get(_ALGORITHM)
    if not all(isinstance(part, int) for part in kind) or kind not in _SUPPORTED:
        raise errors.PASSKEY_NOT_SUPPORTED()
    curve = _SUPPORTED[kind]
    if (curve is not None and key.get(_CURVE) != curve) or (user_verification and not data.flags.uv):
        raise errors.PASSKEY_NOT_SUPPORTED()


def _members(credential: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The members of a PublicKeyCredential and of its response; raise if they are not those of a public key."""
    members = credential if isinstance(credential, Mapping) else {}
    response = members.get("response")
    if members.get("type") != "public-key" or not isinstance(response, Mapping):
        raise errors.CREDENTIAL_INVALID()
    if not _data(members, "id") or members.get("rawId") != members["id"]:
        raise errors.CREDENTIAL_INVALID()
    return members, response


def _client_data(client_data: bytes) -> tuple[str, object]:
    """The challenge and the origin in client data."""
    parsed = read_json(client_data)
    challenge = parsed.get("challenge") if isinstance(parsed, dict) else None
    if not isinstance(challenge, str):
        raise errors.CREDENTIAL_INVALID()
    return challenge, parsed.get("origin")


def read_json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise errors.CREDENTIAL_INVALID() from None


def _data(members: Mapping[str, Any], name: str) -> bytes:
    """A member in base64url without padding; raise if it is missing or not in this form to the letter."""
    value = members.get(name)
    try:
        data = _decoded(value) if isinstance(value, str) else b""
    except (ValueError, binascii.Error):
        raise errors.CREDENTIAL_INVALID() from None
    if not data or encode(data) != value:
        raise errors.CREDENTIAL_INVALID()
    return data


def _decoded(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


@lru_cache(maxsize=1)
def _malformed() -> tuple[type[Exception], ...]:
    """What the library raises for data that are not right: errors of its own, and those of Python for what it reads."""
    from webauthn.helpers import exceptions

    return (
        exceptions.InvalidAuthenticationResponse,
        exceptions.InvalidAuthenticatorDataStructure,
        exceptions.InvalidBackupFlags,
        exceptions.InvalidCBORData,
        exceptions.InvalidJSONStructure,
        exceptions.InvalidPublicKeyStructure,
        exceptions.InvalidRegistrationResponse,
        exceptions.UnsupportedEC2Curve,
        exceptions.UnsupportedPublicKeyType,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    )
