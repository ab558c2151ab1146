"""Passkeys of users, and registrations of passkeys that were started."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_idp.records.recoveries import VERSIONS, WRITE_LOCK
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.users import USERS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey, the public half of a WebAuthn credential.

    ``user`` is the user's key. ``credential_id`` is ``CredentialId``, in base64url. ``public_key`` is a COSE key,
    ``sign_count`` the highest signature counter that its authenticator has sent. ``relying_party`` is the relying party
    ID that it was made for, the only one that it can sign in at. ``attachment`` and ``transports`` are
    ``AuthenticatorAttachment`` and ``AuthenticatorTransports``. ``number`` orders the passkeys by creation.
    """

    pool_id: str
    user: str
    credential_id: str
    public_key: bytes = field(repr=False)
    sign_count: int
    relying_party: str
    attachment: str | None
    transports: tuple[str, ...]
    created: dt.datetime
    number: int


PASSKEYS: Schema[Passkey] = Schema(
    "cognito-idp/passkeys",
    key=lambda passkey: (passkey.pool_id, passkey.credential_id),
    ordered={"user": lambda passkey: [((passkey.pool_id, passkey.user), passkey.number)]},
    owners={USERS: lambda passkey: (passkey.pool_id, passkey.user)},
    history=VERSIONS,
    created=lambda passkey: passkey.created,
    lock=WRITE_LOCK,
)


@dataclass(frozen=True, slots=True)
class PasskeyRegistration:
    """A registration that StartWebAuthnRegistration has started.

    ``challenge`` is the one of the creation options, in base64url, ``client_id`` the app client of the access token.
    """

    pool_id: str
    user: str
    challenge: str
    client_id: str
    relying_party: str
    expires: dt.datetime


PASSKEY_REGISTRATIONS: Schema[PasskeyRegistration] = Schema(
    "cognito-idp/passkey-registrations",
    key=lambda registration: (registration.pool_id, registration.user, registration.challenge),
    owners={USERS: lambda registration: (registration.pool_id, registration.user)},
    expires=lambda registration: registration.expires + RETENTION,
)
