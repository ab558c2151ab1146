"""A software authenticator: what a browser and a passkey provider do, in a test."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.handles import arguments
from pytest_cognito.kernel import extras
from pytest_cognito.kernel.credential_keys import ALGORITHMS, CredentialKey
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World

Options = Mapping[str, Any] | str

_PRESENT, _VERIFIED, _BACKED_UP, _ATTESTED = 0x01, 0x04, 0x18, 0x40
_AAGUID = bytes(16)
_ID_BYTES = 16
_SEED_BYTES = 40


@dataclass
class _Credential:
    """A credential for an account at a relying party. ``counter`` counts its signatures."""

    id: bytes
    relying_party: str
    user_handle: bytes
    key: CredentialKey
    counter: int = 0


class Passkey:
    """A software authenticator with its browser, to register and sign in with in a test.

    It is on the device itself and synchronised, as a phone's passkeys are, or with ``roaming=True`` a security key
    with a signature counter. ``verifies_user`` says that it can verify the user, ``algorithm`` is ``ES256`` or
    ``RS256``. ``origin`` is the page that it is used on, by default the relying party's own.

    Like a browser, it refuses options that it can't serve, with `UsageError`.
    """

    def __init__(
        self,
        world: World,
        *,
        roaming: bool = False,
        verifies_user: bool = True,
        algorithm: str = "ES256",
        origin: str | None = None,
    ) -> None:
        if algorithm not in ALGORITHMS:
            raise UsageError(f"a passkey has no algorithm {algorithm!r}: {suggestion(str(algorithm), ALGORITHMS)}")
        self._world = world
        self._roaming = roaming
        self._verifies_user = verifies_user
        self._algorithm = algorithm
        self._origin = origin
        self._credentials: list[_Credential] = []

    def create(
        self,
        options: Options,
        *,
        origin: str | None = None,
        relying_party: str | None = None,
        verified: bool | None = None,
    ) -> dict[str, Any]:
        """Make a credential: the RegistrationResponseJSON for the ``CredentialCreationOptions`` of Cognito.

        It is what ``toJSON()`` gives in a browser after ``navigator.credentials.create()``. The parameters falsify it:
        the page it was made on, the relying party it was made for, whether the user was verified.
        """
        asked = _read(options, "CredentialCreationOptions", ("rp", "user", "challenge", "pubKeyCredParams"))
        party = asked["rp"]["id"]
        self._check_can_verify(asked.get("authenticatorSelection") or {}, verified)
        self._check_not_excluded(asked.get("excludeCredentials") or (), party)
        credential = self._new_credential(asked, party)
        data = self._authenticator_data(credential, relying_party or party, verified, _attested(credential))
        with extras.needed("passkeys", "passkeys"):
            from webauthn.helpers import encode_cbor
        response = {
            "clientDataJSON": self._client_data("webauthn.create", asked["challenge"], party, origin),
            "authenticatorData": _encode(data),
            "transports": ["usb"] if self._roaming else ["hybrid", "internal"],
            "publicKey": _encode(credential.key.spki()),
            "publicKeyAlgorithm": credential.key.algorithm,
            "attestationObject": _encode(encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        self._credentials.append(credential)
        return self._public_key_credential(credential, response)

    def get(
        self,
        options: Options,
        *,
        origin: str | None = None,
        relying_party: str | None = None,
        verified: bool | None = None,
        counter: int | None = None,
        tampered: bool = False,
    ) -> dict[str, Any]:
        """Sign a challenge: the AuthenticationResponseJSON for the ``CREDENTIAL_REQUEST_OPTIONS`` of Cognito.

        It is what ``toJSON()`` gives in a browser after ``navigator.credentials.get()``; Cognito takes it as a string,
        ``json.dumps(…)`` of it. The parameters falsify it: the page it was signed on, the relying party it was signed
        for, whether the user was verified, the signature ``counter``, and with ``tampered`` the signature.
        """
        asked = _read(options, "CREDENTIAL_REQUEST_OPTIONS", ("challenge", "rpId"))
        self._check_can_verify(asked, verified)
        credential = self._find(asked)
        if self._roaming:
            credential.counter += 1
        data = self._authenticator_data(credential, relying_party or asked["rpId"], verified, b"", counter)
        client_data = self._client_data("webauthn.get", asked["challenge"], asked["rpId"], origin)
        signature = credential.key.sign(data + hashlib.sha256(_decode(client_data)).digest())
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": _encode(data),
            "signature": _encode(signature[:-1] + bytes([signature[-1] ^ 1]) if tampered else signature),
            "userHandle": _encode(credential.user_handle),
        }
        return self._public_key_credential(credential, response)

    def _check_can_verify(self, asked: Mapping[str, Any], verified: bool | None) -> None:
        if asked.get("userVerification") == "required" and not self._verifies_user and verified is None:
            raise UsageError(
                "Cognito asks for user verification, which this passkey can't do: a browser refuses it "
                "(NotAllowedError). Take one with verifies_user=True or, to see what Cognito says, verified=False"
            )

    def _check_not_excluded(self, excluded: Any, party: str) -> None:
        own = {_encode(credential.id) for credential in self._credentials if credential.relying_party == party}
        if any(one["id"] in own for one in excluded):
            raise UsageError(
                "this passkey is registered for the user already: a browser refuses to register it again "
                "(InvalidStateError). Take another one: cognito.passkey()"
            )

    def _new_credential(self, asked: Mapping[str, Any], party: str) -> _Credential:
        with self._world.handle_step("passkey") as context:
            ids = context.world.ids
            new_id, seed = ids.data(_ID_BYTES), ids.data(_SEED_BYTES)
        key = ALGORITHMS[self._algorithm](seed)
        if key.algorithm not in [one["alg"] for one in asked["pubKeyCredParams"]]:
            raise UsageError(
                f"the options do not ask for {self._algorithm}: a browser refuses them (NotSupportedError)"
            )
        return _Credential(new_id, party, _decode(asked["user"]["id"]), key)

    def _find(self, asked: Mapping[str, Any]) -> _Credential:
        """The credential for a challenge: one that is allowed or, where none is named, any of the relying party."""
        allowed = [one["id"] for one in asked.get("allowCredentials") or ()]
        for credential in reversed(self._credentials):
            if credential.relying_party == asked["rpId"] and (not allowed or _encode(credential.id) in allowed):
                return credential
        raise UsageError(
            f"this passkey is not registered for the user at {asked['rpId']}, so a browser finds none "
            f"(NotAllowedError): register it first, with user.register(passkey)"
        )

    def _authenticator_data(
        self, credential: _Credential, party: str, verified: bool | None, attested: bytes, counter: int | None = None
    ) -> bytes:
        flags = _PRESENT
        if self._verifies_user if verified is None else verified:
            flags |= _VERIFIED
        if not self._roaming:
            flags |= _BACKED_UP
        if attested:
            flags |= _ATTESTED
        count = credential.counter if counter is None else counter
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big") + attested

    def _client_data(self, kind: str, challenge: str, party: str, origin: str | None) -> str:
        scheme = "http" if party == "localhost" else "https"
        page = origin or self._origin or f"{scheme}://{party}"
        data = {"type": kind, "challenge": challenge, "origin": page, "crossOrigin": False}
        return _encode(json.dumps(data, separators=(",", ":")).encode())

    def _public_key_credential(self, credential: _Credential, response: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": _encode(credential.id),
            "rawId": _encode(credential.id),
            "response": dict(response),
            "authenticatorAttachment": "cross-platform" if self._roaming else "platform",
            "clientExtensionResults": {},
            "type": "public-key",
        }

    def __repr__(self) -> str:
        kind = "roaming" if self._roaming else "platform"
        return f"<Passkey {kind}, {self._algorithm}, {len(self._credentials)} credentials>"


def _attested(credential: _Credential) -> bytes:
    """The attested credential data of authenticator data."""
    with extras.needed("passkeys", "passkeys"):
        from webauthn.helpers import encode_cbor

    return _AAGUID + len(credential.id).to_bytes(2, "big") + credential.id + encode_cbor(dict(credential.key.cose))


def _read(options: Options, name: str, members: tuple[str, ...]) -> Mapping[str, Any]:
    """The members of options, as a dict or as JSON; raise for anything else."""
    try:
        read = json.loads(options) if isinstance(options, str) else options
    except ValueError:
        read = None
    if not arguments.is_mapping(read) or any(member not in read for member in members):
        raise UsageError(f"a passkey takes what Cognito gives as {name}, not {options!r}")
    return read


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
