"""Passkeys: their registration, and which of them a user can sign in with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.records import (
    PASSKEY_REGISTRATIONS,
    PASSKEYS,
    USERS,
    AppClient,
    Passkey,
    PasskeyRegistration,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.factors import credentials, first_factors, passkeys
from pytest_cognito.world import Context

TIMEOUT = dt.timedelta(seconds=60)
"""How long creation options are good for, and the ``timeout`` of all options."""
_CHALLENGE_BYTES = 32


def relying_party(context: Context, pool: UserPool) -> str | None:
    """The relying party ID of a pool.

    It is the configured one, else the custom domain, else the prefix domain in the pool's region; a domain only if it
    has managed login. Where the browser has reached the pages of that domain on the loopback server, it is the name by
    which it knows them (``notes.localhost``): browsers take no other.
    """
    party = passkeys.relying_party(pool) or _domain(context, pool)
    return None if party is None else context.local_names.get(party, party)


def _domain(context: Context, pool: UserPool) -> str | None:
    domains = [domain for domain in lookup.domains(context, pool) if domain.has_managed_login]
    by_precedence = sorted(domains, key=lambda domain: not domain.custom)
    return by_precedence[0].host if by_precedence else None


def of_user(context: Context, user: User) -> list[Passkey]:
    """The passkeys of a user, oldest first."""
    found = context.table(PASSKEYS).owned(USERS, (user.pool_id, user.key))
    return sorted(found, key=lambda passkey: passkey.number)


def usable(context: Context, pool: UserPool, user: User) -> list[Passkey]:
    """The passkeys of a user for the relying party ID that the pool has now: others can't sign in any more."""
    found = of_user(context, user)
    current = relying_party(context, pool) if found else None
    return [passkey for passkey in found if passkey.relying_party == current]


def draw_challenge(context: Context) -> str:
    """A random challenge, in base64url."""
    return credentials.encode(context.world.ids.data(_CHALLENGE_BYTES))


def descriptor(credential_id: str, transports: tuple[str, ...] = ()) -> dict[str, Any]:
    """A PublicKeyCredentialDescriptor, which names a credential in options."""
    return {"type": "public-key", "id": credential_id, **({"transports": list(transports)} if transports else {})}


def start(context: Context, pool: UserPool, client: AppClient, user: User) -> dict[str, Any]:
    """Start the registration of a passkey, and give its PublicKeyCredentialCreationOptionsJSON."""
    _check_enabled(pool)
    party = relying_party(context, pool)
    if party is None:
        raise errors.PASSKEYS_NOT_CONFIGURED()
    if len(of_user(context, user)) >= quotas.PASSKEYS:
        raise errors.PASSKEY_LIMIT()
    challenge = draw_challenge(context)
    registration = PasskeyRegistration(pool.id, user.key, challenge, client.id, party, context.now() + TIMEOUT)
    context.table(PASSKEY_REGISTRATIONS).put(registration)
    name = _display_name(pool, user)
    return {
        "rp": {"id": party, "name": party},
        "user": {"id": user_handle(user), "name": name, "displayName": name},
        "challenge": challenge,
        "pubKeyCredParams": [{"type": "public-key", "alg": algorithm} for algorithm in credentials.ALGORITHMS],
        "timeout": int(TIMEOUT.total_seconds() * 1000),
        "excludeCredentials": [descriptor(one.credential_id, one.transports) for one in usable(context, pool, user)],
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": passkeys.configuration(pool)["UserVerification"],
        },
    }


def complete(context: Context, pool: UserPool, client: AppClient, user: User, credential: object) -> None:
    """Complete a registration with the RegistrationResponseJSON of a browser: store the passkey."""
    _check_enabled(pool)
    attestation = credentials.read_attestation(credential)
    registrations = context.table(PASSKEY_REGISTRATIONS)
    registration = registrations.get((pool.id, user.key, attestation.challenge))
    if registration is None or registration.expires <= context.now():
        raise errors.PASSKEY_CHALLENGE_NOT_FOUND()
    if registration.client_id != client.id:
        raise errors.PASSKEY_OF_OTHER_CLIENT()
    if registration.relying_party != relying_party(context, pool):
        raise errors.PASSKEY_RELYING_PARTY()  # the pool's has changed meanwhile
    attested = credentials.verify_attestation(
        attestation,
        registration.relying_party,
        user_verification=passkeys.configuration(pool)["UserVerification"] == "required",
    )
    table = context.table(PASSKEYS)
    if table.get((pool.id, attestation.id)) is not None:
        raise errors.CREDENTIAL_INVALID()  # a credential is of one user, and registered once
    if len(of_user(context, user)) >= quotas.PASSKEYS:
        raise errors.PASSKEY_LIMIT()
    registrations.delete(PASSKEY_REGISTRATIONS.key(registration))
    passkey = Passkey(
        pool_id=pool.id,
        user=user.key,
        credential_id=attestation.id,
        public_key=attested.public_key,
        sign_count=attested.sign_count,
        relying_party=registration.relying_party,
        attachment=attestation.attachment,
        transports=attestation.transports,
        created=context.now(),
        number=context.world.store.serial(),
    )
    table.put(passkey)


def user_handle(user: User) -> str:
    """The ``user.id`` of options, which authenticators give back as ``userHandle``."""
    return credentials.encode(user.sub.encode())


def _check_enabled(pool: UserPool) -> None:
    if first_factors.PASSKEY not in pool.first_factors:
        raise errors.PASSKEYS_NOT_ENABLED()


def _display_name(pool: UserPool, user: User) -> str:
    """What an authenticator shows for the account: what the user signs in with."""
    values = (user.attributes.get(attribute) for attribute in pool.username_attributes)
    return next(filter(None, values), user.username)
